// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILookup} from "../interfaces/ILookup.sol";
import {LookupQuery, LookupResult} from "../types/Lookup.sol";
import {RecognitionQuestion} from "../types/Recognition.sol";
import {Anchors} from "./Anchors.sol";
import {Keys} from "./Keys.sol";
import {Recognitions} from "./Recognitions.sol";
import {Responsibilities} from "./Responsibilities.sol";
import {Transfers} from "./Transfers.sol";

/// @notice One answer from all modules.
abstract contract Lookup is Keys, Anchors, Transfers, Responsibilities, Recognitions, ILookup {
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
        result.licenceType = licenceType(query.licenceType);
        uint40 issuedAt = result.anchor.anchoredAt == 0 ? time : result.anchor.anchoredAt;
        result.responsibility = responsibilityAt(query.issuer, query.licenceType, issuedAt);
        result.recognition = recognised(
            RecognitionQuestion(query.receiving, result.agency.region, query.licenceType, query.item), time
        );
        result.demandedFields = demandOf(query.item, query.licenceType);
    }
}
