// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "./IAgencies.sol";
import {IRegionFacts} from "./IRegionFacts.sol";
import {IRegions} from "./IRegions.sol";

/// @title Who is who
/// @notice Regions and agencies: what is known of them, and what is done with them. A rulebook asks its ledger by it.
interface IMembers is IRegions, IRegionFacts, IAgencies {}
