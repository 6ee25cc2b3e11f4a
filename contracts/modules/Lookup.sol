// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILookup} from "../interfaces/ILookup.sol";
import {IRulebook} from "../interfaces/IRulebook.sol";
import {LookupQuery, LookupResult, Responsible} from "../types/Lookup.sol";
import {NameHolder} from "../types/Name.sol";
import {AgencyStatus} from "../types/Agency.sol";
import {RegionCode} from "../types/Region.sol";
import {RulesAnswer, RulesQuery} from "../types/Rules.sol";
import {STATUSES_PER_WORD} from "../types/Status.sol";
import {Capacity} from "../types/Tenure.sol";
import {Origin, OriginFacts} from "../types/Transfer.sol";
import {Uscc, sameUscc} from "../types/Uscc.sol";
import {RegionFacts} from "./RegionFacts.sol";
import {Transfers} from "./Transfers.sol";

/// @notice One answer from all modules, and from the rulebook in force.
abstract contract Lookup is Transfers, RegionFacts, ILookup {
    /// @inheritdoc ILookup
    function lookup(LookupQuery calldata query) external view returns (LookupResult memory result) {
        Uscc issuer = query.issuer;
        uint40 time = query.recognisedAt == 0 ? uint40(block.timestamp) : query.recognisedAt;
        result.blockNumber = uint40(block.number);
        result.blockTime = uint40(block.timestamp);
        result.key = _keys[issuer][query.kid];
        result.anchor = anchorOf(issuer, query.root);
        uint40 issuedAt = result.anchor.anchoredAt == 0 ? time : result.anchor.anchoredAt;
        _lookUpIssuer(result, issuer, issuedAt);
        result.isAnchoredIndex = _isAnchored(issuer, query.statusIndex);
        result.statusWord = _words[issuer][query.statusIndex / STATUSES_PER_WORD];
        result.notes = _notes[issuer][query.statusIndex];
        result.successor = successorOf(issuer, query.statusIndex);
        result.origins = _originsOf(issuer, query.statusIndex);
        result.rulebook = address(_rulebookAt(time));
        result.rules = _rulesFor(
            RulesQuery({
                issuer: issuer,
                licenceType: query.licenceType,
                receiving: query.receiving,
                item: query.item,
                time: time,
                issuedIn: result.issuedIn,
                issuedAt: issuedAt
            })
        );
    }

    /// @inheritdoc ILookup
    function responsibleFor(Uscc issuer) public view returns (Responsible memory responsible) {
        Uscc last = _lastSuccessorOf(issuer);
        (AgencyStatus status, RegionCode code) = (_agencies[last].status, _agencies[last].region);
        if (status == AgencyStatus.None) return responsible;
        NameHolder holder = _holderOf(last);
        if (status == AgencyStatus.Retired) {
            (responsible.capacity, responsible.region) = (Capacity.Custodian, _firstActive(code));
            holder = _holderOf(responsible.region);
        } else {
            responsible.capacity = sameUscc(last, issuer) ? Capacity.Operator : Capacity.Successor;
            (responsible.agency, responsible.region) = (last, code);
        }
        responsible.name = _nameAt(holder, uint40(block.timestamp));
    }

    function _lookUpIssuer(LookupResult memory result, Uscc issuer, uint40 issuedAt) private view {
        result.agency = _agencies[issuer];
        result.agencyTenure = _agencyTenures[issuer];
        result.agencyName = _nameAt(_holderOf(issuer), issuedAt);
        RegionCode code = result.agency.region;
        result.region = _regions[code];
        result.issuedIn = agencyRegionAt(issuer, issuedAt);
        result.regionName = _nameAt(_holderOf(result.issuedIn), issuedAt);
        result.regionActive = _isActiveRegion(code);
        result.responsible = responsibleFor(issuer);
    }

    /// @dev Responsibility is of the time of issuance and asked of the rulebook of that time; all else of `query.time`.
    function _rulesFor(RulesQuery memory query) private view returns (RulesAnswer memory answer) {
        (IRulebook current, IRulebook atIssuance) = (_rulebookAt(query.time), _rulebookAt(query.issuedAt));
        uint40 issuedAt = query.issuedAt;
        if (address(atIssuance) != address(current)) query.issuedAt = 0;
        if (address(current) != address(0)) answer = current.rules(query);
        if (query.issuedAt != 0 || address(atIssuance) == address(0)) return answer;
        answer.responsibility = atIssuance.responsibilityAt(query.issuer, query.licenceType, issuedAt);
    }

    /// @dev All of them, of whatever stands: its depth says how many there can be, and no correction brings back what an
    /// unlinked chain is behind.
    function _originsOf(Uscc issuer, uint48 index) private view returns (OriginFacts[] memory origins) {
        origins = new OriginFacts[](_origins[issuer][index].depth);
        uint256 count = 0;
        for (; count < origins.length; ++count) {
            Origin memory origin = _origins[issuer][index];
            if (origin.since == 0) break;
            (issuer, index) = (origin.issuer, origin.index);
            origins[count] = OriginFacts({
                issuer: issuer,
                index: index,
                since: origin.since,
                status: statusOf(issuer, index),
                notices: _notes[issuer][index].standing
            });
        }
        assembly ("memory-safe") {
            mstore(origins, count)
        }
    }
}
