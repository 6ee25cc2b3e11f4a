// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Nominations} from "./Nominations.sol";
import {Returns} from "./Returns.sol";

/// @title The part of the ledger by which accounts come into offices, leave them, and are given them back
/// @notice It works on the ledger's state by a delegated call, and holds nothing and can do nothing by itself.
contract Appointments is Nominations, Returns {
    constructor() AccessManaged(address(0)) {}
}
