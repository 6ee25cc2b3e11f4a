// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILookup} from "../interfaces/ILookup.sol";
import {IResponsibilities} from "../interfaces/IResponsibilities.sol";
import {IRulebook} from "../interfaces/IRulebook.sol";
import {IRulebookChoice} from "../interfaces/IRulebookChoice.sol";
import {Authority} from "../modules/Authority.sol";
import {ServiceItem} from "../types/Catalogue.sol";
import {LookupQuery} from "../types/Lookup.sol";
import {NamedRulebook} from "../types/NamedRulebook.sol";
import {RegionCode} from "../types/Region.sol";
import {Dated} from "../types/Timeline.sol";

/// @notice Whose rules hold, and whose held.
abstract contract RulebookChoice is Authority, IRulebookChoice {
    /// @inheritdoc IRulebookChoice
    function changeRulebook(IRulebook next) external restricted {
        if (!_isOwn(next)) revert RulebookForeign(address(next));

        _rulebooks.enter(uint160(address(next)));
        if (!_isAnswering(next)) revert RulebookSilent(address(next));
        emit RulebookChanged(next, uint40(block.timestamp));
    }

    /// @inheritdoc IRulebookChoice
    function rulebook() external view returns (IRulebook) {
        return IRulebook(address(uint160(_rulebooks.newest.fact)));
    }

    /// @inheritdoc IRulebookChoice
    function rulebookAt(uint40 time) external view returns (IRulebook) {
        return _rulebookAt(time);
    }

    /// @inheritdoc IRulebookChoice
    function rulebooks() external view returns (NamedRulebook[] memory named) {
        named = new NamedRulebook[](_rulebooks.count());
        for (uint256 i = 0; i < named.length; ++i) {
            Dated memory entry = _rulebooks.at(i);
            named[i] = NamedRulebook(address(uint160(entry.fact)), entry.since);
        }
    }

    /// @dev Whether a lookup has its answers, now that the candidate is in force: of provinces that need not be members,
    /// for an item that need not exist; and what a later one asks of it about what was anchored in its time.
    function _isAnswering(IRulebook candidate) private view returns (bool) {
        LookupQuery memory query;
        (query.receiving, query.item) = (RegionCode.wrap(110_000), ServiceItem.wrap("item"));
        (bool isAnswered,) = address(this).staticcall(abi.encodeCall(ILookup.lookup, (query)));
        if (!isAnswered) return false;
        bytes memory question = abi.encodeCall(
            IResponsibilities.responsibilityAt, (query.issuer, query.licenceType, uint40(block.timestamp))
        );
        bytes memory answer;
        (isAnswered, answer) = address(candidate).staticcall(question);
        return isAnswered && answer.length == 64;
    }

    /// @dev Asked without the compiler's checks, which would refuse without a name whatever is no rulebook.
    function _isOwn(IRulebook candidate) private view returns (bool) {
        (bool isAnswered, bytes memory answer) =
            address(candidate).staticcall(abi.encodeCall(IRulebook.ledger, ()));
        return isAnswered && answer.length == 32 && abi.decode(answer, (uint256)) == uint160(address(this));
    }
}
