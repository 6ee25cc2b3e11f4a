// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LookupQuery, LookupResult, Responsible} from "../types/Lookup.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Everything a verification asks of the ledger
interface ILookup {
    /// @notice All facts for one presented credential, of one block, in one call. Never reverts for an unknown fact.
    /// @param query What the credential and its receipt name.
    /// @return result The facts; what the ledger does not hold is zero-valued.
    function lookup(LookupQuery calldata query) external view returns (LookupResult memory result);

    /// @notice Who acts on the licences of an agency today.
    function responsibleFor(Uscc issuer) external view returns (Responsible memory);
}
