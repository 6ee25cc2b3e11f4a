// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Root of an RFC 9162 SHA-256 Merkle tree over the licences of one batch.
type Root is bytes32;

using {isZero} for Root global;

/// @notice What the ledger knows of one anchored batch, in one storage slot; keyed by issuer and root.
/// @dev `anchoredAt` is zero exactly when nothing was anchored. It is the trusted time of issuance.
struct Anchor {
    /// Block time, Unix seconds.
    uint40 anchoredAt;
    uint40 blockNumber;
    /// Number of leaves of the tree.
    uint64 size;
    /// 存量补录: licences issued on paper or elsewhere before, entered in bulk.
    bool backfilled;
}

/// @notice One batch to anchor.
struct AnchorEntry {
    Root root;
    /// Number of leaves of the tree.
    uint64 size;
}

function isZero(Root root) pure returns (bool) {
    return Root.unwrap(root) == 0;
}
