// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ledger} from "../../contracts/Ledger.sol";
import {Rulebook} from "../../contracts/Rulebook.sol";
import {LegalStatus} from "../../contracts/types/Status.sol";
import {Term} from "../../contracts/types/Term.sol";
import {Successor} from "../../contracts/types/Transfer.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {Alliance} from "./Alliance.sol";

/// @notice What stays true of the ledger whatever an alliance does, step after step.
contract InvariantsTest {
    Alliance private alliance;
    Ledger private ledger;
    Rulebook private rulebook;

    function setUp() external {
        alliance = new Alliance();
        ledger = alliance.ledger();
        rulebook = alliance.rulebook();
    }

    /// @dev Asked by the test runner: whose functions it calls at random.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(alliance);
    }

    /// @dev One campaign for all rules, so that a million calls are a million for each. What the books count is looked
    /// at after every call, the whole state after every fiftieth.
    function invariant_theLedgerKeepsItsRules() external view {
        require(alliance.misjudged() == 0, "an act against the law was allowed, or a lawful one refused");
        require(alliance.trespasses() == 0, "somebody did what is not theirs");
        if (alliance.calls() % 50 != 0) return;
        _noOriginHasTwoSuccessors();
        _everyStatusIsThatOfTheBooks();
        _aChildHasNothingItsParentHasNot();
        _anchorsEqualTheirEvents();
    }

    function _noOriginHasTwoSuccessors() private view {
        for (uint256 issuer = 0; issuer < alliance.ISSUERS(); ++issuer) {
            for (uint64 index = 0; index < alliance.INDICES(); ++index) {
                uint256 count = alliance.successorsInBooks(issuer, index);
                Successor memory found = ledger.successorOf(alliance.issuers(issuer), index);
                require(count <= 1, "two successors");
                require((found.since != 0) == (count == 1), "a successor from nowhere, or lost");
                (Uscc first, uint64 firstIndex) = alliance.firstSuccessor(issuer, index);
                require(Uscc.unwrap(found.issuer) == Uscc.unwrap(first) && found.index == firstIndex, "not the first");
            }
        }
    }

    function _everyStatusIsThatOfTheBooks() private view {
        for (uint256 issuer = 0; issuer < alliance.ISSUERS(); ++issuer) {
            for (uint64 index = 0; index < alliance.INDICES(); ++index) {
                LegalStatus status = ledger.statusOf(alliance.issuers(issuer), index);
                require(status == alliance.statusInBooks(issuer, index), "not the status of the books");
            }
        }
    }

    function _aChildHasNothingItsParentHasNot() private view {
        for (uint256 step = 0; step < 8; ++step) {
            uint40 time = uint40(block.timestamp + step * step * 500);
            Term memory city = rulebook.delegationAt(alliance.regions(1), alliance.KIND(), time);
            Term memory county = rulebook.delegationAt(alliance.regions(2), alliance.KIND(), time);
            Term memory agency = rulebook.responsibilityAt(alliance.issuers(1), alliance.KIND(), time);
            require(county.until == 0 || county.within(city), "the county exceeds the city");
            require(agency.until == 0 || agency.within(county), "the agency exceeds the county");
        }
    }

    function _anchorsEqualTheirEvents() private view {
        require(alliance.leavesInBooks() == alliance.leavesInEvents(), "an event says otherwise");
        uint256 leaves = 0;
        for (uint256 issuer = 0; issuer < alliance.ISSUERS(); ++issuer) {
            for (uint256 seed = 0; seed < alliance.ROOTS(); ++seed) {
                leaves += ledger.anchorOf(alliance.issuers(issuer), alliance.rootOf(seed)).size;
            }
        }
        require(leaves == alliance.leavesInBooks(), "the ledger holds other anchors than the books");
    }
}
