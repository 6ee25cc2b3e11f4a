// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "../interfaces/IAnchors.sol";
import {Agency} from "../types/Agency.sol";
import {Anchor, AnchorEntry, LARGEST_BATCH, Root} from "../types/Anchor.sol";
import {Uscc} from "../types/Uscc.sol";
import {Indices} from "./Indices.sol";

/// @notice What was issued and when, and which indices it used up.
abstract contract Anchors is Indices, IAnchors {
    /// @inheritdoc IAnchors
    function anchor(Uscc issuer, uint48 firstIndex, AnchorEntry calldata entry) external {
        _requireIssuing(issuer);
        Agency storage issuing = _agencies[issuer];
        _requireNext(issuing, issuer, firstIndex);

        _useUp(issuing, issuer, _anchor(_anchors[issuer], issuer, firstIndex, entry));
        emit Anchored(issuer, firstIndex, _asList(entry));
    }

    /// @inheritdoc IAnchors
    function anchorMany(Uscc issuer, uint48 firstIndex, AnchorEntry[] calldata entries) external {
        _anchorAll(issuer, firstIndex, entries);
        emit Anchored(issuer, firstIndex, entries);
    }

    /// @inheritdoc IAnchors
    function backfill(Uscc issuer, uint48 firstIndex, AnchorEntry[] calldata entries) external {
        _anchorAll(issuer, firstIndex, entries);
        mapping(Root => Anchor) storage anchorsOfIssuer = _anchors[issuer];
        for (uint256 i = 0; i < entries.length; ++i) anchorsOfIssuer[entries[i].root].backfilled = true;
        emit Backfilled(issuer, firstIndex, entries);
    }

    /// @inheritdoc IAnchors
    function anchorOf(Uscc issuer, Root root) public view returns (Anchor memory) {
        return _anchors[issuer][root];
    }

    /// @inheritdoc IAnchors
    function isAnchoredIndex(Uscc issuer, uint48 index) external view returns (bool) {
        return _isAnchored(issuer, index);
    }

    function _anchorAll(Uscc issuer, uint48 firstIndex, AnchorEntry[] calldata entries) private {
        _requireIssuing(issuer);
        if (entries.length == 0) revert AnchorListEmpty(issuer);
        Agency storage issuing = _agencies[issuer];
        _requireNext(issuing, issuer, firstIndex);

        mapping(Root => Anchor) storage anchorsOfIssuer = _anchors[issuer];
        uint48 next = firstIndex;
        for (uint256 i = 0; i < entries.length; ++i) {
            next = _anchor(anchorsOfIssuer, issuer, next, entries[i]);
        }
        _useUp(issuing, issuer, next);
    }

    /// @dev Takes the issuer's own mapping so that a call of many entries finds it once.
    /// @return The index after the batch.
    function _anchor(
        mapping(Root => Anchor) storage anchorsOfIssuer,
        Uscc issuer,
        uint48 firstIndex,
        AnchorEntry calldata entry
    ) private returns (uint48) {
        (Root root, uint48 size) = (entry.root, entry.size);
        if (root.isZero()) revert AnchorRootZero();
        if (size == 0 || size > LARGEST_BATCH) revert AnchorSizeInvalid(root, size);
        Anchor storage slot = anchorsOfIssuer[root];
        if (slot.anchoredAt != 0) revert AnchorAlreadyExists(issuer, root);

        (slot.anchoredAt, slot.blockNumber, slot.size, slot.firstIndex) =
            (uint40(block.timestamp), uint40(block.number), size, firstIndex);
        return firstIndex + size;
    }

    /// @dev The entry where it lies in the calldata, shown as a list of one: building that list in memory costs about
    /// 370 gas.
    function _asList(AnchorEntry calldata entry) private pure returns (AnchorEntry[] calldata entries) {
        assembly ("memory-safe") {
            entries.offset := entry
            entries.length := 1
        }
    }
}
