// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev 2200-01-01 in Unix seconds. A chain whose clock is past it counts milliseconds (FISCO BCOS by default).
uint40 constant YEAR_2200 = 7_258_118_400;

/// @notice One ledger in the registry, in two storage slots. Times are Unix seconds.
struct LedgerEntry {
    address ledger;
    /// Chain that the ledger is on.
    uint64 chainId;
    /// Number of the ledger that takes its place; zero when none is named.
    uint32 successor;
    /// From this time on an anchor on the ledger counts.
    uint40 openedAt;
    /// From this time on no further anchor counts; zero while it is open.
    uint40 closedAt;
    /// Block time of the registration.
    uint40 registeredAt;
}
