// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Region, RegionCode} from "../types/Region.sol";

/// @title What the ledger knows of regions
interface IRegionFacts {
    /// @notice What the ledger knows of a region; zero-valued for one never admitted.
    function region(RegionCode code) external view returns (Region memory);

    /// @notice Whether a region was in the alliance at a time (Unix seconds): admitted or accredited by then, and not
    /// retired by then. A suspended region is still in.
    function isMemberAt(RegionCode region, uint40 time) external view returns (bool);
}
