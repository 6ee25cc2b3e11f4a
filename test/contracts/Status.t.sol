// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    EVERYWHERE,
    LegalStatus,
    StatusAct,
    StatusMarks,
    StatusWord,
    transitionOf
} from "../../contracts/types/Status.sol";

/// @notice The word operations against the same thing done one place at a time.
contract StatusTest {
    /// @dev A word all of whose places hold a status that exists.
    function _wordFrom(uint256 seed) private pure returns (StatusWord) {
        uint256 word = 0;
        for (uint256 place = 0; place < 64; ++place) {
            word |= (((seed >> (4 * place)) & 0xf) % 3) << (4 * place);
        }
        return StatusWord.wrap(word);
    }

    /// @dev Bit `i` of `places` tells whether index `i` is marked.
    function _marksFrom(uint64 places) private pure returns (StatusMarks marked) {
        for (uint256 place = 0; place < 64; ++place) {
            if ((places >> place) & 1 == 1) marked = marked.mark(place);
        }
    }

    function _isMarked(StatusMarks marked, uint256 place) private pure returns (bool) {
        uint256 bits = (StatusMarks.unwrap(marked) >> (4 * place)) & 0xf;
        require(bits == 0 || bits == 0xf, "a place is marked in part");
        return bits != 0;
    }

    function testFuzz_markTakesTheRemainderOfTheIndex(uint64 index) external pure {
        StatusMarks marked;
        marked = marked.mark(index);
        require(marked.firstPlace() == index % 64, "marked at the wrong place");
        require(StatusMarks.unwrap(marked) == uint256(0xf) << (4 * (index % 64)), "marked more than one place");
    }

    function testFuzz_withStatusChangesTheMarkedPlacesAlone(uint256 seed, uint64 places, uint8 chosen) external pure {
        StatusWord word = _wordFrom(seed);
        LegalStatus status = LegalStatus(chosen % 3);
        StatusWord changed = word.withStatus(_marksFrom(places), status);
        for (uint256 place = 0; place < 64; ++place) {
            LegalStatus expected = (places >> place) & 1 == 1 ? status : word.statusAt(place);
            require(changed.statusAt(place) == expected, "wrong status");
        }
    }

    function testFuzz_marksOfFindsTheStatusesOfTheSetAlone(uint256 seed, uint8 set) external pure {
        StatusWord word = _wordFrom(seed);
        StatusMarks marked = word.marksOf(set);
        for (uint256 place = 0; place < 64; ++place) {
            bool isOfSet = (set >> uint256(word.statusAt(place))) & 1 == 1;
            require(_isMarked(marked, place) == isOfSet, "wrong mark");
        }
    }

    /// @dev All sixteen values a place can hold, those no status has yet included.
    function testFuzz_marksOfTellsAllSixteenValuesApart(uint256 seed, uint8 chosen) external pure {
        uint256 value = chosen % 16;
        StatusMarks marked = StatusWord.wrap(seed).marksOf(1 << value);
        for (uint256 place = 0; place < 64; ++place) {
            require(_isMarked(marked, place) == ((seed >> (4 * place)) & 0xf == value), "wrong mark");
        }
    }

    function testFuzz_exceptRemovesExactlyTheOthers(uint64 places, uint64 others) external pure {
        StatusMarks rest = _marksFrom(places).except(_marksFrom(others));
        require(StatusMarks.unwrap(rest) == StatusMarks.unwrap(_marksFrom(places & ~others)), "wrong rest");
        require(rest.isEmpty() == (places & ~others == 0), "emptiness misjudged");
    }

    function test_noActLeadsOutOfRevoked() external pure {
        for (uint256 statusAct = 0; statusAct <= uint256(type(StatusAct).max); ++statusAct) {
            (uint256 lawfulFrom,) = transitionOf(StatusAct(statusAct));
            require((lawfulFrom >> uint256(LegalStatus.Revoked)) & 1 == 0, "revoked is not final");
        }
    }

    function test_everywhereHoldsOneAtEachPlace() external pure {
        for (uint256 place = 0; place < 64; ++place) {
            require((EVERYWHERE >> (4 * place)) & 0xf == 1, "not one");
        }
    }
}
