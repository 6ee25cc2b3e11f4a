// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Proxy} from "@openzeppelin/contracts/proxy/Proxy.sol";

import {Lookup} from "./modules/Lookup.sol";
import {Members} from "./office/Members.sol";

/// @title Hefu 合符, the shared ledger
/// @notice Who may issue licences, what was issued and when, and what became of it in law, for all regions of the
/// alliance at one address. Holds no personal data and no licence content. There is no upgrade proxy: the code at the
/// address is the rule, and so is the code of `members`, which is fixed with it.
contract Ledger is Lookup, Proxy {
    /// @notice Who belongs to the alliance: a part of this ledger, apart from it only because the size of a contract is
    /// bounded (EIP-170). Its functions are called at the ledger's address and work on the ledger's state.
    Members public immutable members;

    /// @param accessManager OpenZeppelin `AccessManager` that holds the council's roles.
    constructor(address accessManager) AccessManaged(accessManager) {
        members = new Members();
    }

    /// @dev What this contract does not have itself.
    function _implementation() internal view override returns (address) {
        return address(members);
    }
}
