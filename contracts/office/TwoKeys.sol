// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {ITwoKeys} from "../interfaces/ITwoKeys.sol";
import {LONGEST_WAIT, Proposal, SHORTEST_TENURE} from "../types/Proposal.sol";
import {RegionCode} from "../types/Region.sol";
import {Tenure} from "../types/Tenure.sol";
import {Dated} from "../types/Timeline.sol";
import {Uscc} from "../types/Uscc.sol";
import {Authority} from "../modules/Authority.sol";

/// @notice What one key proposes and another confirms: both make the same call, and the second carries it out.
abstract contract TwoKeys is Authority, ITwoKeys {
    /// @dev Who proposed this very call; zero when nobody did, or too long ago. Who is no longer entitled to is as
    /// nobody: else a thief's proposal would keep the rightful one out.
    function _proposer() internal view returns (address) {
        Proposal storage standing = _proposals[keccak256(msg.data)];
        return block.timestamp < standing.proposedAt + LONGEST_WAIT ? standing.proposer : address(0);
    }

    function _propose() internal {
        bytes32 call = keccak256(msg.data);
        _proposals[call] = Proposal({proposer: msg.sender, proposedAt: uint40(block.timestamp)});
        emit Proposed(call, msg.sender, msg.data);
    }

    /// @dev What the admin of a region proposes and its superior confirms, or the first above with another admin; for a
    /// province that is no more, two whom the council named.
    /// @return isConfirmed Whether this call is the second.
    function _agreeOnAsAdmin(RegionCode code) internal returns (bool isConfirmed) {
        address proposer = _proposer();
        isConfirmed = _governs(code, proposer);
        if (isConfirmed) {
            _confirm(proposer, code, _notOf(proposer, _superiorOf(code)));
        } else {
            if (!_governs(code, msg.sender)) _requireAdminOfActiveRegion(code);
            _propose();
        }
    }

    /// @dev The caller is another than the proposer, not one that the proposer set up for this, and did not set up the
    /// proposer for it either: who appoints in `own`, the region that the proposal is made for, waits as long as whoever
    /// is appointed above. Whom the council named appoints nobody.
    function _confirm(address proposer, RegionCode own, RegionCode superior) internal {
        if (!_governs(superior, msg.sender)) revert CallerNotSuperior(superior, msg.sender);
        _requireOther(proposer);
        uint256 ownSince = superior.isZero() ? 0 : _regionTenures[own].heldSince;
        if (ownSince + SHORTEST_TENURE > block.timestamp) revert ProposerTooNew(own, ownSince);
        (address appointedBy, uint256 heldSince) = _tenureOf(superior, msg.sender);
        if (appointedBy == proposer) revert ConfirmerAppointedByProposer(msg.sender, proposer);
        if (heldSince + SHORTEST_TENURE > block.timestamp) revert ConfirmerTooNew(msg.sender, heldSince);
        _close();
    }

    /// @dev Whoever is above several regions is no second key at once for what it has just moved from one of them into
    /// another, an agency or a region that it lies in. Whom the council named appoints nobody in either.
    function _requireStayed(Uscc uscc, RegionCode superior) internal view {
        if (superior.isZero()) return;
        _requireMovedLongAgo(uscc, _formerRegions[uscc]);
        RegionCode code = _governing(_agencies[uscc].region);
        for (; !code.isZero(); code = _regions[code].parent) _requireMovedLongAgo(uscc, _formerParents[code]);
    }

    function _requireMovedLongAgo(Uscc uscc, Dated[] storage left) private view {
        uint256 movedAt = left.length == 0 ? 0 : left[left.length - 1].since;
        if (movedAt + SHORTEST_TENURE > block.timestamp) revert AgencyMovedLately(uscc, movedAt);
    }

    function _requireOther(address proposer) internal view {
        if (msg.sender == proposer) revert ConfirmerIsProposer(msg.sender);
    }

    function _close() internal {
        bytes32 call = keccak256(msg.data);
        delete _proposals[call];
        emit Confirmed(call, msg.sender);
    }

    /// @dev Whom the council named holds its office by the access manager, since the manager says so.
    function _tenureOf(RegionCode code, address account) private view returns (address appointedBy, uint256 heldSince) {
        if (!code.isZero()) {
            Tenure storage tenure = _regionTenures[code];
            return (tenure.appointedBy, tenure.heldSince);
        }
        IAccessManager manager = IAccessManager(authority());
        uint64 role = manager.getTargetFunctionRole(address(this), msg.sig);
        (heldSince,,,) = manager.getAccess(role, account);
    }

    /// @dev The region, or the first active one above it, that has another admin than `admin`; zero for the council. Who
    /// holds both offices is no second key for itself, and not for that reason without one.
    function _notOf(address admin, RegionCode code) internal view returns (RegionCode) {
        while (!code.isZero() && _regions[code].admin == admin) code = _firstActive(_regions[code].parent);
        return code;
    }

    /// @dev The region above the one that governs `code`, or the first active one above that; zero for the council.
    function _superiorOf(RegionCode code) internal view returns (RegionCode) {
        return _firstActive(_regions[_governing(code)].parent);
    }
}
