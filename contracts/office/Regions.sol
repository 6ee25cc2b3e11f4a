// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {IRegions} from "../interfaces/IRegions.sol";
import {leaveBehind} from "../types/FormerPlace.sol";
import {Name} from "../types/Name.sol";
import {Acceptance, LONGEST_WAIT} from "../types/Proposal.sol";
import {Region, RegionCode, RegionStatus} from "../types/Region.sol";
import {Tenure} from "../types/Tenure.sol";
import {Dated} from "../types/Timeline.sol";
import {Names} from "./Names.sol";
import {OfficeHolders} from "./OfficeHolders.sol";
import {Superiors} from "./Superiors.sol";
import {TwoKeys} from "./TwoKeys.sol";

/// @notice Who is in the alliance. Provinces are governed by the council through the access manager, every other
/// region by the admin of its parent.
abstract contract Regions is TwoKeys, Names, OfficeHolders, Superiors, IRegions {
    using {leaveBehind} for Dated[];

    uint256 private constant FIRST_PAUSE = 72 hours;
    uint256 private constant LONGEST_PAUSE = 14 days;
    uint256 private constant PAUSES_APART = 30 days;
    /// @dev From the end of a vote to what it decided: the council's delay and a day for who carries it out.
    uint256 private constant AFTER_VOTE = 3 days;

    /// @inheritdoc IRegions
    function admitRegion(RegionCode code, address admin, Name calldata name) external restricted {
        if (!code.isProvinceLevel()) revert RegionCodeInvalid(code);
        _enter(code, RegionCode.wrap(0), admin, name);
        emit RegionAdmitted(code, admin, msg.sender, name);
    }

    /// @inheritdoc IRegions
    function accreditRegion(RegionCode code, RegionCode parent, address admin, Name calldata name) external {
        _requireAdminOfActiveRegion(parent);
        if (!code.isPartOf(parent)) revert RegionNotPartOf(code, parent);
        _enter(code, parent, admin, name);
        _addMember(parent);
        emit RegionAccredited(code, parent, admin, name);
    }

    /// @inheritdoc IRegions
    function renameRegion(RegionCode code, Name calldata name) external onlySuperiorOf(code) {
        _requireKnown(code);
        _setName(_holderOf(code), name);
        emit RegionRenamed(code, name);
    }

    /// @inheritdoc IRegions
    function suspendRegion(RegionCode code) external onlySuperiorOf(code) {
        RegionStatus status = _regions[code].status;
        if (status != RegionStatus.Active && status != RegionStatus.Closed) revert RegionNotActive(code);

        bool isClosed = status == RegionStatus.Closed;
        _setRegionStatus(code, isClosed ? RegionStatus.ClosedSuspended : RegionStatus.Suspended);
        emit RegionSuspended(code);
    }

    /// @inheritdoc IRegions
    function resumeRegion(RegionCode code) external onlySuperiorOf(code) {
        RegionStatus status = _regions[code].status;
        bool isClosed = status == RegionStatus.ClosedSuspended;
        if (status != RegionStatus.Suspended && !isClosed) revert RegionNotSuspended(code);

        _setRegionStatus(code, isClosed ? RegionStatus.Closed : RegionStatus.Active);
        emit RegionResumed(code);
    }

    /// @inheritdoc IRegions
    function closeRegion(RegionCode code) external onlySuperiorOf(code) {
        if (_regions[code].status != RegionStatus.Active) revert RegionNotActive(code);

        _setRegionStatus(code, RegionStatus.Closed);
        emit RegionClosedForAnchors(code);
    }

    /// @inheritdoc IRegions
    function reopenRegion(RegionCode code) external onlySuperiorOf(code) {
        if (_regions[code].status != RegionStatus.Closed) revert RegionNotClosed(code);

        _setRegionStatus(code, RegionStatus.Active);
        emit RegionReopened(code);
    }

    /// @inheritdoc IRegions
    function moveRegion(RegionCode code, RegionCode to) external {
        RegionCode from = _regions[code].parent;
        _requireKnown(code);
        _requireActiveRegion(to);
        if (!code.isPartOf(to)) revert RegionNotPartOf(code, to);
        _requireAbove(from, to);
        if (RegionCode.unwrap(from) == RegionCode.unwrap(to)) revert RegionNotMoved(code, to);

        _formerParents[code].leaveBehind(from);
        _regions[code].parent = to;
        Tenure storage tenure = _regionTenures[code];
        (tenure.statusSince, tenure.moved) = (uint40(block.timestamp), true);
        if (_regions[code].status != RegionStatus.Retired) {
            --_regions[from].members;
            _addMember(to);
        }
        // Nominated by an admin who is above it no more.
        delete _nominatedAdmins[code];
        emit RegionMoved(code, from, to);
    }

    /// @inheritdoc IRegions
    function retireRegion(RegionCode code, RegionCode successor) external {
        _requireRetirable(code, successor);
        if (!_agreeOnAsAdmin(code)) return;
        if (!successor.isZero()) _takeSuccession(_successionOf(code, successor), _regions[successor].admin);

        _regionSuccessors[code] = successor;
        _setRegionStatus(code, RegionStatus.Retired);
        _memberships[code].enter(0);
        RegionCode parent = _regions[code].parent;
        if (!parent.isZero()) --_regions[parent].members;
        emit RegionRetired(code, successor);
    }

    /// @inheritdoc IRegions
    function reinstateRegion(RegionCode code) external {
        if (_regions[code].status != RegionStatus.Retired) revert RegionNotRetired(code);
        _requireActiveAbove(code);
        address proposer = _proposer();
        if (proposer == address(0) || _regions[code].admin != proposer) {
            if (_regions[code].admin != msg.sender) revert CallerNotRegionAdmin(code, msg.sender);
            return _propose();
        }
        RegionCode parent = _regions[code].parent;
        _confirm(proposer, code, _notOf(proposer, parent));

        _regionSuccessors[code] = RegionCode.wrap(0);
        // Closed, as it may have been before: its superior decides when it anchors again.
        _setRegionStatus(code, RegionStatus.Closed);
        _memberships[code].enter(1);
        if (!parent.isZero()) _addMember(parent);
        emit RegionReinstated(code);
    }

    /// @inheritdoc IRegions
    function acceptRegionSuccession(RegionCode code, RegionCode successor) external {
        _requireAdminOfActiveRegion(successor);
        _requireKnown(code);
        if (RegionCode.unwrap(code) == RegionCode.unwrap(successor)) revert RegionNotRetirable(code);
        _acceptSuccession(_successionOf(code, successor));
        emit RegionSuccessionAccepted(code, successor);
    }

    /// @inheritdoc IRegions
    function pauseRegion(RegionCode code) external restricted {
        if (!code.isProvinceLevel() || _regions[code].status == RegionStatus.None) revert RegionUnknown(code);
        uint256 pausedAt = _pausedAt[code];
        if (block.timestamp < pausedAt + PAUSES_APART) revert RegionPausedLately(code, pausedAt);

        _pausedAt[code] = uint40(block.timestamp);
        _setPause(code, uint40(block.timestamp + FIRST_PAUSE));
    }

    /// @inheritdoc IRegions
    function extendPause(RegionCode code, IGovernor council, bytes32 descriptionHash) external restricted {
        uint40 current = _regions[code].pausedUntil;
        if (current <= block.timestamp) revert RegionNotPaused(code);
        uint256 latest = _pausedAt[code] + LONGEST_PAUSE;
        uint256 needed = _neededFor(code, council, descriptionHash);
        uint40 until = uint40(needed < latest ? needed : latest);
        if (until > current) _setPause(code, until);
    }

    /// @inheritdoc IRegions
    function endPause(RegionCode code) external restricted {
        if (_regions[code].pausedUntil <= block.timestamp) revert RegionNotPaused(code);
        _setPause(code, uint40(block.timestamp));
    }

    /// @inheritdoc IRegions
    function tenureOfRegion(RegionCode code) external view returns (Tenure memory) {
        return _regionTenures[code];
    }

    /// @inheritdoc IRegions
    function regionSuccessorOf(RegionCode code) external view returns (RegionCode) {
        return _regionSuccessors[code];
    }

    /// @inheritdoc IRegions
    function acceptedRegionSuccession(RegionCode code, RegionCode successor) external view returns (Acceptance memory) {
        return _acceptedSuccessions[_successionOf(code, successor)];
    }

    /// @inheritdoc IRegions
    function isAdminOf(RegionCode code, address account) external view returns (bool) {
        return _isAdminOfActive(code, account);
    }

    /// @dev Until when the vote on the region's suspension needs the pause: while it runs until it can be carried out, and
    /// without an end once it is won, for its delay is the council's own; refused when none is under way by a council that
    /// could suspend the region.
    function _neededFor(RegionCode code, IGovernor council, bytes32 descriptionHash) private view returns (uint256) {
        (bool immediate, uint32 delay) =
            IAccessManager(authority()).canCall(address(council), address(this), IRegions.suspendRegion.selector);
        if (!immediate && delay == 0) revert RegionVoteNotRunning(code);
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) =
            (new address[](1), new uint256[](1), new bytes[](1));
        (targets[0], calls[0]) = (address(this), abi.encodeCall(IRegions.suspendRegion, (code)));
        uint256 vote = council.hashProposal(targets, values, calls, descriptionHash);
        // One that was never proposed has no state.
        try council.state(vote) returns (IGovernor.ProposalState state) {
            bool isWon = state == IGovernor.ProposalState.Succeeded || state == IGovernor.ProposalState.Queued;
            if (isWon) return type(uint256).max;
            bool isRunning = state == IGovernor.ProposalState.Pending || state == IGovernor.ProposalState.Active;
            if (isRunning) return council.proposalDeadline(vote) + AFTER_VOTE;
        } catch {}
        revert RegionVoteNotRunning(code);
    }

    function _setPause(RegionCode code, uint40 until) private {
        _regions[code].pausedUntil = until;
        emit RegionPaused(code, until);
    }

    /// @dev Whether `code` is `other` or lies in it: by whom accredited it, whatever its digits; a code that is no member
    /// by its digits.
    function _liesIn(RegionCode code, RegionCode other) internal view returns (bool) {
        if (_regions[code].status == RegionStatus.None) return code.isWithin(other);
        while (!code.isZero() && RegionCode.unwrap(code) != RegionCode.unwrap(other)) code = _regions[code].parent;
        return !code.isZero();
    }

    /// @dev The caller is the admin of an active region in which both lie, the other or above it, or whom the council named.
    function _requireAbove(RegionCode one, RegionCode other) internal view {
        RegionCode nearest;
        for (RegionCode above = other; !above.isZero(); above = _regions[above].parent) {
            if (!_liesIn(one, above)) continue;
            if (_isAdminOfActive(above, msg.sender)) return;
            if (nearest.isZero() && _isActiveRegion(above)) nearest = above;
        }
        if (!_isNamedByCouncil(msg.sender)) revert CallerNotSuperior(nearest, msg.sender);
    }

    /// @dev Nothing is left behind: what was in the region was moved or retired before.
    function _requireRetirable(RegionCode code, RegionCode successor) private view {
        RegionStatus status = _regions[code].status;
        bool isLive = status == RegionStatus.Active || status == RegionStatus.Closed;
        if (!isLive || RegionCode.unwrap(code) == RegionCode.unwrap(successor)) revert RegionNotRetirable(code);
        if (_regions[code].members != 0) revert RegionNotEmpty(code, _regions[code].members);
        if (!successor.isZero()) _requireActiveRegion(successor);
    }

    function _successionOf(RegionCode code, RegionCode successor) private pure returns (bytes32) {
        return keccak256(abi.encode("region", code, successor));
    }

    function _acceptSuccession(bytes32 succession) internal {
        _acceptedSuccessions[succession] = Acceptance({account: msg.sender, acceptedAt: uint40(block.timestamp)});
    }

    /// @dev Accepted within thirty days, by who still holds the office.
    function _takeSuccession(bytes32 succession, address holder) internal {
        Acceptance memory accepted = _acceptedSuccessions[succession];
        bool isAccepted = holder != address(0) && accepted.account == holder
            && block.timestamp < accepted.acceptedAt + LONGEST_WAIT;
        if (!isAccepted) revert SuccessionNotAccepted(succession);
        delete _acceptedSuccessions[succession];
    }

    function _enter(RegionCode code, RegionCode parent, address admin, Name calldata name) private {
        if (_regions[code].status != RegionStatus.None) revert RegionAlreadyAdmitted(code);
        _enterAsAdmin(admin);
        _setName(_holderOf(code), name);
        _regions[code] = Region({
            admin: admin,
            status: RegionStatus.Active,
            parent: parent,
            pausedUntil: 0,
            members: 0
        });
        _regionTenures[code] = _tenure(msg.sender);
        _memberships[code].enter(1);
    }

    function _addMember(RegionCode code) internal {
        uint16 members = _regions[code].members;
        if (members == type(uint16).max) revert RegionFull(code);
        _regions[code].members = members + 1;
    }

    function _setRegionStatus(RegionCode code, RegionStatus status) private {
        _regions[code].status = status;
        _regionTenures[code].statusSince = uint40(block.timestamp);
    }
}
