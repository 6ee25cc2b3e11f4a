// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RulesAnswer, RulesQuery} from "../types/Rules.sol";
import {IAuthorityErrors} from "./IAuthorityErrors.sol";
import {ICatalogue} from "./ICatalogue.sol";
import {IMembers} from "./IMembers.sol";
import {IRecognitions} from "./IRecognitions.sol";
import {IResponsibilities} from "./IResponsibilities.sol";
import {ITermErrors} from "./ITermErrors.sol";

/// @title The rulebook
/// @notice The policy of the alliance: which licences there are, who issues them, who recognises them. Its acts hold
/// from the time of their block on and never before, so a rulebook that another took the place of goes on answering
/// for its own time as it did.
interface IRulebook is IAuthorityErrors, ITermErrors, ICatalogue, IResponsibilities, IRecognitions {
    /// @notice The ledger whose regions and agencies it speaks of.
    function ledger() external view returns (IMembers);

    /// @notice All rules for one presented credential, in one call. Never reverts for something unknown.
    function rules(RulesQuery calldata query) external view returns (RulesAnswer memory);
}
