/** The Merkle tree of RFC 9162 §2.1 with SHA-256: roots, inclusion paths, their verification. */
import type { Suite } from '../suite/suite.ts'

/** Bytes of a digest. */
export const DIGEST_BYTES = 32
/** The most leaves a batch can have: 2^32 keeps every index exact and every path at 32 digests. */
export const MAX_TREE_SIZE = 4_294_967_296

const LEAF_PREFIX = 0x00
const NODE_PREFIX = 0x01

/**
 * The leaf hash of an entry, bytes or ASCII text: SHA-256(0x00 ‖ entry) (RFC 9162 §2.1.1).
 *
 * @example
 * ```ts
 * encodeHex(hashLeaf(new Uint8Array(0), suite)) // '0x6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
 * ```
 */
export function hashLeaf(entry: Uint8Array | string, suite: Suite): Uint8Array {
  if (typeof entry === 'string') return suite.sha256(layOutLeaf(entry))
  const input = new Uint8Array(1 + entry.length)
  input[0] = LEAF_PREFIX
  input.set(entry, 1)
  return suite.sha256(input)
}

const encoder = new TextEncoder()
/** Room for 0x00 ‖ entry, grown to the longest so far. Filled and hashed within one call, and used again by the next. */
let leafRoom = Uint8Array.of(LEAF_PREFIX)

function layOutLeaf(entry: string): Uint8Array {
  // UTF-8 takes three bytes at most for a UTF-16 unit.
  const longest = 1 + 3 * entry.length
  if (leafRoom.length < longest) leafRoom = new Uint8Array(longest).fill(LEAF_PREFIX, 0, 1)
  const { written } = encoder.encodeInto(entry, leafRoom.subarray(1))
  return leafRoom.subarray(0, 1 + written)
}

const LEFT = 1
const RIGHT = 1 + DIGEST_BYTES

/** 0x01 ‖ left ‖ right. Filled and hashed within one call, and used again by the next: hashing is faster than allocating. */
const nodeInput = Uint8Array.of(NODE_PREFIX, ...new Uint8Array(2 * DIGEST_BYTES))

/** `set` of a typed array costs more than the bytes it moves here. */
function copyBytes(from: Uint8Array, at: number, length: number, to: Uint8Array, toAt: number): void {
  for (let i = 0; i < length; i++) to[toAt + i] = from[at + i] ?? 0
}

/**
 * A tree over fixed leaf hashes. Every level is one flat buffer; a last node without a sibling is carried
 * up as it is, which yields exactly the left-full tree of RFC 9162 §2.1.1.
 */
export interface MerkleTree {
  readonly size: number
  /** Level 0 holds the leaf hashes, the last level the root; 32 bytes a node. */
  readonly levels: readonly Uint8Array[]
}

/**
 * Builds the tree of `leafHashes`, 32 bytes each, one after another.
 *
 * @throws {RangeError} for no leaves or a length that is no multiple of 32
 * @example
 * ```ts
 * createMerkleTree(new Uint8Array(3 * DIGEST_BYTES), suite).size // 3
 * createMerkleTree(new Uint8Array(31), suite) // throws RangeError
 * ```
 */
export function createMerkleTree(leafHashes: Uint8Array, suite: Suite): MerkleTree {
  if (leafHashes.length === 0 || leafHashes.length % DIGEST_BYTES !== 0) {
    throw new RangeError(
      `build a tree of ${leafHashes.length} bytes: a multiple of ${DIGEST_BYTES} is needed`,
    )
  }
  const levels = [leafHashes]
  for (let level = leafHashes; level.length > DIGEST_BYTES; ) {
    level = parentLevel(level, suite)
    levels.push(level)
  }
  return { size: leafHashes.length / DIGEST_BYTES, levels }
}

function parentLevel(level: Uint8Array, suite: Suite): Uint8Array {
  const width = level.length / DIGEST_BYTES
  const parents = new Uint8Array(Math.ceil(width / 2) * DIGEST_BYTES)
  for (let left = 0; left + 1 < width; left += 2) {
    copyBytes(level, left * DIGEST_BYTES, 2 * DIGEST_BYTES, nodeInput, LEFT)
    suite.sha256Into(nodeInput, parents, (left / 2) * DIGEST_BYTES)
  }
  if (width % 2 === 1) parents.set(level.subarray((width - 1) * DIGEST_BYTES), parents.length - DIGEST_BYTES)
  return parents
}

/**
 * The root of a tree, 32 bytes.
 *
 * @example
 * ```ts
 * encodeHex(rootOf(sample.tree)) // sample.receipt.root
 * ```
 */
export function rootOf(tree: MerkleTree): Uint8Array {
  return nodeAt(tree.levels.at(-1) ?? new Uint8Array(0), 0)
}

function nodeAt(level: Uint8Array, index: number): Uint8Array {
  return level.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES)
}

/**
 * The inclusion path of a leaf, from its sibling up (RFC 9162 §2.1.3.1): 32 bytes a node, one after another.
 *
 * @throws {RangeError} for an index outside of the tree
 * @example
 * ```ts
 * inclusionPath(sample.tree, sample.receipt.index) // sample.receipt.path
 * inclusionPath(sample.tree, sample.tree.size) // throws RangeError
 * ```
 */
export function inclusionPath(tree: MerkleTree, index: number): Uint8Array {
  if (!Number.isInteger(index) || index < 0 || index >= tree.size) {
    throw new RangeError(`prove leaf ${index} of a tree of ${tree.size}`)
  }
  const path = new Uint8Array((tree.levels.length - 1) * DIGEST_BYTES)
  let length = 0
  let at = index
  for (const level of tree.levels.slice(0, -1)) {
    const sibling = (at % 2 === 0 ? at + 1 : at - 1) * DIGEST_BYTES
    if (sibling < level.length) {
      copyBytes(level, sibling, DIGEST_BYTES, path, length)
      length += DIGEST_BYTES
    }
    at = parentOf(at)
  }
  return path.slice(0, length)
}

/**
 * The nodes of an inclusion path, 32 bytes each.
 *
 * @example
 * ```ts
 * nodesOf(inclusionPath(sample.tree, sample.receipt.index)).map(encodeHex) // receiptObject(sample.receipt).path
 * ```
 */
export function nodesOf(path: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: path.length / DIGEST_BYTES }, (_, i) => nodeAt(path, i))
}

/**
 * The root that a leaf hash, its index and its path lead to, or `null` when the path has not the length
 * that index and size demand (RFC 9162 §2.1.3.2). All arguments may be an attacker's.
 *
 * @param path 32 bytes a node, from the leaf's sibling up
 * @example
 * ```ts
 * const leaf = hashLeaf(new TextEncoder().encode(sample.signingInput), suite)
 * const path = inclusionPath(sample.tree, sample.receipt.index)
 * rootOfPath(leaf, sample.receipt.index, sample.tree.size, path, suite) // rootOf(sample.tree)
 * rootOfPath(leaf, sample.receipt.index, sample.tree.size, path.slice(DIGEST_BYTES), suite) // null
 * ```
 */
export function rootOfPath(
  leafHash: Uint8Array,
  index: number,
  size: number,
  path: Uint8Array,
  suite: Suite,
): Uint8Array | null {
  if (!isPlace(index, size) || path.length % DIGEST_BYTES !== 0) return null
  let at = index
  let last = size - 1
  let side = sideOf(at, last)
  copyBytes(leafHash, 0, DIGEST_BYTES, nodeInput, side)
  for (let sibling = 0; sibling < path.length; sibling += DIGEST_BYTES) {
    if (last === 0) return null
    copyBytes(path, sibling, DIGEST_BYTES, nodeInput, side === LEFT ? RIGHT : LEFT)
    // A last node without a sibling was carried up as it is: no digest belongs to those levels.
    while (side === RIGHT && at % 2 === 0 && at !== 0) {
      at = parentOf(at)
      last = parentOf(last)
    }
    at = parentOf(at)
    last = parentOf(last)
    side = sideOf(at, last)
    suite.sha256Into(nodeInput, nodeInput, side)
  }
  return last === 0 ? nodeInput.slice(side, side + DIGEST_BYTES) : null
}

function isPlace(index: number, size: number): boolean {
  return (
    Number.isInteger(index) && Number.isInteger(size) && index >= 0 && index < size && size <= MAX_TREE_SIZE
  )
}

/** Where a node stands beside its sibling on the path; a last node has its sibling before it, near or far. */
function sideOf(at: number, last: number): typeof LEFT | typeof RIGHT {
  return at % 2 === 1 || at === last ? RIGHT : LEFT
}

function parentOf(at: number): number {
  return at >>> 1
}
