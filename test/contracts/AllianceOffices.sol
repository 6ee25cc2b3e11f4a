// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "../../contracts/interfaces/IAgencies.sol";
import {INominations} from "../../contracts/interfaces/INominations.sol";
import {IRegions} from "../../contracts/interfaces/IRegions.sol";
import {IReturns} from "../../contracts/interfaces/IReturns.sol";
import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {RegionCode} from "../../contracts/types/Region.sol";
import {Nomination, Tenure} from "../../contracts/types/Tenure.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceMembers} from "./AllianceMembers.sol";

/// @notice How offices change hands, and what members are called.
abstract contract AllianceOffices is AllianceMembers {
    mapping(RegionCode code => Nomination) private _adminNamed;
    mapping(Uscc uscc => Nomination) private _operatorNamed;

    function nominateOperator(uint16 pick, uint256 issuer, uint256 candidate, uint32 elapsed)
        external
        counted(elapsed)
    {
        (Uscc uscc, address named) = (issuerAt(issuer % ISSUERS), _candidateAt(candidate));
        Agency storage facts = _agencyBook[uscc];
        address caller = _caller(pick, adminOf(_governing(facts.region)));
        bool isLawful = _isAdminOver(uscc, caller) && facts.status != AgencyStatus.Retired;
        if (!_try(caller, abi.encodeCall(INominations.nominateOperator, (uscc, named)), isLawful)) return;
        _operatorNamed[uscc] = Nomination({candidate: named, nominatedAt: clock, nominatedBy: caller});
    }

    function acceptOperator(uint16 pick, uint256 issuer, uint32 elapsed) external counted(elapsed) {
        Uscc uscc = issuerAt(issuer % ISSUERS);
        Agency storage facts = _agencyBook[uscc];
        Nomination memory named = _operatorNamed[uscc];
        address caller = _caller(pick, named.candidate);
        bool isLawful = caller == named.candidate && _isAlive(named.nominatedAt, facts.region)
            && _isActive(facts.region) && !holdsAdminOffice(caller);
        if (!_try(caller, abi.encodeCall(INominations.acceptOperator, (uscc)), isLawful)) return;
        _appoint(uscc, caller, named.nominatedBy);
        _forgetNomination(uscc);
    }

    function nominateRegionAdmin(uint16 pick, uint256 region, uint256 candidate, bool isByItself, uint32 elapsed)
        external
        counted(elapsed)
    {
        (RegionCode code, address named) = (regionAt(region % REGIONS), _candidateAt(candidate));
        address caller = _caller(pick, isByItself ? adminOf(code) : _holder(_regionBook[code].parent));
        bool isLawful = caller == adminOf(code)
            ? _isActive(code) && !_isNamedFromAbove(code, caller)
            : _isMember(code) && _isAbove(code, caller);
        if (!_try(caller, abi.encodeCall(INominations.nominateRegionAdmin, (code, named)), isLawful)) return;
        _adminNamed[code] = Nomination({candidate: named, nominatedAt: clock, nominatedBy: caller});
    }

    function acceptRegionAdmin(uint16 pick, uint256 region, uint32 elapsed) external counted(elapsed) {
        RegionCode code = regionAt(region % REGIONS);
        RegionCode parent = _regionBook[code].parent;
        Nomination memory named = _adminNamed[code];
        address caller = _caller(pick, named.candidate);
        bool isOwn = named.nominatedBy == adminOf(code);
        bool isByAnother = !isOwn || named.nominatedBy != caller;
        bool isLawful = caller == named.candidate && isByAnother && _isAlive(named.nominatedAt, isOwn ? code : parent)
            && (parent.isZero() || _isActive(parent)) && !holdsOperatorOffice(caller);
        if (!_try(caller, abi.encodeCall(INominations.acceptRegionAdmin, (code)), isLawful)) return;
        _appoint(code, caller, named.nominatedBy);
        _forgetNomination(code);
    }

    /// @dev Seldom: an alliance without offices tries nothing. What the superior said of the region stands.
    function resign(uint16 pick, uint256 region, uint256 issuer, bool isOfRegion, uint32 elapsed)
        external
        counted(elapsed)
    {
        if (isOfRegion) {
            RegionCode code = regionAt(region % REGIONS);
            address admin = adminOf(code);
            address caller = _caller(pick, admin);
            if (!_try(caller, abi.encodeCall(IReturns.resignRegion, (code)), caller == admin)) return;
            _resign(code);
            if (_adminNamed[code].nominatedBy == admin) _forgetNomination(code);
        } else {
            Uscc uscc = issuerAt(issuer % ISSUERS);
            address operator = _agencyBook[uscc].operator;
            address caller = _caller(pick, operator);
            if (!_try(caller, abi.encodeCall(IReturns.resignAgency, (uscc)), caller == operator)) return;
            _resign(uscc);
        }
    }

    function returnRegion(uint16 pick, uint256 region, uint32 elapsed) external counted(elapsed) {
        RegionCode code = regionAt(region % REGIONS);
        (address former, RegionCode parent) = (formerAdminInBooks(code), _regionBook[code].parent);
        address caller = _caller(pick, _holder(parent));
        bool isAbove = parent.isZero() ? _isNamedByCouncil(caller) : _isAdminUpwards(parent, caller);
        bool isLawful = isAbove && former != address(0) && !holdsOperatorOffice(former);
        if (!_try(caller, abi.encodeCall(IReturns.returnRegion, (code)), isLawful)) return;
        _return(code, caller);
        _forgetNomination(code);
    }

    function returnAgency(uint16 pick, uint256 issuer, uint32 elapsed) external counted(elapsed) {
        Uscc uscc = issuerAt(issuer % ISSUERS);
        (address former, RegionCode code) = (formerOperatorInBooks(uscc), _governing(_agencyBook[uscc].region));
        address caller = _caller(pick, adminOf(code));
        bool isLawful = _isAdminUpwards(code, caller) && former != address(0) && !holdsAdminOffice(former);
        if (!_try(caller, abi.encodeCall(IReturns.returnAgency, (uscc)), isLawful)) return;
        _return(uscc, caller);
        _forgetNomination(uscc);
    }

    function renameRegion(uint16 pick, uint256 region, uint256 name, uint32 elapsed) external counted(elapsed) {
        (RegionCode code, uint256 chosen) = (regionAt(region % REGIONS), name % NAMES);
        address caller = _caller(pick, _holder(_regionBook[code].parent));
        bool isLawful = _isMember(code) && _isFreeFor(holderOf(code), chosen) && _isAbove(code, caller);
        bytes memory data = abi.encodeCall(IRegions.renameRegion, (code, _nameAt(chosen)));
        if (_try(caller, data, isLawful)) _enterName(holderOf(code), chosen);
    }

    function renameAgency(uint16 pick, uint256 issuer, uint256 name, uint32 elapsed) external counted(elapsed) {
        (Uscc uscc, uint256 chosen) = (issuerAt(issuer % ISSUERS), name % NAMES);
        address caller = _caller(pick, adminOf(_governing(_agencyBook[uscc].region)));
        bool isLawful = _isFreeFor(holderOf(uscc), chosen) && _isAdminOver(uscc, caller);
        bytes memory data = abi.encodeCall(IAgencies.renameAgency, (uscc, _nameAt(chosen)));
        if (_try(caller, data, isLawful)) _enterName(holderOf(uscc), chosen);
    }

    function _forgetNomination(Uscc uscc) internal override {
        delete _operatorNamed[uscc];
    }

    function _forgetNomination(RegionCode code) internal override {
        delete _adminNamed[code];
    }

    /// @dev By another than the admin, within thirty days.
    function _isNamedFromAbove(RegionCode code, address admin) private view returns (bool) {
        Nomination storage named = _adminNamed[code];
        bool isStanding = named.candidate != address(0) && clock < named.nominatedAt + 30 days;
        return isStanding && named.nominatedBy != admin;
    }

    function _isAdminUpwards(RegionCode code, address account) private view returns (bool) {
        for (; !code.isZero(); code = _regionBook[code].parent) {
            if (_isAdmin(code, account)) return true;
        }
        return false;
    }

    /// @dev Now and then nobody, which takes a nomination back.
    function _candidateAt(uint256 candidate) private view returns (address) {
        candidate = candidate % (ACCOUNTS + 1);
        return candidate == ACCOUNTS ? address(0) : accountAt(candidate);
    }

    /// @dev Nothing above changed since, not even in the same second.
    function _isAlive(uint40 namedAt, RegionCode code) private view returns (bool) {
        if (clock >= namedAt + 30 days) return false;
        for (; !code.isZero(); code = _regionBook[code].parent) {
            Tenure storage tenure = _regionTenureBook[code];
            if (tenure.heldSince >= namedAt || tenure.statusSince >= namedAt) return false;
            if (_pausedAtInBooks[code] >= namedAt) return false;
        }
        return true;
    }
}
