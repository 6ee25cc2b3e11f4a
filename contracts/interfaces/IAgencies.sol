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

    /// @notice An agency was paused by the alliance.
    event AgencyPaused(Uscc indexed agency);

    /// @notice The pause of an agency ended; it is suspended until its region resumes it.
    event AgencyUnpaused(Uscc indexed agency);

    /// @notice An account was named that may become the agency's operator by accepting; zero takes a nomination back.
    event AgencyOperatorNominated(Uscc indexed agency, address indexed candidate);

    /// @notice The nominated account became the agency's operator.
    event AgencyOperatorChanged(Uscc indexed agency, address indexed operator);

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

    /// @notice The agency is unknown, suspended, paused or retired.
    error AgencyNotActive(Uscc agency);

    /// @notice The agency is active, paused or retired.
    error AgencyNotSuspended(Uscc agency);

    /// @notice The agency is retired.
    error AgencyAlreadyRetired(Uscc agency);

    /// @notice The agency is unknown, retired or paused already.
    error AgencyNotPausable(Uscc agency);

    /// @notice The agency is not paused.
    error AgencyNotPaused(Uscc agency);

    /// @notice The caller was not nominated as the agency's operator.
    error CallerNotNominatedOperator(Uscc agency, address caller);

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

    /// @notice Retires an active, suspended or paused agency for good.
    /// @dev Caller as for `suspendAgency`. MUST revert with `AgencyAlreadyRetired`. Emits `AgencyRetired`.
    /// @param agency The agency to retire.
    function retireAgency(Uscc agency) external;

    /// @notice Stops an active or suspended agency in an emergency; its region cannot resume it meanwhile.
    /// @dev MUST be called by the emergency role: else `AccessManagedUnauthorized`. MUST revert with
    /// `AgencyNotPausable`. Emits `AgencyPaused`.
    /// @param agency The agency to pause.
    function pauseAgency(Uscc agency) external;

    /// @notice Ends a pause and leaves the agency suspended, so that its region decides when it resumes.
    /// @dev MUST be called by the emergency role: else `AccessManagedUnauthorized`. MUST revert with
    /// `AgencyNotPaused`. Emits `AgencyUnpaused`.
    /// @param agency The agency whose pause ends.
    function unpauseAgency(Uscc agency) external;

    /// @notice Names the account that shall become the agency's operator, in place of any named before.
    /// @dev Caller as for `suspendAgency`. MUST revert with `AgencyAlreadyRetired` or `AgencyOperatorIsAdmin`. Emits
    /// `AgencyOperatorNominated`.
    /// @param agency The agency whose operator shall change.
    /// @param candidate The account, or zero to take a nomination back.
    function nominateOperator(Uscc agency, address candidate) external;

    /// @notice Makes the nominated account the agency's operator.
    /// @dev MUST be called by that account: else `CallerNotNominatedOperator`. Emits `AgencyOperatorChanged`.
    /// @param agency The agency whose operator changes.
    function acceptOperator(Uscc agency) external;

    /// @notice The account nominated as the agency's operator; zero when there is none.
    function nominatedOperator(Uscc agency) external view returns (address);

    /// @notice What the ledger knows of an agency; zero-valued for one never accredited.
    function agency(Uscc uscc) external view returns (Agency memory);
}
