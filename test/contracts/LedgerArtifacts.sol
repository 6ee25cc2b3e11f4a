// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {vm} from "./Vm.sol";

/// @notice A ledger from the compiled artifacts, those that are deployed: a test that created it by its type would have
/// its code compiled once more into its own.
function deployLedger(address accessManager) returns (ILedger) {
    address members = vm.deployCode("contracts/office/Members.sol:Members", "");
    address remedies = vm.deployCode("contracts/office/Remedies.sol:Remedies", "");
    bytes memory constructorArguments = abi.encode(accessManager, members, remedies);
    return ILedger(payable(vm.deployCode("contracts/Ledger.sol:Ledger", constructorArguments)));
}
