// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice RFC 7638 SHA-256 thumbprint of a public signing key.
type KeyId is bytes32;

/// @notice Signature algorithm a key is pinned to. `None` means no key.
enum KeyAlgorithm {
    None,
    ES256,
    EdDSA,
    SM2
}

/// @dev As `validUntil`: the key has no end. As `compromisedFrom`: the key was never reported compromised.
uint40 constant KEY_TIME_NEVER = type(uint40).max;

/// @notice One signing key, in three storage slots; keyed by its agency and its thumbprint, so that nobody can occupy
/// the key of another.
/// @dev The key vouches for what was anchored at a time `t` with `validFrom <= t < validUntil` and
/// `t < compromisedFrom`. Times are Unix seconds.
struct Key {
    KeyAlgorithm algorithm;
    uint40 validFrom;
    uint40 validUntil;
    uint40 compromisedFrom;
    /// Coordinates of the public key, big-endian; `y` is zero for EdDSA, whose `x` is the octets of RFC 8032.
    bytes32 x;
    bytes32 y;
}
