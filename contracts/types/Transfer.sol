// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LegalStatus} from "./Status.sol";
import {Uscc} from "./Uscc.sol";

/// @notice One credential by its place in its issuer's status list.
struct CredentialRef {
    Uscc issuer;
    uint48 index;
}

/// @notice The one credential that took the place of another, in one storage slot; keyed by the other's issuer and index.
/// @dev `since` is zero while nothing took its place; then `issuer` is the destination of the newest transfer out, if
/// any, which the status says to stand or not.
struct Successor {
    Uscc issuer;
    uint48 index;
    /// Block time, Unix seconds.
    uint40 since;
}

/// @notice The credential whose place another took, in one storage slot; keyed by the other's issuer and index.
/// @dev `since` is zero exactly when it took the place of none.
struct Origin {
    Uscc issuer;
    uint48 index;
    /// Block time, Unix seconds.
    uint40 since;
    /// Transfers between agencies behind it, this one included.
    uint8 transfers;
}

/// @notice An origin with what became of it.
struct OriginFacts {
    Uscc issuer;
    uint48 index;
    uint40 since;
    LegalStatus status;
    /// Codes of the notices that stand, as in `Notes`.
    uint112 notices;
}

/// @dev How many origins a lookup follows back, and how many transfers between agencies there may be.
uint256 constant LONGEST_CHAIN = 8;
