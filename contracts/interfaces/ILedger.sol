// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "./IAnchors.sol";
import {IKeys} from "./IKeys.sol";
import {ILookup} from "./ILookup.sol";
import {IMembers} from "./IMembers.sol";
import {IRulebookChoice} from "./IRulebookChoice.sol";
import {IStatuses} from "./IStatuses.sol";
import {ITransfers} from "./ITransfers.sol";

/// @title The shared ledger
interface ILedger is IMembers, IKeys, IAnchors, IStatuses, ITransfers, IRulebookChoice, ILookup {}
