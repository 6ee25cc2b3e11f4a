// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IRulebook} from "../../contracts/interfaces/IRulebook.sol";
import {IRulebookChoice} from "../../contracts/interfaces/IRulebookChoice.sol";
import {LicenceType} from "../../contracts/types/Catalogue.sol";
import {RulesAnswer, RulesQuery} from "../../contracts/types/Rules.sol";
import {Term} from "../../contracts/types/Term.sol";
import {Uscc} from "../../contracts/types/Uscc.sol";
import {AllianceRules} from "./AllianceRules.sol";

/// @notice A contract that says whose rules it holds, answers what every lookup asks, and no more.
contract SomeRulebook {
    address public immutable ledger;

    constructor(address ledger_) {
        ledger = ledger_;
    }

    function rules(RulesQuery calldata) external pure returns (RulesAnswer memory) {}

    function responsibilityAt(Uscc, LicenceType, uint40) external pure returns (Term memory) {}
}

/// @notice What the council alone changes of the ledger as a whole, and what nobody does.
abstract contract AllianceRulebooks is AllianceRules {
    /// @dev Two of this ledger, and one of another.
    SomeRulebook[3] private _rulebooks =
        [new SomeRulebook(address(ledger)), new SomeRulebook(address(ledger)), new SomeRulebook(address(manager))];
    address public rulebookInBooks;
    uint256 public rulebooksInBooks;

    function changeRulebook(uint16 pick, uint256 chosen, uint32 elapsed) external counted(elapsed) {
        chosen = chosen % 3;
        address caller = _caller(pick, accountAt(COUNCIL));
        bool isLawful = _isNamedByCouncil(caller) && chosen != 2;
        address next = address(_rulebooks[chosen]);
        if (!_try(caller, abi.encodeCall(IRulebookChoice.changeRulebook, (IRulebook(next))), isLawful)) return;
        rulebookInBooks = next;
        ++rulebooksInBooks;
    }

    /// @dev Only the access manager itself may, and it does what its administrators say: none of these is told to.
    function setAuthority(uint16 pick, uint32 elapsed) external counted(elapsed) {
        address caller = _caller(pick, accountAt(COUNCIL));
        _try(caller, abi.encodeCall(IAccessManaged.setAuthority, (address(this))), false);
    }
}
