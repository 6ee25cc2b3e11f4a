// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Term, TermHistory} from "../../contracts/types/Term.sol";
import {Dated, Timeline, countAt} from "../../contracts/types/Timeline.sol";
import {vm} from "./Vm.sol";

/// @notice What is found by bisection is what a scan finds.
contract TermsTest {
    using {countAt} for Dated[];

    uint40 private constant START = 1_760_000_000;

    TermHistory private history;
    Timeline private timeline;

    function testFuzz_theTermAtATimeIsTheOneAScanFinds(uint8[24] calldata gaps, uint8[24] calldata ends) external {
        vm.warp(START);
        for (uint256 i = 0; i < 24; ++i) {
            uint40 now_ = uint40(block.timestamp);
            try this.add(now_ + gaps[i], now_ + gaps[i] + 1 + ends[i]) {} catch {}
            // Also a term that has not begun, and one that is over.
            try this.end(now_ + ends[i] / 4) {} catch {}
            vm.warp(now_ + ends[i] / 8);
        }
        for (uint40 time = START - 1; time < block.timestamp + 600; time += 7) {
            Term memory found = history.termAt(time);
            Term memory scanned = _scan(time);
            require(found.from == scanned.from && found.until == scanned.until, "another term");
        }
    }

    function testFuzz_theEntryOfATimeIsTheOneAScanFinds(uint8[24] calldata gaps) external {
        vm.warp(START);
        for (uint256 i = 0; i < 24; ++i) {
            vm.warp(block.timestamp + gaps[i] % 4);
            timeline.enter(uint216(i + 1));
        }
        for (uint40 time = START - 1; time < block.timestamp + 2; ++time) {
            uint216 scanned = 0;
            for (uint256 i = 0; i < 24; ++i) {
                Dated memory entry = timeline.at(i);
                if (entry.since <= time) scanned = entry.fact;
            }
            require(timeline.asOf(time).fact == scanned, "another entry");
            uint256 before = scanned == 24 ? 23 : scanned;
            require(timeline.earlier.countAt(time) == before, "another count");
        }
        require(timeline.newest.fact == 24 && timeline.count() == 24, "not the newest");
    }

    function test_nothingWasBeforeTheFirst() external view {
        Dated memory none = timeline.asOf(type(uint40).max);
        require(none.since == 0 && none.fact == 0 && timeline.newest.since == 0 && timeline.count() == 0, "something from nowhere");
        require(history.termAt(type(uint40).max - 1).until == 0, "a term from nowhere");
    }

    function test_aTermEndedBeforeItBeganLeavesTheOneBeforeAndRoomForTheNext() external {
        vm.warp(START);
        this.add(START, START + 80);
        this.add(START + 100, START + 200);
        this.end(START + 60);
        require(history.termAt(START + 70).until == START + 80, "the earlier term was lost");
        require(history.termAt(START + 150).until == 0, "the later term was kept");
        this.add(START + 90, START + 300);
        require(history.termAt(START + 150).from == START + 90, "the next term is not found");
    }

    function add(uint40 from, uint40 until) external {
        history.add(from, until);
    }

    function end(uint40 until) external {
        history.end(until);
    }

    function _scan(uint40 time) private view returns (Term memory term) {
        if (history.newest.covers(time)) return history.newest;
        for (uint256 i = history.earlier.length; i > 0; --i) {
            term = history.earlier[i - 1];
            if (term.covers(time)) return term;
        }
        return Term(0, 0);
    }
}
