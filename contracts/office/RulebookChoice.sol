// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRulebook} from "../interfaces/IRulebook.sol";
import {IRulebookChoice} from "../interfaces/IRulebookChoice.sol";
import {LedgerState} from "../modules/LedgerState.sol";
import {NamedRulebook} from "../types/NamedRulebook.sol";
import {Dated} from "../types/Timeline.sol";

/// @notice Whose rules hold, and whose held.
abstract contract RulebookChoice is LedgerState, IRulebookChoice {
    /// @inheritdoc IRulebookChoice
    function changeRulebook(IRulebook next) external restricted {
        if (!_isOwn(next)) revert RulebookForeign(address(next));

        _rulebooks.enter(uint160(address(next)));
        emit RulebookChanged(next, uint40(block.timestamp));
    }

    /// @inheritdoc IRulebookChoice
    function rulebook() external view returns (IRulebook) {
        return IRulebook(address(uint160(_rulebooks.newest.fact)));
    }

    /// @inheritdoc IRulebookChoice
    function rulebookAt(uint40 time) external view returns (IRulebook) {
        return IRulebook(address(uint160(_rulebooks.asOf(time).fact)));
    }

    /// @inheritdoc IRulebookChoice
    function rulebooks() external view returns (NamedRulebook[] memory named) {
        if (_rulebooks.newest.since == 0) return named;
        Dated[] storage earlier = _rulebooks.earlier;
        named = new NamedRulebook[](earlier.length + 1);
        for (uint256 i = 0; i < earlier.length; ++i) {
            named[i] = _named(earlier[i]);
        }
        named[earlier.length] = _named(_rulebooks.newest);
    }

    function _named(Dated memory entry) private pure returns (NamedRulebook memory) {
        return NamedRulebook(address(uint160(entry.fact)), entry.since);
    }

    /// @dev Asked without the compiler's checks, which would refuse without a name whatever is no rulebook.
    function _isOwn(IRulebook candidate) private view returns (bool) {
        (bool isAnswered, bytes memory answer) =
            address(candidate).staticcall(abi.encodeCall(IRulebook.ledger, ()));
        return isAnswered && answer.length == 32 && abi.decode(answer, (uint256)) == uint160(address(this));
    }
}
