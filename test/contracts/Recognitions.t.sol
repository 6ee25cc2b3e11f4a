// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Ledger} from "../../contracts/Ledger.sol";
import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {Appointments} from "../../contracts/office/Appointments.sol";
import {Members} from "../../contracts/office/Members.sol";
import {Remedies} from "../../contracts/office/Remedies.sol";
import {Name} from "../../contracts/types/Name.sol";
import {Rulebook} from "../../contracts/Rulebook.sol";
import {HolderClass, LicenceType, LicenceTypeRules, ServiceItem} from "../../contracts/types/Catalogue.sol";
import {
    AgreementDraft,
    Recognition,
    RecognitionQuestion,
    RecognitionRule
} from "../../contracts/types/Recognition.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {vm} from "./Vm.sol";

/// @notice Recognition costs a bounded number of reads, whatever two provinces agreed in decades.
contract RecognitionsTest {
    LicenceType private constant KIND = LicenceType.wrap("11100000000013338W011");
    RegionCode private constant HUNAN = RegionCode.wrap(430_000);
    RegionCode private constant GUANGDONG = RegionCode.wrap(440_000);
    address private constant HUNAN_ADMIN = address(0xA);
    address private constant GUANGDONG_ADMIN = address(0xB);
    uint32 private constant AGREEMENTS = 10_000;
    uint40 private constant START = 1_760_000_000;
    /// @dev The most, when nothing was read before: the two members and the type, that nothing was ever refused, the
    /// baseline, a bisection of fourteen steps, and four slots for each of the three newest agreements. Refusals of the
    /// type cost four lists more.
    uint256 private constant MOST_GAS = 160_000;

    Rulebook private rulebook;

    /// @dev An agreement without end, and then as many again, each of a single second that is over by the next: the
    /// standing one lies buried as deep as can be. The first block in which another agreement is joined is `START + 1`.
    function setUp() external {
        vm.warp(START);
        address accessManager = address(new AccessManager(address(this)));
        address appointments = address(new Appointments());
        ILedger ledger =
            ILedger(address(new Ledger(accessManager, address(new Members()), address(new Remedies()), appointments)));
        rulebook = new Rulebook(accessManager, ledger);
        ledger.changeRulebook(rulebook);
        rulebook.registerLicenceType(KIND, LicenceTypeRules(keccak256("schema"), HolderClass.Person, 36, 0));
        ledger.admitRegion(HUNAN, HUNAN_ADMIN, Name(unicode"湖南省", "", ""));
        ledger.admitRegion(GUANGDONG, GUANGDONG_ADMIN, Name(unicode"广东省", "", ""));
        _agree(type(uint40).max);
        for (uint40 i = 1; i < AGREEMENTS; ++i) {
            vm.warp(START + i);
            _agree(START + i + 1);
        }
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

    function _agree(uint40 until) private {
        AgreementDraft memory draft = AgreementDraft({
            partners: new RegionCode[](1), licenceTypes: new LicenceType[](1), from: 0, until: until, noticeSeconds: 0
        });
        (draft.partners[0], draft.licenceTypes[0]) = (HUNAN, KIND);
        vm.prank(GUANGDONG_ADMIN);
        uint32 number = rulebook.proposeAgreement(GUANGDONG, draft);
        vm.prank(HUNAN_ADMIN);
        rulebook.joinAgreement(number, HUNAN);
    }

    function _question() private pure returns (RecognitionQuestion memory) {
        return RecognitionQuestion(GUANGDONG, HUNAN, KIND, ServiceItem.wrap(0));
    }
}
