// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICorrections} from "../interfaces/ICorrections.sol";
import {SHORTEST_TENURE} from "../types/Proposal.sol";
import {RegionCode} from "../types/Region.sol";
import {Decision, LegalStatus, StatusAct} from "../types/Status.sol";
import {Capacity, Tenure} from "../types/Tenure.sol";
import {CredentialRef, Origin, Successor} from "../types/Transfer.sol";
import {Uscc, sameUscc} from "../types/Uscc.sol";
import {TwoKeys} from "./TwoKeys.sol";
import {Statuses} from "../modules/Statuses.sol";

/// @notice What one key did wrongly, two put right; what one may no longer enter, two enter.
abstract contract Corrections is Statuses, TwoKeys, ICorrections {
    /// @inheritdoc ICorrections
    function correct(Uscc issuer, uint256[] calldata indices, LegalStatus status, Decision memory decision) external {
        if (status == LegalStatus.TransferredOut) revert CorrectionStatusUnlawful(status);
        _requireDecision(decision);
        if (decision.endsAt != 0) revert StatusEndUnlawful(StatusAct.Correct, decision.effectiveAt, decision.endsAt);
        _requireIndices(issuer, StatusAct.Correct, indices);
        for (uint256 i = 0; i < indices.length; ++i) _requireCorrectable(issuer, indices[i], status);
        (bool isConfirmed, Capacity capacity) = _agreeOn(issuer);
        if (!isConfirmed) return;

        for (uint256 i = 0; i < indices.length && !_isOfSuccessor(status); ++i) delete _successors[issuer][indices[i]];
        // Now that those beside it have their places again, too.
        for (uint256 i = 0; i < indices.length && !_isVoid(status); ++i) _requireInItsPlace(issuer, indices[i]);
        _setByTwo(issuer, indices, status, capacity, decision);
    }

    /// @inheritdoc ICorrections
    function actLate(Uscc issuer, StatusAct statusAct, uint256[] calldata indices, Decision memory decision)
        external
    {
        _requireNoneOfItsOwn(statusAct);
        _requireActable(issuer, statusAct, indices, decision);
        if (decision.effectiveAt + LONGEST_DELAY >= block.timestamp) {
            revert StatusNotLate(decision.effectiveAt, block.timestamp);
        }
        (bool isConfirmed, Capacity capacity) = _agreeOn(issuer);
        if (isConfirmed) _carryOut(issuer, statusAct, capacity, indices, decision);
    }

    /// @inheritdoc ICorrections
    function dissolveSuccession(
        CredentialRef calldata successor,
        CredentialRef calldata origin,
        Decision memory decision
    ) external {
        _requireDecision(decision);
        if (decision.endsAt != 0) revert StatusEndUnlawful(StatusAct.Correct, decision.effectiveAt, decision.endsAt);
        Origin memory linked = _origins[successor.issuer][successor.index];
        bool isOrigin = linked.since != 0 && linked.index == origin.index && sameUscc(linked.issuer, origin.issuer);
        if (!isOrigin) revert SuccessionUnknown(successor.issuer, successor.index);
        bool isInPlace = _isInPlaceOf(linked, successor.issuer, successor.index);
        // From its transit one key puts an origin in force again, and two that was annulled meanwhile.
        bool isTakenIn = isInPlace && !sameUscc(origin.issuer, successor.issuer);
        if (isTakenIn) _requireNoStandingSuccessor(origin.issuer, origin.index);
        (bool isConfirmed, Capacity capacity) = _agreeOn(successor.issuer);
        if (!isConfirmed) return;

        delete _origins[successor.issuer][successor.index];
        emit SuccessionDissolved(origin.issuer, origin.index, successor.issuer, successor.index);
        _carryOut(successor.issuer, StatusAct.Dissolve, capacity, successor.indexAsList(), decision);
        // The origin may have another successor since a correction gave it its place again.
        if (!isInPlace) return;
        delete _successors[origin.issuer][origin.index];
        if (statusOf(origin.issuer, origin.index) == LegalStatus.Transferred) {
            // In transit again, to where it was taken in: at no time are there two in force.
            _successors[origin.issuer][origin.index].issuer = successor.issuer;
            _setByTwo(origin.issuer, origin.indexAsList(), LegalStatus.TransferredOut, capacity, decision);
        } else {
            _carryOut(origin.issuer, StatusAct.Dissolve, capacity, origin.indexAsList(), decision);
        }
    }

    /// @dev Proposed by who acts on the agency's licences, or by the admin of the region above; confirmed by the superior
    /// of the region of who proposed it.
    /// @return isConfirmed Whether this call is the second.
    /// @return capacity In what right the first was made.
    function _agreeOn(Uscc issuer) private returns (bool isConfirmed, Capacity capacity) {
        address proposer = _proposer();
        Uscc acting = _lastSuccessorOf(issuer);
        RegionCode own = _governing(_agencies[acting].region);
        RegionCode speaking;
        (capacity, speaking) = _capacityToPropose(issuer, own, proposer);
        isConfirmed = capacity != Capacity.None;
        if (isConfirmed) {
            RegionCode superior = _notOf(_regions[speaking].admin, _superiorOf(speaking));
            // Who nominates the operators is no second key for them, whatever else it holds.
            if (_regions[own].admin == msg.sender) revert CallerNotSuperior(superior, msg.sender);
            _confirm(proposer, speaking, superior);
            _requireStayed(acting, superior);
            if (capacity <= Capacity.Successor) _requireSettled(acting, own, superior);
        } else {
            // Nobody proposed it, or somebody who may no more.
            (capacity,) = _capacityToPropose(issuer, own, msg.sender);
            if (capacity == Capacity.None) _revertWithoutCapacity(issuer);
            _propose();
        }
    }

    /// @dev The region above speaks where those below are not to be had, or not to be believed: what an admin did with
    /// accomplices in the offices below its own, the next one and its superior put right. A custodian speaks for the
    /// region whose admin it is, be it above one that is stopped: its own time in office counts, and it waits for it.
    /// @return capacity In what right the account proposes; `None` when in none.
    /// @return speaking The region that it speaks for.
    function _capacityToPropose(Uscc issuer, RegionCode own, address account)
        private
        view
        returns (Capacity capacity, RegionCode speaking)
    {
        if (account == address(0)) return (Capacity.None, own);
        capacity = _capacityOf(issuer, account);
        // Whoever is no custodian acts in an active region, which this is itself.
        if (capacity != Capacity.None) return (capacity, _firstActive(own));
        speaking = _superiorOf(own);
        if (_isAdminOfActive(speaking, account)) capacity = Capacity.Superior;
    }

    /// @dev Who is above a region returns operators to its offices: the admin of the region has a week to see that, or
    /// named the operator itself.
    function _requireSettled(Uscc acting, RegionCode own, RegionCode superior) private view {
        Tenure storage tenure = _agencyTenures[acting];
        if (superior.isZero() || tenure.appointedBy == _regions[own].admin) return;
        if (tenure.heldSince + SHORTEST_TENURE > block.timestamp) revert OperatorTooNew(acting, tenure.heldSince);
    }

    function _setByTwo(
        Uscc issuer,
        uint256[] calldata indices,
        LegalStatus status,
        Capacity capacity,
        Decision memory decision
    ) private {
        uint40[] memory previousBlocks = _apply(issuer, indices, StatusChange(StatusAct.Correct, status, 0));
        emit StatusActed(
            issuer,
            StatusAct.Correct,
            uint8(status),
            msg.sender,
            capacity,
            indices,
            previousBlocks,
            decision
        );
    }

    /// @dev However corrected, no two credentials are in force in one place.
    function _requireCorrectable(Uscc issuer, uint256 index, LegalStatus status) private view {
        if (!_isVoid(status)) _requireInItsPlace(issuer, index);
        if (!_isOfSuccessor(status)) return _requireNoStandingSuccessor(issuer, index);
        // Back to what the link says: an annulment is taken back that travels to the successor.
        Successor storage successor = _successors[issuer][index];
        bool isWithinIssuer = sameUscc(successor.issuer, issuer);
        bool isLinked = successor.since != 0 && isWithinIssuer == (status == LegalStatus.Superseded);
        if (!isLinked) revert CorrectionStatusUnlawful(status);
    }

    /// @dev A credential is out of its issuer's hands while one that took its place, or the place of that one, was not
    /// annulled. Links from an origin to its successor hold in both directions and go deeper by each, so that it looks at
    /// `MOST_ORIGINS` successors at most.
    function _requireNoStandingSuccessor(Uscc issuer, uint256 index) private view {
        Successor memory successor = _successors[issuer][index];
        while (successor.since != 0) {
            if (!_isVoid(statusOf(successor.issuer, successor.index))) {
                revert CorrectionAfterSuccessor(issuer, index, successor.issuer, successor.index);
            }
            successor = _successors[successor.issuer][successor.index];
        }
    }

    /// @dev Nothing that it goes back to was given back its own place by a correction. So whatever stands goes back over
    /// links that hold in both directions, and no more of them than were made: `MOST_ORIGINS` at most.
    function _requireInItsPlace(Uscc issuer, uint256 index) private view {
        Origin memory origin = _origins[issuer][index];
        while (origin.since != 0) {
            if (!_isInPlaceOf(origin, issuer, index)) {
                revert CorrectionAfterOrigin(issuer, index, origin.issuer, origin.index);
            }
            (issuer, index) = (origin.issuer, origin.index);
            origin = _origins[issuer][index];
        }
    }

    function _isInPlaceOf(Origin memory origin, Uscc issuer, uint256 index) private view returns (bool) {
        Successor memory successor = _successors[origin.issuer][origin.index];
        return successor.since != 0 && sameUscc(successor.issuer, issuer) && successor.index == index;
    }

    function _isVoid(LegalStatus status) private pure returns (bool) {
        return status == LegalStatus.Annulled || status == LegalStatus.AnnulledDeregistered;
    }

    function _isOfSuccessor(LegalStatus status) private pure returns (bool) {
        return status == LegalStatus.Superseded || status == LegalStatus.Transferred;
    }
}
