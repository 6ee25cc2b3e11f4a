// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {ILedger} from "./interfaces/ILedger.sol";
import {Lookup} from "./modules/Lookup.sol";

/// @title Hefu 合符, the shared ledger
/// @notice Who may issue licences, what was issued and when, and what became of it in law, for all regions of the
/// alliance at one address. Holds no personal data and no licence content. There is no upgrade proxy: the code at the
/// address is the rule.
contract Ledger is Lookup, ILedger {
    /// @param accessManager OpenZeppelin `AccessManager` that holds the council's roles.
    constructor(address accessManager) AccessManaged(accessManager) {}
}
