// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {IStatuses} from "../../contracts/interfaces/IStatuses.sol";
import {AgencyStatus} from "../../contracts/types/Agency.sol";
import {Responsible} from "../../contracts/types/Lookup.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {Decision, StatusAct} from "../../contracts/types/Status.sol";
import {Capacity} from "../../contracts/types/Tenure.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {Alliance} from "./Alliance.sol";
import {vm} from "./Vm.sol";

/// @notice Tries whether anybody can act on a licence. Apart from the alliance, so that the test runner does not call
/// it.
contract Hearing {
    Alliance private immutable alliance;
    ILedger private immutable ledger;

    address private constant NEXT_ADMIN = address(0xB001);
    address private constant NEXT_OPERATOR = address(0xB002);

    constructor(Alliance alliance_) {
        (alliance, ledger) = (alliance_, alliance_.ledger());
    }

    /// @notice Whoever the ledger names was heard, after those above had ended what suspends or pauses him.
    error Heard();

    /// @notice Whoever the ledger names was not heard.
    error NotHeard(Uscc issuer, address account);

    /// @notice The ledger names another than the books.
    error NotWhoseHandItIs(Uscc issuer, address account, address inBooks);

    /// @notice Tries whether somebody can act on the licences of an agency: the one whom the ledger names, at once when a
    /// custodian; else once its region, every region above and the agency were resumed, each by its own superior.
    /// @dev Always reverts, so that nothing of it remains.
    function hearResponsible(Uscc issuer) external {
        Responsible memory responsible = ledger.responsibleFor(issuer);
        address account = _accountOf(responsible);
        if (account != alliance.handOf(issuer)) revert NotWhoseHandItIs(issuer, account, alliance.handOf(issuer));
        if (responsible.capacity != Capacity.Custodian) _resume(responsible.agency, responsible.region);
        else if (!responsible.region.isZero()) _fill(responsible.region);
        account = _accountOf(responsible);
        Decision memory decision = alliance.decisionOf(uint40(block.timestamp), 0);
        vm.prank(account);
        try ledger.act(issuer, StatusAct.Suspend, new uint256[](0), decision) {}
        catch (bytes memory reason) {
            if (bytes4(reason) == IStatuses.StatusIndicesEmpty.selector) revert Heard();
        }
        revert NotHeard(issuer, account);
    }

    /// @dev The council is the alliance itself.
    function _accountOf(Responsible memory responsible) private view returns (address) {
        if (responsible.capacity != Capacity.Custodian) return ledger.agency(responsible.agency).operator;
        return responsible.region.isZero() ? address(alliance) : ledger.region(responsible.region).admin;
    }

    function _resume(Uscc uscc, RegionCode code) private {
        _resumeRegion(code);
        if (ledger.agency(uscc).status == AgencyStatus.Paused) {
            vm.prank(address(alliance));
            ledger.unpauseAgency(uscc);
        }
        address admin = ledger.region(code).admin;
        if (ledger.agency(uscc).status == AgencyStatus.Suspended) {
            vm.prank(admin);
            ledger.resumeAgency(uscc);
        }
        if (ledger.agency(uscc).operator != address(0)) return;
        _wait();
        vm.prank(admin);
        ledger.nominateOperator(uscc, NEXT_OPERATOR);
        vm.prank(NEXT_OPERATOR);
        ledger.acceptOperator(uscc);
    }

    /// @dev Where the admin laid the office down, somebody is found by whoever is above.
    function _fill(RegionCode code) private {
        Region memory facts = ledger.region(code);
        if (!facts.parent.isZero()) _fill(facts.parent);
        if (facts.admin != address(0)) return;
        _wait();
        address superior = facts.parent.isZero() ? address(alliance) : ledger.region(facts.parent).admin;
        vm.prank(superior);
        ledger.nominateRegionAdmin(code, NEXT_ADMIN);
        vm.prank(NEXT_ADMIN);
        ledger.acceptRegionAdmin(code);
    }

    /// @dev What changed in the second of a nomination counts as later.
    function _wait() private {
        vm.warp(block.timestamp + 1);
    }

    /// @dev From the province down.
    function _resumeRegion(RegionCode code) private {
        Region memory facts = ledger.region(code);
        if (!facts.parent.isZero()) _resumeRegion(facts.parent);
        if (facts.pausedUntil > block.timestamp) {
            vm.prank(address(alliance));
            ledger.endPause(code);
        }
        _fill(code);
        if (facts.status != RegionStatus.Suspended && facts.status != RegionStatus.ClosedSuspended) return;
        address superior = facts.parent.isZero() ? address(alliance) : ledger.region(facts.parent).admin;
        vm.prank(superior);
        ledger.resumeRegion(code);
    }
}
