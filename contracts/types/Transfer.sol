// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LegalStatus} from "./Status.sol";
import {Uscc} from "./Uscc.sol";

/// @notice One credential by its place in its issuer's status list.
struct CredentialRef {
    Uscc issuer;
    uint48 index;
}

using {indexAsList} for CredentialRef global;

/// @dev The index where it lies in the call's data, so that what takes a list of indices takes the one. Whoever reads it
/// from the list alone reads a word of any size; `index` refuses one that is no index.
function indexAsList(CredentialRef calldata credential) pure returns (uint256[] calldata list) {
    assembly ("memory-safe") {
        list.offset := add(credential, 0x20)
        list.length := 1
    }
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
    /// How many credentials are behind it, one behind the other, this one included; fewer once a link was dissolved.
    uint8 depth;
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

/// @dev How many credentials may be behind one, whether they were made anew or transferred: a lookup answers all of them.
uint256 constant MOST_ORIGINS = 8;
