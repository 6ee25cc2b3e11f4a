// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A call that one key has made and that takes effect when a second makes it too; keyed by the Keccak-256 of
/// its call data. In one storage slot.
struct Proposal {
    address proposer;
    /// Block time, Unix seconds.
    uint40 proposedAt;
}

/// @notice That the holder of an office agreed to succeed another, in one storage slot.
struct Acceptance {
    address account;
    /// Block time, Unix seconds.
    uint40 acceptedAt;
}

/// @dev How long a proposal, a nomination or an acceptance stands.
uint256 constant LONGEST_WAIT = 30 days;

/// @dev How long whoever confirms must have been in office.
uint256 constant SHORTEST_TENURE = 7 days;
