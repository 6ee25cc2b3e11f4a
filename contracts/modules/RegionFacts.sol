// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRegionFacts} from "../interfaces/IRegionFacts.sol";
import {Region, RegionCode, RegionStatus} from "../types/Region.sol";
import {LedgerState} from "./LedgerState.sol";

/// @notice What a rulebook asks of regions at every lookup.
abstract contract RegionFacts is LedgerState, IRegionFacts {
    /// @inheritdoc IRegionFacts
    function region(RegionCode code) external view returns (Region memory) {
        return _regions[code];
    }

    /// @inheritdoc IRegionFacts
    function isMemberAt(RegionCode code, uint40 time) external view returns (bool) {
        uint40 admittedAt = _admittedAt[code];
        if (admittedAt == 0 || admittedAt > time) return false;
        return _regions[code].status != RegionStatus.Retired || _regionTenures[code].statusSince > time;
    }
}
