// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Recognition, RecognitionRule} from "../../contracts/types/Recognition.sol";
import {AgreementsGround} from "./AgreementsGround.sol";
import {vm} from "./Vm.sol";

/// @notice Recognition costs a bounded number of reads, whatever two provinces agreed in decades.
contract RecognitionsTest is AgreementsGround {
    /// @dev The most, when nothing was read before: the two members and the type, that nothing was ever refused, the
    /// baseline, a bisection of fourteen steps, and four slots for each of the three newest agreements. Refusals of the
    /// type cost four lists more.
    uint256 private constant MOST_GAS = 160_000;

    function setUp() external {
        _agreeOften();
    }

    function test_costsNoMoreThanItsBoundWith10000AgreementsBetweenTheSamePair() external view {
        require(rulebook.agreementCount() == AGREEMENTS, "too few agreements");
        uint256 before = gasleft();
        Recognition memory found = rulebook.recognised(_question(), START + 2 * AGREEMENTS);
        uint256 used = before - gasleft();
        require(found.rule == RecognitionRule.None && !found.recognised, "the standing one is not buried");
        require(used < MOST_GAS, "dearer than its bound");
    }

    function test_answersForEveryPastTimeAsItWas(uint40 elapsed) external view {
        elapsed = elapsed % AGREEMENTS;
        Recognition memory found = rulebook.recognised(_question(), START + elapsed);
        require(found.recognised && found.agreement == elapsed + 1, "not the agreement of that second");
    }

    function test_aStandingAgreementCountsAgainFromItsRenewalOn() external {
        uint40 time = START + 2 * AGREEMENTS;
        vm.warp(time);
        vm.prank(HUNAN_ADMIN);
        rulebook.renewAgreement(1, HUNAN, GUANGDONG, KIND);
        Recognition memory found = rulebook.recognised(_question(), time);
        require(found.recognised && found.agreement == 1, "renewed in vain");
        require(!rulebook.recognised(_question(), time - 1).recognised, "the past was changed");
    }
}
