// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AuthorityUtils} from "@openzeppelin/contracts/access/manager/AuthorityUtils.sol";

import {IAuthorityErrors} from "../interfaces/IAuthorityErrors.sol";
import {IRulebook} from "../interfaces/IRulebook.sol";
import {Agency, AgencyStatus} from "../types/Agency.sol";
import {NameDigest, NameHolder} from "../types/Name.sol";
import {Region, RegionCode, RegionStatus} from "../types/Region.sol";
import {Capacity, LONGEST_CHAIN} from "../types/Tenure.sol";
import {Uscc, sameUscc} from "../types/Uscc.sol";
import {LedgerState} from "./LedgerState.sol";

/// @notice Who may speak for whom. Changes nothing.
abstract contract Authority is LedgerState, IAuthorityErrors {
    /// @dev The caller governs the accredited agency: it is the admin of the agency's region, or of the one that governs
    /// what that left, which is active.
    modifier onlyAdminOf(Uscc uscc) {
        _requireAdminOf(uscc);
        _;
    }

    /// @dev The region and all it lies in are active.
    function _requireActiveRegion(RegionCode code) internal view {
        RegionCode inactive = _firstInactive(code);
        if (code.isZero() || !inactive.isZero()) revert RegionNotActive(inactive);
    }

    function _isActiveRegion(RegionCode code) internal view returns (bool) {
        return !code.isZero() && _firstInactive(code).isZero();
    }

    /// @dev Upwards from the region, the first that is not active; zero when all are.
    function _firstInactive(RegionCode code) internal view returns (RegionCode) {
        while (!code.isZero()) {
            Region storage current = _regions[code];
            // Together, so that the slot is read once.
            (RegionStatus status, RegionCode parent, uint40 pausedUntil) =
                (current.status, current.parent, current.pausedUntil);
            bool isActive = status == RegionStatus.Active || status == RegionStatus.Closed;
            if (!isActive || pausedUntil > block.timestamp) return code;
            code = parent;
        }
        return code;
    }

    /// @dev As `_requireActiveRegion`, and none of them is closed for anchors.
    function _requireOpenRegion(RegionCode code) internal view {
        while (!code.isZero()) {
            Region storage current = _regions[code];
            (RegionStatus status, RegionCode parent, uint40 pausedUntil) =
                (current.status, current.parent, current.pausedUntil);
            if (status == RegionStatus.Closed) revert RegionClosed(code);
            if (status != RegionStatus.Active || pausedUntil > block.timestamp) revert RegionNotActive(code);
            code = parent;
        }
    }

    /// @dev Nobody is the admin of what has none.
    function _isAdminOfActive(RegionCode code, address account) internal view returns (bool) {
        return account != address(0) && _isActiveRegion(code) && _regions[code].admin == account;
    }

    function _requireAdminOfActiveRegion(RegionCode code) internal view {
        _requireActiveRegion(code);
        if (_regions[code].admin != msg.sender) revert CallerNotRegionAdmin(code, msg.sender);
    }

    function _requireAdminOf(Uscc uscc) internal view {
        if (_agencies[uscc].status == AgencyStatus.None) revert AgencyUnknown(uscc);
        RegionCode code = _governing(_agencies[uscc].region);
        if (!code.isZero()) return _requireAdminOfActiveRegion(code);
        // Of a province that is no more: whom the council named, for what it named it for.
        if (!_isNamedByCouncil(msg.sender)) revert CallerNotSuperior(code, msg.sender);
    }

    /// @dev The region that governs what lies in `code`: itself, or after its retirement its successor or parent, and
    /// where more followed one another than are looked for, the parent; zero for the council. So there is always one.
    /// Only what is retired has a successor, whose standing therefore need not be read on the way.
    function _governing(RegionCode code) internal view returns (RegionCode) {
        if (_regions[code].status != RegionStatus.Retired) return code;
        for (uint256 hops = 0;; ++hops) {
            RegionCode successor = hops < LONGEST_CHAIN ? _regionSuccessors[code] : RegionCode.wrap(0);
            if (successor.isZero()) {
                if (_regions[code].status != RegionStatus.Retired) return code;
                successor = _regions[code].parent;
            }
            code = successor;
        }
        return code;
    }

    /// @dev Upwards from the region that governs `code`, the first that is active; zero for the council.
    function _firstActive(RegionCode code) internal view returns (RegionCode) {
        code = _governing(code);
        while (!code.isZero() && !_isActiveRegion(code)) code = _regions[code].parent;
        return code;
    }

    /// @dev Whether the account may do at once what the called function reserves: above the provinces, whom the council
    /// named for it. Never the access manager, in whose name whoever was named would be a second key beside itself.
    function _isNamedByCouncil(address account) internal view returns (bool immediate) {
        address manager = authority();
        if (account == manager) return false;
        (immediate,) = AuthorityUtils.canCallWithDelay(manager, account, address(this), msg.sig);
    }

    /// @dev Whether the account is the admin of `code`, or above the provinces whom the council named.
    function _governs(RegionCode code, address account) internal view returns (bool) {
        return code.isZero() ? _isNamedByCouncil(account) : _isAdminOfActive(code, account);
    }

    /// @dev Whether the account is the superior of the region: the admin of its parent.
    function _isSuperiorOf(RegionCode code, address account) internal view returns (bool) {
        return _governs(_firstActive(_regions[_governing(code)].parent), account);
    }

    /// @dev In what right the account acts on the agency's licences; `None` when in none.
    function _capacityOf(Uscc issuer, address account) internal view returns (Capacity) {
        Agency storage acting = _agencies[issuer];
        if (acting.status == AgencyStatus.Retired) return _capacityForRetired(issuer, account);
        return _operates(acting, account) ? Capacity.Operator : Capacity.None;
    }

    function _capacityForRetired(Uscc issuer, address account) private view returns (Capacity) {
        Uscc last = _lastSuccessorOf(issuer);
        Agency storage acting = _agencies[last];
        if (acting.status != AgencyStatus.Retired) {
            return _operates(acting, account) ? Capacity.Successor : Capacity.None;
        }
        return _governs(_firstActive(acting.region), account) ? Capacity.Custodian : Capacity.None;
    }

    /// @dev Nobody is the operator of what has none.
    function _operates(Agency storage acting, address account) private view returns (bool) {
        bool isOperator = account != address(0) && acting.operator == account;
        return isOperator && acting.status == AgencyStatus.Active && _isActiveRegion(acting.region);
    }

    /// @dev The agency at the end of the chain of successors: the agency itself when it is not retired or has none.
    /// Only what is retired has a successor.
    function _lastSuccessorOf(Uscc uscc) internal view returns (Uscc) {
        if (_agencies[uscc].status != AgencyStatus.Retired) return uscc;
        for (uint256 hops = 0; hops < LONGEST_CHAIN; ++hops) {
            Uscc successor = _agencySuccessors[uscc];
            if (Uscc.unwrap(successor) == 0) return uscc;
            uscc = successor;
        }
        return uscc;
    }

    /// @dev Whether `uscc` is `destination`, or follows it after its retirement.
    function _isOrSucceeds(Uscc uscc, Uscc destination) internal view returns (bool) {
        return sameUscc(uscc, destination) || sameUscc(uscc, _lastSuccessorOf(destination));
    }

    /// @dev The caller speaks for the agency, on its licences.
    /// @return capacity In what right.
    function _requireCapacity(Uscc issuer) internal view returns (Capacity capacity) {
        capacity = _capacityOf(issuer, msg.sender);
        if (capacity == Capacity.None) _revertWithoutCapacity(issuer);
    }

    /// @dev Says why: the agency, the region, the caller, in this order.
    function _revertWithoutCapacity(Uscc issuer) internal view {
        Agency storage acting = _agencies[issuer];
        AgencyStatus status = acting.status;
        if (status != AgencyStatus.Active && status != AgencyStatus.Retired) revert AgencyNotActive(issuer);
        if (status == AgencyStatus.Active) _requireActiveRegion(acting.region);
        revert CallerNotOperator(issuer, msg.sender);
    }

    /// @dev The caller is the operator of the active agency of an active region that is open for anchors: no successor
    /// and no custodian anchors in another's name.
    function _requireIssuing(Uscc issuer) internal view {
        Agency storage acting = _agencies[issuer];
        (address operator, RegionCode code, AgencyStatus status) = (acting.operator, acting.region, acting.status);
        if (status != AgencyStatus.Active) revert AgencyNotActive(issuer);
        _requireOpenRegion(code);
        if (operator != msg.sender) revert CallerNotOperator(issuer, msg.sender);
    }

    /// @dev Lines of a name; empty before the first.
    function _nameAt(NameHolder holder, uint40 time) internal view returns (string memory) {
        return _nameTexts[NameDigest.wrap(_names[holder].asOf(time).fact)];
    }

    /// @dev The rulebook that was in force at a time; zero before the first.
    function _rulebookAt(uint40 time) internal view returns (IRulebook) {
        return IRulebook(address(uint160(_rulebooks.asOf(time).fact)));
    }

    function _holderOf(Uscc uscc) internal pure returns (NameHolder) {
        return NameHolder.wrap(Uscc.unwrap(uscc));
    }

    function _holderOf(RegionCode code) internal pure returns (NameHolder) {
        return NameHolder.wrap(bytes32(uint256(RegionCode.unwrap(code))));
    }
}
