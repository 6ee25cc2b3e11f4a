// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "../../contracts/interfaces/IAnchors.sol";
import {INotices} from "../../contracts/interfaces/INotices.sol";
import {IStatuses} from "../../contracts/interfaces/IStatuses.sol";
import {ITransfers} from "../../contracts/interfaces/ITransfers.sol";

import {AnchorEntry, LARGEST_BATCH, Root} from "../../contracts/types/Anchor.sol";
import {NOTICE_CODES, NoticeCode} from "../../contracts/types/Notice.sol";
import {Decision, LegalBasis, LegalStatus, StatusAct, transitionsOf, UNLAWFUL} from "../../contracts/types/Status.sol";
import {CredentialRef} from "../../contracts/types/Transfer.sol";
import {Uscc, sameUscc} from "../../contracts/types/Uscc.sol";
import {AllianceRules} from "./AllianceRules.sol";
import {vm} from "./Vm.sol";

/// @notice What is done to licences, and the books of it. Eight licences of each agency are looked at, in two words.
abstract contract AllianceLicences is AllianceRules {
    uint256 public constant LICENCES = 8;
    uint256 public constant ROOTS = 32;
    LegalBasis internal constant BASIS = LegalBasis.wrap("XZXKF-69");
    uint48 private constant FIRST_BATCH = 60;

    struct Place {
        bool isTaken;
        uint8 issuer;
        uint8 licence;
    }

    mapping(uint256 issuer => mapping(uint256 licence => LegalStatus)) public statusInBooks;
    mapping(uint256 issuer => mapping(uint256 word => uint256)) public actsInBooks;
    mapping(uint256 issuer => mapping(uint256 licence => Place)) public successorInBooks;
    mapping(uint256 issuer => mapping(uint256 licence => Place)) public originInBooks;
    mapping(uint256 issuer => mapping(uint256 licence => uint256)) public transfersInBooks;
    mapping(uint256 issuer => mapping(uint256 licence => uint256)) public destinationInBooks;
    mapping(uint256 issuer => uint256) public indicesInBooks;
    mapping(uint256 issuer => uint256) public leavesInBooks;
    mapping(uint256 issuer => uint256) public passedOverInBooks;
    /// @dev One more than the first index; zero for a root that was not anchored.
    mapping(uint256 issuer => mapping(uint256 seed => uint256)) public anchoredFrom;

    constructor() {
        for (uint256 issuer = 0; issuer < ISSUERS; ++issuer) {
            vm.prank(accountAt(5 + issuer));
            ledger.anchor(issuerAt(issuer), 0, AnchorEntry(rootOf(ROOTS), FIRST_BATCH));
            (indicesInBooks[issuer], leavesInBooks[issuer]) = (FIRST_BATCH, FIRST_BATCH);
        }
    }

    function act(uint16 pick, uint256 issuer, uint8 chosen, uint256 licence, uint32 end, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence) = (issuer % ISSUERS, licence % LICENCES);
        StatusAct statusAct = StatusAct(chosen % (uint256(type(StatusAct).max) + 1));
        bool hasEnd = (statusAct == StatusAct.Suspend || statusAct == StatusAct.Restrict) && end % 2 == 0;
        Decision memory decision = decisionOf(uint40(block.timestamp), hasEnd ? uint40(block.timestamp) + end + 1 : 0);
        address caller = _caller(pick, responsibleAccount(issuerAt(issuer)));
        if (statusAct == StatusAct.Annul && pick % 3 == 0) {
            caller = _holder(superiorOf(ledger.agency(issuerAt(issuer)).region));
        }
        uint256 to = _after(statusAct, statusInBooks[issuer][licence]);
        bool isLawful = to != UNLAWFUL && mayEnter(issuerAt(issuer), statusAct, caller);
        bytes memory data = abi.encodeCall(IStatuses.act, (issuerAt(issuer), statusAct, _one(licence), decision));
        if (_try(caller, data, isLawful)) _book(issuer, licence, LegalStatus(to));
    }

    function supersede(uint16 pick, uint256 issuer, uint256 licence, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence, successor) = (issuer % ISSUERS, licence % LICENCES, successor % LICENCES);
        address caller = _caller(pick, ledger.agency(issuerAt(issuer)).operator);
        LegalStatus status = statusInBooks[issuer][licence];
        bool isLawful = licence != successor && mayIssue(issuerAt(issuer), caller) && _isFresh(issuer, successor)
            && transitionsOf(StatusAct.Supersede).leadsTo(status) != UNLAWFUL;
        bytes memory data = abi.encodeCall(
            ITransfers.supersede,
            (issuerAt(issuer), _one(licence), _one(successor), decisionOf(uint40(block.timestamp), 0))
        );
        if (!_try(caller, data, isLawful)) return;
        _book(issuer, licence, LegalStatus.Superseded);
        if (status != LegalStatus.Valid) _book(issuer, successor, status);
        _link(issuer, licence, issuer, successor, transfersInBooks[issuer][licence]);
    }

    function transferOut(uint16 pick, uint256 issuer, uint256 licence, uint256 destination, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence, destination) = (issuer % ISSUERS, licence % LICENCES, destination % ISSUERS);
        address caller = _caller(pick, responsibleAccount(issuerAt(issuer)));
        bool isLawful = issuer != destination && statusInBooks[issuer][licence] == LegalStatus.Valid
            && mayAct(issuerAt(issuer), caller);
        bytes memory data = abi.encodeCall(
            ITransfers.transferOut,
            (issuerAt(issuer), _one(licence), issuerAt(destination), decisionOf(uint40(block.timestamp), 0))
        );
        if (!_try(caller, data, isLawful)) return;
        _book(issuer, licence, LegalStatus.TransferredOut);
        destinationInBooks[issuer][licence] = destination;
    }

    function transferIn(uint16 pick, uint256 origin, uint256 licence, uint256 issuer, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        (origin, licence, successor) = (origin % ISSUERS, licence % LICENCES, successor % LICENCES);
        // Mostly to where it was sent.
        issuer = issuer % 4 == 0 ? (issuer / 4) % ISSUERS : destinationInBooks[origin][licence];
        address caller = _caller(pick, ledger.agency(issuerAt(issuer)).operator);
        bool isLawful = mayIssue(issuerAt(issuer), caller) && _isTakenInLawfully(origin, licence, issuer, successor);
        bytes memory data = abi.encodeCall(
            ITransfers.transferIn,
            (
                CredentialRef(issuerAt(issuer), uint48(indexOf(successor))),
                issuerAt(origin),
                _one(licence),
                decisionOf(uint40(block.timestamp), 0)
            )
        );
        if (!_try(caller, data, isLawful)) return;
        _book(origin, licence, LegalStatus.Transferred);
        _link(origin, licence, issuer, successor, transfersInBooks[origin][licence] + 1);
    }

    function note(uint16 pick, uint256 issuer, uint256 licence, uint8 code, bool isLifted, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence, code) = (issuer % ISSUERS, licence % LICENCES, code % (NOTICE_CODES + 2));
        address caller = _caller(pick, responsibleAccount(issuerAt(issuer)));
        uint112 standing = ledger.notesOf(issuerAt(issuer), uint48(indexOf(licence))).standing;
        bool stands = code < NOTICE_CODES && (standing >> code) & 1 == 1;
        bool isLawful = code < NOTICE_CODES && stands == isLifted && mayAct(issuerAt(issuer), caller);
        Decision memory decision = decisionOf(uint40(block.timestamp), 0);
        bytes memory data = isLifted
            ? abi.encodeCall(INotices.liftNotice, (issuerAt(issuer), NoticeCode.wrap(code), _one(licence), decision))
            : abi.encodeCall(INotices.note, (issuerAt(issuer), NoticeCode.wrap(code), _one(licence), decision));
        _try(caller, data, isLawful);
    }

    function anchor(uint16 pick, uint256 issuer, uint256 seed, uint48 size, uint8 ahead, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, seed) = (issuer % ISSUERS, seed % ROOTS);
        if (pick % 8 != 0) size = 1 + (size % LARGEST_BATCH);
        uint256 first = indicesInBooks[issuer] + (ahead % 8 == 0 ? ahead / 8 : 0);
        address caller = _caller(pick, ledger.agency(issuerAt(issuer)).operator);
        AnchorEntry[] memory entries = new AnchorEntry[](1);
        entries[0] = AnchorEntry(rootOf(seed), size);
        bool isLawful = mayIssue(issuerAt(issuer), caller) && first == indicesInBooks[issuer] && size != 0
            && size <= LARGEST_BATCH && anchoredFrom[issuer][seed] == 0;
        bytes memory data = seed % 2 == 0
            ? abi.encodeCall(IAnchors.backfill, (issuerAt(issuer), uint48(first), entries))
            : abi.encodeCall(IAnchors.anchor, (issuerAt(issuer), uint48(first), entries[0]));
        if (!_try(caller, data, isLawful)) return;
        anchoredFrom[issuer][seed] = first + 1;
        indicesInBooks[issuer] += size;
        leavesInBooks[issuer] += size;
    }

    function passOver(uint16 pick, uint256 issuer, uint48 size, uint8 ahead, uint32 elapsed) external counted(elapsed) {
        issuer = issuer % ISSUERS;
        if (pick % 8 != 0) size = 1 + (size % LARGEST_BATCH);
        uint256 first = indicesInBooks[issuer] + (ahead % 8 == 0 ? ahead / 8 : 0);
        address caller = _caller(pick, ledger.agency(issuerAt(issuer)).operator);
        bool isLawful = mayIssue(issuerAt(issuer), caller) && first == indicesInBooks[issuer] && size != 0
            && size <= LARGEST_BATCH;
        bytes memory data = abi.encodeCall(IAnchors.passOver, (issuerAt(issuer), uint48(first), size));
        if (!_try(caller, data, isLawful)) return;
        indicesInBooks[issuer] += size;
        passedOverInBooks[issuer] += size;
    }

    function mayEnter(Uscc issuer, StatusAct statusAct, address caller) public view returns (bool) {
        if (mayAct(issuer, caller)) return true;
        return statusAct == StatusAct.Annul && governs(superiorOf(ledger.agency(issuer).region), caller);
    }

    function rootOf(uint256 seed) public pure returns (Root) {
        return Root.wrap(keccak256(abi.encode(seed)));
    }

    /// @dev Four in the first word, four in the second.
    function indexOf(uint256 licence) public pure returns (uint256) {
        return licence < 4 ? licence : 44 + licence;
    }

    function decisionOf(uint40 effectiveAt, uint40 endsAt) public pure returns (Decision memory) {
        return Decision({effectiveAt: effectiveAt, endsAt: endsAt, legalBasis: BASIS, number: "1"});
    }

    /// @dev `UNLAWFUL` also for the acts that have a function of their own.
    function _after(StatusAct statusAct, LegalStatus from) internal pure returns (uint256) {
        bool isOfItsOwn = statusAct == StatusAct.Supersede || statusAct == StatusAct.TransferOut
            || statusAct == StatusAct.TransferIn;
        return isOfItsOwn ? UNLAWFUL : transitionsOf(statusAct).leadsTo(from);
    }

    function _book(uint256 issuer, uint256 licence, LegalStatus status) internal {
        statusInBooks[issuer][licence] = status;
        ++actsInBooks[issuer][licence / 4];
    }

    function _one(uint256 licence) internal pure returns (uint256[] memory indices) {
        indices = new uint256[](1);
        indices[0] = indexOf(licence);
    }

    function _isFresh(uint256 issuer, uint256 licence) private view returns (bool) {
        return statusInBooks[issuer][licence] == LegalStatus.Valid && !originInBooks[issuer][licence].isTaken;
    }

    function _isTakenInLawfully(uint256 origin, uint256 licence, uint256 issuer, uint256 successor)
        private
        view
        returns (bool)
    {
        if (statusInBooks[origin][licence] != LegalStatus.TransferredOut || !_isFresh(issuer, successor)) return false;
        Uscc destination = issuerAt(destinationInBooks[origin][licence]);
        bool isThere = sameUscc(destination, issuerAt(issuer)) || sameUscc(lastSuccessorOf(destination), issuerAt(issuer));
        return isThere && transfersInBooks[origin][licence] < 8;
    }

    function _link(uint256 origin, uint256 licence, uint256 issuer, uint256 successor, uint256 transfers) private {
        successorInBooks[origin][licence] = Place(true, uint8(issuer), uint8(successor));
        originInBooks[issuer][successor] = Place(true, uint8(origin), uint8(licence));
        transfersInBooks[issuer][successor] = transfers;
    }
}
