// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Uscc} from "./Uscc.sol";

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
uint32 constant KEY_TIME_NEVER = type(uint32).max;

/// @notice One signing key, in one storage slot; keyed by its thumbprint.
/// @dev The key vouches for what was anchored at a time `t` with `validFrom <= t < validUntil` and
/// `t < compromisedFrom`. Times are Unix seconds.
struct Key {
    Uscc agency;
    KeyAlgorithm algorithm;
    uint32 validFrom;
    uint32 validUntil;
    uint32 compromisedFrom;
}
