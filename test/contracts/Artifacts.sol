// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILedger} from "../../contracts/interfaces/ILedger.sol";
import {vm} from "./Vm.sol";

/// @notice The artifact could not be created.
error ArtifactNotCreated(string path);

/// @notice Creates a contract from its compiled artifact. A test that created it by its type would have all of its code
/// compiled once more into its own, for minutes; and what is tested here is the code that is deployed.
/// @param path From the project's root.
/// @param constructorArguments ABI-encoded.
function createFromArtifact(string memory path, bytes memory constructorArguments) returns (address created) {
    bytes memory creation = bytes.concat(vm.parseJsonBytes(vm.readFile(path), ".bytecode"), constructorArguments);
    assembly ("memory-safe") {
        created := create(0, add(creation, 0x20), mload(creation))
    }
    if (created == address(0)) revert ArtifactNotCreated(path);
}

/// @notice Creates a ledger with its three parts.
function deployLedger(address accessManager) returns (ILedger) {
    address members = createFromArtifact("artifacts/contracts/office/Members.sol/Members.json", "");
    address remedies = createFromArtifact("artifacts/contracts/office/Remedies.sol/Remedies.json", "");
    address appointments = createFromArtifact("artifacts/contracts/office/Appointments.sol/Appointments.json", "");
    bytes memory constructorArguments = abi.encode(accessManager, members, remedies, appointments);
    return ILedger(createFromArtifact("artifacts/contracts/Ledger.sol/Ledger.json", constructorArguments));
}
