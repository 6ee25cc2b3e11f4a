// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "../../contracts/interfaces/IAgencies.sol";
import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {IRegions} from "../../contracts/interfaces/IRegions.sol";
import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {KEY_TIME_NEVER, KeyId} from "../../contracts/types/Key.sol";
import {Acceptance} from "../../contracts/types/Proposal.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {Uscc, sameUscc} from "../../contracts/types/Uscc.sol";
import {AllianceKeys} from "./AllianceKeys.sol";
import {AllianceProposals} from "./AllianceProposals.sol";

/// @notice What takes two keys among members: another's code, retirement and its undoing, a narrower report.
abstract contract AllianceTwoKeys is AllianceProposals, AllianceKeys {
    mapping(bytes32 succession => Acceptance) private _accepted;

    /// @dev One key for a code of the region's own. The second key needs no days in office.
    function accreditAgency(uint16 first, uint16 second, uint256 issuer, uint256 region, uint256 seed, uint32 elapsed)
        external
        counted(elapsed)
    {
        (Uscc uscc, RegionCode code) = (issuerAt(issuer % ISSUERS), regionAt(region % REGIONS));
        (address operator, uint256 name) = (accountAt(seed % ACCOUNTS), (seed / ACCOUNTS) % NAMES);
        bytes memory data = abi.encodeCall(IAgencies.accreditAgency, (uscc, code, operator, _nameAt(name)));
        bool isUnknown = _agencyBook[uscc].status == AgencyStatus.None;
        bool isLawful = isUnknown && !holdsAdminOffice(operator) && _isFreeFor(holderOf(uscc), name);
        address proposer = _standing(data);
        if (!_isAdmin(code, proposer)) {
            proposer = _caller(first, adminOf(code));
            bool isOwn = _liesIn(uscc.regionOf(), code);
            if (isOwn && _try(proposer, data, isLawful && _isAdmin(code, proposer))) {
                _enterAgency(uscc, code, operator, name);
            }
            if (isOwn || !_propose(proposer, data, isUnknown && _isAdmin(code, proposer))) return;
        }
        address caller = _caller(second, _someSuperior(second / 4));
        RegionCode parent = _regionBook[code].parent;
        bool mayEnd = isLawful && caller != proposer && _isAboveBoth(parent, uscc.regionOf(), caller);
        if (_confirm(caller, data, mayEnd)) _enterAgency(uscc, code, operator, name);
    }

    function acceptAgencySuccession(uint16 pick, uint256 issuer, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        _acceptForAgency(pick, issuerAt(issuer % ISSUERS), issuerAt(successor % ISSUERS));
    }

    function acceptRegionSuccession(uint16 pick, uint256 region, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        _acceptForRegion(pick, regionAt(region % REGIONS), regionAt(successor % REGIONS));
    }

    /// @dev Mostly the successor has agreed just before.
    function retireAgency(uint16 first, uint16 second, uint256 issuer, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        (Uscc uscc, Uscc heir) = (issuerAt(issuer % ISSUERS), Uscc.wrap(0));
        bool hasSuccessor = successor % (ISSUERS + 1) != ISSUERS;
        if (hasSuccessor) heir = issuerAt(successor % (ISSUERS + 1));
        if (hasSuccessor && first % 8 != 0) _acceptForAgency(1, uscc, heir);
        Agency storage facts = _agencyBook[uscc];
        RegionCode code = facts.region;
        bool isLiving = facts.status == AgencyStatus.Active || facts.status == AgencyStatus.Suspended;
        bool isHeir = !sameUscc(uscc, heir) && _agencyBook[heir].status == AgencyStatus.Active;
        bool isLawful = isLiving && (!hasSuccessor || isHeir);
        bytes32 succession = keccak256(abi.encode("agency", uscc, heir));
        bool isAccepted = !hasSuccessor || _isAcceptedBy(succession, _agencyBook[heir].operator);
        bytes memory data = abi.encodeCall(IAgencies.retireAgency, (uscc, heir));
        Question memory question = Question(data, adminOf(code), isLawful, isLawful && isAccepted);
        if (!_agree(first, second, question, code, uscc)) return;
        agencySuccessorInBooks[uscc] = heir;
        _enterAgencyStatus(uscc, AgencyStatus.Retired);
        _forgetNomination(uscc);
        --_regionBook[code].members;
        if (hasSuccessor) delete _accepted[succession];
    }

    /// @dev Into the region that governs what it left, and suspended there.
    function reinstateAgency(uint16 first, uint16 second, uint256 issuer, uint32 elapsed) external counted(elapsed) {
        Uscc uscc = issuerAt(issuer % ISSUERS);
        Agency storage facts = _agencyBook[uscc];
        RegionCode code = _governing(facts.region);
        bool isLawful = facts.status == AgencyStatus.Retired && _isActive(code);
        bytes memory data = abi.encodeCall(IAgencies.reinstateAgency, (uscc));
        Question memory question = Question(data, adminOf(code), isLawful, isLawful);
        if (!_agree(first, second, question, code, uscc)) return;
        agencySuccessorInBooks[uscc] = Uscc.wrap(0);
        if (!_same(facts.region, code)) _moveAgencyTo(uscc, code);
        _enterAgencyStatus(uscc, AgencyStatus.Suspended);
        ++_regionBook[code].members;
    }

    function retireRegion(uint16 first, uint16 second, uint256 region, uint256 successor, uint32 elapsed)
        external
        counted(elapsed)
    {
        (RegionCode code, RegionCode heir) = (regionAt(region % REGIONS), RegionCode.wrap(0));
        bool hasSuccessor = successor % (REGIONS + 1) != REGIONS;
        if (hasSuccessor) heir = regionAt(successor % (REGIONS + 1));
        if (hasSuccessor && first % 8 != 0) _acceptForRegion(1, code, heir);
        Region storage facts = _regionBook[code];
        bool isLive = facts.status == RegionStatus.Active || facts.status == RegionStatus.Closed;
        bool isHeir = !_same(code, heir) && _isActive(heir);
        bool isLawful = isLive && facts.members == 0 && (!hasSuccessor || isHeir);
        bytes32 succession = keccak256(abi.encode("region", code, heir));
        bool isAccepted = !hasSuccessor || _isAcceptedBy(succession, adminOf(heir));
        bytes memory data = abi.encodeCall(IRegions.retireRegion, (code, heir));
        Question memory question = Question(data, facts.admin, isLawful, isLawful && isAccepted);
        if (!_agree(first, second, question, code)) return;
        regionSuccessorInBooks[code] = heir;
        _enterRegionStatus(code, RegionStatus.Retired);
        if (!facts.parent.isZero()) --_regionBook[facts.parent].members;
        if (hasSuccessor) delete _accepted[succession];
    }

    /// @dev The admin of a retired region is active in nothing: its account alone counts.
    function reinstateRegion(uint16 first, uint16 second, uint256 region, uint32 elapsed) external counted(elapsed) {
        RegionCode code = regionAt(region % REGIONS);
        Region storage facts = _regionBook[code];
        RegionCode parent = facts.parent;
        bytes memory data = abi.encodeCall(IRegions.reinstateRegion, (code));
        bool isLawful = facts.status == RegionStatus.Retired && (parent.isZero() || _isActive(parent));
        if (_standing(data) != facts.admin || facts.admin == address(0)) {
            address proposer = _caller(first, facts.admin);
            if (!_propose(proposer, data, isLawful && proposer == facts.admin)) return;
        }
        if (second % 4 == 3) return;
        RegionCode superior = _notOf(facts.admin, parent);
        address caller = _caller(second, _holder(superior));
        if (!_confirm(caller, data, isLawful && _mayConfirm(code, superior, caller, facts.admin))) return;
        regionSuccessorInBooks[code] = RegionCode.wrap(0);
        _enterRegionStatus(code, RegionStatus.Closed);
        if (!parent.isZero()) ++_regionBook[parent].members;
    }

    function narrowCompromise(uint16 first, uint16 second, uint256 issuer, uint256 key, uint40 to, uint32 elapsed)
        external
        counted(elapsed)
    {
        (Uscc uscc, KeyId kid) = (issuerAt(issuer % ISSUERS), kidAt(key % KEYS));
        RegionCode code = _governing(_agencyBook[uscc].region);
        to = to % 4 == 0 ? KEY_TIME_NEVER : to % 4 == 1 ? to : to % clock;
        bool isLawful = _isRegistered(uscc, kid) && to > _keyBook[uscc][kid].compromisedFrom
            && (to == KEY_TIME_NEVER || to <= clock);
        bytes memory data = abi.encodeCall(IKeys.narrowKeyCompromise, (uscc, kid, to));
        Question memory question = Question(data, _holder(code), isLawful, isLawful);
        if (_agree(first, second, question, code, uscc)) _keyBook[uscc][kid].compromisedFrom = to;
    }

    /// @dev Within thirty days, by who still holds the office: nobody accepts for one that is vacant.
    function _isAcceptedBy(bytes32 succession, address holder) private view returns (bool) {
        Acceptance memory accepted = _accepted[succession];
        return holder != address(0) && accepted.account == holder && clock < accepted.acceptedAt + 30 days;
    }

    function _acceptForAgency(uint16 pick, Uscc uscc, Uscc successor) private {
        Agency storage heir = _agencyBook[successor];
        address caller = _caller(pick, heir.operator);
        bool isOfAnother = _agencyBook[uscc].status != AgencyStatus.None && !sameUscc(uscc, successor);
        bool isLawful = isOfAnother && heir.status == AgencyStatus.Active && heir.operator == caller
            && _isActive(heir.region);
        bytes memory data = abi.encodeCall(IAgencies.acceptAgencySuccession, (uscc, successor));
        if (!_try(caller, data, isLawful)) return;
        _accepted[keccak256(abi.encode("agency", uscc, successor))] = Acceptance(caller, clock);
    }

    function _acceptForRegion(uint16 pick, RegionCode code, RegionCode successor) private {
        address caller = _caller(pick, adminOf(successor));
        bytes memory data = abi.encodeCall(IRegions.acceptRegionSuccession, (code, successor));
        bool isOfAnother = _isMember(code) && !_same(code, successor);
        if (!_try(caller, data, isOfAnother && _isAdmin(successor, caller))) return;
        _accepted[keccak256(abi.encode("region", code, successor))] = Acceptance(caller, clock);
    }
}
