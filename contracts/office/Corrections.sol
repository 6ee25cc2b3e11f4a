// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICorrections} from "../interfaces/ICorrections.sol";
import {RegionCode} from "../types/Region.sol";
import {Decision, LegalStatus, StatusAct} from "../types/Status.sol";
import {Capacity} from "../types/Tenure.sol";
import {Successor} from "../types/Transfer.sol";
import {Uscc, sameUscc} from "../types/Uscc.sol";
import {TwoKeys} from "./TwoKeys.sol";
import {Statuses} from "../modules/Statuses.sol";

/// @notice What one key did wrongly, two put right; what one may no longer enter, two enter.
abstract contract Corrections is Statuses, TwoKeys, ICorrections {
    /// @inheritdoc ICorrections
    function correct(Uscc issuer, uint256[] calldata indices, LegalStatus status, Decision calldata decision) external {
        _requireDecision(decision);
        if (decision.endsAt != 0) revert StatusEndUnlawful(StatusAct.Correct, decision.effectiveAt, decision.endsAt);
        _requireIndices(issuer, StatusAct.Correct, indices);
        _requireCorrectable(issuer, indices, status);
        (bool isConfirmed, Capacity capacity) = _agreeOn(issuer);
        if (!isConfirmed) return;

        uint40[] memory previousBlocks = _apply(issuer, indices, StatusChange(StatusAct.Correct, status, 0));
        if (!_isOfLink(status)) _forgetSuccessors(issuer, indices);
        emit StatusActed(issuer, StatusAct.Correct, status, capacity, indices, previousBlocks, decision);
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

    /// @dev Proposed by who acts on the agency's licences, confirmed by the superior of its region.
    /// @return isConfirmed Whether this call is the second.
    /// @return capacity In what right the first was made.
    function _agreeOn(Uscc issuer) private returns (bool isConfirmed, Capacity capacity) {
        address proposer = _proposer();
        if (proposer != address(0)) capacity = _capacityOf(issuer, proposer);
        if (capacity == Capacity.None) {
            capacity = _requireCapacity(issuer);
            _propose();
            return (false, capacity);
        }
        _confirm(proposer, _confirming(issuer, proposer));
        return (true, capacity);
    }

    /// @dev The region above the agency's; above a custodian, the region above that one.
    function _confirming(Uscc issuer, address proposer) private view returns (RegionCode) {
        RegionCode code = _superiorOf(_agencies[issuer].region);
        while (!code.isZero() && _regions[code].admin == proposer) code = _firstActive(_regions[code].parent);
        return code;
    }

    /// @dev A credential whose successor was not annulled is out of its issuer's hands, but for one thing: annulled
    /// wrongly, which voids the successor, it becomes again what its successor made it. No other is corrected to that.
    function _requireCorrectable(Uscc issuer, uint256[] calldata indices, LegalStatus status) private view {
        for (uint256 i = 0; i < indices.length; ++i) {
            Successor storage successor = _successors[issuer][indices[i]];
            bool stands = successor.since != 0 && !_isVoid(statusOf(successor.issuer, successor.index));
            if (stands && status != _statusOfLink(issuer, successor.issuer)) {
                revert CorrectionAfterSuccessor(issuer, indices[i], successor.issuer, successor.index);
            }
            if (!stands && _isOfLink(status)) revert CorrectionStatusUnlawful(status);
        }
    }

    /// @dev From both sides: what took no place away is nobody's successor, and may itself be corrected.
    function _forgetSuccessors(Uscc issuer, uint256[] calldata indices) private {
        for (uint256 i = 0; i < indices.length; ++i) {
            Successor memory successor = _successors[issuer][indices[i]];
            if (successor.since != 0) delete _origins[successor.issuer][successor.index];
            delete _successors[issuer][indices[i]];
        }
    }

    function _statusOfLink(Uscc issuer, Uscc successor) private pure returns (LegalStatus) {
        return sameUscc(issuer, successor) ? LegalStatus.Superseded : LegalStatus.Transferred;
    }

    function _isOfLink(LegalStatus status) private pure returns (bool) {
        return status == LegalStatus.Superseded || status == LegalStatus.TransferredOut
            || status == LegalStatus.Transferred;
    }

    function _isVoid(LegalStatus status) private pure returns (bool) {
        return status == LegalStatus.Annulled || status == LegalStatus.AnnulledDeregistered;
    }
}
