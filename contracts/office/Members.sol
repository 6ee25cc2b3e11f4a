// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Agencies} from "./Agencies.sol";

/// @title The part of the ledger that says who belongs to the alliance
/// @notice Regions, agencies and names. It works on the ledger's state by a delegated call, and holds nothing
/// and can do nothing by itself.
contract Members is Agencies {
    constructor() AccessManaged(address(0)) {}
}
