// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "../../contracts/interfaces/IAgencies.sol";
import {IAnchors} from "../../contracts/interfaces/IAnchors.sol";
import {ICorrections} from "../../contracts/interfaces/ICorrections.sol";
import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {INotices} from "../../contracts/interfaces/INotices.sol";
import {IRegions} from "../../contracts/interfaces/IRegions.sol";
import {IStatuses} from "../../contracts/interfaces/IStatuses.sol";
import {ITransfers} from "../../contracts/interfaces/ITransfers.sol";
import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {Anchor} from "../../contracts/types/Anchor.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {LegalStatus, StatusWord} from "../../contracts/types/Status.sol";
import {Origin, Successor} from "../../contracts/types/Transfer.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {Alliance} from "./Alliance.sol";
import {Hearing} from "./Hearing.sol";

/// @notice What stays true of the ledger whatever an alliance does, step after step.
contract InvariantsTest {
    uint256 private constant STEPS_OF_A_LIFE = 200;
    /// @dev Of the thirty-one that the alliance tries.
    uint256 private constant MOST_FUNCTIONS = 18;

    Alliance private alliance;
    ILedger private ledger;
    Hearing private hearing;

    function setUp() external {
        alliance = new Alliance();
        ledger = alliance.ledger();
        hearing = new Hearing(alliance);
    }

    /// @dev Asked by the test runner: whose functions it calls at random.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(alliance);
    }

    /// @dev One campaign for all rules, so that a million calls are a million for each. What the books count is looked
    /// at after every call, the whole state after every fiftieth.
    function invariant_theLedgerKeepsItsRules() external {
        _nobodyDidWhatIsNotTheirs();
        if (alliance.calls() % 50 == 0) _theWholeStateIsSound();
    }

    /// @dev The rules above are judged over what really happens: most functions are carried out in one life.
    function test_anAllianceIsNotAtAStand() external {
        for (uint256 step = 0; step < STEPS_OF_A_LIFE; ++step) {
            _step(uint256(keccak256(abi.encode("life", step))));
            _nobodyDidWhatIsNotTheirs();
            if (step % 50 == 0) _theWholeStateIsSound();
        }
        bytes4[31] memory selectors = _allCarriedOut();
        uint256 carriedOut = 0;
        for (uint256 i = 0; i < selectors.length; ++i) {
            if (alliance.done(selectors[i]) != 0) ++carriedOut;
        }
        require(carriedOut >= MOST_FUNCTIONS, "an alliance that does next to nothing");
    }

    error Misjudged(address caller, bool isDone, bytes data);

    function _nobodyDidWhatIsNotTheirs() private view {
        if (alliance.misjudged() == 0) return;
        (address caller, bool isDone, bytes memory data) = abi.decode(alliance.lastMisjudged(), (address, bool, bytes));
        revert Misjudged(caller, isDone, data);
    }

    function _theWholeStateIsSound() private {
        for (uint256 issuer = 0; issuer < alliance.ISSUERS(); ++issuer) {
            _everyStatusAndCountIsThatOfTheBooks(issuer);
            _originsAndSuccessorsAgree(issuer);
            _anchorsCoverWhatIsUsedUp(issuer);
            _aRetirementTookTwoKeys(issuer);
            _somebodyMayAct(issuer);
        }
        for (uint256 region = 0; region < alliance.REGIONS(); ++region) {
            _membersAreTheLiving(region);
            _noOfficeOfBothKinds(region);
        }
        _everyNameHasOneHolder();
    }

    function _everyStatusAndCountIsThatOfTheBooks(uint256 issuer) private view {
        Uscc uscc = alliance.issuerAt(issuer);
        for (uint256 licence = 0; licence < alliance.LICENCES(); ++licence) {
            uint48 index = uint48(alliance.indexOf(licence));
            LegalStatus status = ledger.statusOf(uscc, index);
            require(status == alliance.statusInBooks(issuer, licence), "not the status of the books");
            StatusWord word = ledger.statusWordOf(uscc, index);
            require(word.countOf() == alliance.actsInBooks(issuer, licence / 4), "acts were forgotten, or made up");
        }
    }

    /// @dev One of each at most, and each knows of the other.
    function _originsAndSuccessorsAgree(uint256 issuer) private view {
        Uscc uscc = alliance.issuerAt(issuer);
        for (uint256 licence = 0; licence < alliance.LICENCES(); ++licence) {
            uint48 index = uint48(alliance.indexOf(licence));
            (bool isTaken, uint8 its, uint8 place) = alliance.successorInBooks(issuer, licence);
            Successor memory successor = ledger.successorOf(uscc, index);
            require((successor.since != 0) == isTaken, "a successor from nowhere, or lost");
            if (isTaken) {
                require(Uscc.unwrap(successor.issuer) == Uscc.unwrap(alliance.issuerAt(its)), "of another issuer");
                require(successor.index == alliance.indexOf(place), "another successor");
                Origin memory back = ledger.originOf(successor.issuer, successor.index);
                bool isBack = Uscc.unwrap(back.issuer) == Uscc.unwrap(uscc) && back.index == index;
                require(isBack && back.since == successor.since, "the successor has another origin");
            }
            Origin memory origin = ledger.originOf(uscc, index);
            require(origin.transfers <= 8, "a chain too long");
            if (origin.since == 0) continue;
            Successor memory forth = ledger.successorOf(origin.issuer, origin.index);
            bool isForth = Uscc.unwrap(forth.issuer) == Uscc.unwrap(uscc) && forth.index == index;
            require(isForth && forth.since == origin.since, "the origin has another successor");
        }
    }

    /// @dev Batches and passed-over ranges follow one another: each begins where the last ended, and together they are
    /// what is used up.
    function _anchorsCoverWhatIsUsedUp(uint256 issuer) private view {
        Uscc uscc = alliance.issuerAt(issuer);
        uint256 count = ledger.agency(uscc).indexCount;
        require(count == alliance.indicesInBooks(issuer), "the running count went its own way");
        uint256 leaves = 0;
        for (uint256 seed = 0; seed <= alliance.ROOTS(); ++seed) {
            Anchor memory anchor = ledger.anchorOf(uscc, alliance.rootOf(seed));
            leaves += anchor.size;
            uint256 from = alliance.anchoredFrom(issuer, seed);
            if (from != 0) _isWhollyAnchored(uscc, anchor, from - 1);
        }
        require(leaves == alliance.leavesInBooks(issuer), "other anchors than in the books");
        require(leaves + alliance.passedOverInBooks(issuer) == count, "an index of no batch, or of two");
        require(!ledger.isAnchoredIndex(uscc, uint48(count)), "anchored ahead");
    }

    function _isWhollyAnchored(Uscc uscc, Anchor memory anchor, uint256 first) private view {
        require(anchor.firstIndex == first, "moved");
        bool isAnchored = ledger.isAnchoredIndex(uscc, uint48(first))
            && ledger.isAnchoredIndex(uscc, uint48(first + anchor.size - 1));
        require(isAnchored, "an index of a batch counts as passed over");
    }

    function _aRetirementTookTwoKeys(uint256 issuer) private view {
        Uscc uscc = alliance.issuerAt(issuer);
        bool isRetired = ledger.agency(uscc).status == AgencyStatus.Retired;
        require(isRetired == alliance.isAgencyRetired(issuer), "retired or reinstated by fewer keys than two");
        Uscc successor = ledger.agencySuccessorOf(uscc);
        require(Uscc.unwrap(successor) == Uscc.unwrap(alliance.agencySuccessor(issuer)), "not the agreed successor");
        uint40 compromisedFrom = ledger.key(uscc, alliance.keyOf(issuer)).compromisedFrom;
        require(compromisedFrom == alliance.compromisedInBooks(issuer), "a report changed by fewer keys than two");
    }

    function _somebodyMayAct(uint256 issuer) private {
        try hearing.hearResponsible(issuer) {}
        catch (bytes memory reason) {
            require(bytes4(reason) == Hearing.Heard.selector, "a licence in nobody's hands");
        }
    }

    function _membersAreTheLiving(uint256 region) private view {
        RegionCode code = alliance.regionAt(region);
        Region memory facts = ledger.region(code);
        require(facts.members == alliance.livingIn(code), "members miscounted");
        bool isRetired = facts.status == RegionStatus.Retired;
        require(isRetired == alliance.isRegionRetired(region), "retired or reinstated by fewer keys than two");
        require(!isRetired || facts.members == 0, "something lives in a retired region");
        RegionCode successor = ledger.regionSuccessorOf(code);
        bool isAgreed = RegionCode.unwrap(successor) == RegionCode.unwrap(alliance.regionSuccessor(region));
        require(isAgreed, "not the agreed successor");
    }

    function _noOfficeOfBothKinds(uint256 region) private view {
        address admin = alliance.adminOf(alliance.regionAt(region));
        require(admin != address(0) && !alliance.holdsOperatorOffice(admin), "an admin that operates");
    }

    function _everyNameHasOneHolder() private view {
        for (uint256 holder = 0; holder < 9; ++holder) {
            string memory lines = holder < 5
                ? ledger.regionNameAt(alliance.regionAt(holder), uint40(block.timestamp))
                : ledger.agencyNameAt(alliance.issuerAt(holder - 5), uint40(block.timestamp));
            bytes32 key = holder < 5
                ? bytes32(uint256(RegionCode.unwrap(alliance.regionAt(holder))))
                : bytes32(Uscc.unwrap(alliance.issuerAt(holder - 5)));
            require(alliance.holderInBooks(alliance.nameInBooks(key)) == key, "two of one name");
            require(uint8(bytes(lines)[1]) == 0x41 + alliance.nameInBooks(key), "called otherwise than in the books");
        }
    }

    /// @dev One call of the alliance, every argument from the seed.
    function _step(uint256 seed) private {
        (uint16 pick, uint16 second, uint32 elapsed) = (uint16(seed >> 8), uint16(seed >> 24), uint32(seed >> 40));
        (uint256 a, uint256 b, uint256 c) = (seed >> 80, seed >> 120, seed >> 160);
        uint8 choice = uint8(seed >> 200);
        uint256 kind = uint8(seed) % 32;
        if (kind < 6) alliance.act(pick, a, choice, b, uint32(c), elapsed);
        else if (kind == 6) alliance.supersede(pick, a, b, c, elapsed);
        else if (kind == 7) alliance.transferOut(pick, a, b, c, elapsed);
        else if (kind == 8) alliance.transferIn(pick, a, b, c, seed >> 210, elapsed);
        else if (kind == 9) alliance.note(pick, a, b, choice % 3, c % 2 == 0, elapsed);
        else if (kind == 10) alliance.anchor(pick, a, b, uint48(c), choice, elapsed);
        else if (kind == 11) alliance.passOver(pick, a, uint48(c), choice, elapsed);
        else if (kind < 14) alliance.setRegionStatus(pick, a, choice, elapsed);
        else if (kind == 14) alliance.pauseRegion(pick, a, b % 2 == 0, elapsed);
        else if (kind < 17) alliance.setAgencyStatus(pick, a, choice, elapsed);
        else if (kind == 17) alliance.moveAgency(pick, a, b, choice, elapsed);
        else if (kind == 18) alliance.moveRegion(pick, a, b, choice, elapsed);
        else if (kind == 19) _nominateAndAccept(pick, second, seed, elapsed);
        else if (kind == 20) alliance.rename(pick, a, b, elapsed);
        else if (kind == 21) alliance.reportKey(pick, a, uint40(b), elapsed);
        else if (kind == 22) alliance.acceptSuccession(pick, a % 2 == 0, b, c, elapsed);
        else if (kind == 23) alliance.retireAgency(pick, second, a, b, elapsed);
        else if (kind < 26) alliance.reinstateAgency(pick, second, a, elapsed);
        else if (kind == 26) alliance.retireRegion(pick, second, a % 2 == 0 ? 4 : a, b, elapsed);
        else if (kind == 27) alliance.reinstateRegion(pick, second, a, elapsed);
        else if (kind == 28) alliance.narrowCompromise(pick, second, a, uint40(b), elapsed);
        else if (kind < 31) alliance.correct(pick, second, a, b, choice, elapsed);
        else alliance.actLate(pick, second, a, b, choice, elapsed);
    }

    function _nominateAndAccept(uint16 pick, uint16 second, uint256 seed, uint32 elapsed) private {
        (uint256 a, uint256 b) = (seed >> 80, seed >> 120);
        if (second % 2 == 0) {
            alliance.nominateOperator(pick, a, b, elapsed);
            alliance.acceptOperator(second / 2, a, elapsed);
        } else {
            alliance.nominateRegionAdmin(pick, a, b, second % 3 == 0, elapsed);
            alliance.acceptRegionAdmin(second / 2, a, elapsed);
        }
    }

    function _allCarriedOut() private pure returns (bytes4[31] memory) {
        return [
            IStatuses.act.selector,
            ITransfers.supersede.selector,
            ITransfers.transferOut.selector,
            ITransfers.transferIn.selector,
            INotices.note.selector,
            INotices.liftNotice.selector,
            IAnchors.anchor.selector,
            IAnchors.backfill.selector,
            IAnchors.passOver.selector,
            IRegions.suspendRegion.selector,
            IRegions.resumeRegion.selector,
            IRegions.closeRegion.selector,
            IRegions.reopenRegion.selector,
            IRegions.pauseRegion.selector,
            IRegions.endPause.selector,
            IRegions.renameRegion.selector,
            IRegions.moveRegion.selector,
            IRegions.nominateRegionAdmin.selector,
            IRegions.acceptRegionAdmin.selector,
            IRegions.retireRegion.selector,
            IRegions.reinstateRegion.selector,
            IAgencies.pauseAgency.selector,
            IAgencies.moveAgency.selector,
            IAgencies.nominateOperator.selector,
            IAgencies.acceptOperator.selector,
            IAgencies.retireAgency.selector,
            IAgencies.reinstateAgency.selector,
            IKeys.reportKeyCompromised.selector,
            IKeys.narrowKeyCompromise.selector,
            ICorrections.correct.selector,
            ICorrections.actLate.selector
        ];
    }
}
