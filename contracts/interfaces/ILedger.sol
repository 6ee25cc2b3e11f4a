// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencies} from "./IAgencies.sol";
import {IAnchors} from "./IAnchors.sol";
import {IAuthorityErrors} from "./IAuthorityErrors.sol";
import {ICorrections} from "./ICorrections.sol";
import {IKeys} from "./IKeys.sol";
import {ILookup} from "./ILookup.sol";
import {INames} from "./INames.sol";
import {INotices} from "./INotices.sol";
import {IOffices} from "./IOffices.sol";
import {IProposals} from "./IProposals.sol";
import {IRegions} from "./IRegions.sol";
import {IStatuses} from "./IStatuses.sol";
import {ITransfers} from "./ITransfers.sol";
import {ITwoKeys} from "./ITwoKeys.sol";

/// @title The shared ledger
/// @notice All that is called at the ledger's address, whichever part of it answers.
interface ILedger is
    IAuthorityErrors,
    IRegions,
    IAgencies,
    IOffices,
    INames,
    IKeys,
    ITwoKeys,
    IProposals,
    ICorrections,
    IAnchors,
    IStatuses,
    INotices,
    ITransfers,
    ILookup
{}
