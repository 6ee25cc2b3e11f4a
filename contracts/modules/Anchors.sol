// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAnchors} from "../interfaces/IAnchors.sol";
import {Anchor, AnchorEntry, Root} from "../types/Anchor.sol";
import {Uscc} from "../types/Uscc.sol";
import {Agencies} from "./Agencies.sol";

/// @notice What was issued and when.
abstract contract Anchors is Agencies, IAnchors {
    mapping(Uscc issuer => mapping(Root root => Anchor)) private _anchors;

    /// @inheritdoc IAnchors
    function anchor(Uscc issuer, AnchorEntry calldata entry) external onlyOperatorOf(issuer) {
        _anchor(_anchors[issuer], issuer, entry);
        emit Anchored(issuer, _asList(entry));
    }

    /// @inheritdoc IAnchors
    function anchorMany(Uscc issuer, AnchorEntry[] calldata entries) external onlyOperatorOf(issuer) {
        if (entries.length == 0) revert AnchorListEmpty(issuer);

        mapping(Root => Anchor) storage anchorsOfIssuer = _anchors[issuer];
        for (uint256 i = 0; i < entries.length; ++i) {
            _anchor(anchorsOfIssuer, issuer, entries[i]);
        }
        emit Anchored(issuer, entries);
    }

    /// @inheritdoc IAnchors
    function backfill(Uscc issuer, AnchorEntry[] calldata entries) external onlyOperatorOf(issuer) {
        if (entries.length == 0) revert AnchorListEmpty(issuer);

        mapping(Root => Anchor) storage anchorsOfIssuer = _anchors[issuer];
        for (uint256 i = 0; i < entries.length; ++i) {
            _anchor(anchorsOfIssuer, issuer, entries[i]);
            anchorsOfIssuer[entries[i].root].backfilled = true;
        }
        emit Backfilled(issuer, entries);
    }

    /// @inheritdoc IAnchors
    function anchorOf(Uscc issuer, Root root) public view returns (Anchor memory) {
        return _anchors[issuer][root];
    }

    /// @dev Takes the issuer's own mapping so that a call of many entries finds it once.
    function _anchor(mapping(Root => Anchor) storage anchorsOfIssuer, Uscc issuer, AnchorEntry calldata entry) private {
        (Root root, uint64 size) = (entry.root, entry.size);
        if (root.isZero()) revert AnchorRootZero();
        if (size == 0) revert AnchorSizeZero(root);
        Anchor storage slot = anchorsOfIssuer[root];
        if (slot.anchoredAt != 0) revert AnchorAlreadyExists(issuer, root);

        (slot.anchoredAt, slot.blockNumber, slot.size) = (uint40(block.timestamp), uint40(block.number), size);
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
