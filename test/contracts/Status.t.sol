// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    EVERYWHERE,
    LegalStatus,
    StatusAct,
    StatusMarks,
    StatusWord,
    transitionsOf,
    UNLAWFUL
} from "../../contracts/types/Status.sol";
import {vm} from "./Vm.sol";

/// @notice The word operations against the same thing done one place at a time.
contract StatusTest {
    uint256 private constant STATUSES = uint256(type(LegalStatus).max) + 1;

    /// @dev A word all of whose places hold a status that exists.
    function _wordFrom(uint256 seed) private pure returns (StatusWord) {
        uint256 word = 0;
        for (uint256 place = 0; place < 48; ++place) {
            word |= (((seed >> (4 * place)) & 0xf) % STATUSES) << (4 * place);
        }
        // Above the statuses anything: the block, the count and the mark of ends.
        return StatusWord.wrap(word | (seed >> 192) << 192);
    }

    /// @dev Bit `i` of `places` tells whether index `i` is marked.
    function _marksFrom(uint48 places) private pure returns (StatusMarks marked) {
        for (uint256 place = 0; place < 48; ++place) {
            if ((places >> place) & 1 == 1) marked = marked.mark(place);
        }
    }

    function _isMarked(StatusMarks marked, uint256 place) private pure returns (bool) {
        uint256 bits = (StatusMarks.unwrap(marked) >> (4 * place)) & 0xf;
        require(bits == 0 || bits == 0xf, "a place is marked in part");
        return bits != 0;
    }

    function testFuzz_markTakesTheRemainderOfTheIndex(uint48 index) external pure {
        StatusMarks marked;
        marked = marked.mark(index);
        require(marked.firstPlace() == index % 48, "marked at the wrong place");
        require(StatusMarks.unwrap(marked) == uint256(0xf) << (4 * (index % 48)), "marked more than one place");
    }

    function testFuzz_withStatusChangesTheMarkedPlacesAlone(uint256 seed, uint48 places, uint8 chosen) external pure {
        StatusWord word = _wordFrom(seed);
        LegalStatus status = LegalStatus(chosen % STATUSES);
        StatusWord changed = word.withStatus(_marksFrom(places), uint256(status));
        for (uint256 place = 0; place < 48; ++place) {
            LegalStatus expected = (places >> place) & 1 == 1 ? status : word.statusAt(place);
            require(changed.statusAt(place) == expected, "wrong status");
        }
        require(StatusWord.unwrap(changed) >> 192 == StatusWord.unwrap(word) >> 192, "more than statuses changed");
    }

    function testFuzz_touchedCountsOneActOfThisBlockAndKeepsTheRest(uint256 seed, uint40 blockNumber) external {
        StatusWord word = _wordFrom(seed);
        vm.roll(blockNumber);
        StatusWord after_ = word.touched();
        require(after_.blockOf() == blockNumber, "another block");
        uint256 count = (seed >> 232) & 0x7fffff;
        require(word.countOf() == count, "count misread");
        require(after_.countOf() == (count == 0x7fffff ? count : count + 1), "not one act more");
        require(after_.hasEnds() == word.hasEnds(), "the mark of ends changed");
        require(StatusWord.unwrap(after_) << 64 == StatusWord.unwrap(word) << 64, "a status changed");
    }

    /// @dev It refuses no act, and carries into nothing.
    function test_theCountStopsAtItsMaximum() external view {
        StatusWord word = StatusWord.wrap(uint256(0x7ffffe) << 232);
        for (uint256 i = 0; i < 3; ++i) {
            word = word.touched();
            require(word.countOf() == 0x7fffff, "not the maximum");
            require(!word.hasEnds(), "the count ran over");
        }
    }

    function testFuzz_withEndsMarksTheWordAndChangesNothingElse(uint256 seed) external pure {
        StatusWord word = _wordFrom(seed);
        require(word.withEnds().hasEnds(), "not marked");
        require(StatusWord.unwrap(word.withEnds()) << 1 == StatusWord.unwrap(word) << 1, "more than the mark changed");
        require(word.hasEnds() == (seed >> 255 == 1), "the mark is misread");
    }

    function testFuzz_marksOfFindsTheStatusAlone(uint256 seed, uint8 chosen) external pure {
        StatusWord word = _wordFrom(seed);
        LegalStatus status = LegalStatus(chosen % STATUSES);
        StatusMarks marked = word.marksOf(status);
        for (uint256 place = 0; place < 48; ++place) {
            require(_isMarked(marked, place) == (word.statusAt(place) == status), "wrong mark");
        }
    }

    function testFuzz_statusAtFirstIsTheStatusAtTheFirstPlace(uint256 seed, uint48 places) external pure {
        vm.assume(places != 0);
        StatusMarks marked = _marksFrom(places);
        StatusWord word = _wordFrom(seed);
        require(word.statusAtFirst(marked) == word.statusAt(marked.firstPlace()), "wrong status");
    }

    function testFuzz_andKeepsExactlyTheOthers(uint48 places, uint48 others) external pure {
        StatusMarks both = _marksFrom(places).and(_marksFrom(others));
        require(StatusMarks.unwrap(both) == StatusMarks.unwrap(_marksFrom(places & others)), "wrong marks");
    }

    function testFuzz_exceptRemovesExactlyTheOthers(uint48 places, uint48 others) external pure {
        StatusMarks rest = _marksFrom(places).except(_marksFrom(others));
        require(StatusMarks.unwrap(rest) == StatusMarks.unwrap(_marksFrom(places & ~others)), "wrong rest");
        require(rest.isEmpty() == (places & ~others == 0), "emptiness misjudged");
    }

    function test_noActLeadsOutOfAnnulmentButDeregistration() external pure {
        for (uint256 i = 0; i <= uint256(type(StatusAct).max); ++i) {
            StatusAct statusAct = StatusAct(i);
            if (statusAct == StatusAct.Dissolve) continue;
            uint256 to = transitionsOf(statusAct).leadsTo(LegalStatus.Annulled);
            uint256 expected =
                statusAct == StatusAct.Deregister ? uint256(LegalStatus.AnnulledDeregistered) : UNLAWFUL;
            require(to == expected, "annulment is not final");
            require(
                transitionsOf(statusAct).leadsTo(LegalStatus.AnnulledDeregistered) == UNLAWFUL, "an act after the end"
            );
        }
    }

    function test_everyTransitionLeadsToAStatusAndNoneToWhereItWas() external pure {
        for (uint256 i = 0; i <= uint256(type(StatusAct).max); ++i) {
            for (uint256 from = 0; from < STATUSES; ++from) {
                uint256 to = transitionsOf(StatusAct(i)).leadsTo(LegalStatus(from));
                require(to == UNLAWFUL || to < STATUSES, "no such status");
                require((to == from) == (StatusAct(i) == StatusAct.Dissolve), "changes nothing, or something");
                if (to == from) continue;
                bool isTakingIn = StatusAct(i) == StatusAct.TransferIn && LegalStatus(from) == LegalStatus.TransferredOut;
                require((to == uint256(LegalStatus.Transferred)) == isTakingIn, "taken in, or not");
            }
        }
    }

    function test_everywhereHoldsOneAtEachPlace() external pure {
        for (uint256 place = 0; place < 48; ++place) {
            require((EVERYWHERE >> (4 * place)) & 0xf == 1, "not one");
        }
    }
}
