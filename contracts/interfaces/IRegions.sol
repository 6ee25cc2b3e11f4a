// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Region, RegionCode} from "../types/Region.sol";

/// @title Regions of the alliance
/// @notice Four levels of delegated authority: the council admits provinces; the admin of a region accredits regions
/// inside it, down to the street. While a region is not active, its admin can do nothing, and neither can the admins
/// and agencies of anything inside it; what was anchored before stays on the ledger.
/// The superior of a province is the council, of any other region the admin of its parent, which must be active.
interface IRegions {
    /// @notice A region joined the alliance; it is active.
    event RegionAdmitted(RegionCode indexed region, address indexed admin);

    /// @notice A region inside `parent` was accredited; it is active.
    event RegionAccredited(RegionCode indexed region, RegionCode indexed parent, address indexed admin);

    /// @notice An account was named that may become the region's admin by accepting; zero takes a nomination back.
    event RegionAdminNominated(RegionCode indexed region, address indexed candidate);

    /// @notice The nominated account became the region's admin.
    event RegionAdminChanged(RegionCode indexed region, address indexed admin);

    /// @notice An active region was suspended.
    event RegionSuspended(RegionCode indexed region);

    /// @notice A suspended region became active again.
    event RegionResumed(RegionCode indexed region);

    /// @notice A region left for good.
    event RegionRetired(RegionCode indexed region);

    /// @notice The code is not that of a province-level unit.
    error RegionCodeInvalid(RegionCode region);

    /// @notice The code is not that of a region inside the parent.
    error RegionNotPartOf(RegionCode region, RegionCode parent);

    /// @notice The region would have no admin.
    error RegionAdminZero(RegionCode region);

    /// @notice The region was admitted before; a retired region cannot be admitted again.
    error RegionAlreadyAdmitted(RegionCode region);

    /// @notice The region was never admitted.
    error RegionUnknown(RegionCode region);

    /// @notice The region is unknown, suspended or retired, or lies in one that is.
    error RegionNotActive(RegionCode region);

    /// @notice The region is unknown, active or retired.
    error RegionNotSuspended(RegionCode region);

    /// @notice The region is unknown or retired already.
    error RegionNotRetirable(RegionCode region);

    /// @notice The caller is not the admin of the region the act concerns.
    error CallerNotRegionAdmin(RegionCode region, address caller);

    /// @notice The caller was not nominated as the region's admin.
    error CallerNotNominatedAdmin(RegionCode region, address caller);

    /// @notice Admits a province and makes it active.
    /// @dev MUST be called by the council. MUST revert with `RegionCodeInvalid`, `RegionAdminZero` or
    /// `RegionAlreadyAdmitted`. Emits `RegionAdmitted`.
    /// @param region A code of province level.
    /// @param admin Account that will accredit the region's agencies.
    function admitRegion(RegionCode region, address admin) external;

    /// @notice Accredits a region inside another and makes it active.
    /// @dev MUST be called by the admin of `parent`, which MUST be active: else `RegionNotActive` or
    /// `CallerNotRegionAdmin`. MUST revert with `RegionNotPartOf`, `RegionAdminZero` or `RegionAlreadyAdmitted`. Emits
    /// `RegionAccredited`.
    /// @param region A code of city, county or street that lies in `parent`.
    /// @param parent The region that delegates.
    /// @param admin Account that will accredit the region's agencies.
    function accreditRegion(RegionCode region, RegionCode parent, address admin) external;

    /// @notice Names the account that shall become the region's admin, in place of any named before.
    /// @dev MUST be called by the admin of the region while it is active, or by its superior: else
    /// `AccessManagedUnauthorized`, `RegionNotActive` or `CallerNotRegionAdmin`. MUST revert with `RegionUnknown`.
    /// Emits `RegionAdminNominated`.
    /// @param region The region whose admin shall change.
    /// @param candidate The account, or zero to take a nomination back.
    function nominateRegionAdmin(RegionCode region, address candidate) external;

    /// @notice Makes the nominated account the region's admin.
    /// @dev MUST be called by that account: else `CallerNotNominatedAdmin`. Emits `RegionAdminChanged`.
    /// @param region The region whose admin changes.
    function acceptRegionAdmin(RegionCode region) external;

    /// @notice Suspends an active region.
    /// @dev MUST be called by its superior. MUST revert with `RegionNotActive`. Emits `RegionSuspended`.
    /// @param region The region to suspend.
    function suspendRegion(RegionCode region) external;

    /// @notice Ends the suspension of a region.
    /// @dev MUST be called by its superior. MUST revert with `RegionNotSuspended`. Emits `RegionResumed`.
    /// @param region The region to resume.
    function resumeRegion(RegionCode region) external;

    /// @notice Retires an active or suspended region for good.
    /// @dev MUST be called by its superior. MUST revert with `RegionNotRetirable`. Emits `RegionRetired`.
    /// @param region The region to retire.
    function retireRegion(RegionCode region) external;

    /// @notice What the ledger knows of a region; zero-valued for one never admitted.
    function region(RegionCode code) external view returns (Region memory);

    /// @notice The account nominated as the region's admin; zero when there is none.
    function nominatedRegionAdmin(RegionCode code) external view returns (address);

    /// @notice Whether an account is the admin of a region, and that region and all it lies in are active.
    function isAdminOf(RegionCode region, address account) external view returns (bool);

    /// @notice Whether a region was in the alliance at a time (Unix seconds): admitted or accredited by then, and not
    /// retired by then. A suspended region is still in.
    function isMemberAt(RegionCode region, uint40 time) external view returns (bool);
}
