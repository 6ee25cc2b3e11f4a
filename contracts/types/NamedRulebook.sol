// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A rulebook that the ledger named.
struct NamedRulebook {
    address rulebook;
    /// Block time (Unix seconds) from which it is in force, until the next is.
    uint40 from;
}
