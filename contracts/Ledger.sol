// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Proxy} from "@openzeppelin/contracts/proxy/Proxy.sol";

import {ICorrections} from "./interfaces/ICorrections.sol";
import {IKeys} from "./interfaces/IKeys.sol";
import {INominations} from "./interfaces/INominations.sol";
import {INotices} from "./interfaces/INotices.sol";
import {IPassedOver} from "./interfaces/IPassedOver.sol";
import {IProposals} from "./interfaces/IProposals.sol";
import {IReturns} from "./interfaces/IReturns.sol";
import {IRulebookChoice} from "./interfaces/IRulebookChoice.sol";
import {Lookup} from "./modules/Lookup.sol";

/// @title Hefu 合符, the shared ledger
/// @notice Who may issue licences, what was issued and when, and what became of it in law, for all regions of the
/// alliance at one address. Holds no personal data and no licence content. There is no upgrade proxy: the code at the
/// address is the rule, and so is the code of its three parts, which are fixed with it.
contract Ledger is Lookup, Proxy {
    /// @notice The part that says who belongs to the alliance. The parts stand apart only because the size of a contract
    /// is bounded (EIP-170): their functions are called at the ledger's address and work on the ledger's state.
    address public immutable members;

    /// @notice The part that vouches for keys, enters notices, puts right what one key did wrongly, and says whose rules
    /// hold.
    address public immutable remedies;

    /// @notice The part by which accounts come into offices, leave them, and are given them back.
    address public immutable appointments;

    /// @notice There is no contract at the address of a part.
    error LedgerPartMissing(address part);

    /// @param accessManager OpenZeppelin `AccessManager` that holds the council's roles.
    /// @param members_ A `Members`.
    /// @param remedies_ A `Remedies`.
    /// @param appointments_ An `Appointments`.
    constructor(address accessManager, address members_, address remedies_, address appointments_)
        AccessManaged(accessManager)
    {
        (members, remedies, appointments) = (members_, remedies_, appointments_);
        // A call into nothing succeeds and does nothing.
        if (members_.code.length == 0) revert LedgerPartMissing(members_);
        if (remedies_.code.length == 0) revert LedgerPartMissing(remedies_);
        if (appointments_.code.length == 0) revert LedgerPartMissing(appointments_);
    }

    /// @dev Which part has what this contract does not have itself.
    function _implementation() internal view override returns (address) {
        bytes4 called = msg.sig;
        bool isRemedy = called == IKeys.registerKey.selector || called == IKeys.endKey.selector
            || called == IKeys.reportKeyCompromised.selector || called == IKeys.narrowKeyCompromise.selector
            || called == IKeys.key.selector || called == ICorrections.correct.selector
            || called == ICorrections.actLate.selector || called == ICorrections.dissolveSuccession.selector
            || called == INotices.note.selector || called == INotices.liftNotice.selector
            || called == INotices.notesOf.selector || called == IPassedOver.passOver.selector
            || called == IProposals.withdrawProposal.selector || called == IProposals.proposal.selector
            || called == IRulebookChoice.changeRulebook.selector || called == IRulebookChoice.rulebook.selector
            || called == IRulebookChoice.rulebookAt.selector || called == IRulebookChoice.rulebooks.selector;
        if (isRemedy) return remedies;
        bool isAppointment = called == INominations.nominateRegionAdmin.selector
            || called == INominations.acceptRegionAdmin.selector || called == INominations.nominateOperator.selector
            || called == INominations.acceptOperator.selector || called == INominations.nominatedRegionAdmin.selector
            || called == INominations.nominatedOperator.selector || called == IReturns.resignRegion.selector
            || called == IReturns.resignAgency.selector || called == IReturns.returnRegion.selector
            || called == IReturns.returnAgency.selector || called == IReturns.formerRegionAdmin.selector
            || called == IReturns.formerOperator.selector;
        return isAppointment ? appointments : members;
    }
}
