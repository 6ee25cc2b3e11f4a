// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILookup} from "../interfaces/ILookup.sol";
import {IRulebook} from "../interfaces/IRulebook.sol";
import {LookupQuery, LookupResult} from "../types/Lookup.sol";
import {RegionCode} from "../types/Region.sol";
import {RulesAnswer, RulesQuery} from "../types/Rules.sol";
import {Term} from "../types/Term.sol";
import {Anchors} from "./Anchors.sol";
import {Keys} from "./Keys.sol";
import {RulebookChoice} from "./RulebookChoice.sol";
import {Transfers} from "./Transfers.sol";

/// @notice One answer from all modules, and from the rulebook in force.
abstract contract Lookup is Keys, Anchors, Transfers, RulebookChoice, ILookup {
    /// @inheritdoc ILookup
    function lookup(LookupQuery calldata query) external view returns (LookupResult memory result) {
        uint40 time = query.recognisedAt == 0 ? uint40(block.timestamp) : query.recognisedAt;
        result.blockNumber = uint40(block.number);
        result.blockTime = uint40(block.timestamp);
        result.agency = agency(query.issuer);
        result.region = region(result.agency.region);
        result.regionActive = _isActiveRegion(result.agency.region);
        result.key = key(query.kid);
        result.anchor = anchorOf(query.issuer, query.root);
        result.status = statusOf(query.issuer, query.statusIndex);
        result.successor = successorOf(query.issuer, query.statusIndex);
        result.rulebook = address(rulebookAt(time));
        uint40 issuedAt = result.anchor.anchoredAt == 0 ? time : result.anchor.anchoredAt;
        result.rules = _rulesFor(query, result.agency.region, time, issuedAt);
    }

    /// @dev Responsibility is of the time of issuance and asked of the rulebook of that time; all else of `time`.
    function _rulesFor(LookupQuery calldata query, RegionCode issuing, uint40 time, uint40 issuedAt)
        private
        view
        returns (RulesAnswer memory answer)
    {
        IRulebook current = rulebookAt(time);
        if (address(current) != address(0)) {
            answer = current.rules(
                RulesQuery(query.issuer, issuing, query.licenceType, query.receiving, query.item, time, issuedAt)
            );
        }
        IRulebook atIssuance = rulebookAt(issuedAt);
        if (address(atIssuance) == address(current)) return answer;
        answer.responsibility = address(atIssuance) == address(0)
            ? Term(0, 0)
            : atIssuance.responsibilityAt(query.issuer, query.licenceType, issuedAt);
    }
}
