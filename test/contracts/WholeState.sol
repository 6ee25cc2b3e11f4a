// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {Anchor} from "../../contracts/types/Anchor.sol";
import {KeyId} from "../../contracts/types/Key.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {LegalStatus, StatusWord} from "../../contracts/types/Status.sol";
import {Tenure} from "../../contracts/types/Tenure.sol";
import {MOST_ORIGINS, Origin, Successor} from "../../contracts/types/Transfer.sol";
import {Uscc, sameUscc} from "../../contracts/types/Uscc.sol";
import {Alliance} from "./Alliance.sol";
import {AllianceAnchors} from "./AllianceAnchors.sol";
import {Hearing} from "./Hearing.sol";

/// @notice Looks at everything that the ledger holds of an alliance, and compares it with the books.
contract WholeState {
    Alliance private immutable alliance;
    ILedger private immutable ledger;
    Hearing private immutable hearing;

    constructor(Alliance alliance_) {
        (alliance, ledger, hearing) = (alliance_, alliance_.ledger(), new Hearing(alliance_));
    }

    /// @notice Reverts where they differ.
    function requireSound() external {
        alliance.resumeTime();
        for (uint256 region = 0; region < alliance.REGIONS(); ++region) {
            _regionIsThatOfTheBooks(alliance.regionAt(region));
        }
        for (uint256 issuer = 0; issuer < alliance.ISSUERS(); ++issuer) {
            Uscc uscc = alliance.issuerAt(issuer);
            _agencyIsThatOfTheBooks(uscc);
            _keysAreThoseOfTheBooks(uscc);
            _rangesFollowOneAnother(issuer, uscc);
            for (uint256 licence = 0; licence < alliance.LICENCES(); ++licence) {
                _licenceIsThatOfTheBooks(issuer, uscc, licence);
                _linksAgree(issuer, uscc, licence);
            }
            if (ledger.agency(uscc).status != AgencyStatus.None) _somebodyMayAct(uscc);
        }
        require(address(ledger.rulebook()) == alliance.rulebookInBooks(), "other rules than the council chose");
        require(ledger.rulebooks().length == alliance.rulebooksInBooks(), "a choice of rules was lost, or made up");
    }

    function _regionIsThatOfTheBooks(RegionCode code) private view {
        Region memory facts = ledger.region(code);
        (Region memory booked, Tenure memory tenure) = alliance.regionInBooks(code);
        require(_isAlike(abi.encode(facts), abi.encode(booked)), "a region that the books have otherwise");
        bool isTenure = _isAlike(abi.encode(ledger.tenureOfRegion(code)), abi.encode(tenure));
        require(isTenure, "an admin's office that the books have otherwise");
        bool isThere = _same(ledger.regionParentAt(code, uint40(block.timestamp)), booked.parent);
        require(isThere, "a region that is elsewhere today");
        bool isAgreed = _same(ledger.regionSuccessorOf(code), alliance.regionSuccessorInBooks(code));
        require(isAgreed, "not the agreed successor");
        bool isKnown = ledger.formerRegionAdmin(code).account == alliance.formerAdminInBooks(code);
        require(isKnown, "an office that returns to another");
        require(facts.members == alliance.livingIn(code), "members miscounted");
        bool isRetired = facts.status == RegionStatus.Retired;
        require(!isRetired || facts.members == 0, "something lives in a retired region");
        bool isMember = facts.status != RegionStatus.None && !isRetired;
        require(ledger.isMemberAt(code, uint40(block.timestamp)) == isMember, "a member, or none, against the books");
        bool isOfOneKind = facts.admin == address(0) || !alliance.holdsOperatorOffice(facts.admin);
        require(isOfOneKind, "an admin that operates");
        if (facts.status != RegionStatus.None) {
            _nameIsThatOfTheBooks(alliance.holderOf(code), ledger.regionNameAt(code, uint40(block.timestamp)));
        }
    }

    function _agencyIsThatOfTheBooks(Uscc uscc) private view {
        Agency memory facts = ledger.agency(uscc);
        (Agency memory booked, Tenure memory tenure) = alliance.agencyInBooks(uscc);
        require(_isAlike(abi.encode(facts), abi.encode(booked)), "an agency that the books have otherwise");
        bool isTenure = _isAlike(abi.encode(ledger.tenureOfAgency(uscc)), abi.encode(tenure));
        require(isTenure, "an operator's office that the books have otherwise");
        bool isThere = _same(ledger.agencyRegionAt(uscc, uint40(block.timestamp)), booked.region);
        require(isThere, "an agency that is elsewhere today");
        bool isAgreed = sameUscc(ledger.agencySuccessorOf(uscc), alliance.agencySuccessorInBooks(uscc));
        require(isAgreed, "not the agreed successor");
        bool isKnown = ledger.formerOperator(uscc).account == alliance.formerOperatorInBooks(uscc);
        require(isKnown, "an office that returns to another");
        if (facts.status != AgencyStatus.None) {
            _nameIsThatOfTheBooks(alliance.holderOf(uscc), ledger.agencyNameAt(uscc, uint40(block.timestamp)));
        }
    }

    /// @dev And of nobody else's.
    function _nameIsThatOfTheBooks(bytes32 holder, string memory lines) private view {
        uint256 name = alliance.nameInBooks(holder);
        require(name != 0 && uint8(bytes(lines)[1]) == 0x40 + name, "called otherwise than in the books");
        require(alliance.holderInBooks(name) == holder, "two of one name");
    }

    function _keysAreThoseOfTheBooks(Uscc uscc) private view {
        for (uint256 key = 0; key < alliance.KEYS(); ++key) {
            KeyId kid = alliance.kidAt(key);
            bool isAlike = _isAlike(abi.encode(ledger.key(uscc, kid)), abi.encode(alliance.keyInBooks(uscc, kid)));
            require(isAlike, "a key that the books have otherwise");
        }
    }

    /// @dev Batches and passed-over ranges: each begins where the last ended, and together they are what is used up.
    function _rangesFollowOneAnother(uint256 issuer, Uscc uscc) private view {
        AllianceAnchors.Range[] memory ranges = alliance.rangesInBooks(issuer);
        uint48 next = 0;
        for (uint256 i = 0; i < ranges.length; ++i) {
            AllianceAnchors.Range memory range = ranges[i];
            require(range.first == next, "an index of two batches, or of none");
            next += range.size;
            bool isBatch = range.seed != alliance.PASSED_OVER();
            bool isKnown = ledger.isAnchoredIndex(uscc, range.first) == isBatch
                && ledger.isAnchoredIndex(uscc, next - 1) == isBatch;
            require(isKnown, "a batch that counts as passed over, or the other way round");
            if (isBatch) _isAnchoredAs(uscc, range);
        }
        require(ledger.agency(uscc).indexCount == next, "the running count went its own way");
        require(!ledger.isAnchoredIndex(uscc, next), "anchored ahead");
    }

    function _isAnchoredAs(Uscc uscc, AllianceAnchors.Range memory range) private view {
        Anchor memory expected = Anchor({
            anchoredAt: range.anchoredAt,
            blockNumber: range.blockNumber,
            size: range.size,
            firstIndex: range.first,
            backfilled: range.backfilled
        });
        Anchor memory anchor = ledger.anchorOf(uscc, alliance.rootOf(range.seed));
        require(_isAlike(abi.encode(anchor), abi.encode(expected)), "an anchor that the books have otherwise");
    }

    /// @dev The books only ever count on, in later blocks: so does the ledger.
    function _licenceIsThatOfTheBooks(uint256 issuer, Uscc uscc, uint256 licence) private view {
        uint48 index = uint48(alliance.indexOf(licence));
        LegalStatus status = ledger.statusOf(uscc, index);
        require(status == alliance.statusInBooks(issuer, licence), "not the status of the books");
        StatusWord word = ledger.statusWordOf(uscc, index);
        (uint256 count, uint256 lastBlock) = alliance.wordInBooks(issuer, licence / 4);
        require(word.countOf() == count, "acts were forgotten, or made up");
        require(word.blockOf() == lastBlock, "the link to the newest act leads elsewhere");
        bool isNoted =
            _isAlike(abi.encode(ledger.notesOf(uscc, index)), abi.encode(alliance.notesInBooks(issuer, licence)));
        require(isNoted, "notices, or ends, that the books have otherwise");
    }

    /// @dev One of each at most, and each knows of the other; but for a void licence whose place was given back.
    function _linksAgree(uint256 issuer, Uscc uscc, uint256 licence) private view {
        uint48 index = uint48(alliance.indexOf(licence));
        Successor memory successor = ledger.successorOf(uscc, index);
        (uint40 since,,,) = alliance.successorInBooks(issuer, licence);
        require(successor.since == since, "a successor from nowhere, or lost");
        if (since != 0) {
            Origin memory back = ledger.originOf(successor.issuer, successor.index);
            bool isBack = sameUscc(back.issuer, uscc) && back.index == index && back.since == since;
            require(isBack, "the successor has another origin");
        }
        Origin memory origin = ledger.originOf(uscc, index);
        (uint40 originSince,,, uint8 depth) = alliance.originInBooks(issuer, licence);
        bool isOrigin = origin.since == originSince && origin.depth == depth;
        require(isOrigin, "an origin that the books have otherwise");
        require(origin.depth <= MOST_ORIGINS, "a chain too long");
        bool isAnswered = _hopsFrom(origin) <= origin.depth || alliance.isVoid(ledger.statusOf(uscc, index));
        require(isAnswered, "a licence that goes back further than is answered");
        if (origin.since == 0) return;
        Successor memory forth = ledger.successorOf(origin.issuer, origin.index);
        bool isForth = sameUscc(forth.issuer, uscc) && forth.index == index && forth.since == origin.since;
        require(isForth || alliance.isVoid(ledger.statusOf(uscc, index)), "two licences in force in one place");
    }

    function _hopsFrom(Origin memory origin) private view returns (uint256 hops) {
        for (; origin.since != 0; ++hops) origin = ledger.originOf(origin.issuer, origin.index);
    }

    function _somebodyMayAct(Uscc uscc) private {
        try hearing.hearResponsible(uscc) {}
        catch (bytes memory reason) {
            require(bytes4(reason) == Hearing.Heard.selector, "a licence in nobody's hands");
        }
    }

    function _isAlike(bytes memory one, bytes memory other) private pure returns (bool) {
        return keccak256(one) == keccak256(other);
    }

    function _same(RegionCode one, RegionCode other) private pure returns (bool) {
        return RegionCode.unwrap(one) == RegionCode.unwrap(other);
    }
}
