// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IStatuses} from "../interfaces/IStatuses.sol";
import {LegalStatus, STATUSES_PER_WORD, StatusAct, StatusWord, statusAfter} from "../types/Status.sol";
import {Uscc} from "../types/Uscc.sol";
import {Agencies} from "./Agencies.sol";

/// @notice What became of a credential in law.
abstract contract Statuses is Agencies, IStatuses {
    /// @dev How far back an act may take effect: time for the paper decision to reach the ledger.
    uint256 private constant LONGEST_DELAY = 31 days;

    uint256 private constant LONGEST_DECISION_NUMBER = 96;

    mapping(Uscc issuer => mapping(uint64 wordIndex => StatusWord)) private _words;

    /// @inheritdoc IStatuses
    function act(
        Uscc issuer,
        StatusAct statusAct,
        uint64[] calldata indices,
        uint40 effectiveAt,
        string calldata decisionNumber
    ) external onlyOperatorOf(issuer) {
        _requireDecision(effectiveAt, decisionNumber);
        if (indices.length == 0) revert StatusIndicesEmpty(issuer);

        _applyAct(issuer, statusAct, indices);
        emit StatusActed(issuer, statusAct, indices, effectiveAt, decisionNumber);
    }

    /// @inheritdoc IStatuses
    function statusOf(Uscc issuer, uint64 index) public view returns (LegalStatus) {
        return _words[issuer][index / STATUSES_PER_WORD].statusAt(index);
    }

    /// @dev Ascending indices keep the indices of one word together: each word is read once and written once.
    function _applyAct(Uscc issuer, StatusAct statusAct, uint64[] calldata indices) private {
        mapping(uint64 => StatusWord) storage words = _words[issuer];
        uint64 wordIndex = indices[0] / STATUSES_PER_WORD;
        StatusWord word = words[wordIndex];

        for (uint256 i = 0; i < indices.length; ++i) {
            uint64 index = indices[i];
            if (i != 0 && index <= indices[i - 1]) revert StatusIndicesNotAscending(indices[i - 1], index);
            if (index / STATUSES_PER_WORD != wordIndex) {
                words[wordIndex] = word;
                wordIndex = index / STATUSES_PER_WORD;
                word = words[wordIndex];
            }

            LegalStatus from = word.statusAt(index);
            (bool lawful, LegalStatus to) = statusAfter(from, statusAct);
            if (!lawful) revert StatusTransitionUnlawful(issuer, index, from, statusAct);
            word = word.withStatus(index, to);
        }
        words[wordIndex] = word;
    }

    function _requireDecision(uint40 effectiveAt, string calldata decisionNumber) private view {
        uint256 length = bytes(decisionNumber).length;
        if (length == 0 || length > LONGEST_DECISION_NUMBER) revert StatusDecisionNumberLength(length);
        if (effectiveAt > block.timestamp) revert StatusEffectiveInFuture(effectiveAt, block.timestamp);
        if (effectiveAt + LONGEST_DELAY < block.timestamp) {
            revert StatusEffectiveTooEarly(effectiveAt, block.timestamp);
        }
    }
}
