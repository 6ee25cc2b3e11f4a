// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "./IAnchors.sol";
import {IAuthorityErrors} from "./IAuthorityErrors.sol";
import {ICorrections} from "./ICorrections.sol";
import {IIndexErrors} from "./IIndexErrors.sol";
import {IKeys} from "./IKeys.sol";
import {ILookup} from "./ILookup.sol";
import {INames} from "./INames.sol";
import {INominations} from "./INominations.sol";
import {INotices} from "./INotices.sol";
import {IOffices} from "./IOffices.sol";
import {IPassedOver} from "./IPassedOver.sol";
import {IProposals} from "./IProposals.sol";
import {IMembers} from "./IMembers.sol";
import {IReturns} from "./IReturns.sol";
import {IRulebookChoice} from "./IRulebookChoice.sol";
import {IStatuses} from "./IStatuses.sol";
import {ITransfers} from "./ITransfers.sol";
import {ITwoKeys} from "./ITwoKeys.sol";

/// @title The shared ledger
/// @notice All that is called at the ledger's address, whichever part of it answers.
interface ILedger is
    IAuthorityErrors,
    IMembers,
    IOffices,
    INominations,
    IReturns,
    INames,
    IKeys,
    ITwoKeys,
    IProposals,
    ICorrections,
    IIndexErrors,
    IAnchors,
    IPassedOver,
    IStatuses,
    INotices,
    ITransfers,
    IRulebookChoice,
    ILookup
{}
