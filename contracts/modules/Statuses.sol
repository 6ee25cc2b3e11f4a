// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IStatuses} from "../interfaces/IStatuses.sol";
import {LegalStatus, STATUSES_PER_WORD, StatusAct, StatusMarks, StatusWord, transitionOf} from "../types/Status.sol";
import {Uscc} from "../types/Uscc.sol";
import {Agencies} from "./Agencies.sol";

/// @notice What became of a credential in law.
abstract contract Statuses is Agencies, IStatuses {
    /// @dev How far back an act may take effect: time for the paper decision to reach the ledger.
    uint256 private constant LONGEST_DELAY = 31 days;

    uint256 private constant LONGEST_DECISION_NUMBER = 96;

    mapping(Uscc issuer => mapping(uint256 wordIndex => StatusWord)) private _words;

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
    function _markOneWord(uint64[] calldata indices, uint256 first)
        private
        pure
        returns (StatusMarks marked, uint256 next)
    {
        uint256 index = indices[first];
        uint256 lastOfWord = index | (STATUSES_PER_WORD - 1);
        uint256 length = indices.length;
        marked = marked.mark(index);
        for (next = first + 1; next < length; ++next) {
            uint256 previous = index;
            index = _uncheckedAt(indices, next);
            if (index <= previous) revert StatusIndicesNotAscending(uint64(previous), uint64(index));
            if (index > lastOfWord) break;
            marked = marked.mark(index);
        }
    }

    /// @dev Reads `indices[place]` without the two checks of the language, which cost 125 gas for each credential.
    /// Its one caller bounds `place`; an element above 64 bits leaves the word and so is read again, with the checks.
    function _uncheckedAt(uint64[] calldata indices, uint256 place) private pure returns (uint256 index) {
        assembly ("memory-safe") {
            index := calldataload(add(indices.offset, shl(5, place)))
        }
    }

    /// @dev The word after a lawful act on its marked indices.
    function _wordAfter(Uscc issuer, uint256 wordIndex, StatusWord word, StatusMarks marked, StatusAct statusAct)
        private
        pure
        returns (StatusWord)
    {
        (uint256 lawfulFrom, LegalStatus to) = transitionOf(statusAct);
        StatusMarks unlawful = marked.except(word.marksOf(lawfulFrom));
        if (!unlawful.isEmpty()) {
            uint64 index = uint64(wordIndex * STATUSES_PER_WORD + unlawful.firstPlace());
            revert StatusTransitionUnlawful(issuer, index, word.statusAt(index), statusAct);
        }
        return word.withStatus(marked, to);
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
