// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Ledger} from "../../contracts/Ledger.sol";
import {Rulebook} from "../../contracts/Rulebook.sol";
import {HolderClass, LicenceType, LicenceTypeRules, ServiceItem} from "../../contracts/types/Catalogue.sol";
import {LookupQuery, LookupResult} from "../../contracts/types/Lookup.sol";
import {
    AgreementDraft,
    Recognition,
    RecognitionQuestion,
    RecognitionRule
} from "../../contracts/types/Recognition.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {vm} from "./Vm.sol";

/// @notice Recognition costs a bounded number of reads, whatever two provinces agreed in decades.
contract RecognitionsTest {
    LicenceType private constant KIND = LicenceType.wrap("11100000000013338W011");
    RegionCode private constant HUNAN = RegionCode.wrap(430_000);
    RegionCode private constant GUANGDONG = RegionCode.wrap(440_000);
    address private constant HUNAN_ADMIN = address(0xA);
    address private constant GUANGDONG_ADMIN = address(0xB);
    uint32 private constant AGREEMENTS = 10_000;
    Uscc private constant ISSUER = Uscc.wrap("11430000006122244L");
    /// @dev The agreement buried as deep as can be, all else as at every verification.
    uint256 private constant MOST_LOOKUP_GAS = 600_000;
    uint40 private constant START = 1_760_000_000;
    /// @dev 155,482 when nothing was read before: the two members and the type, four lists of refusals and the baseline,
    /// a bisection of fourteen steps, and four slots for each of the eight newest agreements.
    uint256 private constant MOST_GAS = 160_000;

    Ledger private ledger;
    Rulebook private rulebook;

    /// @dev An agreement without end, and then as many again, each of a single second that is over by the next: the
    /// standing one lies buried as deep as can be. The first block in which another agreement is joined is `START + 1`.
    function setUp() external {
        vm.warp(START);
        address accessManager = address(new AccessManager(address(this)));
        ledger = new Ledger(accessManager);
        rulebook = new Rulebook(accessManager, ledger);
        ledger.changeRulebook(rulebook);
        rulebook.registerLicenceType(KIND, LicenceTypeRules(keccak256("schema"), HolderClass.Person, 36, 0));
        ledger.admitRegion(HUNAN, HUNAN_ADMIN);
        ledger.admitRegion(GUANGDONG, GUANGDONG_ADMIN);
        vm.prank(HUNAN_ADMIN);
        ledger.accreditAgency(ISSUER, HUNAN, address(0xC));
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

    function test_aLookupCostsNoMoreThanItsBoundWithThem() external {
        vm.warp(START + 2 * AGREEMENTS);
        LookupQuery memory query;
        (query.issuer, query.licenceType, query.receiving) = (ISSUER, KIND, GUANGDONG);
        uint256 before = gasleft();
        LookupResult memory found = ledger.lookup(query);
        uint256 used = before - gasleft() + 21_000;
        require(found.rules.recognition.rule == RecognitionRule.None, "the standing one is not buried");
        require(used < MOST_LOOKUP_GAS, "dearer than its bound");
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
