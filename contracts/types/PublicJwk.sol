// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {KeyAlgorithm} from "./Key.sol";

/// @dev Characters of one 256-bit coordinate in base64url without padding.
uint256 constant COORDINATE_LENGTH = 43;

/// @notice Whether `jwk` is the canonical JSON (RFC 7638 §3.2) of a public key for `algorithm`: the required members
/// alone, in lexicographic order, without white space, each coordinate 256 bits in canonical base64url.
/// @dev Only then is its SHA-256 the thumbprint of the key. That a coordinate names a point of the curve is left to
/// the proof of possession the region's admin demands before registering.
function isCanonicalJwk(bytes calldata jwk, KeyAlgorithm algorithm) pure returns (bool) {
    if (algorithm == KeyAlgorithm.ES256) return _isCanonicalPoint(jwk, '{"crv":"P-256","kty":"EC","x":"');
    if (algorithm == KeyAlgorithm.EdDSA) return _isCanonicalOctets(jwk, '{"crv":"Ed25519","kty":"OKP","x":"');
    if (algorithm == KeyAlgorithm.SM2) return _isCanonicalPoint(jwk, '{"crv":"SM2","kty":"EC","x":"');
    return false;
}

/// @dev `opening X "}`, as for keys of RFC 8037.
function _isCanonicalOctets(bytes calldata jwk, bytes memory opening) pure returns (bool) {
    uint256 xStart = opening.length;
    uint256 xEnd = xStart + COORDINATE_LENGTH;
    if (jwk.length != xEnd + 2) return false;

    bytes calldata x = jwk[xStart:xEnd];
    return _isCoordinate(x) && keccak256(jwk) == keccak256(abi.encodePacked(opening, x, '"}'));
}

/// @dev `opening X ","y":" Y "}`, as for elliptic-curve keys of RFC 7518 §6.2.
function _isCanonicalPoint(bytes calldata jwk, bytes memory opening) pure returns (bool) {
    bytes memory between = '","y":"';
    uint256 xStart = opening.length;
    uint256 xEnd = xStart + COORDINATE_LENGTH;
    uint256 yStart = xEnd + between.length;
    uint256 yEnd = yStart + COORDINATE_LENGTH;
    if (jwk.length != yEnd + 2) return false;

    bytes calldata x = jwk[xStart:xEnd];
    bytes calldata y = jwk[yStart:yEnd];
    return _isCoordinate(x)
        && _isCoordinate(y)
        && keccak256(jwk) == keccak256(abi.encodePacked(opening, x, between, y, '"}'));
}

/// @dev 43 characters hold 258 bits, so the lowest two of the last character must be zero: otherwise one key would
/// have several spellings and so several thumbprints.
function _isCoordinate(bytes calldata text) pure returns (bool) {
    uint256 last = 0;
    for (uint256 i = 0; i < text.length; ++i) {
        last = _base64UrlValue(text[i]);
        if (last > 63) return false;
    }
    return last & 3 == 0;
}

/// @dev Place in the base64url alphabet (RFC 4648 §5), or 64 for a character outside it.
function _base64UrlValue(bytes1 character) pure returns (uint256) {
    if (character >= "A" && character <= "Z") return uint8(character) - uint8(bytes1("A"));
    if (character >= "a" && character <= "z") return 26 + uint8(character) - uint8(bytes1("a"));
    if (character >= "0" && character <= "9") return 52 + uint8(character) - uint8(bytes1("0"));
    if (character == "-") return 62;
    if (character == "_") return 63;
    return 64;
}
