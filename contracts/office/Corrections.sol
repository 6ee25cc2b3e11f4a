// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICorrections} from "../interfaces/ICorrections.sol";
import {RegionCode} from "../types/Region.sol";
import {Decision, LegalStatus, StatusAct} from "../types/Status.sol";
import {Capacity} from "../types/Tenure.sol";
import {CredentialRef, Origin, Successor} from "../types/Transfer.sol";
import {Uscc} from "../types/Uscc.sol";
import {TwoKeys} from "./TwoKeys.sol";
import {Statuses} from "../modules/Statuses.sol";

/// @notice What one key did wrongly, two put right; what one may no longer enter, two enter.
abstract contract Corrections is Statuses, TwoKeys, ICorrections {
    /// @inheritdoc ICorrections
    function correct(Uscc issuer, uint256[] calldata indices, LegalStatus status, Decision calldata decision) external {
        bool isOwnAct = status == LegalStatus.Superseded || status == LegalStatus.TransferredOut
            || status == LegalStatus.Transferred;
        if (isOwnAct) revert CorrectionStatusUnlawful(status);
        _requireDecision(decision);
        if (decision.endsAt != 0) revert StatusEndUnlawful(StatusAct.Correct, decision.effectiveAt, decision.endsAt);
        _requireIndices(issuer, StatusAct.Correct, indices);
        _requireNoStandingSuccessor(issuer, indices);
        (bool isConfirmed, Capacity capacity) = _agreeOn(issuer);
        if (!isConfirmed) return;

        for (uint256 i = 0; i < indices.length; ++i) delete _successors[issuer][indices[i]];
        _setByTwo(issuer, indices, status, capacity, decision);
    }

    /// @inheritdoc ICorrections
    function actLate(Uscc issuer, StatusAct statusAct, uint256[] calldata indices, Decision calldata decision)
        external
    {
        if (statusAct >= StatusAct.TransferIn || statusAct == StatusAct.Supersede || statusAct == StatusAct.TransferOut)
        {
            revert StatusActOfItsOwn(statusAct);
        }
        (bool isConfirmed, Capacity capacity) = _agreeOn(issuer);
        if (isConfirmed) _act(issuer, statusAct, capacity, indices, decision);
    }

    /// @inheritdoc ICorrections
    function dissolveSuccession(CredentialRef calldata successor, uint256[] calldata originIndex, Decision calldata decision)
        external
    {
        _requireDecision(decision);
        Origin memory origin = _origins[successor.issuer][successor.index];
        bool isOrigin = originIndex.length == 1 && origin.since != 0 && origin.index == originIndex[0];
        if (!isOrigin) revert SuccessionUnknown(successor.issuer, successor.index);
        (bool isConfirmed, Capacity capacity) = _agreeOn(successor.issuer);
        if (!isConfirmed) return;

        delete _origins[successor.issuer][successor.index];
        delete _successors[origin.issuer][origin.index];
        emit SuccessionDissolved(origin.issuer, origin.index, successor.issuer, successor.index);
        if (statusOf(origin.issuer, origin.index) != LegalStatus.Transferred) return;
        // In transit again, to where it was taken in: at no time are there two in force.
        _successors[origin.issuer][origin.index].issuer = successor.issuer;
        _setByTwo(origin.issuer, originIndex, LegalStatus.TransferredOut, capacity, decision);
    }

    /// @dev Proposed by who acts on the agency's licences, confirmed by the superior of its region.
    /// @return isConfirmed Whether this call is the second.
    /// @return capacity In what right the first was made.
    function _agreeOn(Uscc issuer) private returns (bool isConfirmed, Capacity capacity) {
        address proposer = _proposer();
        capacity = _capacityOf(issuer, proposer);
        isConfirmed = capacity != Capacity.None;
        if (isConfirmed) {
            _confirm(proposer, _confirming(issuer, proposer));
        } else {
            // Nobody proposed it, or somebody who acts for the agency no more.
            capacity = _requireCapacity(issuer);
            _propose();
        }
    }

    function _setByTwo(
        Uscc issuer,
        uint256[] calldata indices,
        LegalStatus status,
        Capacity capacity,
        Decision calldata decision
    ) private {
        uint40[] memory previousBlocks = _apply(issuer, indices, StatusChange(StatusAct.Correct, status, 0));
        emit StatusActed(issuer, StatusAct.Correct, status, capacity, indices, previousBlocks, decision);
    }

    /// @dev The region above the agency's; above a custodian, the region above that one.
    function _confirming(Uscc issuer, address proposer) private view returns (RegionCode) {
        RegionCode code = _superiorOf(_agencies[issuer].region);
        while (!code.isZero() && _regions[code].admin == proposer) code = _firstActive(_regions[code].parent);
        return code;
    }

    /// @dev A credential whose successor was not annulled is out of its issuer's hands.
    function _requireNoStandingSuccessor(Uscc issuer, uint256[] calldata indices) private view {
        for (uint256 i = 0; i < indices.length; ++i) {
            Successor storage successor = _successors[issuer][indices[i]];
            if (successor.since == 0) continue;
            LegalStatus status = statusOf(successor.issuer, successor.index);
            bool isVoid = status == LegalStatus.Annulled || status == LegalStatus.AnnulledDeregistered;
            if (!isVoid) revert CorrectionAfterSuccessor(issuer, indices[i], successor.issuer, successor.index);
        }
    }
}
