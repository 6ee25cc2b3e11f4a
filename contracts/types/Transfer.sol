// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Uscc} from "./Uscc.sol";

/// @notice One credential by its place in its issuer's status list.
struct CredentialRef {
    Uscc issuer;
    uint64 index;
}

/// @notice The one successor of a credential that was transferred, in one storage slot; keyed by the origin's issuer
/// and index.
/// @dev `since` is zero exactly when there is none.
struct Successor {
    Uscc issuer;
    uint64 index;
    /// Block time (Unix seconds) of the transfer-in.
    uint40 since;
}
