// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Region, RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title What the ledger knows of regions, today and before
interface IRegionFacts {
    /// @notice What the ledger knows of a region; zero-valued for one never admitted.
    function region(RegionCode code) external view returns (Region memory);

    /// @notice Whether a region was in the alliance at a time (Unix seconds): admitted or accredited by then, and not
    /// retired then, which a reinstatement ends from its own time on. A suspended region is still in.
    function isMemberAt(RegionCode region, uint40 time) external view returns (bool);

    /// @notice What a region was part of at a time (Unix seconds), before its accreditation as at it; zero for a province.
    function regionParentAt(RegionCode region, uint40 time) external view returns (RegionCode);

    /// @notice The region that an agency was in at a time (Unix seconds), before its accreditation as at it; zero for an
    /// agency never accredited.
    function agencyRegionAt(Uscc agency, uint40 time) external view returns (RegionCode);
}
