// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ServiceItem} from "../../contracts/types/Catalogue.sol";
import {
    Approval,
    NegativeEntry,
    Recognition,
    RecognitionQuestion,
    RecognitionRule
} from "../../contracts/types/Recognition.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {AgreementsGround} from "./AgreementsGround.sol";
import {vm} from "./Vm.sol";

/// @notice Recognition costs a bounded number of reads, also where a type was refused in every way, time and again.
contract RefusalsTest is AgreementsGround {
    ServiceItem private constant ITEM = ServiceItem.wrap("item");
    uint40 private constant REFUSALS = 1_000;
    /// @dev As without a refusal, and four lists besides: of two slots each, and a bisection of ten steps.
    uint256 private constant MOST_GAS = 272_000;

    /// @dev Each list with as many terms of a single second; at the time asked about all of them are over.
    function setUp() external {
        _agreeOften();
        for (uint40 i = 0; i < REFUSALS; ++i) {
            uint40 time = START + AGREEMENTS + i;
            vm.warp(time);
            _refuse(RegionCode.wrap(0), ServiceItem.wrap(0), time);
            _refuse(RegionCode.wrap(0), ITEM, time);
            _refuse(HUNAN, ServiceItem.wrap(0), time);
            _refuse(HUNAN, ITEM, time);
        }
    }

    function test_costsNoMoreThanItsBoundWithFourListsOf1000RefusalsBesideTheAgreements() external view {
        RecognitionQuestion memory question = _question();
        question.item = ITEM;
        uint40 last = START + AGREEMENTS + REFUSALS - 1;
        uint256 before = gasleft();
        Recognition memory found = rulebook.recognised(question, last - REFUSALS / 2);
        uint256 used = before - gasleft();
        require(found.rule == RecognitionRule.Negative, "refused in vain");
        require(used < MOST_GAS, "dearer than its bound when refused");
    }

    function test_costsNoMoreThanItsBoundWhenAllFourListsAreOver() external view {
        RecognitionQuestion memory question = _question();
        question.item = ITEM;
        uint256 before = gasleft();
        Recognition memory found = rulebook.recognised(question, START + 2 * AGREEMENTS);
        uint256 used = before - gasleft();
        require(found.rule == RecognitionRule.None && !found.recognised, "a refusal that is over");
        require(used < MOST_GAS, "dearer than its bound");
    }

    function _refuse(RegionCode issuing, ServiceItem item, uint40 time) private {
        NegativeEntry memory entry = NegativeEntry({issuing: issuing, licenceType: KIND, item: item});
        vm.prank(GUANGDONG_ADMIN);
        rulebook.enterNegative(
            GUANGDONG,
            entry,
            time,
            time + 1,
            Approval({number: unicode"粤府办〔2026〕1号", documentDigest: keccak256("approval")})
        );
    }
}
