// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {NameHolder} from "../types/Name.sol";
import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Official names
/// @notice What a region or an agency is called, from one time to the next. A name in use is nobody else's; one given up
/// is free.
interface INames {
    /// @notice The name is missing, a line of it is too long, or one holds a control character.
    error NameInvalid(string zh, string en, string contact);

    /// @notice The name is in use: `holder` has it.
    error NameInUse(string zh, NameHolder holder);

    /// @notice Lines of an agency's name at a time (Unix seconds): Chinese, English, contact. Empty before its first.
    function agencyNameAt(Uscc agency, uint40 time) external view returns (string memory);

    /// @notice Lines of a region's name at a time, as above.
    function regionNameAt(RegionCode region, uint40 time) external view returns (string memory);
}
