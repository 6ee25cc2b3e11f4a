// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IStatuses} from "../../contracts/interfaces/IStatuses.sol";
import {Agency, AgencyStatus} from "../../contracts/types/Agency.sol";
import {Responsible} from "../../contracts/types/Lookup.sol";
import {Region, RegionCode, RegionStatus} from "../../contracts/types/Region.sol";
import {StatusAct} from "../../contracts/types/Status.sol";
import {Capacity} from "../../contracts/types/Tenure.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceTwoKeys} from "./AllianceTwoKeys.sol";
import {vm} from "./Vm.sol";

/// @notice An alliance that does whatever the test runner makes it do, and keeps its own books.
contract Alliance is AllianceTwoKeys {
    /// @notice Whoever the ledger names was heard, after those above had ended what suspends or pauses him.
    error Heard();

    /// @notice Whoever the ledger names was not heard.
    error NotHeard(Uscc issuer, address account);

    /// @notice Tries whether somebody can act on the licences of an agency: the one the ledger names, at once where he is
    /// a custodian; else once its region, every region above and the agency were resumed, each by its own superior.
    /// @dev Always reverts, so that nothing of it remains.
    function hearResponsible(uint256 issuer) external {
        Responsible memory responsible = ledger.responsibleFor(issuerAt(issuer));
        address account = responsibleAccount(issuerAt(issuer));
        if (responsible.capacity != Capacity.Custodian) _resume(responsible.agency, responsible.region);
        vm.prank(account);
        try ledger.act(issuerAt(issuer), StatusAct.Suspend, new uint256[](0), decisionOf(uint40(block.timestamp), 0)) {}
        catch (bytes memory reason) {
            if (bytes4(reason) == IStatuses.StatusIndicesEmpty.selector) revert Heard();
        }
        revert NotHeard(issuerAt(issuer), account);
    }

    function _resume(Uscc uscc, RegionCode code) private {
        _resumeRegion(code);
        Agency memory facts = ledger.agency(uscc);
        if (facts.status == AgencyStatus.Paused) ledger.unpauseAgency(uscc);
        if (facts.status == AgencyStatus.Active) return;
        vm.prank(adminOf(code));
        ledger.resumeAgency(uscc);
    }

    /// @dev From the province down.
    function _resumeRegion(RegionCode code) private {
        Region memory facts = ledger.region(code);
        if (!facts.parent.isZero()) _resumeRegion(facts.parent);
        if (facts.pausedUntil > block.timestamp) ledger.endPause(code);
        if (facts.status != RegionStatus.Suspended) return;
        vm.prank(_holder(facts.parent));
        ledger.resumeRegion(code);
    }
}
