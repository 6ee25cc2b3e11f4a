// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "../../contracts/interfaces/IAgencies.sol";
import {ICorrections} from "../../contracts/interfaces/ICorrections.sol";
import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {IRegions} from "../../contracts/interfaces/IRegions.sol";
import {AgencyStatus} from "../../contracts/types/Agency.sol";
import {KEY_TIME_NEVER} from "../../contracts/types/Key.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {Decision, LegalStatus, StatusAct, UNLAWFUL} from "../../contracts/types/Status.sol";
import {Uscc, sameUscc} from "../../contracts/types/Uscc.sol";
import {AllianceLicences} from "./AllianceLicences.sol";
import {AllianceMembers} from "./AllianceMembers.sol";

/// @notice What takes two keys. Every call is made by one account and, mostly, by another after it; what the ledger
/// carries out without a standing proposal of another entitled account is a trespass.
abstract contract AllianceTwoKeys is AllianceLicences, AllianceMembers {
    struct Proposed {
        address proposer;
        uint40 at;
    }

    /// @dev Of one call: which admin may propose it, or which agency's hand; who is above; whether nothing else bars it.
    struct Question {
        bytes data;
        address proposing;
        RegionCode superior;
        bool isLawfulAtFirst;
        bool isLawfulAtSecond;
    }

    mapping(bytes32 call => Proposed) private _proposals;
    mapping(uint256 issuer => bool) public isAgencyRetired;
    mapping(uint256 issuer => Uscc) public agencySuccessor;
    mapping(uint256 region => bool) public isRegionRetired;
    mapping(uint256 region => RegionCode) public regionSuccessor;
    mapping(bytes32 succession => address) private _accepted;
    uint256 private _late;

    function acceptSuccession(uint16 pick, bool isRegion, uint256 one, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        if (isRegion) _acceptForRegion(pick, one % REGIONS, successor % REGIONS);
        else _acceptForAgency(pick, one % ISSUERS, successor % ISSUERS);
    }

    function retireAgency(uint16 first, uint16 second, uint256 issuer, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, successor) = (issuer % ISSUERS, successor % (ISSUERS + 1));
        bool hasSuccessor = successor < ISSUERS;
        Uscc heir = hasSuccessor ? issuerAt(successor) : Uscc.wrap(0);
        if (hasSuccessor && first % 8 != 0) _acceptForAgency(1, issuer, successor);
        RegionCode code = ledger.agency(issuerAt(issuer)).region;
        bool isLawful = !isAgencyRetired[issuer]
            && (!hasSuccessor
                || (successor != issuer && ledger.agency(heir).status == AgencyStatus.Active));
        bytes32 succession = keccak256(abi.encode("agency", issuerAt(issuer), heir));
        address operator = hasSuccessor ? ledger.agency(heir).operator : address(0);
        bool isAccepted = !hasSuccessor || _accepted[succession] == operator;
        bytes memory data = abi.encodeCall(IAgencies.retireAgency, (issuerAt(issuer), heir));
        Question memory question = Question(data, adminOf(code), superiorOf(code), isLawful, isLawful && isAccepted);
        if (!_agree(first, second, question, code)) return;
        (isAgencyRetired[issuer], agencySuccessor[issuer]) = (true, heir);
        if (hasSuccessor) delete _accepted[succession];
    }

    function reinstateAgency(uint16 first, uint16 second, uint256 issuer, uint32 elapsed) external counted(elapsed) {
        issuer = issuer % ISSUERS;
        RegionCode code = governing(ledger.agency(issuerAt(issuer)).region);
        bool isLawful = isAgencyRetired[issuer];
        bytes memory data = abi.encodeCall(IAgencies.reinstateAgency, (issuerAt(issuer)));
        Question memory question = Question(data, adminOf(code), superiorOf(code), isLawful, isLawful);
        if (!_agree(first, second, question, code)) return;
        (isAgencyRetired[issuer], agencySuccessor[issuer]) = (false, Uscc.wrap(0));
    }

    function retireRegion(uint16 first, uint16 second, uint256 region, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        (region, successor) = (region % REGIONS, successor % (REGIONS + 1));
        RegionCode code = regionAt(region);
        bool hasSuccessor = successor < REGIONS;
        RegionCode heir = hasSuccessor ? regionAt(successor) : RegionCode.wrap(0);
        if (hasSuccessor && first % 8 != 0) _acceptForRegion(1, region, successor);
        Region memory facts = ledger.region(code);
        bool isLive = facts.status == RegionStatus.Active || facts.status == RegionStatus.Closed;
        bool isLawful = isLive && livingIn(code) == 0 && successor != region && (!hasSuccessor || isActive(heir));
        bytes32 succession = keccak256(abi.encode("region", code, heir));
        bool isAccepted = !hasSuccessor || _accepted[succession] == adminOf(heir);
        bytes memory data = abi.encodeCall(IRegions.retireRegion, (code, heir));
        Question memory question = Question(data, facts.admin, superiorOf(code), isLawful, isLawful && isAccepted);
        if (!_agree(first, second, question, code)) return;
        (isRegionRetired[region], regionSuccessor[region]) = (true, heir);
        if (hasSuccessor) delete _accepted[succession];
    }

    /// @dev The admin of a retired region is active in nothing: its account alone counts.
    function reinstateRegion(uint16 first, uint16 second, uint256 region, uint32 elapsed) external counted(elapsed) {
        region = region % REGIONS;
        RegionCode code = regionAt(region);
        RegionCode parent = parentOf(code);
        bytes memory data = abi.encodeCall(IRegions.reinstateRegion, (code));
        address admin = adminOf(code);
        Proposed memory standing = _standing(data);
        bool isRetired = isRegionRetired[region];
        if (standing.proposer != admin) {
            address proposer = _caller(first, admin);
            if (!_propose(proposer, data, isRetired && proposer == admin)) return;
        }
        if (second % 4 == 3) return;
        RegionCode superior = firstActive(parent);
        address caller = _caller(second, _holder(superior));
        bool isEmptied = ledger.region(parent).status == RegionStatus.Retired;
        bool isLawful = isRetired && !isEmptied && mayConfirm(superior, caller, admin);
        // The proposer who calls again confirms nothing.
        if (!_try(caller, data, isLawful)) return;
        delete _proposals[keccak256(data)];
        (isRegionRetired[region], regionSuccessor[region]) = (false, RegionCode.wrap(0));
    }

    function narrowCompromise(uint16 first, uint16 second, uint256 issuer, uint40 to, uint32 elapsed)
        external
        counted(elapsed)
    {
        issuer = issuer % ISSUERS;
        RegionCode code = governing(ledger.agency(issuerAt(issuer)).region);
        if (to % 4 == 0) to = KEY_TIME_NEVER;
        bool isLawful = to > compromisedInBooks[issuer];
        bytes memory data = abi.encodeCall(IKeys.narrowKeyCompromise, (issuerAt(issuer), keyOf[issuer], to));
        Question memory question = Question(data, adminOf(code), superiorOf(code), isLawful, isLawful);
        if (_agree(first, second, question, code)) compromisedInBooks[issuer] = to;
    }

    function correct(uint16 first, uint16 second, uint256 issuer, uint256 licence, uint8 chosen, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence) = (issuer % ISSUERS, licence % LICENCES);
        LegalStatus status = LegalStatus(chosen % (uint256(type(LegalStatus).max) + 1));
        bool isLawful = _isCorrectable(issuer, licence, status);
        bytes memory data =
            abi.encodeCall(ICorrections.correct, (issuerAt(issuer), _one(licence), status, decisionOf(FOUNDED, 0)));
        if (!_agreeOnLicence(first, second, issuer, data, isLawful, isLawful)) return;
        _book(issuer, licence, status);
        if (!_isOfLink(status)) _forgetSuccessor(issuer, licence);
    }

    function actLate(uint16 first, uint16 second, uint256 issuer, uint256 licence, uint8 chosen, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, licence) = (issuer % ISSUERS, licence % LICENCES);
        StatusAct statusAct = StatusAct(chosen % (uint256(type(StatusAct).max) + 1));
        uint256 to = _after(statusAct, statusInBooks[issuer][licence]);
        bool isPlain = statusAct < StatusAct.TransferIn && statusAct != StatusAct.Supersede
            && statusAct != StatusAct.TransferOut;
        bytes memory data = abi.encodeCall(
            ICorrections.actLate, (issuerAt(issuer), statusAct, _one(licence), decisionOf(1_600_000_000, 0))
        );
        if (_agreeOnLicence(first, second, issuer, data, isPlain, to != UNLAWFUL)) {
            _book(issuer, licence, LegalStatus(to));
        }
    }

    /// @notice Agencies and regions directly in a region that are not retired, counted anew.
    function livingIn(RegionCode code) public view returns (uint256 count) {
        for (uint256 issuer = 0; issuer < ISSUERS; ++issuer) {
            bool isIn = _same(ledger.agency(issuerAt(issuer)).region, code);
            if (isIn && !isAgencyRetired[issuer]) ++count;
        }
        for (uint256 region = 0; region < REGIONS; ++region) {
            if (_same(parentOf(regionAt(region)), code) && !isRegionRetired[region]) ++count;
        }
    }

    function _acceptForAgency(uint16 pick, uint256 issuer, uint256 successor) private {
        address caller = _caller(pick, ledger.agency(issuerAt(successor)).operator);
        bool isLawful = mayIssue(issuerAt(successor), caller);
        bytes memory data = abi.encodeCall(IAgencies.acceptAgencySuccession, (issuerAt(issuer), issuerAt(successor)));
        if (!_try(caller, data, isLawful)) return;
        _accepted[keccak256(abi.encode("agency", issuerAt(issuer), issuerAt(successor)))] = caller;
    }

    function _acceptForRegion(uint16 pick, uint256 region, uint256 successor) private {
        (RegionCode code, RegionCode heir) = (regionAt(region), regionAt(successor));
        address caller = _caller(pick, adminOf(heir));
        bytes memory data = abi.encodeCall(IRegions.acceptRegionSuccession, (code, heir));
        if (!_try(caller, data, isAdmin(heir, caller))) return;
        _accepted[keccak256(abi.encode("region", code, heir))] = caller;
    }

    /// @dev Proposed by the admin of `code`.
    /// @return Whether it was carried out.
    function _agree(uint16 first, uint16 second, Question memory question, RegionCode code) private returns (bool) {
        Proposed memory standing = _standing(question.data);
        if (standing.proposer == address(0) || !isAdmin(code, standing.proposer)) {
            address proposer = _caller(first, question.proposing);
            bool isLawful = question.isLawfulAtFirst && isAdmin(code, proposer);
            if (!_propose(proposer, question.data, isLawful)) return false;
            standing = _standing(question.data);
        }
        if (second % 4 == 3) return false;
        address caller = _caller(second, _holder(question.superior));
        bool mayEnd = question.isLawfulAtSecond && mayConfirm(question.superior, caller, standing.proposer);
        return _confirm(caller, question.data, mayEnd);
    }

    /// @dev Proposed by who acts on the agency's licences; confirmed above the agency's region, and above its custodian.
    function _agreeOnLicence(
        uint16 first,
        uint16 second,
        uint256 issuer,
        bytes memory data,
        bool isLawfulAtFirst,
        bool isLawfulAtSecond
    ) private returns (bool) {
        Uscc uscc = issuerAt(issuer);
        Proposed memory standing = _standing(data);
        if (standing.proposer == address(0) || !mayAct(uscc, standing.proposer)) {
            address proposer = _caller(first, responsibleAccount(uscc));
            if (!_propose(proposer, data, isLawfulAtFirst && mayAct(uscc, proposer))) return false;
            standing = _standing(data);
        }
        if (second % 4 == 3) return false;
        RegionCode superior = superiorOf(ledger.agency(uscc).region);
        while (!superior.isZero() && adminOf(superior) == standing.proposer) superior = firstActive(parentOf(superior));
        // The council's second account, for where its first is the custodian.
        address rightful = superior.isZero() && second % 2 == 0 ? accountAt(13) : _holder(superior);
        address caller = _caller(second, rightful);
        return _confirm(caller, data, isLawfulAtSecond && mayConfirm(superior, caller, standing.proposer));
    }

    function _propose(address proposer, bytes memory data, bool isLawful) private returns (bool isProposed) {
        isProposed = _try(proposer, data, isLawful);
        if (!isProposed) return false;
        --done[bytes4(data)];
        _proposals[keccak256(data)] = Proposed(proposer, uint40(block.timestamp));
        if (ledger.proposal(keccak256(data)).proposer != proposer) ++misjudged;
    }

    function _confirm(address caller, bytes memory data, bool isLawful) private returns (bool isDone) {
        isDone = _try(caller, data, isLawful);
        if (isDone) delete _proposals[keccak256(data)];
    }

    function _standing(bytes memory data) private view returns (Proposed memory) {
        Proposed memory proposed = _proposals[keccak256(data)];
        return block.timestamp < proposed.at + 30 days ? proposed : Proposed(address(0), 0);
    }

    function _isCorrectable(uint256 issuer, uint256 licence, LegalStatus status) private view returns (bool) {
        Place memory successor = successorInBooks[issuer][licence];
        LegalStatus its = statusInBooks[successor.issuer][successor.licence];
        bool isVoid = its == LegalStatus.Annulled || its == LegalStatus.AnnulledDeregistered;
        if (!successor.isTaken || isVoid) return !_isOfLink(status);
        return status == (successor.issuer == issuer ? LegalStatus.Superseded : LegalStatus.Transferred);
    }

    function _forgetSuccessor(uint256 issuer, uint256 licence) private {
        Place memory successor = successorInBooks[issuer][licence];
        if (!successor.isTaken) return;
        delete successorInBooks[issuer][licence];
        delete originInBooks[successor.issuer][successor.licence];
        delete transfersInBooks[successor.issuer][successor.licence];
    }

    function _isOfLink(LegalStatus status) private pure returns (bool) {
        return status == LegalStatus.Superseded || status == LegalStatus.TransferredOut
            || status == LegalStatus.Transferred;
    }
}
