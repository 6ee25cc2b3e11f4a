// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Terms that cannot be
interface ITermErrors {
    /// @notice The term would hold at no time from the block on.
    error TermEmpty(uint40 from, uint40 until);

    /// @notice The term would begin before an earlier one of the same fact ends.
    error TermOverlaps(uint40 from, uint40 earlierUntil);

    /// @notice There is no term that could be ended so: there is none, or the newest ends no later.
    error TermEndUnlawful(uint40 currentUntil, uint40 requested);
}
