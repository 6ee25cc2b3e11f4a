/** Receipt 存证回执: where a credential's batch is anchored and its path to the root (spec/receipt.md). */

import {
  DIGEST_BYTES,
  hashLeaf,
  inclusionPath,
  MAX_TREE_SIZE,
  type MerkleTree,
  nodesOf,
  rootOf,
  rootOfPath,
} from '../batch/merkle-tree.ts'
import { layOutAscii } from '../bytes/ascii.ts'
import { decodeHex, decodeHexDigits, encodeHex, type Hex, parseHex } from '../bytes/hex.ts'
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
import type { JsonObject, JsonValue } from '../bytes/strict-json.ts'
import { encodeUtf8 } from '../bytes/text.ts'
import type { LedgerIdentity } from '../identifiers/ledger-identity.ts'
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
  /** Siblings from the leaf up, 32 bytes each, at most 32 of them. */
  readonly path: Uint8Array
}

const MEMBERS = ['chainId', 'ledger', 'issuer', 'root', 'size', 'index', 'path']
const MAX_PATH = 32
const ADDRESS_BYTES = 20

/**
 * Reads an untrusted receipt.
 *
 * @throws {MalformedError}
 * @example
 * ```ts
 * parseReceipt({ ...receiptObject(sample.receipt) }, 'receipt') // sample.receipt
 * parseReceipt(null, 'receipt') // throws MalformedError
 * ```
 */
export function parseReceipt(value: JsonValue, where: string): Receipt {
  const object = parseObject(value, where)
  assertOnly(object, MEMBERS, where)
  const receipt = collect({
    chainId: () => integerMember(object, 'chainId', 1, Number.MAX_SAFE_INTEGER, where),
    ledger: () => hexMember(object, 'ledger', ADDRESS_BYTES, where),
    issuer: () => textMember(object, 'issuer', /^[0-9A-Z]{18}$/, 'a USCC', where),
    root: () => hexMember(object, 'root', DIGEST_BYTES, where),
    size: () => integerMember(object, 'size', 1, MAX_TREE_SIZE, where),
    index: () => integerMember(object, 'index', 0, MAX_TREE_SIZE - 1, where),
    path: () => parsePath(object, `${where}.path`, where),
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

function parsePath(object: JsonObject, at: string, where: string): Uint8Array {
  const nodes = arrayMember(object, 'path', MAX_PATH, where)
  const path = new Uint8Array(nodes.length * DIGEST_BYTES)
  nodes.forEach((node, i) => {
    path.set(decodeHex(parseHex(node, DIGEST_BYTES, `${at}[${i}]`)), i * DIGEST_BYTES)
  })
  return path
}

/** The text of a receipt up to its path; what the expression leaves open are lengths and the bounds of numbers. */
const HEAD = new RegExp(
  [
    String.raw`^\{"chainId":([1-9][0-9]{0,15})`,
    '"ledger":"(0x[0-9a-f]+)"',
    '"issuer":"([0-9A-Z]{18})"',
    '"root":"(0x[0-9a-f]+)"',
    '"size":([1-9][0-9]{0,9})',
    '"index":(0|[1-9][0-9]{0,9})',
    String.raw`"path":\[`,
  ].join(','),
)

/** Reads the one text of a receipt; `null` for every other text, of which {@link parseReceipt} says what is wrong. */
export function matchReceipt(text: string): Receipt | null {
  const parts = HEAD.exec(text)
  if (parts === null || !text.endsWith('}')) return null
  const [head, chainId, ledger, issuer = '', root, size, index] = parts
  const path = matchPath(text.slice(head.length, -1))
  if (path === null) return null
  const receipt: Receipt = {
    chainId: Number(chainId),
    ledger: ledger as Hex,
    issuer,
    root: root as Hex,
    size: Number(size),
    index: Number(index),
    path,
  }
  return isSound(receipt) ? receipt : null
}

function isSound({ chainId, ledger, root, size, index }: Receipt): boolean {
  return (
    chainId <= Number.MAX_SAFE_INTEGER &&
    ledger.length === 2 + 2 * ADDRESS_BYTES &&
    root.length === 2 + 2 * DIGEST_BYTES &&
    size <= MAX_TREE_SIZE &&
    index < size
  )
}

const BEFORE_DIGITS = encodeUtf8('"0x')
const DIGITS = 2 * DIGEST_BYTES
const AFTER_DIGITS = encodeUtf8('",')
const AFTER_LAST_DIGITS = encodeUtf8('"]')
const NODE_CHARACTERS = BEFORE_DIGITS.length + DIGITS + AFTER_DIGITS.length

/** Reads `"0x…","0x…"]`, or `]` alone; `null` for every other text. */
function matchPath(text: string): Uint8Array | null {
  if (text === ']') return new Uint8Array(0)
  const count = text.length / NODE_CHARACTERS
  if (!Number.isInteger(count) || count < 1 || count > MAX_PATH) return null
  const ascii = layOutAscii(text)
  if (ascii === null) return null
  const path = new Uint8Array(count * DIGEST_BYTES)
  for (let i = 0; i < count; i++) {
    const from = i * NODE_CHARACTERS
    const digits = from + BEFORE_DIGITS.length
    const isNode =
      standsAt(ascii, from, BEFORE_DIGITS) &&
      decodeHexDigits(ascii, digits, path, i * DIGEST_BYTES, DIGEST_BYTES) &&
      standsAt(ascii, digits + DIGITS, i === count - 1 ? AFTER_LAST_DIGITS : AFTER_DIGITS)
    if (!isNode) return null
  }
  return path
}

function standsAt(ascii: Uint8Array, at: number, characters: Uint8Array): boolean {
  for (let i = 0; i < characters.length; i++) if (ascii[at + i] !== characters[i]) return false
  return true
}

/** A receipt as JSON has it: the nodes of its path in hexadecimal. */
export interface ReceiptObject extends Omit<Receipt, 'path'> {
  readonly path: readonly Hex[]
}

/**
 * The receipt as the JSON object that stands in a bundle; the order of members is part of the format.
 *
 * @example
 * ```ts
 * parseReceipt({ ...receiptObject(sample.receipt) }, 'receipt') // sample.receipt
 * ```
 */
export function receiptObject(receipt: Receipt): ReceiptObject {
  const { chainId, ledger, issuer, root, size, index, path } = receipt
  return { chainId, ledger, issuer, root, size, index, path: nodesOf(path).map(encodeHex) }
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
    path: inclusionPath(tree, index),
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
  const root = rootOfPath(leafHash, receipt.index, receipt.size, receipt.path, suite)
  return root !== null && encodeHex(root) === receipt.root
}
