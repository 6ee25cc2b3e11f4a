// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILookup} from "../interfaces/ILookup.sol";
import {LookupQuery, LookupResult} from "../types/Lookup.sol";
import {Anchors} from "./Anchors.sol";
import {Keys} from "./Keys.sol";
import {Transfers} from "./Transfers.sol";

/// @notice One answer from all modules.
abstract contract Lookup is Keys, Anchors, Transfers, ILookup {
    /// @inheritdoc ILookup
    function lookup(LookupQuery calldata query) external view returns (LookupResult memory result) {
        result.blockNumber = uint40(block.number);
        result.blockTime = uint40(block.timestamp);
        result.agency = agency(query.issuer);
        result.region = region(result.agency.region);
        result.key = key(query.kid);
        result.anchor = anchorOf(query.issuer, query.root);
        result.status = statusOf(query.issuer, query.statusIndex);
        result.successor = successorOf(query.issuer, query.statusIndex);
    }
}
