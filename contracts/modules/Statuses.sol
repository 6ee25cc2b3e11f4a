// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IStatuses} from "../interfaces/IStatuses.sol";
import {
    LegalBasis,
    LegalStatus,
    STATUSES_PER_WORD,
    StatusAct,
    StatusMarks,
    StatusWord,
    Transitions,
    transitionsOf,
    UNLAWFUL
} from "../types/Status.sol";
import {Uscc} from "../types/Uscc.sol";
import {Agencies} from "./Agencies.sol";

/// @notice What became of a credential in law.
abstract contract Statuses is Agencies, IStatuses {
    /// @dev How far back an act other than an annulment may take effect: time for the paper decision to reach the ledger.
    uint256 private constant LONGEST_DELAY = 31 days;

    uint256 private constant LONGEST_DECISION_NUMBER = 96;

    mapping(Uscc issuer => mapping(uint256 wordIndex => StatusWord)) private _words;

    /// @inheritdoc IStatuses
    function act(
        Uscc issuer,
        StatusAct statusAct,
        uint256[] calldata indices,
        uint40 effectiveAt,
        LegalBasis legalBasis,
        string calldata decisionNumber
    ) external onlyOperatorOf(issuer) {
        if (legalBasis.isMissing()) revert StatusLegalBasisMissing();
        _requireDecisionNumber(decisionNumber);
        _requireEffectiveTime(statusAct, effectiveAt);
        if (indices.length == 0) revert StatusIndicesEmpty(issuer);

        _applyAct(issuer, statusAct, indices);
        emit StatusActed(issuer, statusAct, indices, effectiveAt, legalBasis, decisionNumber);
    }

    /// @inheritdoc IStatuses
    function statusOf(Uscc issuer, uint64 index) public view returns (LegalStatus) {
        return _words[issuer][index / STATUSES_PER_WORD].statusAt(index);
    }

    /// @dev Ascending indices keep the indices of one word together: each word is read once and written once.
    function _applyAct(Uscc issuer, StatusAct statusAct, uint256[] calldata indices) private {
        uint256 last = indices[indices.length - 1];
        if (last > type(uint64).max) revert StatusIndexTooLarge(last);

        mapping(uint256 => StatusWord) storage words = _words[issuer];
        uint256 next = 0;
        while (next < indices.length) {
            uint256 wordIndex = indices[next] / STATUSES_PER_WORD;
            StatusMarks marked;
            (marked, next) = _markOneWord(indices, next);
            words[wordIndex] = _wordAfter(issuer, wordIndex, words[wordIndex], marked, statusAct);
        }
    }

    /// @dev Marks the indices from place `first` on that share a word with the first of them.
    /// @return marked The marks.
    /// @return next Place of the first index of another word, or the length of the list.
    function _markOneWord(uint256[] calldata indices, uint256 first)
        private
        pure
        returns (StatusMarks marked, uint256 next)
    {
        uint256 index = indices[first];
        uint256 lastOfWord = index | (STATUSES_PER_WORD - 1);
        marked = marked.mark(index);
        for (next = first + 1; next < indices.length; ++next) {
            uint256 previous = index;
            index = indices[next];
            if (index <= previous) revert StatusIndicesNotAscending(previous, index);
            if (index > lastOfWord) break;
            marked = marked.mark(index);
        }
    }

    /// @dev The word after a lawful act on its marked indices: those of one status together, the first index first.
    function _wordAfter(Uscc issuer, uint256 wordIndex, StatusWord word, StatusMarks marked, StatusAct statusAct)
        private
        pure
        returns (StatusWord)
    {
        Transitions transitions = transitionsOf(statusAct);
        while (!marked.isEmpty()) {
            LegalStatus from = word.statusAtFirst(marked);
            uint256 to = transitions.leadsTo(from);
            if (to == UNLAWFUL) {
                uint64 index = uint64(wordIndex * STATUSES_PER_WORD + marked.firstPlace());
                revert StatusTransitionUnlawful(issuer, index, from, statusAct);
            }
            StatusMarks alike = marked.and(word.marksOf(from));
            word = word.withStatus(alike, to);
            marked = marked.except(alike);
        }
        return word;
    }

    /// @dev For the ledger's own transitions, which are checked where they are made.
    function _setStatus(Uscc issuer, uint64 index, LegalStatus status) internal {
        StatusMarks marked;
        mapping(uint256 => StatusWord) storage words = _words[issuer];
        uint256 wordIndex = index / STATUSES_PER_WORD;
        words[wordIndex] = words[wordIndex].withStatus(marked.mark(index), uint256(status));
    }

    function _requireDecisionNumber(string calldata decisionNumber) internal pure {
        uint256 length = bytes(decisionNumber).length;
        if (length == 0 || length > LONGEST_DECISION_NUMBER) revert StatusDecisionNumberLength(length);
    }

    function _requireEffectiveTime(StatusAct statusAct, uint40 effectiveAt) private view {
        if (effectiveAt > block.timestamp) revert StatusEffectiveInFuture(effectiveAt, block.timestamp);
        if (statusAct != StatusAct.Annul && effectiveAt + LONGEST_DELAY < block.timestamp) {
            revert StatusEffectiveTooEarly(effectiveAt, block.timestamp);
        }
    }
}
