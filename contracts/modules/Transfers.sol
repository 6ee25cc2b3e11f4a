// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ITransfers} from "../interfaces/ITransfers.sol";
import {LegalStatus} from "../types/Status.sol";
import {CredentialRef, Successor} from "../types/Transfer.sol";
import {Uscc, sameUscc} from "../types/Uscc.sol";
import {Statuses} from "./Statuses.sol";

/// @notice Which credential took the place of which in another agency.
abstract contract Transfers is Statuses, ITransfers {
    /// @dev Written once for each origin: the status it leaves behind admits no second transfer-in.
    mapping(Uscc issuer => mapping(uint64 index => Successor)) private _successors;

    /// @inheritdoc ITransfers
    function transferIn(CredentialRef calldata successor, CredentialRef calldata origin, string calldata decisionNumber)
        external
        onlyOperatorOf(successor.issuer)
    {
        if (sameUscc(successor.issuer, origin.issuer)) revert TransferWithinIssuer(origin.issuer);
        _requireDecisionNumber(decisionNumber);
        LegalStatus status = statusOf(successor.issuer, successor.index);
        if (status != LegalStatus.Valid) revert TransferSuccessorNotValid(successor.issuer, successor.index, status);
        status = statusOf(origin.issuer, origin.index);
        if (status != LegalStatus.TransferredOut) revert TransferOriginNotOut(origin.issuer, origin.index, status);

        _setStatus(origin.issuer, origin.index, LegalStatus.Transferred);
        _successors[origin.issuer][origin.index] =
            Successor({issuer: successor.issuer, index: successor.index, since: uint40(block.timestamp)});
        emit TransferredIn(origin.issuer, origin.index, successor.issuer, successor.index, decisionNumber);
    }

    /// @inheritdoc ITransfers
    function successorOf(Uscc issuer, uint64 index) public view returns (Successor memory) {
        return _successors[issuer][index];
    }
}
