// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {Tenure} from "../../contracts/types/Tenure.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceBooks} from "./AllianceBooks.sol";

/// @notice Who may do what, written a second time and read from the books alone.
abstract contract AllianceRules is AllianceBooks {
    /// @dev How many successors are followed.
    uint256 private constant MOST_HOPS = 4;

    function adminOf(RegionCode code) public view returns (address) {
        return _regionBook[code].admin;
    }

    /// @notice Whose hands the licences of an agency are in: its operator's, its last successor's, or a custodian's.
    function handOf(Uscc issuer) public view returns (address) {
        Agency storage last = _agencyBook[_lastSuccessorOf(issuer)];
        return last.status == AgencyStatus.Retired ? _holder(_firstActive(last.region)) : last.operator;
    }

    function _isNamedByCouncil(address account) internal view returns (bool) {
        return account == accountAt(COUNCIL) || account == accountAt(COUNCILS_OTHER);
    }

    function _isMember(RegionCode code) internal view returns (bool) {
        return _regionBook[code].status != RegionStatus.None;
    }

    function _isActive(RegionCode code) internal view returns (bool) {
        return !code.isZero() && _isUpwards(code, true);
    }

    function _isOpen(RegionCode code) internal view returns (bool) {
        return !code.isZero() && _isUpwards(code, false);
    }

    function _isAdmin(RegionCode code, address account) internal view returns (bool) {
        return account != address(0) && _regionBook[code].admin == account && _isActive(code);
    }

    /// @dev The admin of what governs the agency's region; of a province that is no more, whom the council named.
    function _isAdminOver(Uscc uscc, address account) internal view returns (bool) {
        Agency storage facts = _agencyBook[uscc];
        return facts.status != AgencyStatus.None && _governs(_governing(facts.region), account);
    }

    /// @dev A nomination made before is void.
    function _forgetNomination(Uscc uscc) internal virtual;

    function _forgetNomination(RegionCode code) internal virtual;

    /// @dev The region itself, or what follows it after its retirement.
    function _governing(RegionCode code) internal view returns (RegionCode) {
        for (uint256 hops = 0; !code.isZero() && _regionBook[code].status == RegionStatus.Retired; ++hops) {
            RegionCode successor = hops < MOST_HOPS ? regionSuccessorInBooks[code] : RegionCode.wrap(0);
            code = successor.isZero() ? _regionBook[code].parent : successor;
        }
        return code;
    }

    function _firstActive(RegionCode code) internal view returns (RegionCode) {
        code = _governing(code);
        while (!code.isZero() && !_isActive(code)) code = _regionBook[code].parent;
        return code;
    }

    function _superiorOf(RegionCode code) internal view returns (RegionCode) {
        return _firstActive(_regionBook[_governing(code)].parent);
    }

    /// @dev The region, or the first above it with another admin; zero for the council.
    function _notOf(address admin, RegionCode code) internal view returns (RegionCode) {
        while (!code.isZero() && adminOf(code) == admin) code = _firstActive(_regionBook[code].parent);
        return code;
    }

    function _governs(RegionCode code, address account) internal view returns (bool) {
        return code.isZero() ? _isNamedByCouncil(account) : _isAdmin(code, account);
    }

    /// @dev Who is above the region, or governs what was.
    function _isAbove(RegionCode code, address account) internal view returns (bool) {
        return _governs(_governing(_regionBook[code].parent), account);
    }

    /// @dev The region, or one above it, holds the other too and has this admin, or the council named the account.
    function _isAboveBoth(RegionCode code, RegionCode other, address account) internal view returns (bool) {
        for (; !code.isZero(); code = _regionBook[code].parent) {
            if (_liesIn(other, code) && _isAdmin(code, account)) return true;
        }
        return _isNamedByCouncil(account);
    }

    /// @dev A member lies where it was accredited, another code where its digits say.
    function _liesIn(RegionCode code, RegionCode above) internal view returns (bool) {
        if (!_isMember(code)) return code.isWithin(above);
        while (!code.isZero() && !_same(code, above)) code = _regionBook[code].parent;
        return !code.isZero();
    }

    function _mayIssue(Uscc issuer, address account) internal view returns (bool) {
        Agency storage facts = _agencyBook[issuer];
        return facts.status == AgencyStatus.Active && facts.operator == account && _isOpen(facts.region);
    }

    function _lastSuccessorOf(Uscc issuer) internal view returns (Uscc) {
        for (uint256 hops = 0; hops < MOST_HOPS && _agencyBook[issuer].status == AgencyStatus.Retired; ++hops) {
            Uscc successor = agencySuccessorInBooks[issuer];
            if (Uscc.unwrap(successor) == 0) return issuer;
            issuer = successor;
        }
        return issuer;
    }

    function _mayAct(Uscc issuer, address account) internal view returns (bool) {
        Agency storage last = _agencyBook[_lastSuccessorOf(issuer)];
        if (last.status == AgencyStatus.Retired) return _governs(_firstActive(last.region), account);
        bool isOperator = last.operator == account && account != address(0);
        return last.status == AgencyStatus.Active && isOperator && _isActive(last.region);
    }

    /// @dev Another key than the proposer's, not appointed by it, and seven days in office, as is the admin of the region
    /// that it is proposed for.
    function _mayConfirm(RegionCode own, RegionCode superior, address account, address proposer)
        internal
        view
        returns (bool)
    {
        if (account == proposer || !_governs(superior, account)) return false;
        if (superior.isZero()) return FOUNDED + 7 days <= clock;
        if (_regionTenureBook[own].heldSince + 7 days > clock) return false;
        Tenure storage tenure = _regionTenureBook[superior];
        return tenure.appointedBy != proposer && tenure.heldSince + 7 days <= clock;
    }

    /// @dev Seven days where it is, with all that it lies in: not below whom a region appoints that is above both.
    function _hasStayed(Uscc uscc, RegionCode superior) internal view returns (bool) {
        if (superior.isZero()) return true;
        uint256 movedAt = _movedAtInBooks[uscc];
        RegionCode code = _governing(_agencyBook[uscc].region);
        for (; !code.isZero(); code = _regionBook[code].parent) {
            if (_regionMovedAtInBooks[code] > movedAt) movedAt = _regionMovedAtInBooks[code];
        }
        return movedAt + 7 days <= clock;
    }

    function _holder(RegionCode code) internal view returns (address) {
        return code.isZero() ? accountAt(COUNCIL) : _regionBook[code].admin;
    }

    /// @dev Some admin, or the council's other account.
    function _someSuperior(uint256 choice) internal view returns (address) {
        uint256 region = choice % (REGIONS + 1);
        return region == REGIONS ? accountAt(COUNCILS_OTHER) : adminOf(regionAt(region));
    }

    function _isUpwards(RegionCode code, bool mayBeClosed) private view returns (bool) {
        while (!code.isZero()) {
            Region storage facts = _regionBook[code];
            bool isLive = facts.status == RegionStatus.Active || (mayBeClosed && facts.status == RegionStatus.Closed);
            if (!isLive || facts.pausedUntil > clock) return false;
            code = facts.parent;
        }
        return true;
    }
}
