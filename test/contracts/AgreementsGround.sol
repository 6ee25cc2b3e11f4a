// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {Name} from "../../contracts/types/Name.sol";
import {Rulebook} from "../../contracts/Rulebook.sol";
import {HolderClass, LicenceType, LicenceTypeRules, ServiceItem} from "../../contracts/types/Catalogue.sol";
import {AgreementDraft, RecognitionQuestion} from "../../contracts/types/Recognition.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {createFromArtifact, deployLedger} from "./Artifacts.sol";
import {vm} from "./Vm.sol";

/// @notice Two provinces that agreed ten thousand times, in one list.
abstract contract AgreementsGround {
    LicenceType internal constant KIND = LicenceType.wrap("11100000000013338W011");
    RegionCode internal constant HUNAN = RegionCode.wrap(430_000);
    RegionCode internal constant GUANGDONG = RegionCode.wrap(440_000);
    address internal constant HUNAN_ADMIN = address(0xA);
    address internal constant GUANGDONG_ADMIN = address(0xB);
    uint32 internal constant AGREEMENTS = 10_000;
    uint40 internal constant START = 1_760_000_000;

    Rulebook internal rulebook;

    /// @dev An agreement without end, and then as many again, each of a single second that is over by the next: the
    /// standing one lies buried as deep as can be. The first block in which another agreement is joined is `START + 1`.
    function _agreeOften() internal {
        vm.warp(START);
        address accessManager = address(new AccessManager(address(this)));
        ILedger ledger = deployLedger(accessManager);
        bytes memory constructorArguments = abi.encode(accessManager, ledger);
        rulebook = Rulebook(createFromArtifact("artifacts/contracts/Rulebook.sol/Rulebook.json", constructorArguments));
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

    function _question() internal pure returns (RecognitionQuestion memory) {
        return RecognitionQuestion(GUANGDONG, HUNAN, KIND, ServiceItem.wrap(0));
    }
}
