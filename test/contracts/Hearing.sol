// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {IStatuses} from "../../contracts/interfaces/IStatuses.sol";
import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {Responsible} from "../../contracts/types/Lookup.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {Decision, StatusAct} from "../../contracts/types/Status.sol";
import {Capacity} from "../../contracts/types/Tenure.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {Alliance} from "./Alliance.sol";
import {vm} from "./Vm.sol";

/// @notice Tries whether anybody can act on a licence. Apart from the alliance, so that the test runner does not call it.
contract Hearing {
    Alliance private immutable alliance;
    ILedger private immutable ledger;

    constructor(Alliance alliance_) {
        (alliance, ledger) = (alliance_, alliance_.ledger());
    }

    /// @notice Whoever the ledger names was heard, after those above had ended what suspends or pauses him.
    error Heard();

    /// @notice Whoever the ledger names was not heard.
    error NotHeard(Uscc issuer, address account);

    /// @notice Tries whether somebody can act on the licences of an agency: the one the ledger names, at once where he is
    /// a custodian; else once its region, every region above and the agency were resumed, each by its own superior.
    /// @dev Always reverts, so that nothing of it remains.
    function hearResponsible(uint256 issuer) external {
        Responsible memory responsible = ledger.responsibleFor(alliance.issuerAt(issuer));
        address account = alliance.responsibleAccount(alliance.issuerAt(issuer));
        if (responsible.capacity != Capacity.Custodian) _resume(responsible.agency, responsible.region);
        Uscc uscc = alliance.issuerAt(issuer);
        Decision memory decision = alliance.decisionOf(uint40(block.timestamp), 0);
        vm.prank(account);
        try ledger.act(uscc, StatusAct.Suspend, new uint256[](0), decision) {}
        catch (bytes memory reason) {
            if (bytes4(reason) == IStatuses.StatusIndicesEmpty.selector) revert Heard();
        }
        revert NotHeard(uscc, account);
    }

    function _resume(Uscc uscc, RegionCode code) private {
        _resumeRegion(code);
        Agency memory facts = ledger.agency(uscc);
        if (facts.status == AgencyStatus.Paused) {
            vm.prank(address(alliance));
            ledger.unpauseAgency(uscc);
        }
        if (facts.status == AgencyStatus.Active) return;
        address admin = alliance.adminOf(code);
        vm.prank(admin);
        ledger.resumeAgency(uscc);
    }

    /// @dev From the province down.
    function _resumeRegion(RegionCode code) private {
        Region memory facts = ledger.region(code);
        if (!facts.parent.isZero()) _resumeRegion(facts.parent);
        if (facts.pausedUntil > block.timestamp) {
            vm.prank(address(alliance));
            ledger.endPause(code);
        }
        if (facts.status != RegionStatus.Suspended) return;
        address superior = facts.parent.isZero() ? address(alliance) : alliance.adminOf(facts.parent);
        vm.prank(superior);
        ledger.resumeRegion(code);
    }
}
