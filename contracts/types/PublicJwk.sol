// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {KeyAlgorithm, KeyId} from "./Key.sol";

/// @notice RFC 7638 thumbprint of a public key: the SHA-256 of its canonical JSON, put together here from the
/// coordinates, so that one key has one name.
/// @dev That the coordinates name a point of the curve is left to the proof of possession that the region's admin
/// demands before registering. `algorithm` MUST NOT be `None`.
function thumbprintOf(KeyAlgorithm algorithm, bytes32 x, bytes32 y) pure returns (KeyId) {
    return KeyId.wrap(sha256(_canonicalJwk(algorithm, _encode(x), _encode(y))));
}

function _canonicalJwk(KeyAlgorithm algorithm, string memory x, string memory y) pure returns (bytes memory) {
    if (algorithm == KeyAlgorithm.EdDSA) return abi.encodePacked('{"crv":"Ed25519","kty":"OKP","x":"', x, '"}');
    string memory curve = algorithm == KeyAlgorithm.ES256 ? "P-256" : "SM2";
    return abi.encodePacked('{"crv":"', curve, '","kty":"EC","x":"', x, '","y":"', y, '"}');
}

function _encode(bytes32 coordinate) pure returns (string memory) {
    return Base64.encodeURL(abi.encodePacked(coordinate));
}
