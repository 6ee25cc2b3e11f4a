// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Region, RegionCode} from "../types/Region.sol";

/// @title Regions of the alliance
/// @notice The council admits a region and names its admin. While a region is not active, its admin can do nothing
/// and none of its agencies can anchor or enter legal acts; what they anchored before stays on the ledger.
interface IRegions {
    /// @notice A region joined the alliance; it is active.
    event RegionAdmitted(RegionCode indexed region, address indexed admin);

    /// @notice An active region was suspended.
    event RegionSuspended(RegionCode indexed region);

    /// @notice A suspended region became active again.
    event RegionResumed(RegionCode indexed region);

    /// @notice A region left for good.
    event RegionRetired(RegionCode indexed region);

    /// @notice The code is not that of a province-level unit.
    error RegionCodeInvalid(RegionCode region);

    /// @notice The region would have no admin.
    error RegionAdminZero(RegionCode region);

    /// @notice The region was admitted before; a retired region cannot be admitted again.
    error RegionAlreadyAdmitted(RegionCode region);

    /// @notice The region is unknown, suspended or retired.
    error RegionNotActive(RegionCode region);

    /// @notice The region is unknown, active or retired.
    error RegionNotSuspended(RegionCode region);

    /// @notice The region is unknown or retired already.
    error RegionNotRetirable(RegionCode region);

    /// @notice The caller is not the admin of the region the act concerns.
    error CallerNotRegionAdmin(RegionCode region, address caller);

    /// @notice Admits a region and makes it active.
    /// @dev MUST be called by the council. MUST revert with `RegionCodeInvalid`, `RegionAdminZero` or
    /// `RegionAlreadyAdmitted`. Emits `RegionAdmitted`.
    /// @param region A code of province level.
    /// @param admin Account that will accredit the region's agencies.
    function admitRegion(RegionCode region, address admin) external;

    /// @notice Suspends an active region.
    /// @dev MUST be called by the council. MUST revert with `RegionNotActive`. Emits `RegionSuspended`.
    /// @param region The region to suspend.
    function suspendRegion(RegionCode region) external;

    /// @notice Ends the suspension of a region.
    /// @dev MUST be called by the council. MUST revert with `RegionNotSuspended`. Emits `RegionResumed`.
    /// @param region The region to resume.
    function resumeRegion(RegionCode region) external;

    /// @notice Retires an active or suspended region for good.
    /// @dev MUST be called by the council. MUST revert with `RegionNotRetirable`. Emits `RegionRetired`.
    /// @param region The region to retire.
    function retireRegion(RegionCode region) external;

    /// @notice What the ledger knows of a region; zero-valued for one never admitted.
    function region(RegionCode code) external view returns (Region memory);
}
