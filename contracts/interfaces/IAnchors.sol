// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Anchor, AnchorEntry, Root} from "../types/Anchor.sol";
import {Uscc} from "../types/Uscc.sol";

/// @title Anchors of issued batches
/// @notice An anchor says that an issuer, then entitled to act, published the root of a batch at a block's time, and
/// uses up the status indices of its leaves: leaf `i` has the index `firstIndex + i`, and a batch begins where the one
/// before it ended. Keyed by issuer and root, so that nobody can occupy the root of another.
interface IAnchors {
    /// @notice Batches were anchored, one behind the other from `firstIndex` on; one event for each call.
    event Anchored(Uscc indexed issuer, uint48 firstIndex, AnchorEntry[] entries);

    /// @notice Batches of licences that existed before were anchored 存量补录; one event for each call.
    event Backfilled(Uscc indexed issuer, uint48 firstIndex, AnchorEntry[] entries);

    /// @notice There is nothing to anchor.
    error AnchorListEmpty(Uscc issuer);

    /// @notice A root is zero.
    error AnchorRootZero();

    /// @notice The issuer anchored this root before, perhaps earlier in the same call.
    error AnchorAlreadyExists(Uscc issuer, Root root);

    /// @notice Anchors one batch.
    /// @dev MUST be called by the operator of `issuer`, an active agency of an active region that is open for anchors:
    /// else `AgencyNotActive`, `RegionNotActive`, `RegionClosed` or `CallerNotOperator`. MUST revert with
    /// `AnchorIndexNotNext`, `AnchorRootZero`, `AnchorSizeInvalid`, `AnchorAlreadyExists` or `AnchorIndicesTooFast`. Emits
    /// `Anchored`.
    /// @param issuer Agency that issued the batch.
    /// @param firstIndex Status index of its first leaf: the issuer's `indexCount`.
    /// @param entry The batch.
    function anchor(Uscc issuer, uint48 firstIndex, AnchorEntry calldata entry) external;

    /// @notice Anchors several batches of one issuer one behind the other, all or none.
    /// @dev As `anchor`, and MUST revert with `AnchorListEmpty`. Emits one `Anchored`.
    function anchorMany(Uscc issuer, uint48 firstIndex, AnchorEntry[] calldata entries) external;

    /// @notice Anchors batches of licences that existed before the issuer joined, and marks them so.
    /// @dev As `anchorMany`, but emits one `Backfilled`.
    function backfill(Uscc issuer, uint48 firstIndex, AnchorEntry[] calldata entries) external;

    /// @notice What the ledger knows of a batch; zero-valued for one never anchored by this issuer.
    function anchorOf(Uscc issuer, Root root) external view returns (Anchor memory);

    /// @notice Whether an anchor covers the index.
    function isAnchoredIndex(Uscc issuer, uint48 index) external view returns (bool);
}
