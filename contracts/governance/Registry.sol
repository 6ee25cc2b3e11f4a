// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IRegistry} from "../interfaces/IRegistry.sol";
import {LedgerEntry, YEAR_2200} from "../types/LedgerEntry.sol";

/// @notice The ledgers of the alliance, first to last.
contract Registry is AccessManaged, IRegistry {
    LedgerEntry[] private _ledgers;

    mapping(uint64 chainId => mapping(address ledger => uint32)) private _numbers;

    /// @dev The first ledger needs no vote: it is on this chain, and whoever trusts this registry trusts who made both.
    /// @param accessManager OpenZeppelin `AccessManager` that holds the council's roles.
    /// @param firstLedger The ledger on this chain that the alliance begins with.
    /// @param openedAt Unix seconds from which on its anchors count.
    constructor(address accessManager, address firstLedger, uint40 openedAt) AccessManaged(accessManager) {
        _requireSeconds(block.timestamp);
        _register(uint64(block.chainid), firstLedger, openedAt);
    }

    /// @inheritdoc IRegistry
    function register(uint64 chainId, address ledger, uint40 openedAt)
        external
        restricted
        returns (uint32 number)
    {
        return _register(chainId, ledger, openedAt);
    }

    /// @inheritdoc IRegistry
    function close(uint32 number, uint40 closedAt, uint32 successor) external restricted {
        LedgerEntry storage entry = _entry(number);
        _requireSeconds(closedAt);
        if (closedAt < entry.openedAt) revert LedgerClosedBeforeOpened(number, closedAt, entry.openedAt);
        bool isLater = successor > number && successor <= _ledgers.length;
        if (successor != 0 && !isLater) revert LedgerSuccessorInvalid(number, successor);

        (entry.closedAt, entry.successor) = (closedAt, successor);
        emit LedgerClosed(number, closedAt, successor);
    }

    /// @inheritdoc IRegistry
    function reopen(uint32 number) external restricted {
        LedgerEntry storage entry = _entry(number);
        if (entry.closedAt == 0) revert LedgerNotClosed(number);

        (entry.closedAt, entry.successor) = (0, 0);
        emit LedgerReopened(number);
    }

    /// @inheritdoc IRegistry
    function ledgerCount() external view returns (uint32) {
        return uint32(_ledgers.length);
    }

    /// @inheritdoc IRegistry
    function ledgerAt(uint32 number) external view returns (LedgerEntry memory) {
        return _entry(number);
    }

    /// @inheritdoc IRegistry
    function numberOf(uint64 chainId, address ledger) external view returns (uint32) {
        return _numbers[chainId][ledger];
    }

    /// @inheritdoc IRegistry
    function isOpenAt(uint64 chainId, address ledger, uint40 time) external view returns (bool) {
        uint32 number = _numbers[chainId][ledger];
        if (number == 0) return false;
        LedgerEntry storage entry = _entry(number);
        return entry.openedAt <= time && (entry.closedAt == 0 || time < entry.closedAt);
    }

    function _register(uint64 chainId, address ledger, uint40 openedAt) private returns (uint32 number) {
        bool isMissing = chainId == block.chainid && ledger.code.length == 0;
        if (chainId == 0 || ledger == address(0) || isMissing) revert LedgerInvalid(chainId, ledger);
        _requireSeconds(openedAt);

        number = _numbers[chainId][ledger];
        if (number == 0) {
            number = _enter(chainId, ledger, openedAt);
        } else {
            LedgerEntry storage entry = _entry(number);
            bool isAfterEnd = entry.closedAt != 0 && openedAt > entry.closedAt;
            if (isAfterEnd) revert LedgerClosedBeforeOpened(number, entry.closedAt, openedAt);
            entry.openedAt = openedAt;
        }
        emit LedgerRegistered(number, chainId, ledger, openedAt);
    }

    function _enter(uint64 chainId, address ledger, uint40 openedAt) private returns (uint32 number) {
        _ledgers.push(
            LedgerEntry({
                ledger: ledger,
                chainId: chainId,
                successor: 0,
                openedAt: openedAt,
                closedAt: 0,
                registeredAt: uint40(block.timestamp)
            })
        );
        number = uint32(_ledgers.length);
        _numbers[chainId][ledger] = number;
    }

    function _entry(uint32 number) private view returns (LedgerEntry storage) {
        if (number == 0 || number > _ledgers.length) revert LedgerUnknown(number);
        return _ledgers[number - 1];
    }

    function _requireSeconds(uint256 time) private pure {
        if (time == 0 || time >= YEAR_2200) revert TimeNotInSeconds(time);
    }
}
