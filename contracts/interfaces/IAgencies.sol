// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Agency} from "../types/Agency.sol";
import {Name} from "../types/Name.sol";
import {Acceptance} from "../types/Proposal.sol";
import {RegionCode} from "../types/Region.sol";
import {Tenure} from "../types/Tenure.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Issuing agencies
/// @notice The admin of an active region accredits the agencies of that region. Only the operator of an active agency
/// of an active region can anchor licences, and only for that agency. What a retired agency issued is in the hands of
/// its successor's operator, or of its region.
interface IAgencies {
    /// @notice An agency was accredited by the admin of the region; it is active.
    event AgencyAccredited(Uscc indexed agency, RegionCode indexed region, address operator, Name name);

    /// @notice An agency is called otherwise from this block on.
    event AgencyRenamed(Uscc indexed agency, Name name);

    /// @notice An active agency was suspended.
    event AgencySuspended(Uscc indexed agency);

    /// @notice A suspended agency became active again.
    event AgencyResumed(Uscc indexed agency);

    /// @notice An agency was retired; `successor` acts on its licences, its region when that is zero.
    event AgencyRetired(Uscc indexed agency, Uscc indexed successor);

    /// @notice The retirement of an agency was undone; it is suspended until its region resumes it.
    event AgencyReinstated(Uscc indexed agency);

    /// @notice An agency agreed to succeed another.
    event AgencySuccessionAccepted(Uscc indexed agency, Uscc indexed successor);

    /// @notice An agency belongs to another region.
    event AgencyMoved(Uscc indexed agency, RegionCode indexed from, RegionCode indexed to);

    /// @notice An agency was paused by the alliance.
    event AgencyPaused(Uscc indexed agency);

    /// @notice The pause of an agency ended; it is suspended until its region resumes it.
    event AgencyUnpaused(Uscc indexed agency);

    /// @notice A character is outside the alphabet of GB 32100 or the check character is wrong.
    error AgencyUsccInvalid(Uscc agency);

    /// @notice The agency was accredited before.
    error AgencyAlreadyAccredited(Uscc agency);

    /// @notice The agency is not suspended.
    error AgencyNotSuspended(Uscc agency);

    /// @notice The agency is not retired.
    error AgencyNotRetired(Uscc agency);

    /// @notice The agency would succeed itself.
    error AgencySuccessorInvalid(Uscc agency, Uscc successor);

    /// @notice The agency is in that region already.
    error AgencyNotMoved(Uscc agency, RegionCode region);

    /// @notice The agency is unknown, retired or paused already.
    error AgencyNotPausable(Uscc agency);

    /// @notice The agency is paused: what the alliance stopped is not retired before the alliance ends that.
    error AgencyIsPaused(Uscc agency);

    /// @notice The agency is not paused.
    error AgencyNotPaused(Uscc agency);

    /// @notice Accredits an agency in a region and makes it active.
    /// @dev MUST be called by the admin of `region`, which MUST be active: else `RegionNotActive` or
    /// `CallerNotRegionAdmin`. Where the third to the eighth character of the code name no region in `region` (a
    /// member lies where it was accredited, another code where its digits say), two keys accredit (see `ITwoKeys`, here
    /// without a time in office): that admin proposes, and the admin of a region in which both lie confirms, or whom the
    /// council named: else `CallerNotSuperior`. MUST revert with `AgencyUsccInvalid`, `AgencyAlreadyAccredited`,
    /// `OfficeHolderZero`, `AccountActsForOthers`, `AccountIsAdmin`, `NameInvalid`, `NameInUse` or `RegionFull`. Emits `AgencyAccredited`.
    /// @param agency Unified social credit code of the agency.
    /// @param region Region it belongs to.
    /// @param operator Account that will anchor and enter legal acts for it.
    function accreditAgency(Uscc agency, RegionCode region, address operator, Name calldata name) external;

    /// @notice Gives an agency another name from this block on.
    /// @dev Caller as for `suspendAgency`. MUST revert with `NameInvalid` or `NameInUse`. Emits `AgencyRenamed`.
    function renameAgency(Uscc agency, Name calldata name) external;

    /// @notice Suspends an active agency.
    /// @dev MUST be called by the admin of its region (after that one's retirement, of the region that governs what it
    /// left), which MUST be active: else `AgencyUnknown`, `RegionNotActive` or `CallerNotRegionAdmin`; of a province that
    /// is no more and that no other governs, by whom the council named: else `CallerNotSuperior`. MUST revert with
    /// `AgencyNotActive`. Emits `AgencySuspended`.
    function suspendAgency(Uscc agency) external;

    /// @notice Ends the suspension of an agency.
    /// @dev Caller as for `suspendAgency`. MUST revert with `AgencyNotSuspended`. Emits `AgencyResumed`.
    function resumeAgency(Uscc agency) external;

    /// @notice Retires an agency.
    /// @dev By two keys (see `ITwoKeys`): proposed by the admin of its region, confirmed by that region's superior. MUST
    /// revert with `AgencyMovedLately`, `AgencyUnknown`, `AgencyAlreadyRetired`, `AgencyIsPaused`, `AgencySuccessorInvalid`, `AgencyNotActive`
    /// (of the successor) or `SuccessionNotAccepted`. Emits `AgencyRetired`.
    /// @param successor Agency that acts on its licences (机构改革: merged, split); zero for none: then its region does.
    function retireAgency(Uscc agency, Uscc successor) external;

    /// @notice Undoes a retirement; the agency is suspended until its region resumes it.
    /// @dev By two keys: proposed by the admin that governs its region, confirmed by the superior. MUST revert with
    /// `AgencyNotRetired`, `AgencyMovedLately` or `RegionFull`. Emits `AgencyReinstated`.
    function reinstateAgency(Uscc agency) external;

    /// @notice Agrees that an agency succeeds another.
    /// @dev MUST be called by the operator of `successor`, an active agency of an active region, also of one that is
    /// closed for anchors: else `AgencyNotActive`, `RegionNotActive` or `CallerNotOperator`. MUST revert with
    /// `AgencyUnknown`, or `AgencySuccessorInvalid` for itself. Emits `AgencySuccessionAccepted`.
    function acceptAgencySuccession(Uscc agency, Uscc successor) external;

    /// @notice Moves an agency to another region.
    /// @dev MUST be called by the admin of an active region in which both regions lie, or by whom the council named: else
    /// `CallerNotSuperior`. MUST revert with `AgencyUnknown`, `RegionNotActive` (of `to`), `AgencyNotMoved` or
    /// `RegionFull` (of `to`).
    /// A nomination made before is void. Emits `AgencyMoved`.
    function moveAgency(Uscc agency, RegionCode to) external;

    /// @notice Stops an active or suspended agency in an emergency; its region cannot resume it meanwhile.
    /// @dev MUST be called by the emergency role: else `AccessManagedUnauthorized`. MUST revert with
    /// `AgencyNotPausable`. Emits `AgencyPaused`.
    function pauseAgency(Uscc agency) external;

    /// @notice Ends a pause and leaves the agency suspended, so that its region decides when it resumes.
    /// @dev MUST be called by the emergency role: else `AccessManagedUnauthorized`. MUST revert with
    /// `AgencyNotPaused`. Emits `AgencyUnpaused`.
    function unpauseAgency(Uscc agency) external;

    /// @notice What the ledger knows of an agency; zero-valued for one never accredited.
    function agency(Uscc uscc) external view returns (Agency memory);

    /// @notice Who operates an agency, since when and by whose word; when its standing last changed.
    function tenureOfAgency(Uscc agency) external view returns (Tenure memory);

    /// @notice Who acts on the licences of a retired agency; zero for its region.
    function agencySuccessorOf(Uscc agency) external view returns (Uscc);

    /// @notice Who agreed, for the successor, that `successor` succeeds `agency`, and when; zero-valued when nobody did, or
    /// when the retirement was carried out. It counts for thirty days, and while the account is the successor's operator.
    function acceptedAgencySuccession(Uscc agency, Uscc successor) external view returns (Acceptance memory);
}
