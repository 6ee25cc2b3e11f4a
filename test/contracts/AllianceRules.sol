// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {Capacity, Tenure} from "../../contracts/types/Tenure.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceGround} from "./AllianceGround.sol";

/// @notice Who may do what, read a second time from what the ledger says of its members.
abstract contract AllianceRules is AllianceGround {
    function isNamedByCouncil(address account) public view returns (bool) {
        return account == accountAt(12) || account == accountAt(13);
    }

    function isActive(RegionCode code) public view returns (bool) {
        return !code.isZero() && _isUpwards(code, true);
    }

    function isOpen(RegionCode code) public view returns (bool) {
        return !code.isZero() && _isUpwards(code, false);
    }

    function adminOf(RegionCode code) public view returns (address) {
        return ledger.region(code).admin;
    }

    function parentOf(RegionCode code) public view returns (RegionCode) {
        return ledger.region(code).parent;
    }

    function isAdmin(RegionCode code, address account) public view returns (bool) {
        return adminOf(code) == account && isActive(code);
    }

    /// @dev The region itself, or what follows it after its retirement.
    function governing(RegionCode code) public view returns (RegionCode) {
        while (!code.isZero() && ledger.region(code).status == RegionStatus.Retired) {
            RegionCode successor = ledger.regionSuccessorOf(code);
            code = successor.isZero() ? parentOf(code) : successor;
        }
        return code;
    }

    function firstActive(RegionCode code) public view returns (RegionCode) {
        code = governing(code);
        while (!code.isZero() && !isActive(code)) code = parentOf(code);
        return code;
    }

    function superiorOf(RegionCode code) public view returns (RegionCode) {
        return firstActive(parentOf(governing(code)));
    }

    function governs(RegionCode code, address account) public view returns (bool) {
        return code.isZero() ? isNamedByCouncil(account) : isAdmin(code, account);
    }

    /// @dev Who is above the region at once, without a successor or a further one in its stead.
    function isAbove(RegionCode code, address account) public view returns (bool) {
        RegionCode parent = parentOf(code);
        return parent.isZero() ? isNamedByCouncil(account) : isAdmin(parent, account);
    }

    /// @dev Some region that holds both has this admin, or the council named the account.
    function isAboveBoth(RegionCode from, RegionCode to, address account) public view returns (bool) {
        if (isNamedByCouncil(account)) return true;
        for (uint256 region = 0; region < REGIONS; ++region) {
            RegionCode above = regionAt(region);
            if (_liesIn(from, above) && _liesIn(to, above) && isAdmin(above, account)) return true;
        }
        return false;
    }

    function mayIssue(Uscc issuer, address account) public view returns (bool) {
        Agency memory facts = ledger.agency(issuer);
        return facts.status == AgencyStatus.Active && facts.operator == account && isOpen(facts.region);
    }

    function lastSuccessorOf(Uscc issuer) public view returns (Uscc) {
        while (ledger.agency(issuer).status == AgencyStatus.Retired) {
            Uscc successor = ledger.agencySuccessorOf(issuer);
            if (Uscc.unwrap(successor) == 0) return issuer;
            issuer = successor;
        }
        return issuer;
    }

    function mayAct(Uscc issuer, address account) public view returns (bool) {
        Agency memory last = ledger.agency(lastSuccessorOf(issuer));
        if (last.status == AgencyStatus.Retired) return governs(firstActive(last.region), account);
        return last.status == AgencyStatus.Active && last.operator == account && isActive(last.region);
    }

    /// @dev The account behind the ledger's own answer.
    function responsibleAccount(Uscc issuer) public view returns (address) {
        Capacity capacity = ledger.responsibleFor(issuer).capacity;
        if (capacity != Capacity.Custodian) return ledger.agency(ledger.responsibleFor(issuer).agency).operator;
        return _holder(ledger.responsibleFor(issuer).region);
    }

    function mayConfirm(RegionCode superior, address account, address proposer) public view returns (bool) {
        if (account == proposer || !governs(superior, account)) return false;
        if (superior.isZero()) return FOUNDED + 7 days <= block.timestamp;
        Tenure memory tenure = ledger.tenureOfRegion(superior);
        return tenure.appointedBy != proposer && tenure.heldSince + 7 days <= block.timestamp;
    }

    function _holder(RegionCode code) internal view returns (address) {
        return code.isZero() ? accountAt(12) : adminOf(code);
    }

    function _same(RegionCode one, RegionCode other) internal pure returns (bool) {
        return RegionCode.unwrap(one) == RegionCode.unwrap(other);
    }

    function _liesIn(RegionCode code, RegionCode above) internal view returns (bool) {
        while (!code.isZero() && !_same(code, above)) code = parentOf(code);
        return !code.isZero();
    }

    function _isUpwards(RegionCode code, bool mayBeClosed) private view returns (bool) {
        while (!code.isZero()) {
            Region memory facts = ledger.region(code);
            bool isLive = facts.status == RegionStatus.Active || (mayBeClosed && facts.status == RegionStatus.Closed);
            if (!isLive || facts.pausedUntil > block.timestamp) return false;
            code = facts.parent;
        }
        return true;
    }
}
