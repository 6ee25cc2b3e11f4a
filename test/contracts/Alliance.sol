// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Ledger} from "../../contracts/Ledger.sol";
import {Rulebook} from "../../contracts/Rulebook.sol";
import {IAnchors} from "../../contracts/interfaces/IAnchors.sol";
import {IStatuses} from "../../contracts/interfaces/IStatuses.sol";
import {ITransfers} from "../../contracts/interfaces/ITransfers.sol";
import {AnchorEntry, Root} from "../../contracts/types/Anchor.sol";
import {HolderClass, LicenceType, LicenceTypeRules} from "../../contracts/types/Catalogue.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {LegalBasis, LegalStatus, StatusAct, transitionsOf, UNLAWFUL} from "../../contracts/types/Status.sol";
import {CredentialRef} from "../../contracts/types/Transfer.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {vm} from "./Vm.sol";

/// @notice An alliance of two provinces that does whatever the test runner makes it do, and keeps its own books.
/// Every function picks its actors by number; nothing here reverts, so that a refusal is something to be judged.
contract Alliance {
    LicenceType public constant KIND = LicenceType.wrap("11100000000013338W011");
    uint256 public constant ISSUERS = 3;
    uint256 public constant INDICES = 8;
    uint256 public constant ROOTS = 32;
    LegalBasis private constant BASIS = LegalBasis.wrap("XZXKF-69");

    Ledger public immutable ledger;
    Rulebook public immutable rulebook;

    /// @dev By level: Hunan, Changsha in it, Furong in that; and Guangdong.
    RegionCode[4] public regions = [
        RegionCode.wrap(430_000),
        RegionCode.wrap(430_100),
        RegionCode.wrap(430_102),
        RegionCode.wrap(440_000)
    ];
    /// @dev Of Hunan, of Furong, of Guangdong.
    Uscc[3] public issuers = [
        Uscc.wrap("11430000006122244L"),
        Uscc.wrap("11100000000013338W"),
        Uscc.wrap("11100000MB03271699")
    ];
    uint256[3] private regionOfIssuer = [0, 2, 3];

    mapping(uint256 issuer => mapping(uint256 index => LegalStatus)) public statusInBooks;
    mapping(uint256 issuer => mapping(uint256 index => uint256)) public successorsInBooks;
    mapping(uint256 issuer => mapping(uint256 index => CredentialRef)) public firstSuccessor;
    mapping(uint256 issuer => mapping(uint256 seed => uint64)) public anchoredInBooks;
    uint256 public leavesInBooks;
    uint256 public leavesInEvents;
    /// @dev Acts that the ledger allowed against the law, or refused against it.
    uint256 public misjudged;
    /// @dev Calls that succeeded for somebody whose role they are not.
    uint256 public trespasses;
    uint256 public calls;

    constructor() {
        vm.warp(1_760_000_000);
        address accessManager = address(new AccessManager(address(this)));
        ledger = new Ledger(accessManager);
        rulebook = new Rulebook(accessManager, ledger);
        ledger.changeRulebook(rulebook);
        rulebook.registerLicenceType(KIND, LicenceTypeRules(keccak256("schema"), HolderClass.Person, 36, 0));
        ledger.admitRegion(regions[0], adminOf(0));
        ledger.admitRegion(regions[3], adminOf(3));
        for (uint256 level = 1; level < 3; ++level) {
            vm.prank(adminOf(level - 1));
            ledger.accreditRegion(regions[level], regions[level - 1], adminOf(level));
        }
        for (uint256 issuer = 0; issuer < ISSUERS; ++issuer) {
            vm.prank(adminOf(regionOfIssuer[issuer]));
            ledger.accreditAgency(issuers[issuer], regions[regionOfIssuer[issuer]], operatorOf(issuer));
        }
    }

    function adminOf(uint256 region) public pure returns (address) {
        return address(uint160(0xA000 + region));
    }

    function operatorOf(uint256 issuer) public pure returns (address) {
        return address(uint160(0xB000 + issuer));
    }

    modifier counted(uint256 elapsed) {
        ++calls;
        vm.warp(block.timestamp + (elapsed % 1000));
        _;
    }

    function enter(uint256 issuer, uint8 chosen, uint256 index, uint16 elapsed) external counted(elapsed) {
        (issuer, index) = (issuer % ISSUERS, index % INDICES);
        StatusAct statusAct = StatusAct(chosen % (uint256(type(StatusAct).max) + 1));
        uint256 to = transitionsOf(statusAct).leadsTo(statusInBooks[issuer][index]);
        uint256[] memory indices = new uint256[](1);
        indices[0] = index;
        vm.prank(operatorOf(issuer));
        try ledger.act(issuers[issuer], statusAct, indices, uint40(block.timestamp), BASIS, "1") {
            if (to == UNLAWFUL) ++misjudged;
            else statusInBooks[issuer][index] = LegalStatus(to);
        } catch (bytes memory reason) {
            if (to != UNLAWFUL || bytes4(reason) != IStatuses.StatusTransitionUnlawful.selector) ++misjudged;
        }
    }

    function transfer(uint256 origin, uint256 originIndex, uint256 issuer, uint256 index, uint16 elapsed)
        external
        counted(elapsed)
    {
        (origin, originIndex) = (origin % ISSUERS, originIndex % INDICES);
        (issuer, index) = (issuer % ISSUERS, index % INDICES);
        bool isLawful = origin != issuer && statusInBooks[origin][originIndex] == LegalStatus.TransferredOut
            && statusInBooks[issuer][index] == LegalStatus.Valid;
        CredentialRef memory successor = CredentialRef(issuers[issuer], uint64(index));
        vm.prank(operatorOf(issuer));
        try ledger.transferIn(successor, CredentialRef(issuers[origin], uint64(originIndex)), "1") {
            if (!isLawful) ++misjudged;
            if (++successorsInBooks[origin][originIndex] == 1) firstSuccessor[origin][originIndex] = successor;
            statusInBooks[origin][originIndex] = LegalStatus.Transferred;
        } catch {
            if (isLawful) ++misjudged;
        }
    }

    function anchor(uint256 issuer, uint256 seed, uint32 size, bool isOld, uint16 elapsed) external counted(elapsed) {
        (issuer, seed) = (issuer % ISSUERS, seed % ROOTS);
        AnchorEntry[] memory entries = new AnchorEntry[](1);
        entries[0] = AnchorEntry(rootOf(seed), size);
        bool isLawful = size != 0 && anchoredInBooks[issuer][seed] == 0;
        vm.recordLogs();
        vm.prank(operatorOf(issuer));
        (bool done,) = address(ledger).call(
            isOld
                ? abi.encodeCall(IAnchors.backfill, (issuers[issuer], entries))
                : abi.encodeCall(IAnchors.anchorMany, (issuers[issuer], entries))
        );
        if (done != isLawful) ++misjudged;
        if (!done) return;
        anchoredInBooks[issuer][seed] = size;
        leavesInBooks += size;
        AnchorEntry[] memory logged = abi.decode(vm.getRecordedLogs()[0].data, (AnchorEntry[]));
        leavesInEvents += logged[0].size;
    }

    function delegate(uint256 level, uint40 from, uint40 duration, uint16 elapsed) external counted(elapsed) {
        level = 1 + (level % 2);
        (uint40 start, uint40 until) = _term(from, duration);
        vm.prank(adminOf(level - 1));
        try rulebook.delegateType(regions[level], KIND, start, until) {} catch {}
    }

    function endDelegation(uint256 level, uint40 after_, uint16 elapsed) external counted(elapsed) {
        level = 1 + (level % 2);
        vm.prank(adminOf(level - 1));
        try rulebook.endTypeDelegation(regions[level], KIND, uint40(block.timestamp) + (after_ % 5000)) {} catch {}
    }

    function assign(uint256 issuer, uint40 from, uint40 duration, uint16 elapsed) external counted(elapsed) {
        issuer = issuer % ISSUERS;
        (uint40 start, uint40 until) = _term(from, duration);
        vm.prank(adminOf(regionOfIssuer[issuer]));
        try rulebook.assignResponsibility(issuers[issuer], KIND, start, until) {} catch {}
    }

    /// @dev Somebody (an admin, an operator, anybody) calls on behalf of an agency or region that is not theirs.
    function trespass(address caller, uint256 pick, uint256 issuer, uint16 elapsed) external counted(elapsed) {
        issuer = issuer % ISSUERS;
        if (pick % 3 == 0) caller = adminOf(pick % 4);
        if (pick % 3 == 1) caller = operatorOf(pick % ISSUERS);
        // This contract is the council; nobody has the key of address zero, which no nomination names.
        if (caller == address(this) || caller == address(0)) return;
        AnchorEntry memory entry = AnchorEntry(rootOf(ROOTS + pick % 8), 1);
        uint256[] memory indices = new uint256[](1);
        if (caller != operatorOf(issuer)) {
            _mustFail(caller, abi.encodeCall(IAnchors.anchor, (issuers[issuer], entry)));
            _mustFail(
                caller,
                abi.encodeCall(
                    IStatuses.act, (issuers[issuer], StatusAct.Annul, indices, uint40(block.timestamp), BASIS, "1")
                )
            );
            CredentialRef memory successor = CredentialRef(issuers[issuer], 0);
            CredentialRef memory origin = CredentialRef(issuers[(issuer + 1) % ISSUERS], 1);
            _mustFail(caller, abi.encodeCall(ITransfers.transferIn, (successor, origin, "1")));
        }
        uint256 region = regionOfIssuer[issuer];
        if (caller != adminOf(region)) {
            _mustFail(caller, abi.encodeCall(ledger.suspendAgency, (issuers[issuer])));
            _mustFail(caller, abi.encodeCall(ledger.nominateOperator, (issuers[issuer], caller)));
            _mustFail(caller, abi.encodeCall(ledger.acceptOperator, (issuers[issuer])));
        }
        if (region == 0 || region == 3 || caller != adminOf(region - 1)) {
            _mustFail(caller, abi.encodeCall(ledger.suspendRegion, (regions[region])));
        }
        _mustFail(caller, abi.encodeCall(ledger.changeRulebook, (rulebook)));
        _mustFail(caller, abi.encodeCall(ledger.pauseAgency, (issuers[issuer])));
    }

    /// @dev Somebody makes rules that are not theirs to make.
    function overrule(address caller, uint256 pick, uint256 issuer, uint16 elapsed) external counted(elapsed) {
        issuer = issuer % ISSUERS;
        if (pick % 3 == 0) caller = adminOf(pick % 4);
        if (pick % 3 == 1) caller = operatorOf(pick % ISSUERS);
        // This contract is the council.
        if (caller == address(this)) return;
        uint256 region = regionOfIssuer[issuer];
        uint40 never = type(uint40).max;
        if (caller != adminOf(region)) {
            _mustNotRule(caller, abi.encodeCall(rulebook.assignResponsibility, (issuers[issuer], KIND, 0, never)));
        }
        if (caller != adminOf(0)) {
            _mustNotRule(caller, abi.encodeCall(rulebook.delegateType, (regions[1], KIND, 0, never)));
            _mustNotRule(caller, abi.encodeCall(rulebook.joinAgreement, (1, regions[0])));
        }
        _mustNotRule(caller, abi.encodeCall(rulebook.setBaseline, (KIND, 0, never)));
        _mustNotRule(caller, abi.encodeCall(rulebook.retireLicenceType, (KIND)));
    }

    function rootOf(uint256 seed) public pure returns (Root) {
        return Root.wrap(keccak256(abi.encode(seed)));
    }

    function _mustFail(address caller, bytes memory data) private {
        vm.prank(caller);
        (bool done,) = address(ledger).call(data);
        if (done) ++trespasses;
    }

    function _mustNotRule(address caller, bytes memory data) private {
        vm.prank(caller);
        (bool done,) = address(rulebook).call(data);
        if (done) ++trespasses;
    }

    function _term(uint40 from, uint40 duration) private view returns (uint40 start, uint40 until) {
        start = uint40(block.timestamp) + (from % 5000);
        until = duration % 4 == 0 ? type(uint40).max : start + (duration % 20_000);
    }
}
