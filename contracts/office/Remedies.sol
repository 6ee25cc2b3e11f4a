// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Corrections} from "./Corrections.sol";
import {Keys} from "./Keys.sol";
import {Notices} from "./Notices.sol";
import {PassedOver} from "./PassedOver.sol";
import {Proposals} from "./Proposals.sol";
import {RulebookChoice} from "./RulebookChoice.sol";

/// @title The part of the ledger that vouches for keys, enters notices, puts right what one key did wrongly, and
/// says whose rules hold
/// @notice It works on the ledger's state by a delegated call, and holds nothing and can do nothing by itself.
contract Remedies is Keys, Corrections, Notices, PassedOver, Proposals, RulebookChoice {
    constructor() AccessManaged(address(0)) {}
}
