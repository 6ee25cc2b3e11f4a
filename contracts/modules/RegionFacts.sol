// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRegionFacts} from "../interfaces/IRegionFacts.sol";
import {placeAt} from "../types/FormerPlace.sol";
import {Region, RegionCode} from "../types/Region.sol";
import {Dated} from "../types/Timeline.sol";
import {Uscc} from "../types/Uscc.sol";
import {LedgerState} from "./LedgerState.sol";

/// @notice What a rulebook asks of regions at every lookup.
abstract contract RegionFacts is LedgerState, IRegionFacts {
    using {placeAt} for Dated[];

    /// @inheritdoc IRegionFacts
    function region(RegionCode code) external view returns (Region memory) {
        return _regions[code];
    }

    /// @inheritdoc IRegionFacts
    function isMemberAt(RegionCode code, uint40 time) external view returns (bool) {
        return _memberships[code].asOf(time).fact != 0;
    }

    /// @inheritdoc IRegionFacts
    function regionParentAt(RegionCode code, uint40 time) external view returns (RegionCode parent) {
        parent = _regions[code].parent;
        // Provinces are part of nothing and are never moved.
        if (parent.isZero() || !_regionTenures[code].moved) return parent;
        return _formerParents[code].placeAt(time, parent);
    }

    /// @inheritdoc IRegionFacts
    function agencyRegionAt(Uscc uscc, uint40 time) public view returns (RegionCode code) {
        code = _agencies[uscc].region;
        if (_agencyTenures[uscc].moved) return _formerRegions[uscc].placeAt(time, code);
    }
}
