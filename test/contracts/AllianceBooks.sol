// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {Tenure} from "../../contracts/types/Tenure.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceGround} from "./AllianceGround.sol";
import {enteredWith, OfficeClaims} from "./OfficeClaims.sol";
import {vm} from "./Vm.sol";

/// @notice The books of who belongs to the alliance, in which office and under which name. Nothing is copied from the
/// ledger into them: what is carried out is entered by what the rule says that it does, and what the ledger holds
/// otherwise was changed by fewer keys than its rule says, or by none.
abstract contract AllianceBooks is AllianceGround {
    mapping(RegionCode code => Region) internal _regionBook;
    mapping(RegionCode code => Tenure) internal _regionTenureBook;
    mapping(RegionCode code => RegionCode) public regionSuccessorInBooks;
    mapping(RegionCode code => uint256) internal _pausedAtInBooks;
    mapping(Uscc uscc => Agency) internal _agencyBook;
    mapping(Uscc uscc => Tenure) internal _agencyTenureBook;
    mapping(Uscc uscc => Uscc) public agencySuccessorInBooks;
    mapping(RegionCode code => OfficeClaims) private _adminClaims;
    mapping(Uscc uscc => OfficeClaims) private _operatorClaims;
    mapping(Uscc uscc => uint40) internal _movedAtInBooks;
    mapping(RegionCode code => uint40) internal _regionMovedAtInBooks;
    /// @dev By the number of the name, counted from one.
    mapping(uint256 name => bytes32 holder) public holderInBooks;
    mapping(bytes32 holder => uint256 name) public nameInBooks;

    constructor() {
        _foundProvince(0);
        _foundProvince(3);
        _foundRegion(1, 0);
        _foundRegion(2, 1);
        _foundRegion(4, 1);
        uint256[FOUNDING_ISSUERS] memory regions = [uint256(0), 2, 3, 2];
        for (uint256 issuer = 0; issuer < FOUNDING_ISSUERS; ++issuer) {
            uint256 region = regions[issuer];
            vm.prank(accountAt(region));
            ledger.accreditAgency(issuerAt(issuer), regionAt(region), accountAt(5 + issuer), _nameAt(5 + issuer));
            _enterAgency(issuerAt(issuer), regionAt(region), accountAt(5 + issuer), 5 + issuer);
        }
    }

    function regionInBooks(RegionCode code) external view returns (Region memory, Tenure memory) {
        return (_regionBook[code], _regionTenureBook[code]);
    }

    function agencyInBooks(Uscc uscc) external view returns (Agency memory, Tenure memory) {
        return (_agencyBook[uscc], _agencyTenureBook[uscc]);
    }

    function holdsAdminOffice(address account) public view returns (bool) {
        for (uint256 region = 0; region < REGIONS; ++region) {
            if (_regionBook[regionAt(region)].admin == account) return true;
        }
        return false;
    }

    function holdsOperatorOffice(address account) public view returns (bool) {
        for (uint256 issuer = 0; issuer < ISSUERS; ++issuer) {
            if (_agencyBook[issuerAt(issuer)].operator == account) return true;
        }
        return false;
    }

    /// @notice Agencies and regions directly in a region that are not retired, counted anew.
    function livingIn(RegionCode code) external view returns (uint256 count) {
        for (uint256 issuer = 0; issuer < ISSUERS; ++issuer) {
            Agency storage facts = _agencyBook[issuerAt(issuer)];
            bool isLiving = facts.status != AgencyStatus.None && facts.status != AgencyStatus.Retired;
            if (isLiving && _same(facts.region, code)) ++count;
        }
        for (uint256 region = 0; region < REGIONS; ++region) {
            Region storage facts = _regionBook[regionAt(region)];
            bool isLiving = facts.status != RegionStatus.None && facts.status != RegionStatus.Retired;
            if (isLiving && _same(facts.parent, code)) ++count;
        }
    }

    function holderOf(RegionCode code) public pure returns (bytes32) {
        return bytes32(uint256(RegionCode.unwrap(code)));
    }

    function holderOf(Uscc uscc) public pure returns (bytes32) {
        return bytes32(Uscc.unwrap(uscc));
    }

    function _enterRegion(RegionCode code, RegionCode parent, address admin, uint256 name, address by) internal {
        _regionBook[code] =
            Region({admin: admin, status: RegionStatus.Active, parent: parent, pausedUntil: 0, members: 0});
        _regionTenureBook[code] = Tenure({appointedBy: by, heldSince: clock, statusSince: clock, moved: false});
        _adminClaims[code] = enteredWith(admin, clock);
        if (!parent.isZero()) ++_regionBook[parent].members;
        _enterName(holderOf(code), name);
    }

    function _enterAgency(Uscc uscc, RegionCode code, address operator, uint256 name) internal {
        _agencyBook[uscc] = Agency({
            operator: operator,
            region: code,
            status: AgencyStatus.Active,
            indexCount: 0,
            hasPassedOver: false
        });
        address by = _regionBook[code].admin;
        _agencyTenureBook[uscc] = Tenure({appointedBy: by, heldSince: clock, statusSince: clock, moved: false});
        _operatorClaims[uscc] = enteredWith(operator, clock);
        ++_regionBook[code].members;
        _enterName(holderOf(uscc), name);
    }

    /// @notice To whom the office returns; zero for nobody.
    function formerAdminInBooks(RegionCode code) public view returns (address) {
        OfficeClaims memory office = _adminClaims[code];
        return office.returnsTo(clock);
    }

    /// @notice To whom the office returns; zero for nobody.
    function formerOperatorInBooks(Uscc uscc) public view returns (address) {
        OfficeClaims memory office = _operatorClaims[uscc];
        return office.returnsTo(clock);
    }

    function _appoint(RegionCode code, address account, address by) internal {
        OfficeClaims memory office = _adminClaims[code];
        office.nameAnother(account, clock);
        _pass(code, office, by);
    }

    function _appoint(Uscc uscc, address account, address by) internal {
        OfficeClaims memory office = _operatorClaims[uscc];
        office.nameAnother(account, clock);
        _pass(uscc, office, by);
    }

    function _resign(RegionCode code) internal {
        OfficeClaims memory office = _adminClaims[code];
        office.layDown(clock);
        _pass(code, office, address(0));
    }

    function _resign(Uscc uscc) internal {
        OfficeClaims memory office = _operatorClaims[uscc];
        office.layDown(clock);
        _pass(uscc, office, address(0));
    }

    function _return(RegionCode code, address by) internal {
        OfficeClaims memory office = _adminClaims[code];
        office.giveBack(clock);
        _pass(code, office, by);
    }

    function _return(Uscc uscc, address by) internal {
        OfficeClaims memory office = _operatorClaims[uscc];
        office.giveBack(clock);
        _pass(uscc, office, by);
    }

    function _moveAgencyTo(Uscc uscc, RegionCode there) internal {
        (_agencyBook[uscc].region, _agencyTenureBook[uscc].moved) = (there, true);
        _movedAtInBooks[uscc] = clock;
    }

    function _enterRegionStatus(RegionCode code, RegionStatus status) internal {
        _regionBook[code].status = status;
        _regionTenureBook[code].statusSince = clock;
    }

    function _enterAgencyStatus(Uscc uscc, AgencyStatus status) internal {
        _agencyBook[uscc].status = status;
        _agencyTenureBook[uscc].statusSince = clock;
    }

    function _enterName(bytes32 holder, uint256 name) internal {
        holderInBooks[nameInBooks[holder]] = 0;
        (holderInBooks[name + 1], nameInBooks[holder]) = (holder, name + 1);
    }

    function _isFreeFor(bytes32 holder, uint256 name) internal view returns (bool) {
        return holderInBooks[name + 1] == 0 || holderInBooks[name + 1] == holder;
    }

    function _same(RegionCode one, RegionCode other) internal pure returns (bool) {
        return RegionCode.unwrap(one) == RegionCode.unwrap(other);
    }

    function _pass(RegionCode code, OfficeClaims memory office, address by) private {
        (_adminClaims[code], _regionBook[code].admin) = (office, office.holder);
        (_regionTenureBook[code].appointedBy, _regionTenureBook[code].heldSince) = (by, clock);
    }

    function _pass(Uscc uscc, OfficeClaims memory office, address by) private {
        (_operatorClaims[uscc], _agencyBook[uscc].operator) = (office, office.holder);
        (_agencyTenureBook[uscc].appointedBy, _agencyTenureBook[uscc].heldSince) = (by, clock);
    }

    function _foundProvince(uint256 region) private {
        ledger.admitRegion(regionAt(region), accountAt(region), _nameAt(region));
        _enterRegion(regionAt(region), RegionCode.wrap(0), accountAt(region), region, address(this));
    }

    function _foundRegion(uint256 region, uint256 parent) private {
        vm.prank(accountAt(parent));
        ledger.accreditRegion(regionAt(region), regionAt(parent), accountAt(region), _nameAt(region));
        _enterRegion(regionAt(region), regionAt(parent), accountAt(region), region, accountAt(parent));
    }
}
