// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "../../contracts/interfaces/IAgencies.sol";
import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {IRegions} from "../../contracts/interfaces/IRegions.sol";
import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {KEY_TIME_NEVER, KeyAlgorithm, KeyId} from "../../contracts/types/Key.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {Tenure} from "../../contracts/types/Tenure.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceRules} from "./AllianceRules.sol";
import {vm} from "./Vm.sol";

/// @notice What one key does to members: regions, agencies, offices, names, keys.
abstract contract AllianceMembers is AllianceRules {
    struct Named {
        address candidate;
        uint40 at;
    }

    mapping(uint256 region => Named) private _adminNamed;
    mapping(uint256 issuer => Named) private _operatorNamed;
    mapping(uint256 region => uint256) private _pausedAt;
    mapping(uint256 issuer => KeyId) public keyOf;
    mapping(uint256 issuer => uint40) public compromisedInBooks;

    constructor() {
        for (uint256 issuer = 0; issuer < ISSUERS; ++issuer) {
            address admin = adminOf(ledger.agency(issuerAt(issuer)).region);
            vm.prank(admin);
            keyOf[issuer] =
                ledger.registerKey(issuerAt(issuer), KeyAlgorithm.EdDSA, bytes32(issuer + 1), 0, 1, KEY_TIME_NEVER);
            compromisedInBooks[issuer] = KEY_TIME_NEVER;
        }
    }

    function setRegionStatus(uint16 pick, uint256 region, uint8 choice, uint32 elapsed) external counted(elapsed) {
        RegionCode code = regionAt(region % REGIONS);
        address caller = _caller(pick, _holder(parentOf(code)));
        RegionStatus status = ledger.region(code).status;
        bool isLive = status == RegionStatus.Active || status == RegionStatus.Closed;
        bool isAllowed = isAbove(code, caller);
        // Resumed more often than suspended: an alliance at a stand tries nothing.
        if (choice % 8 == 0) _try(caller, abi.encodeCall(IRegions.suspendRegion, (code)), isAllowed && isLive);
        else if (choice % 8 == 1) {
            bool isOpenNow = status == RegionStatus.Active;
            _try(caller, abi.encodeCall(IRegions.closeRegion, (code)), isAllowed && isOpenNow);
        } else if (choice % 8 < 4) {
            _try(
                caller,
                abi.encodeCall(IRegions.reopenRegion, (code)),
                isAllowed && status == RegionStatus.Closed
            );
        } else {
            _try(
                caller,
                abi.encodeCall(IRegions.resumeRegion, (code)),
                isAllowed && status == RegionStatus.Suspended
            );
        }
    }

    function pauseRegion(uint16 pick, uint256 region, bool isEnd, uint32 elapsed) external counted(elapsed) {
        region = region % REGIONS;
        RegionCode code = regionAt(region);
        address caller = _caller(pick, accountAt(12));
        if (isEnd) {
            bool isPaused = ledger.region(code).pausedUntil > block.timestamp;
            _try(caller, abi.encodeCall(IRegions.endPause, (code)), isPaused && isNamedByCouncil(caller));
            return;
        }
        bool isLawful = isNamedByCouncil(caller) && (region == 0 || region == 3)
            && (_pausedAt[region] == 0 || block.timestamp >= _pausedAt[region] + 30 days);
        if (_try(caller, abi.encodeCall(IRegions.pauseRegion, (code)), isLawful)) _pausedAt[region] = block.timestamp;
    }

    function setAgencyStatus(uint16 pick, uint256 issuer, uint8 choice, uint32 elapsed) external counted(elapsed) {
        Uscc uscc = issuerAt(issuer % ISSUERS);
        Agency memory facts = ledger.agency(uscc);
        bool isCouncils = choice % 8 == 0 || choice % 8 == 1;
        address caller = _caller(pick, isCouncils ? accountAt(12) : adminOf(facts.region));
        bool isActiveNow = facts.status == AgencyStatus.Active;
        bool isSuspended = facts.status == AgencyStatus.Suspended;
        bool isOurs = isCouncils ? isNamedByCouncil(caller) : isAdmin(facts.region, caller);
        if (choice % 8 == 0) {
            _try(caller, abi.encodeCall(IAgencies.pauseAgency, (uscc)), isOurs && (isActiveNow || isSuspended));
        } else if (choice % 8 == 1) {
            bool isPaused = facts.status == AgencyStatus.Paused;
            _try(caller, abi.encodeCall(IAgencies.unpauseAgency, (uscc)), isOurs && isPaused);
        } else if (choice % 8 == 2) {
            _try(caller, abi.encodeCall(IAgencies.suspendAgency, (uscc)), isOurs && isActiveNow);
        } else {
            _try(caller, abi.encodeCall(IAgencies.resumeAgency, (uscc)), isOurs && isSuspended);
        }
    }

    function moveAgency(uint16 pick, uint256 issuer, uint256 to, uint8 mover, uint32 elapsed)
        external
        counted(elapsed)
    {
        (issuer, to) = (issuer % ISSUERS, to % REGIONS);
        RegionCode from = ledger.agency(issuerAt(issuer)).region;
        address caller = _caller(pick, _someAdmin(mover));
        bool isLawful = isActive(regionAt(to)) && !_same(from, regionAt(to)) && isAboveBoth(from, regionAt(to), caller);
        bytes memory data = abi.encodeCall(IAgencies.moveAgency, (issuerAt(issuer), regionAt(to)));
        if (_try(caller, data, isLawful)) delete _operatorNamed[issuer];
    }

    function moveRegion(uint16 pick, uint256 region, uint256 to, uint8 mover, uint32 elapsed)
        external
        counted(elapsed)
    {
        (region, to) = (region % REGIONS, to % REGIONS);
        RegionCode from = parentOf(regionAt(region));
        address caller = _caller(pick, _someAdmin(mover));
        bool isLawful = isActive(regionAt(to)) && regionAt(region).isPartOf(regionAt(to))
            && !_same(from, regionAt(to)) && isAboveBoth(from, regionAt(to), caller);
        bytes memory data = abi.encodeCall(IRegions.moveRegion, (regionAt(region), regionAt(to)));
        if (_try(caller, data, isLawful)) delete _adminNamed[region];
    }

    function nominateOperator(uint16 pick, uint256 issuer, uint256 candidate, uint32 elapsed)
        external
        counted(elapsed)
    {
        issuer = issuer % ISSUERS;
        Agency memory facts = ledger.agency(issuerAt(issuer));
        address caller = _caller(pick, adminOf(facts.region));
        bool isLawful = isAdmin(facts.region, caller) && facts.status != AgencyStatus.Retired;
        bytes memory data =
            abi.encodeCall(IAgencies.nominateOperator, (issuerAt(issuer), accountAt(candidate % ACCOUNTS)));
        if (_try(caller, data, isLawful)) {
            _operatorNamed[issuer] = Named(accountAt(candidate % ACCOUNTS), uint40(block.timestamp));
        }
    }

    function acceptOperator(uint16 pick, uint256 issuer, uint32 elapsed) external counted(elapsed) {
        issuer = issuer % ISSUERS;
        Agency memory facts = ledger.agency(issuerAt(issuer));
        Named memory named = _operatorNamed[issuer];
        address caller = _caller(pick, named.candidate);
        bool isLawful = caller == named.candidate && _isAlive(named.at, facts.region) && isActive(facts.region)
            && facts.status != AgencyStatus.Retired
            && ledger.tenureOfAgency(issuerAt(issuer)).statusSince < named.at && !holdsAdminOffice(caller);
        if (_try(caller, abi.encodeCall(IAgencies.acceptOperator, (issuerAt(issuer))), isLawful)) {
            delete _operatorNamed[issuer];
        }
    }

    function nominateRegionAdmin(uint16 pick, uint256 region, uint256 candidate, bool isByItself, uint32 elapsed)
        external
        counted(elapsed)
    {
        region = region % REGIONS;
        RegionCode code = regionAt(region);
        address caller = _caller(pick, isByItself ? adminOf(code) : _holder(parentOf(code)));
        bool isLawful = caller == adminOf(code) ? isActive(code) : isAbove(code, caller);
        bytes memory data = abi.encodeCall(IRegions.nominateRegionAdmin, (code, accountAt(candidate % ACCOUNTS)));
        if (_try(caller, data, isLawful)) {
            _adminNamed[region] = Named(accountAt(candidate % ACCOUNTS), uint40(block.timestamp));
        }
    }

    function acceptRegionAdmin(uint16 pick, uint256 region, uint32 elapsed) external counted(elapsed) {
        region = region % REGIONS;
        RegionCode code = regionAt(region);
        RegionCode parent = parentOf(code);
        Named memory named = _adminNamed[region];
        address caller = _caller(pick, named.candidate);
        bool isLawful = caller == named.candidate && _isAlive(named.at, code) && (parent.isZero() || isActive(parent))
            && !holdsOperatorOffice(caller);
        if (_try(caller, abi.encodeCall(IRegions.acceptRegionAdmin, (code)), isLawful)) delete _adminNamed[region];
    }

    function rename(uint16 pick, uint256 holder, uint256 name, uint32 elapsed) external counted(elapsed) {
        (holder, name) = (holder % (REGIONS + ISSUERS), name % NAMES);
        bool isRegion = holder < REGIONS;
        RegionCode code = isRegion ? regionAt(holder) : ledger.agency(issuerAt(holder - REGIONS)).region;
        bytes32 held = isRegion ? _holderOf(code) : bytes32(Uscc.unwrap(issuerAt(holder - REGIONS)));
        address caller = _caller(pick, isRegion ? _holder(parentOf(code)) : adminOf(code));
        bool isFree = holderInBooks[name] == 0 || holderInBooks[name] == held;
        bool isLawful = isFree && (isRegion ? isAbove(code, caller) : isAdmin(code, caller));
        bytes memory data = isRegion
            ? abi.encodeCall(IRegions.renameRegion, (code, _nameAt(name)))
            : abi.encodeCall(IAgencies.renameAgency, (issuerAt(holder - REGIONS), _nameAt(name)));
        if (!_try(caller, data, isLawful)) return;
        holderInBooks[nameInBooks[held]] = 0;
        (holderInBooks[name], nameInBooks[held]) = (held, name);
    }

    function reportKey(uint16 pick, uint256 issuer, uint40 from, uint32 elapsed) external counted(elapsed) {
        issuer = issuer % ISSUERS;
        RegionCode code = ledger.agency(issuerAt(issuer)).region;
        address caller = _caller(pick, adminOf(code));
        if (pick % 8 != 0) from = from % uint40(block.timestamp);
        bool isLawful = isAdmin(code, caller) && from < compromisedInBooks[issuer] && from <= block.timestamp;
        bytes memory data = abi.encodeCall(IKeys.reportKeyCompromised, (issuerAt(issuer), keyOf[issuer], from));
        if (_try(caller, data, isLawful)) compromisedInBooks[issuer] = from;
    }

    function holdsAdminOffice(address account) public view returns (bool) {
        for (uint256 region = 0; region < REGIONS; ++region) {
            if (adminOf(regionAt(region)) == account) return true;
        }
        return false;
    }

    function holdsOperatorOffice(address account) public view returns (bool) {
        for (uint256 issuer = 0; issuer < ISSUERS; ++issuer) {
            if (ledger.agency(issuerAt(issuer)).operator == account) return true;
        }
        return false;
    }

    /// @dev Some admin, so that a mover is often one that may.
    function _someAdmin(uint8 mover) private view returns (address) {
        return mover % 6 == 5 ? accountAt(13) : adminOf(regionAt(mover % 6));
    }

    /// @dev Nothing above changed since, not even in the same second.
    function _isAlive(uint40 namedAt, RegionCode code) private view returns (bool) {
        if (block.timestamp >= namedAt + 30 days) return false;
        for (; !code.isZero(); code = parentOf(code)) {
            Tenure memory tenure = ledger.tenureOfRegion(code);
            if (tenure.heldSince >= namedAt || tenure.statusSince >= namedAt) return false;
            for (uint256 region = 0; region < REGIONS; ++region) {
                if (_same(regionAt(region), code) && _pausedAt[region] >= namedAt) return false;
            }
        }
        return true;
    }
}
