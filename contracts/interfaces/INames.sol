// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {NameHolder} from "../types/Name.sol";

/// @title Names of members
/// @notice A name in use is nobody else's; one given up is free.
interface INames {
    /// @notice The name is missing, a line of it is too long, or one holds a control character.
    error NameInvalid(string zh, string en, string contact);

    /// @notice The name is in use: `holder` has it.
    error NameInUse(string zh, NameHolder holder);
}
