// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "./IAgencies.sol";
import {IRegions} from "./IRegions.sol";

/// @title Who is who
/// @notice All that a rulebook asks of its ledger.
interface IMembers is IRegions, IAgencies {}
