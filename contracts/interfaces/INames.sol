// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {NameHolder} from "../types/Name.sol";
import {RegionCode} from "../types/Region.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Official names
/// @notice What a region or an agency is called, from one time to the next. A Chinese name in use is nobody else's; one
/// given up is free. English names may be alike.
interface INames {
    /// @notice The name is not in the one form of a name (`isWellFormed` in types/Name.sol): the Chinese one is missing
    /// or holds a space; or a line is longer than 96 bytes, begins or ends with a space or holds two in a row, is no
    /// UTF-8, or holds a character that is not seen or that is another one's second form.
    error NameInvalid(string zh, string en, string contact);

    /// @notice The Chinese name is in use: `holder` has it.
    error NameInUse(string zh, NameHolder holder);

    /// @notice Lines of an agency's name at a time (Unix seconds): Chinese, English, contact. Empty before its first.
    function agencyNameAt(Uscc agency, uint40 time) external view returns (string memory);

    /// @notice Lines of a region's name at a time, as above.
    function regionNameAt(RegionCode region, uint40 time) external view returns (string memory);
}
