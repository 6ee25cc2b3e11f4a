// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Uscc} from "../types/Uscc.sol";

/// @title Indices that are passed over
/// @notice A batch that was signed and given up has its range passed over: it is never reused, and blocks nothing
/// behind it.
interface IPassedOver {
    /// @notice No licence has or will have the indices of a batch that was given up.
    event IndicesPassedOver(Uscc indexed issuer, uint48 firstIndex, uint48 size);

    /// @notice Gives up indices that were signed for and will not be anchored, so that the batches behind them can be.
    /// @dev Caller and `firstIndex` as for `anchor`. MUST revert with `AnchorIndexNotNext`, `AnchorSizeInvalid` or
    /// `AnchorIndicesTooFast`. Emits `IndicesPassedOver`.
    function passOver(Uscc issuer, uint48 firstIndex, uint48 size) external;
}
