// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Root of an RFC 9162 SHA-256 Merkle tree over the licences of one batch.
type Root is bytes32;

using {isZero} for Root global;

/// @dev Most leaves one anchor may cover: one mistaken size must not use up an agency's indices.
uint48 constant LARGEST_BATCH = 2 ** 24;

/// @dev Since 1970 no agency has used up more: whatever a thief used up at once, so many become free in every second, and
/// none is blocked before the year 2242, when all 2^48 can have been used up.
uint256 constant INDICES_PER_SECOND = 2 ** 15;

/// @notice What the ledger knows of one anchored batch, in one storage slot; keyed by issuer and root.
/// @dev `anchoredAt` is zero exactly when nothing was anchored. It is the trusted time of issuance. Leaf `i` of the tree
/// has the status index `firstIndex + i`.
struct Anchor {
    /// Block time, Unix seconds.
    uint40 anchoredAt;
    uint40 blockNumber;
    /// Number of leaves of the tree.
    uint48 size;
    /// Status index of the first leaf.
    uint48 firstIndex;
    /// 存量补录: licences issued on paper or elsewhere before, entered in bulk.
    bool backfilled;
}

/// @notice One batch to anchor.
struct AnchorEntry {
    Root root;
    /// Number of leaves of the tree.
    uint48 size;
}

/// @notice Indices that no licence has or will have: `first <= i < end`.
struct IndexRange {
    uint48 first;
    uint48 end;
}

function isZero(Root root) pure returns (bool) {
    return Root.unwrap(root) == 0;
}

/// @notice Whether an index lies in one of the ranges, which are in ascending order.
function contains(IndexRange[] storage ranges, uint256 index) view returns (bool) {
    uint256 low = 0;
    uint256 high = ranges.length;
    while (low < high) {
        uint256 middle = (low + high) / 2;
        if (ranges[middle].end <= index) low = middle + 1;
        else high = middle;
    }
    return low < ranges.length && ranges[low].first <= index;
}
