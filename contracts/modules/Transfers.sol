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
    function supersede(Uscc issuer, uint256[] calldata index, uint256[] calldata successor, Decision memory decision)
        external
    {
        // Only who anchors can have made the new one.
        _requireIssuing(issuer);
        if (index.length != 1 || successor.length != 1) revert SupersessionNotOfOne(index.length, successor.length);
        _requireRecent(StatusAct.Supersede, decision.effectiveAt);
        CredentialRef memory remade = CredentialRef(issuer, uint48(successor[0]));
        _requireFreshSuccessor(remade, successor[0]);
        if (index[0] == successor[0]) revert SuccessorNotFresh(issuer, uint48(successor[0]));

        LegalStatus status = statusOf(issuer, uint48(index[0]));
        Notes memory notes = _notes[issuer][index[0]];
        _act(issuer, StatusAct.Supersede, Capacity.Operator, index, decision);
        _link(CredentialRef(issuer, uint48(index[0])), remade);
        if (status != LegalStatus.Valid) _inherit(issuer, status, notes, successor, decision);
        emit Superseded(issuer, uint48(index[0]), uint48(successor[0]));
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
    function transferIn(
        CredentialRef calldata successor,
        Uscc originIssuer,
        uint256[] calldata originIndex,
        Decision memory decision
    ) external {
        _requireIssuing(successor.issuer);
        // A destination that merged into the origin gives no title to renew by transfer.
        if (sameUscc(successor.issuer, originIssuer)) revert TransferWithinIssuer(originIssuer);
        if (originIndex.length != 1) revert SupersessionNotOfOne(originIndex.length, 1);
        _requireRecent(StatusAct.TransferIn, decision.effectiveAt);
        _requireFreshSuccessor(successor, successor.index);
        CredentialRef memory origin = CredentialRef(originIssuer, uint48(originIndex[0]));
        Uscc destination = _successors[originIssuer][originIndex[0]].issuer;
        LegalStatus status = statusOf(originIssuer, origin.index);
        if (status != LegalStatus.TransferredOut) revert TransferOriginNotOut(originIssuer, origin.index, status);
        if (!_isOrSucceeds(successor.issuer, destination)) revert TransferElsewhere(destination, successor.issuer);

        _act(originIssuer, StatusAct.TransferIn, Capacity.Operator, originIndex, decision);
        _link(origin, successor);
        emit TransferredIn(originIssuer, origin.index, successor.issuer, successor.index);
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
    function _requireFreshSuccessor(CredentialRef memory successor, uint256 index) private view {
        if (!_isAnchored(successor.issuer, index)) revert StatusIndexNotAnchored(successor.issuer, index);
        bool isFresh = statusOf(successor.issuer, successor.index) == LegalStatus.Valid
            && _origins[successor.issuer][index].since == 0;
        if (!isFresh) revert SuccessorNotFresh(successor.issuer, successor.index);
    }

    function _link(CredentialRef memory origin, CredentialRef memory successor) private {
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
        emit StatusActed(issuer, StatusAct.Inherit, status, Capacity.Operator, successor, previousBlocks, decision);
    }
}
