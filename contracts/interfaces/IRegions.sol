// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {Name} from "../types/Name.sol";
import {Acceptance} from "../types/Proposal.sol";
import {RegionCode} from "../types/Region.sol";
import {Tenure} from "../types/Tenure.sol";

/// @title Regions of the alliance
/// @notice Four levels of delegated authority: the council admits provinces; the admin of a region accredits regions
/// inside it, down to the street. While a region is not active, its admin can do nothing, and neither can the admins
/// and agencies of anything inside it; what was anchored before stays on the ledger.
/// The superior of a province is the council, of any other region the admin of its parent, which must be active.
interface IRegions {
    /// @notice A region joined the alliance; it is active.
    /// @param appointedBy Account that admitted it for the council.
    event RegionAdmitted(RegionCode indexed region, address indexed admin, address appointedBy, Name name);

    /// @notice A region inside `parent` was accredited by the admin of that; it is active.
    event RegionAccredited(RegionCode indexed region, RegionCode indexed parent, address indexed admin, Name name);

    /// @notice A region is called otherwise from this block on.
    event RegionRenamed(RegionCode indexed region, Name name);

    /// @notice An active region was suspended.
    event RegionSuspended(RegionCode indexed region);

    /// @notice A suspended region became active again, or closed again if it was.
    event RegionResumed(RegionCode indexed region);

    /// @notice Nothing more is anchored in the region; everything else goes on.
    event RegionClosedForAnchors(RegionCode indexed region);

    /// @notice The region is open for anchors again.
    event RegionReopened(RegionCode indexed region);

    /// @notice A region lies in another.
    event RegionMoved(RegionCode indexed region, RegionCode indexed from, RegionCode indexed to);

    /// @notice A region was retired; `successor` governs what it left, its parent when that is zero.
    event RegionRetired(RegionCode indexed region, RegionCode indexed successor);

    /// @notice The retirement of a region was undone.
    event RegionReinstated(RegionCode indexed region);

    /// @notice A region agreed to succeed another.
    event RegionSuccessionAccepted(RegionCode indexed region, RegionCode indexed successor);

    /// @notice A province is paused until a time (Unix seconds); one not ahead ends the pause.
    event RegionPaused(RegionCode indexed region, uint40 until);

    /// @notice The code is not that of a province-level unit.
    error RegionCodeInvalid(RegionCode region);

    /// @notice The code is not that of a region inside the parent.
    error RegionNotPartOf(RegionCode region, RegionCode parent);

    /// @notice The region was admitted before.
    error RegionAlreadyAdmitted(RegionCode region);

    /// @notice The region is not suspended.
    error RegionNotSuspended(RegionCode region);

    /// @notice The region is not closed for anchors.
    error RegionNotClosed(RegionCode region);

    /// @notice The region is not active, or would succeed itself.
    error RegionNotRetirable(RegionCode region);

    /// @notice The region lies in that region already.
    error RegionNotMoved(RegionCode region, RegionCode parent);

    /// @notice Agencies or regions that are not retired lie in the region: they are moved or retired first.
    error RegionNotEmpty(RegionCode region, uint16 members);

    /// @notice As many agencies and regions lie in the region as it can count (65,535): one is moved out or retired first.
    error RegionFull(RegionCode region);

    /// @notice The region is not retired.
    error RegionNotRetired(RegionCode region);

    /// @notice The successor has not agreed within the last thirty days, or who holds its office changed since.
    error SuccessionNotAccepted(bytes32 succession);

    /// @notice The region was paused at `pausedAt` (Unix seconds), less than thirty days ago.
    error RegionPausedLately(RegionCode region, uint256 pausedAt);

    /// @notice The region is not paused.
    error RegionNotPaused(RegionCode region);

    /// @notice No vote on the suspension of the region is under way.
    error RegionVoteNotRunning(RegionCode region);

    /// @notice Admits a province and makes it active.
    /// @dev MUST be called by the council. MUST revert with `RegionCodeInvalid`, `RegionAlreadyAdmitted`,
    /// `OfficeHolderZero`, `AccountActsForOthers`, `AccountIsOperator`, `NameInvalid` or `NameInUse`. Emits `RegionAdmitted`.
    /// @param region A code of province level.
    /// @param admin Account that will accredit the region's agencies.
    function admitRegion(RegionCode region, address admin, Name calldata name) external;

    /// @notice Accredits a region inside another and makes it active.
    /// @dev MUST be called by the admin of `parent`, which MUST be active: else `RegionNotActive` or
    /// `CallerNotRegionAdmin`. MUST revert with `RegionNotPartOf` or `RegionFull` (of `parent`), and as `admitRegion`.
    /// Emits `RegionAccredited`.
    /// @param region A code of city, county or street that lies in `parent`.
    /// @param parent The region that delegates.
    /// @param admin Account that will accredit the region's agencies.
    function accreditRegion(RegionCode region, RegionCode parent, address admin, Name calldata name) external;

    /// @notice Gives a region another name from this block on.
    /// @dev MUST be called by its superior. MUST revert with `RegionUnknown`, `NameInvalid` or `NameInUse`. Emits
    /// `RegionRenamed`.
    function renameRegion(RegionCode region, Name calldata name) external;

    /// @notice Suspends an active region.
    /// @dev MUST be called by its superior. MUST revert with `RegionNotActive`. Emits `RegionSuspended`.
    function suspendRegion(RegionCode region) external;

    /// @notice Ends the suspension of a region.
    /// @dev MUST be called by its superior. MUST revert with `RegionNotSuspended`. Emits `RegionResumed`.
    function resumeRegion(RegionCode region) external;

    /// @notice Closes an active region for anchors, so that it may go on on another ledger while its acts go on here.
    /// @dev MUST be called by its superior. MUST revert with `RegionNotActive`. Emits `RegionClosedForAnchors`.
    function closeRegion(RegionCode region) external;

    /// @notice Opens a closed region again.
    /// @dev MUST be called by its superior. MUST revert with `RegionNotClosed`. Emits `RegionReopened`.
    function reopenRegion(RegionCode region) external;

    /// @notice Puts a region, with all that lies in it, into another, between two levels of the same branch (省直管县).
    /// @dev MUST be called by the admin of an active region in which both the present parent and `to` lie, or by whom the
    /// council named: else `CallerNotSuperior`. MUST revert with `RegionUnknown`, `RegionNotActive` (of `to`),
    /// `RegionNotPartOf`, `RegionNotMoved` or `RegionFull` (of `to`). Nominations made before, in the region or in what lies in it, are
    /// overtaken. Emits `RegionMoved`.
    /// @param to A region in which the code of `region` lies.
    function moveRegion(RegionCode region, RegionCode to) external;

    /// @notice Retires a region in which nothing is left.
    /// @dev By two keys (see `ITwoKeys`): proposed by its admin, confirmed by its superior; above a province, whom the
    /// council named. MUST revert with `RegionNotRetirable`, `RegionNotEmpty`, `RegionNotActive` (of the successor) or
    /// `SuccessionNotAccepted`. Emits `RegionRetired`.
    /// @param successor Region that governs what it left; zero for its parent.
    function retireRegion(RegionCode region, RegionCode successor) external;

    /// @notice Undoes a retirement; the region is closed for anchors until its superior opens it.
    /// @dev By two keys, those of `retireRegion`. MUST revert with `RegionNotRetired`, or with `RegionNotActive` or
    /// `RegionFull` of a region above. Emits `RegionReinstated`.
    function reinstateRegion(RegionCode region) external;

    /// @notice Agrees that a region succeeds another.
    /// @dev MUST be called by the admin of `successor`, which MUST be active: else `RegionNotActive` or
    /// `CallerNotRegionAdmin`. MUST revert with `RegionUnknown`, or `RegionNotRetirable` for itself. Emits
    /// `RegionSuccessionAccepted`.
    function acceptRegionSuccession(RegionCode region, RegionCode successor) external;

    /// @notice Pauses a province and everything inside it for 72 hours; it keeps its vote.
    /// @dev MUST be called by the emergency role: else `AccessManagedUnauthorized`. MUST revert with `RegionUnknown` or
    /// `RegionPausedLately`. Emits `RegionPaused`.
    function pauseRegion(RegionCode region) external;

    /// @notice Keeps a province paused while a vote on its suspension is under way and three days more, and once it is won
    /// for as long as it may be: 14 days in all; never shortens a pause.
    /// @dev MUST be called by the emergency role: else `AccessManagedUnauthorized`. MUST revert with `RegionNotPaused` or
    /// `RegionVoteNotRunning`. Emits `RegionPaused` when it lasts longer.
    /// @param council The governor that could suspend the region.
    /// @param descriptionHash Keccak-256 of the description of its proposal to call `suspendRegion` alone.
    function extendPause(RegionCode region, IGovernor council, bytes32 descriptionHash) external;

    /// @notice Ends a pause.
    /// @dev MUST be called by the emergency role. MUST revert with `RegionNotPaused`. Emits `RegionPaused`.
    function endPause(RegionCode region) external;

    /// @notice Who holds a region, and since when; zero-valued for one never admitted.
    function tenureOfRegion(RegionCode region) external view returns (Tenure memory);

    /// @notice The region that governs what a retired one left; zero for its parent.
    function regionSuccessorOf(RegionCode code) external view returns (RegionCode);

    /// @notice Who agreed, as the successor's admin, that `successor` succeeds `region`, and when; zero-valued when nobody did,
    /// or when the retirement was carried out. It counts for thirty days, and while the account holds the office.
    function acceptedRegionSuccession(RegionCode region, RegionCode successor) external view returns (Acceptance memory);

    /// @notice Whether the account is the admin of the region, and the region and all it lies in are active.
    function isAdminOf(RegionCode code, address account) external view returns (bool);
}
