// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "./IAgencies.sol";
import {IAnchors} from "./IAnchors.sol";
import {IKeys} from "./IKeys.sol";
import {ILookup} from "./ILookup.sol";
import {IRegions} from "./IRegions.sol";
import {IStatuses} from "./IStatuses.sol";
import {ITransfers} from "./ITransfers.sol";

/// @title The shared ledger
interface ILedger is IRegions, IAgencies, IKeys, IAnchors, IStatuses, ITransfers, ILookup {}
