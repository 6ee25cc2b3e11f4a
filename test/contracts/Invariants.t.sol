// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "../../contracts/interfaces/IAgencies.sol";
import {IAnchors} from "../../contracts/interfaces/IAnchors.sol";
import {ICorrections} from "../../contracts/interfaces/ICorrections.sol";
import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {INominations} from "../../contracts/interfaces/INominations.sol";
import {INotices} from "../../contracts/interfaces/INotices.sol";
import {IPassedOver} from "../../contracts/interfaces/IPassedOver.sol";
import {IProposals} from "../../contracts/interfaces/IProposals.sol";
import {IRegions} from "../../contracts/interfaces/IRegions.sol";
import {IReturns} from "../../contracts/interfaces/IReturns.sol";
import {IRulebookChoice} from "../../contracts/interfaces/IRulebookChoice.sol";
import {IStatuses} from "../../contracts/interfaces/IStatuses.sol";
import {ITransfers} from "../../contracts/interfaces/ITransfers.sol";
import {Alliance} from "./Alliance.sol";
import {createFromArtifact} from "./Artifacts.sol";
import {Life} from "./Life.sol";
import {WholeState} from "./WholeState.sol";

/// @notice What stays true of the ledger whatever an alliance does, step after step.
contract InvariantsTest {
    uint256 private constant STEPS_OF_A_LIFE = 12_000;
    uint256 private constant FUNCTIONS = 51;

    Alliance private alliance;
    WholeState private wholeState;

    /// @notice What the ledger let somebody do whose it was not, or refused to whom it was due.
    error Misjudged(address caller, bool isDone, bytes data);

    /// @notice In a whole life nobody could do it.
    error NeverDone(bytes4 selector);

    function setUp() external {
        alliance = Alliance(createFromArtifact("artifacts/test/contracts/Alliance.sol/Alliance.json", ""));
        address created =
            createFromArtifact("artifacts/test/contracts/WholeState.sol/WholeState.json", abi.encode(alliance));
        wholeState = WholeState(created);
    }

    /// @dev Asked by the test runner: whose functions it calls at random.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(alliance);
    }

    /// @dev One campaign for all rules, so that a million calls are a million for each. Each call is judged as it is
    /// made, the whole state is looked at after every fiftieth.
    function invariant_theLedgerKeepsItsRules() external {
        _nobodyDidWhatIsNotTheirs();
        if (alliance.calls() % 50 == 0) wholeState.requireSound();
    }

    /// @dev The rules are judged over what really happens: in one life every function is carried out that anybody may
    /// call.
    function test_anAllianceIsNotAtAStand() external {
        for (uint256 step = 0; step < STEPS_OF_A_LIFE; ++step) {
            Life.live(alliance, uint256(keccak256(abi.encode("life", step))));
            _nobodyDidWhatIsNotTheirs();
            if (step % 50 == 0) wholeState.requireSound();
        }
        bytes4[FUNCTIONS] memory selectors = _allFunctions();
        for (uint256 i = 0; i < FUNCTIONS; ++i) {
            if (alliance.done(selectors[i]) == 0) revert NeverDone(selectors[i]);
        }
    }

    function _nobodyDidWhatIsNotTheirs() private view {
        if (alliance.misjudged() == 0) return;
        (address caller, bool isDone, bytes memory data) = abi.decode(alliance.lastMisjudged(), (address, bool, bytes));
        revert Misjudged(caller, isDone, data);
    }

    /// @dev All that changes the ledger, but `setAuthority`, which nobody may.
    function _allFunctions() private pure returns (bytes4[FUNCTIONS] memory) {
        return [
            IStatuses.act.selector,
            ITransfers.supersede.selector,
            ITransfers.transferOut.selector,
            ITransfers.transferIn.selector,
            INotices.note.selector,
            INotices.liftNotice.selector,
            IAnchors.anchor.selector,
            IAnchors.anchorMany.selector,
            IAnchors.backfill.selector,
            IPassedOver.passOver.selector,
            IRegions.admitRegion.selector,
            IRegions.accreditRegion.selector,
            IRegions.suspendRegion.selector,
            IRegions.resumeRegion.selector,
            IRegions.closeRegion.selector,
            IRegions.reopenRegion.selector,
            IRegions.pauseRegion.selector,
            IRegions.extendPause.selector,
            IRegions.endPause.selector,
            IRegions.renameRegion.selector,
            IRegions.moveRegion.selector,
            INominations.nominateRegionAdmin.selector,
            INominations.acceptRegionAdmin.selector,
            IRegions.retireRegion.selector,
            IRegions.reinstateRegion.selector,
            IRegions.acceptRegionSuccession.selector,
            IAgencies.accreditAgency.selector,
            IAgencies.renameAgency.selector,
            IAgencies.suspendAgency.selector,
            IAgencies.resumeAgency.selector,
            IAgencies.pauseAgency.selector,
            IAgencies.unpauseAgency.selector,
            IAgencies.moveAgency.selector,
            INominations.nominateOperator.selector,
            INominations.acceptOperator.selector,
            IAgencies.retireAgency.selector,
            IAgencies.reinstateAgency.selector,
            IAgencies.acceptAgencySuccession.selector,
            IKeys.registerKey.selector,
            IKeys.endKey.selector,
            IKeys.reportKeyCompromised.selector,
            IKeys.narrowKeyCompromise.selector,
            ICorrections.correct.selector,
            ICorrections.actLate.selector,
            ICorrections.dissolveSuccession.selector,
            IProposals.withdrawProposal.selector,
            IReturns.resignRegion.selector,
            IReturns.resignAgency.selector,
            IReturns.returnRegion.selector,
            IReturns.returnAgency.selector,
            IRulebookChoice.changeRulebook.selector
        ];
    }
}
