// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {IAgencies} from "../../contracts/interfaces/IAgencies.sol";
import {IRegions} from "../../contracts/interfaces/IRegions.sol";
import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceRules} from "./AllianceRules.sol";
import {RunningVote} from "./RunningVote.sol";

/// @notice What one key does to regions and agencies: admits, stops, moves them.
abstract contract AllianceMembers is AllianceRules {
    /// @dev The first may suspend provinces, the second may do nothing.
    RunningVote[2] private _votes = [new RunningVote(), new RunningVote()];

    constructor() {
        manager.grantRole(0, address(_votes[0]), 0);
    }

    function admitRegion(uint16 pick, uint256 region, uint256 admin, uint256 name, uint32 elapsed)
        external
        counted(elapsed)
    {
        (region, name) = (region % REGIONS, name % NAMES);
        RegionCode code = regionAt(region);
        (address caller, address holder) = (_caller(pick, accountAt(COUNCIL)), accountAt(admin % ACCOUNTS));
        bool isLawful = _isNamedByCouncil(caller) && code.isProvinceLevel() && _mayBeEntered(code, holder, name);
        bytes memory data = abi.encodeCall(IRegions.admitRegion, (code, holder, _nameAt(name)));
        if (_try(caller, data, isLawful)) _enterRegion(code, RegionCode.wrap(0), holder, name, caller);
    }

    function accreditRegion(uint16 pick, uint256 region, uint256 parent, uint256 admin, uint256 name, uint32 elapsed)
        external
        counted(elapsed)
    {
        (region, parent, name) = (region % REGIONS, parent % REGIONS, name % NAMES);
        (RegionCode code, RegionCode above) = (regionAt(region), regionAt(parent));
        (address caller, address holder) = (_caller(pick, adminOf(above)), accountAt(admin % ACCOUNTS));
        bool isLawful = _isAdmin(above, caller) && code.isPartOf(above) && _mayBeEntered(code, holder, name);
        bytes memory data = abi.encodeCall(IRegions.accreditRegion, (code, above, holder, _nameAt(name)));
        if (_try(caller, data, isLawful)) _enterRegion(code, above, holder, name, caller);
    }

    /// @dev Resumed more often than suspended: an alliance at a stand tries nothing.
    function setRegionStatus(uint16 pick, uint256 region, uint8 choice, uint32 elapsed) external counted(elapsed) {
        RegionCode code = regionAt(region % REGIONS);
        RegionStatus status = _regionBook[code].status;
        if (choice % 8 == 0) _suspendRegion(pick, code, status);
        else if (choice % 8 == 1) _closeRegion(pick, code, status);
        else if (choice % 8 < 4) _reopenRegion(pick, code, status);
        else _resumeRegion(pick, code, status);
    }

    function pauseRegion(uint16 pick, uint256 region, uint32 elapsed) external counted(elapsed) {
        RegionCode code = regionAt(region % REGIONS);
        address caller = _caller(pick, accountAt(COUNCIL));
        uint256 pausedAt = _pausedAtInBooks[code];
        bool isRested = pausedAt == 0 || clock >= pausedAt + 30 days;
        bool isLawful = _isNamedByCouncil(caller) && code.isProvinceLevel() && _isMember(code) && isRested;
        if (!_try(caller, abi.encodeCall(IRegions.pauseRegion, (code)), isLawful)) return;
        (_pausedAtInBooks[code], _regionBook[code].pausedUntil) = (clock, clock + 72 hours);
    }

    /// @dev At most fourteen days in all, and three after the vote; never shorter than it was.
    function extendPause(uint16 pick, uint256 region, uint32 rest, bool isOfStranger, uint32 elapsed)
        external
        counted(elapsed)
    {
        RegionCode code = regionAt(region % REGIONS);
        uint256 deadline = clock + rest % 20 days;
        RunningVote vote = _votes[isOfStranger ? 1 : 0];
        vote.setDeadline(deadline);
        address caller = _caller(pick, accountAt(COUNCIL));
        uint40 current = _regionBook[code].pausedUntil;
        bool isLawful = _isNamedByCouncil(caller) && current > clock && !isOfStranger;
        bytes memory data = abi.encodeCall(IRegions.extendPause, (code, IGovernor(payable(address(vote))), 0));
        if (!_try(caller, data, isLawful)) return;
        uint256 latest = _pausedAtInBooks[code] + 14 days;
        uint256 until = deadline + 3 days < latest ? deadline + 3 days : latest;
        if (until > current) _regionBook[code].pausedUntil = uint40(until);
    }

    function endPause(uint16 pick, uint256 region, uint32 elapsed) external counted(elapsed) {
        RegionCode code = regionAt(region % REGIONS);
        address caller = _caller(pick, accountAt(COUNCIL));
        bool isLawful = _regionBook[code].pausedUntil > clock && _isNamedByCouncil(caller);
        if (_try(caller, abi.encodeCall(IRegions.endPause, (code)), isLawful)) _regionBook[code].pausedUntil = clock;
    }

    function setAgencyStatus(uint16 pick, uint256 issuer, uint8 choice, uint32 elapsed) external counted(elapsed) {
        Uscc uscc = issuerAt(issuer % ISSUERS);
        AgencyStatus status = _agencyBook[uscc].status;
        if (choice % 8 == 0) _pauseAgency(pick, uscc, status);
        else if (choice % 8 == 1) _unpauseAgency(pick, uscc, status);
        else if (choice % 8 == 2) _suspendAgency(pick, uscc, status);
        else _resumeAgency(pick, uscc, status);
    }

    function moveAgency(uint16 pick, uint256 issuer, uint256 to, uint8 mover, uint32 elapsed)
        external
        counted(elapsed)
    {
        (Uscc uscc, RegionCode there) = (issuerAt(issuer % ISSUERS), regionAt(to % REGIONS));
        Agency storage facts = _agencyBook[uscc];
        RegionCode from = facts.region;
        address caller = _caller(pick, _someSuperior(mover));
        bool isLawful = facts.status != AgencyStatus.None && _isActive(there) && !_same(from, there)
            && _isAboveBoth(from, there, caller);
        if (!_try(caller, abi.encodeCall(IAgencies.moveAgency, (uscc, there)), isLawful)) return;
        _moveAgencyTo(uscc, there);
        _forgetNomination(uscc);
        if (facts.status != AgencyStatus.Retired) _moveMember(from, there);
    }

    function moveRegion(uint16 pick, uint256 region, uint256 to, uint8 mover, uint32 elapsed)
        external
        counted(elapsed)
    {
        (RegionCode code, RegionCode there) = (regionAt(region % REGIONS), regionAt(to % REGIONS));
        Region storage facts = _regionBook[code];
        RegionCode from = facts.parent;
        address caller = _caller(pick, _someSuperior(mover));
        bool isLawful = _isMember(code) && _isActive(there) && code.isPartOf(there) && !_same(from, there)
            && _isAboveBoth(from, there, caller);
        if (!_try(caller, abi.encodeCall(IRegions.moveRegion, (code, there)), isLawful)) return;
        (facts.parent, _regionMovedAtInBooks[code]) = (there, clock);
        (_regionTenureBook[code].statusSince, _regionTenureBook[code].moved) = (clock, true);
        _forgetNomination(code);
        if (facts.status != RegionStatus.Retired) _moveMember(from, there);
    }

    function _mayBeEntered(RegionCode code, address admin, uint256 name) private view returns (bool) {
        return !_isMember(code) && !holdsOperatorOffice(admin) && _isFreeFor(holderOf(code), name);
    }

    function _moveMember(RegionCode from, RegionCode to) private {
        --_regionBook[from].members;
        ++_regionBook[to].members;
    }

    function _suspendRegion(uint16 pick, RegionCode code, RegionStatus status) private {
        address caller = _caller(pick, _holder(_regionBook[code].parent));
        bool isClosed = status == RegionStatus.Closed;
        bool isLawful = (isClosed || status == RegionStatus.Active) && _isAbove(code, caller);
        if (!_try(caller, abi.encodeCall(IRegions.suspendRegion, (code)), isLawful)) return;
        _enterRegionStatus(code, isClosed ? RegionStatus.ClosedSuspended : RegionStatus.Suspended);
    }

    function _resumeRegion(uint16 pick, RegionCode code, RegionStatus status) private {
        address caller = _caller(pick, _holder(_regionBook[code].parent));
        bool isClosed = status == RegionStatus.ClosedSuspended;
        bool isLawful = (isClosed || status == RegionStatus.Suspended) && _isAbove(code, caller);
        if (!_try(caller, abi.encodeCall(IRegions.resumeRegion, (code)), isLawful)) return;
        _enterRegionStatus(code, isClosed ? RegionStatus.Closed : RegionStatus.Active);
    }

    function _closeRegion(uint16 pick, RegionCode code, RegionStatus status) private {
        address caller = _caller(pick, _holder(_regionBook[code].parent));
        bool isLawful = status == RegionStatus.Active && _isAbove(code, caller);
        if (!_try(caller, abi.encodeCall(IRegions.closeRegion, (code)), isLawful)) return;
        _enterRegionStatus(code, RegionStatus.Closed);
    }

    function _reopenRegion(uint16 pick, RegionCode code, RegionStatus status) private {
        address caller = _caller(pick, _holder(_regionBook[code].parent));
        bool isLawful = status == RegionStatus.Closed && _isAbove(code, caller);
        if (!_try(caller, abi.encodeCall(IRegions.reopenRegion, (code)), isLawful)) return;
        _enterRegionStatus(code, RegionStatus.Active);
    }

    function _pauseAgency(uint16 pick, Uscc uscc, AgencyStatus status) private {
        address caller = _caller(pick, accountAt(COUNCIL));
        bool isLawful =
            _isNamedByCouncil(caller) && (status == AgencyStatus.Active || status == AgencyStatus.Suspended);
        if (!_try(caller, abi.encodeCall(IAgencies.pauseAgency, (uscc)), isLawful)) return;
        _enterAgencyStatus(uscc, AgencyStatus.Paused);
        _forgetNomination(uscc);
    }

    function _unpauseAgency(uint16 pick, Uscc uscc, AgencyStatus status) private {
        address caller = _caller(pick, accountAt(COUNCIL));
        bool isLawful = _isNamedByCouncil(caller) && status == AgencyStatus.Paused;
        if (!_try(caller, abi.encodeCall(IAgencies.unpauseAgency, (uscc)), isLawful)) return;
        _enterAgencyStatus(uscc, AgencyStatus.Suspended);
    }

    function _suspendAgency(uint16 pick, Uscc uscc, AgencyStatus status) private {
        address caller = _caller(pick, adminOf(_governing(_agencyBook[uscc].region)));
        bool isLawful = status == AgencyStatus.Active && _isAdminOver(uscc, caller);
        if (!_try(caller, abi.encodeCall(IAgencies.suspendAgency, (uscc)), isLawful)) return;
        _enterAgencyStatus(uscc, AgencyStatus.Suspended);
        _forgetNomination(uscc);
    }

    function _resumeAgency(uint16 pick, Uscc uscc, AgencyStatus status) private {
        address caller = _caller(pick, adminOf(_governing(_agencyBook[uscc].region)));
        bool isLawful = status == AgencyStatus.Suspended && _isAdminOver(uscc, caller);
        if (!_try(caller, abi.encodeCall(IAgencies.resumeAgency, (uscc)), isLawful)) return;
        _enterAgencyStatus(uscc, AgencyStatus.Active);
    }
}
