/** Receipt 存证回执: where a credential's batch is anchored and its path to the root (spec/receipt.md). */

import {
  DIGEST_BYTES,
  hashLeaf,
  inclusionPath,
  MAX_TREE_SIZE,
  type MerkleTree,
  rootOf,
  rootOfPath,
} from '../batch/merkle-tree.ts'
import { decodeHex, encodeHex, type Hex, parseHex } from '../bytes/hex.ts'
import { malformed } from '../bytes/malformed.ts'
import {
  arrayMember,
  assertOnly,
  assertOrder,
  collect,
  hexMember,
  integerMember,
  parseObject,
  textMember,
} from '../bytes/members.ts'
import type { JsonValue } from '../bytes/strict-json.ts'
import type { LedgerIdentity } from '../credential/claims.ts'
import type { Suite } from '../suite/suite.ts'

/** It asserts nothing about time: the time of an anchor is the ledger's. */
export interface Receipt {
  readonly chainId: number
  /** Address of the ledger's contract, lower case. */
  readonly ledger: Hex
  /** USCC of the issuer under whose name the root is anchored. */
  readonly issuer: string
  readonly root: Hex
  /** Leaves in the batch. */
  readonly size: number
  /** Place of this credential in the batch, from 0. */
  readonly index: number
  /** Siblings from the leaf up; at most 32. */
  readonly path: readonly Hex[]
}

const MEMBERS = ['chainId', 'ledger', 'issuer', 'root', 'size', 'index', 'path']
const MAX_PATH = 32

/**
 * Reads an untrusted receipt.
 *
 * @throws {MalformedError}
 * @example
 * ```ts
 * parseReceipt({ ...sample.receipt }, 'receipt') // sample.receipt
 * parseReceipt(null, 'receipt') // throws MalformedError
 * ```
 */
export function parseReceipt(value: JsonValue, where: string): Receipt {
  const object = parseObject(value, where)
  assertOnly(object, MEMBERS, where)
  const receipt = collect({
    chainId: () => integerMember(object, 'chainId', 1, Number.MAX_SAFE_INTEGER, where),
    ledger: () => hexMember(object, 'ledger', 20, where),
    issuer: () => textMember(object, 'issuer', /^[0-9A-Z]{18}$/, 'a USCC', where),
    root: () => hexMember(object, 'root', DIGEST_BYTES, where),
    size: () => integerMember(object, 'size', 1, MAX_TREE_SIZE, where),
    index: () => integerMember(object, 'index', 0, MAX_TREE_SIZE - 1, where),
    path: () =>
      arrayMember(object, 'path', MAX_PATH, where).map((node, i) =>
        parseHex(node, DIGEST_BYTES, `${where}.path[${i}]`),
      ),
  })
  assertOrder(object, MEMBERS, where)
  if (receipt.index < receipt.size) return receipt
  throw malformed(
    'wrong-value',
    `${where}.index`,
    `an index below the size ${receipt.size}`,
    `${receipt.index}`,
  )
}

/** The receipt as the JSON object that stands in a bundle; the order of members is part of the format. */
export function orderReceipt(receipt: Receipt): Receipt {
  const { chainId, ledger, issuer, root, size, index, path } = receipt
  return { chainId, ledger, issuer, root, size, index, path }
}

/**
 * The receipt of one leaf of an anchored batch.
 *
 * @throws {RangeError} for an index outside of the batch
 * @example
 * ```ts
 * createReceipt(view.ledger, '11430000006122244L', sample.tree, 4) // sample.receipt
 * createReceipt(view.ledger, '11430000006122244L', sample.tree, 7) // throws RangeError
 * ```
 */
export function createReceipt(
  ledger: LedgerIdentity,
  issuer: string,
  tree: MerkleTree,
  index: number,
): Receipt {
  return {
    chainId: ledger.chainId,
    ledger: ledger.address,
    issuer,
    root: encodeHex(rootOf(tree)),
    size: tree.size,
    index,
    path: inclusionPath(tree, index).map(encodeHex),
  }
}

/**
 * Whether the path of a receipt leads from this signing input to its root.
 *
 * @example
 * ```ts
 * verifyInclusion(sample.signingInput, sample.receipt, suite) // true
 * verifyInclusion('another signing input', sample.receipt, suite) // false
 * ```
 */
export function verifyInclusion(signingInput: string, receipt: Receipt, suite: Suite): boolean {
  const leafHash = hashLeaf(signingInput, suite)
  const root = rootOfPath(leafHash, receipt.index, receipt.size, receipt.path.map(decodeHex), suite)
  return root !== null && encodeHex(root) === receipt.root
}
