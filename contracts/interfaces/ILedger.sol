// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "./IAgencies.sol";
import {IAnchors} from "./IAnchors.sol";
import {ICatalogue} from "./ICatalogue.sol";
import {IKeys} from "./IKeys.sol";
import {ILookup} from "./ILookup.sol";
import {IRecognitions} from "./IRecognitions.sol";
import {IRegions} from "./IRegions.sol";
import {IResponsibilities} from "./IResponsibilities.sol";
import {IStatuses} from "./IStatuses.sol";
import {ITransfers} from "./ITransfers.sol";

/// @title The shared ledger
interface ILedger is
    IRegions,
    IAgencies,
    IKeys,
    IAnchors,
    IStatuses,
    ITransfers,
    ICatalogue,
    IResponsibilities,
    IRecognitions,
    ILookup
{}
