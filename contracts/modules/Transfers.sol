// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITransfers} from "../interfaces/ITransfers.sol";
import {AgencyStatus} from "../types/Agency.sol";
import {Notes} from "../types/Notice.sol";
import {Decision, LegalStatus, STATUSES_PER_WORD, StatusAct} from "../types/Status.sol";
import {Capacity} from "../types/Tenure.sol";
import {CredentialRef, MOST_ORIGINS, Origin, Successor} from "../types/Transfer.sol";
import {Uscc, sameUscc} from "../types/Uscc.sol";
import {Statuses} from "./Statuses.sol";

/// @notice Which credential took the place of which, in the same agency or in another.
abstract contract Transfers is Statuses, ITransfers {
    /// @inheritdoc ITransfers
    function supersede(CredentialRef calldata successor, CredentialRef calldata origin, Decision memory decision)
        external
    {
        Uscc issuer = origin.issuer;
        // Only who anchors can have made the new one.
        _requireIssuing(issuer);
        if (!sameUscc(issuer, successor.issuer)) revert SupersessionAcrossIssuers(issuer, successor.issuer);
        _requireRecent(StatusAct.Supersede, decision.effectiveAt);
        _requireFreshSuccessor(successor);
        if (origin.index == successor.index) revert SuccessorNotFresh(issuer, successor.index);

        LegalStatus status = statusOf(issuer, origin.index);
        Notes memory notes = _notes[issuer][origin.index];
        _act(issuer, StatusAct.Supersede, Capacity.Operator, origin.indexAsList(), decision);
        _link(origin, successor);
        if (status != LegalStatus.Valid) _inherit(issuer, status, notes, successor.indexAsList(), decision);
        emit Superseded(issuer, origin.index, successor.index);
    }

    /// @inheritdoc ITransfers
    function transferOut(Uscc issuer, uint256[] calldata indices, Uscc destination, Decision memory decision)
        external
    {
        Capacity capacity = _requireCapacity(issuer);
        if (sameUscc(issuer, destination)) revert TransferWithinIssuer(issuer);
        if (_agencies[destination].status == AgencyStatus.None) revert TransferDestinationUnknown(destination);
        _requireRecent(StatusAct.TransferOut, decision.effectiveAt);

        _act(issuer, StatusAct.TransferOut, capacity, indices, decision);
        for (uint256 i = 0; i < indices.length; ++i) {
            _successors[issuer][indices[i]] = Successor({issuer: destination, index: 0, since: 0});
        }
        emit TransferredOut(issuer, indices, destination);
    }

    /// @inheritdoc ITransfers
    function transferIn(CredentialRef calldata successor, CredentialRef calldata origin, Decision memory decision)
        external
    {
        _requireIssuing(successor.issuer);
        // A destination that merged into the origin gives no title to renew by transfer.
        if (sameUscc(successor.issuer, origin.issuer)) revert TransferWithinIssuer(origin.issuer);
        _requireRecent(StatusAct.TransferIn, decision.effectiveAt);
        _requireFreshSuccessor(successor);
        Uscc destination = _successors[origin.issuer][origin.index].issuer;
        LegalStatus status = statusOf(origin.issuer, origin.index);
        if (status != LegalStatus.TransferredOut) revert TransferOriginNotOut(origin.issuer, origin.index, status);
        if (!_isOrSucceeds(successor.issuer, destination)) revert TransferElsewhere(destination, successor.issuer);

        _act(origin.issuer, StatusAct.TransferIn, Capacity.Operator, origin.indexAsList(), decision);
        _link(origin, successor);
        emit TransferredIn(origin.issuer, origin.index, successor.issuer, successor.index);
    }

    /// @inheritdoc ITransfers
    function successorOf(Uscc issuer, uint48 index) public view returns (Successor memory) {
        return _successors[issuer][index];
    }

    /// @inheritdoc ITransfers
    function originOf(Uscc issuer, uint48 index) public view returns (Origin memory) {
        return _origins[issuer][index];
    }

    /// @dev In force, anchored, and in nobody's place yet.
    function _requireFreshSuccessor(CredentialRef calldata successor) private view {
        if (!_isAnchored(successor.issuer, successor.index)) {
            revert StatusIndexNotAnchored(successor.issuer, successor.index);
        }
        bool isFresh = statusOf(successor.issuer, successor.index) == LegalStatus.Valid
            && _origins[successor.issuer][successor.index].since == 0;
        if (!isFresh) revert SuccessorNotFresh(successor.issuer, successor.index);
    }

    function _link(CredentialRef calldata origin, CredentialRef calldata successor) private {
        uint8 depth = _origins[origin.issuer][origin.index].depth;
        if (depth >= MOST_ORIGINS) revert OriginChainTooLong(origin.issuer, origin.index);
        _successors[origin.issuer][origin.index] =
            Successor({issuer: successor.issuer, index: successor.index, since: uint40(block.timestamp)});
        _origins[successor.issuer][successor.index] = Origin({
            issuer: origin.issuer,
            index: origin.index,
            since: uint40(block.timestamp),
            depth: depth + 1
        });
    }

    /// @dev Re-making washes off neither a restriction nor a suspension: the successor takes on each with its end.
    function _inherit(
        Uscc issuer,
        LegalStatus status,
        Notes memory notes,
        uint256[] calldata successor,
        Decision memory decision
    ) private {
        if (status != LegalStatus.Suspended) {
            decision.endsAt = notes.restrictionEnd;
            _takeOn(issuer, StatusAct.Restrict, LegalStatus.Restricted, successor, decision);
        }
        if (status != LegalStatus.Restricted) {
            decision.endsAt = notes.suspensionEnd;
            _takeOn(issuer, StatusAct.Suspend, status, successor, decision);
        }
    }

    /// @dev As by the act itself, from the supersession on, but told as inherited.
    function _takeOn(
        Uscc issuer,
        StatusAct statusAct,
        LegalStatus status,
        uint256[] calldata successor,
        Decision memory decision
    ) private {
        StatusChange memory change = StatusChange(statusAct, LegalStatus.Valid, decision.endsAt);
        uint40[] memory previousBlocks = _apply(issuer, successor, change);
        emit StatusActed(
            issuer,
            StatusAct.Inherit,
            uint8(status),
            msg.sender,
            Capacity.Operator,
            successor,
            previousBlocks,
            decision
        );
    }
}
