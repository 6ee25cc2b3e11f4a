// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Root} from "../types/Anchor.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Indices that are refused
interface IIndexErrors {
    /// @notice The batch does not begin where the last one ended: the issuer's journal is behind the ledger, or ahead.
    error AnchorIndexNotNext(Uscc issuer, uint48 expected, uint48 firstIndex);

    /// @notice A tree would have no leaf, or more than 2^24; so many indices would be passed over.
    error AnchorSizeInvalid(Root root, uint48 size);

    /// @notice More indices would be used up than an agency may by now: in time, in the second `limit` / 2^15, it may.
    error AnchorIndicesTooFast(Uscc issuer, uint48 next, uint256 limit);
}
