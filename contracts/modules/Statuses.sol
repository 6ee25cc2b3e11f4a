// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IStatuses} from "../interfaces/IStatuses.sol";
import {LARGEST_BATCH} from "../types/Anchor.sol";
import {Notes} from "../types/Notice.sol";
import {
    Decision,
    LegalStatus,
    NO_STATUS,
    STATUSES_PER_WORD,
    StatusAct,
    StatusMarks,
    StatusWord,
    Transitions,
    transitionsOf,
    UNLAWFUL
} from "../types/Status.sol";
import {Capacity} from "../types/Tenure.sol";
import {Uscc} from "../types/Uscc.sol";
import {Anchors} from "./Anchors.sol";

/// @notice What became of a credential in law.
abstract contract Statuses is Anchors, IStatuses {
    /// @dev How far back an act of one key may take effect: time for the paper decision to reach the ledger.
    uint256 internal constant LONGEST_DELAY = 31 days;

    uint256 private constant LONGEST_DECISION_NUMBER = 96;

    /// @inheritdoc IStatuses
    function act(Uscc issuer, StatusAct statusAct, uint256[] calldata indices, Decision memory decision) external {
        Capacity capacity = _capacityToAct(issuer, statusAct);
        _requireNoneOfItsOwn(statusAct);
        _requireRecent(statusAct, decision.effectiveAt);
        _act(issuer, statusAct, capacity, indices, decision);
    }

    /// @inheritdoc IStatuses
    function statusOf(Uscc issuer, uint48 index) public view returns (LegalStatus) {
        return _words[issuer][index / STATUSES_PER_WORD].statusAt(index);
    }

    /// @inheritdoc IStatuses
    function statusWordOf(Uscc issuer, uint48 index) external view returns (StatusWord) {
        return _words[issuer][index / STATUSES_PER_WORD];
    }

    /// @dev A superior annuls in the agency's stead (行政许可法 art. 69), whatever the agency's standing.
    function _capacityToAct(Uscc issuer, StatusAct statusAct) private view returns (Capacity capacity) {
        capacity = _capacityOf(issuer, msg.sender);
        if (capacity != Capacity.None) return capacity;
        bool mayAnnul = statusAct == StatusAct.Annul && _isSuperiorOf(_agencies[issuer].region, msg.sender);
        if (mayAnnul) return Capacity.Superior;
        _revertWithoutCapacity(issuer);
    }

    /// @dev Checks all but who acts and how old the act is, applies and tells it. All decisions are in memory, so that the
    /// code holds one encoding of them.
    function _act(
        Uscc issuer,
        StatusAct statusAct,
        Capacity capacity,
        uint256[] calldata indices,
        Decision memory decision
    ) internal {
        _requireActable(issuer, statusAct, indices, decision);
        _carryOut(issuer, statusAct, capacity, indices, decision);
    }

    function _carryOut(
        Uscc issuer,
        StatusAct statusAct,
        Capacity capacity,
        uint256[] calldata indices,
        Decision memory decision
    ) internal {
        uint40[] memory previousBlocks =
            _apply(issuer, indices, StatusChange(statusAct, LegalStatus.Valid, decision.endsAt));
        emit StatusActed(issuer, statusAct, NO_STATUS, msg.sender, capacity, indices, previousBlocks, decision);
    }

    /// @dev What happens to every marked index: the law's transition, or for a correction the status that it names.
    struct StatusChange {
        StatusAct statusAct;
        LegalStatus to;
        uint40 endsAt;
    }

    /// @dev Ascending indices keep the indices of one word together: each word is read once and written once.
    /// @return previousBlocks For every word touched, in order, the block of the act before.
    function _apply(Uscc issuer, uint256[] calldata indices, StatusChange memory change)
        internal
        returns (uint40[] memory previousBlocks)
    {
        mapping(uint256 => StatusWord) storage words = _words[issuer];
        previousBlocks = new uint40[](indices.length);
        assembly ("memory-safe") {
            mstore(previousBlocks, 0)
        }
        uint256 next = 0;
        while (next < indices.length) {
            uint256 first = next;
            uint256 wordIndex = indices[next] / STATUSES_PER_WORD;
            StatusMarks marked;
            (marked, next) = _markOneWord(indices, next);
            StatusWord word = words[wordIndex];
            _append(previousBlocks, word.blockOf());
            if (change.endsAt != 0) word = word.withEnds();
            // What unlinks two leaves a status with its end.
            if (word.hasEnds() && change.statusAct != StatusAct.Dissolve) _setEnds(issuer, indices[first:next], change);
            words[wordIndex] = _wordAfter(issuer, wordIndex, word, marked, change).touched();
        }
    }

    /// @dev To a list that was made for as many blocks as there are indices.
    function _append(uint40[] memory blocks, uint40 one) private pure {
        assembly ("memory-safe") {
            let length := mload(blocks)
            mstore(add(blocks, shl(5, add(length, 1))), one)
            mstore(blocks, add(length, 1))
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
        uint256 endOfWord = index - (index % STATUSES_PER_WORD) + STATUSES_PER_WORD;
        marked = marked.mark(index);
        for (next = first + 1; next < indices.length; ++next) {
            uint256 previous = index;
            index = indices[next];
            if (index <= previous) revert StatusIndicesNotAscending(previous, index);
            if (index >= endOfWord) break;
            marked = marked.mark(index);
        }
    }

    /// @dev The word after a lawful act on its marked indices: those of one status together, the first index first.
    function _wordAfter(
        Uscc issuer,
        uint256 wordIndex,
        StatusWord word,
        StatusMarks marked,
        StatusChange memory change
    ) private pure returns (StatusWord) {
        if (_namesItsStatus(change.statusAct)) return word.withStatus(marked, uint256(change.to));
        Transitions transitions = transitionsOf(change.statusAct);
        while (!marked.isEmpty()) {
            LegalStatus from = word.statusAtFirst(marked);
            uint256 to = transitions.leadsTo(from);
            if (to == UNLAWFUL) {
                uint48 index = uint48(wordIndex * STATUSES_PER_WORD + marked.firstPlace());
                revert StatusTransitionUnlawful(issuer, index, from, change.statusAct);
            }
            StatusMarks alike = marked.and(word.marksOf(from));
            word = word.withStatus(alike, to);
            marked = marked.except(alike);
        }
        return word;
    }

    /// @dev An end belongs to the act that set it: the next act of its kind, and what lifts it, replace it.
    function _setEnds(Uscc issuer, uint256[] calldata indices, StatusChange memory change) private {
        StatusAct statusAct = change.statusAct;
        for (uint256 i = 0; i < indices.length; ++i) {
            Notes storage notes = _notes[issuer][indices[i]];
            if (statusAct != StatusAct.Restrict && statusAct != StatusAct.Lift) {
                notes.suspensionEnd = statusAct == StatusAct.Suspend ? change.endsAt : 0;
            }
            if (statusAct != StatusAct.Suspend && statusAct != StatusAct.Reinstate) {
                notes.restrictionEnd = statusAct == StatusAct.Restrict ? change.endsAt : 0;
            }
        }
    }

    function _namesItsStatus(StatusAct statusAct) private pure returns (bool) {
        return statusAct == StatusAct.Correct || statusAct == StatusAct.Inherit;
    }

    /// @dev It has no function of its own.
    function _requireNoneOfItsOwn(StatusAct statusAct) internal pure {
        bool isOfItsOwn = _namesItsStatus(statusAct) || statusAct == StatusAct.Supersede
            || statusAct == StatusAct.TransferOut || statusAct == StatusAct.TransferIn || statusAct == StatusAct.Dissolve;
        if (isOfItsOwn) revert StatusActOfItsOwn(statusAct);
    }

    /// @dev All that can be said before it is carried out, but for who acts and how old the act is.
    function _requireActable(Uscc issuer, StatusAct statusAct, uint256[] calldata indices, Decision memory decision)
        internal
        view
    {
        _requireDecision(decision);
        _requireEnd(statusAct, decision);
        _requireIndices(issuer, statusAct, indices);
    }

    /// @dev Every index was anchored; only a licence that is to be issued inactive is deferred before that, so that it
    /// is in force at no time between.
    function _requireIndices(Uscc issuer, StatusAct statusAct, uint256[] calldata indices) internal view {
        if (indices.length == 0) revert StatusIndicesEmpty(issuer);
        uint256 last = indices[indices.length - 1];
        uint256 count = _agencies[issuer].indexCount;
        uint256 end = statusAct == StatusAct.Defer ? count + LARGEST_BATCH : count;
        if (last >= end) revert StatusIndexNotAnchored(issuer, last);
        if (!_agencies[issuer].hasPassedOver) return;
        for (uint256 i = 0; i < indices.length; ++i) {
            bool isAhead = statusAct == StatusAct.Defer && indices[i] >= count;
            if (!isAhead && !_isAnchored(issuer, indices[i])) revert StatusIndexNotAnchored(issuer, indices[i]);
        }
    }

    function _requireDecision(Decision memory decision) internal view {
        if (decision.legalBasis.isMissing()) revert StatusLegalBasisMissing();
        uint256 length = bytes(decision.number).length;
        if (length == 0 || length > LONGEST_DECISION_NUMBER) revert StatusDecisionNumberLength(length);
        if (decision.effectiveAt > block.timestamp) {
            revert StatusEffectiveInFuture(decision.effectiveAt, block.timestamp);
        }
    }

    /// @dev Only a suspension and a restriction have an end, which lies ahead of their beginning.
    function _requireEnd(StatusAct statusAct, Decision memory decision) private pure {
        if (decision.endsAt == 0) return;
        bool mayEnd = statusAct == StatusAct.Suspend || statusAct == StatusAct.Restrict;
        if (!mayEnd || decision.endsAt <= decision.effectiveAt) {
            revert StatusEndUnlawful(statusAct, decision.effectiveAt, decision.endsAt);
        }
    }

    function _requireRecent(StatusAct statusAct, uint40 effectiveAt) internal view {
        if (statusAct != StatusAct.Annul && effectiveAt + LONGEST_DELAY < block.timestamp) {
            revert StatusEffectiveTooEarly(effectiveAt, block.timestamp);
        }
    }
}
