// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A call that one key has made and that takes effect when a second makes it too; keyed by the Keccak-256 of
/// its call data. In one storage slot.
struct Proposal {
    address proposer;
    /// Block time, Unix seconds.
    uint40 proposedAt;
}

/// @dev How long a proposal or a nomination stands.
uint256 constant LONGEST_WAIT = 30 days;

/// @dev How long whoever confirms must have been in office.
uint256 constant SHORTEST_TENURE = 7 days;
