// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LedgerEntry} from "../types/LedgerEntry.sol";

/// @title Registry of the alliance's ledgers
/// @notice Which ledgers the council calls its own, one after another. Who trusts the registry needs to pin no ledger:
/// a receipt counts when its ledger is registered and was open at the time of its anchor, so old receipts verify on
/// the old ledger and new ones on the new. Legal acts on a ledger that is closed go on counting.
/// Ledgers are numbered from one in the order of their registration, and never removed. What the council said it may
/// correct, also for times past (a chain may have been taken over some while before that is known): the events keep
/// what it had said before.
interface IRegistry {
    /// @notice A ledger was registered, or its opening was corrected.
    event LedgerRegistered(
        uint32 indexed number, uint64 indexed chainId, address indexed ledger, uint40 openedAt
    );

    /// @notice A ledger was closed for anchors, or its closing was corrected.
    event LedgerClosed(uint32 indexed number, uint40 closedAt, uint32 indexed successor);

    /// @notice The closing of a ledger was taken back.
    event LedgerReopened(uint32 indexed number);

    /// @notice The ledger has no address or no chain, or no code stands at its address on this chain.
    error LedgerInvalid(uint64 chainId, address ledger);

    /// @notice No ledger has the number.
    error LedgerUnknown(uint32 number);

    /// @notice The ledger is open.
    error LedgerNotClosed(uint32 number);

    /// @notice The ledger would close before it opened.
    error LedgerClosedBeforeOpened(uint32 number, uint40 closedAt, uint40 openedAt);

    /// @notice The successor is none of the ledgers registered later.
    error LedgerSuccessorInvalid(uint32 number, uint32 successor);

    /// @notice The time is zero or later than the year 2200, so it is not counted in seconds.
    error TimeNotInSeconds(uint256 time);

    /// @notice Registers a ledger, which is open from `openedAt` on; of one that is registered, in place of the opening
    /// before.
    /// @dev MUST be called by the council: else `AccessManagedUnauthorized`. MUST revert with `LedgerInvalid`,
    /// `TimeNotInSeconds` or `LedgerClosedBeforeOpened`. Emits `LedgerRegistered`.
    /// @param chainId The chain that the ledger is on, this or another.
    /// @param ledger Address of the ledger.
    /// @param openedAt Unix seconds from which on its anchors count, past or to come.
    /// @return number The ledger's number.
    function register(uint64 chainId, address ledger, uint40 openedAt) external returns (uint32 number);

    /// @notice Closes a ledger for anchors from `closedAt` on, in place of any closing before.
    /// @dev MUST be called by the council: else `AccessManagedUnauthorized`. MUST revert with `LedgerUnknown`,
    /// `TimeNotInSeconds`, `LedgerClosedBeforeOpened` or `LedgerSuccessorInvalid`. Emits `LedgerClosed`.
    /// @param number The ledger's number.
    /// @param closedAt Unix seconds from which on no anchor counts, past or to come.
    /// @param successor Number of a ledger registered later, so that successors never run in a circle; zero for none.
    function close(uint32 number, uint40 closedAt, uint32 successor) external;

    /// @notice Takes the closing of a ledger back: it was never closed.
    /// @dev MUST be called by the council: else `AccessManagedUnauthorized`. MUST revert with `LedgerUnknown` or
    /// `LedgerNotClosed`. Emits `LedgerReopened`.
    /// @param number The ledger's number.
    function reopen(uint32 number) external;

    /// @notice How many ledgers are registered.
    function ledgerCount() external view returns (uint32);

    /// @notice What the registry knows of a ledger.
    /// @dev MUST revert with `LedgerUnknown`.
    function ledgerAt(uint32 number) external view returns (LedgerEntry memory);

    /// @notice The number of a ledger; zero when it is not registered.
    function numberOf(uint64 chainId, address ledger) external view returns (uint32);

    /// @notice Whether an anchor that a ledger made at a time counts; never for a ledger that is not registered.
    function isOpenAt(uint64 chainId, address ledger, uint40 time) external view returns (bool);
}
