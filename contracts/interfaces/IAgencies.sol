// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Agency} from "../types/Agency.sol";
import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Issuing agencies
/// @notice The admin of an active region accredits the agencies of that region. Only the operator of an active agency
/// of an active region can anchor licences and enter legal acts, and only for that agency.
interface IAgencies {
    /// @notice An agency was accredited; it is active.
    event AgencyAccredited(Uscc indexed agency, RegionCode indexed region, address operator);

    /// @notice An active agency was suspended.
    event AgencySuspended(Uscc indexed agency);

    /// @notice A suspended agency became active again.
    event AgencyResumed(Uscc indexed agency);

    /// @notice An agency was retired for good.
    event AgencyRetired(Uscc indexed agency);

    /// @notice A character is outside the alphabet of GB 32100 or the check character is wrong.
    error AgencyUsccInvalid(Uscc agency);

    /// @notice The agency would have no operator.
    error AgencyOperatorZero(Uscc agency);

    /// @notice The operator would be the region's admin, so that one stolen key could both register a signing key
    /// and anchor what it signed.
    error AgencyOperatorIsAdmin(Uscc agency, address operator);

    /// @notice The agency was accredited before; a retired agency cannot be accredited again.
    error AgencyAlreadyAccredited(Uscc agency);

    /// @notice The agency was never accredited.
    error AgencyUnknown(Uscc agency);

    /// @notice The agency is unknown, suspended or retired.
    error AgencyNotActive(Uscc agency);

    /// @notice The agency is active or retired.
    error AgencyNotSuspended(Uscc agency);

    /// @notice The agency is retired.
    error AgencyAlreadyRetired(Uscc agency);

    /// @notice The caller is not the operator of the agency it acts for.
    error CallerNotOperator(Uscc agency, address caller);

    /// @notice Accredits an agency in a region and makes it active.
    /// @dev MUST be called by the admin of `region`, which MUST be active: else `RegionNotActive` or
    /// `CallerNotRegionAdmin`. MUST revert with `AgencyUsccInvalid`, `AgencyOperatorZero`, `AgencyOperatorIsAdmin` or
    /// `AgencyAlreadyAccredited`. Emits `AgencyAccredited`.
    /// @param agency Unified social credit code of the agency.
    /// @param region Region it belongs to.
    /// @param operator Account that will anchor and enter legal acts for it.
    function accreditAgency(Uscc agency, RegionCode region, address operator) external;

    /// @notice Suspends an active agency.
    /// @dev MUST be called by the admin of its region, which MUST be active: else `AgencyUnknown`, `RegionNotActive`
    /// or `CallerNotRegionAdmin`. MUST revert with `AgencyNotActive`. Emits `AgencySuspended`.
    /// @param agency The agency to suspend.
    function suspendAgency(Uscc agency) external;

    /// @notice Ends the suspension of an agency.
    /// @dev Caller as for `suspendAgency`. MUST revert with `AgencyNotSuspended`. Emits `AgencyResumed`.
    /// @param agency The agency to resume.
    function resumeAgency(Uscc agency) external;

    /// @notice Retires an active or suspended agency for good.
    /// @dev Caller as for `suspendAgency`. MUST revert with `AgencyAlreadyRetired`. Emits `AgencyRetired`.
    /// @param agency The agency to retire.
    function retireAgency(Uscc agency) external;

    /// @notice What the ledger knows of an agency; zero-valued for one never accredited.
    function agency(Uscc uscc) external view returns (Agency memory);
}
