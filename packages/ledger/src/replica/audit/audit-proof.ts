/** Storage proofs (EIP-1186): what a node says of an account's slots, checked against a state root that is known. */
import { MerklePatriciaTrie, updateMPTFromMerkleProof } from '@ethereumjs/mpt'
import type { Hex } from '@hefu/protocol'
import { fromRlp, hexToBigInt, hexToBytes, numberToHex, toHex } from 'viem'
import { isHex } from '../../abi/hex-bytes.ts'
import type { Word } from '../../slots/slot-arithmetic.ts'
import { AuditRefusedError } from './audit-error.ts'

/** Nodes of one proof at most: a path has one for each half byte of a hash. */
const MOST_NODES = 65

/** Of a hash, with the `0x` before them. */
const ROOT_DIGITS = 66

interface StorageProof {
  readonly value: Hex
  readonly proof: readonly Hex[]
}

interface StateProof {
  readonly accountProof: readonly Hex[]
  readonly storageProof: readonly StorageProof[]
}

/**
 * What the slots of a contract hold, in their order.
 *
 * @param told what a node answers to `eth_getProof`: untrusted
 * @throws {AuditRefusedError} `proof-wrong` when it does not prove a value for every slot, or another than it says
 */
export async function provenWords(
  stateRoot: Hex,
  contract: Hex,
  slots: readonly Word[],
  told: unknown,
): Promise<readonly Word[]> {
  const { accountProof, storageProof } = parseProof(told, contract, slots.length)
  const account = await followNodes(stateRoot, [contract], accountProof, contract)
  const storageRoot = storageRootOf(account[0] ?? null)
  if (storageRoot === null) throw wrong(contract, 'its state root has no account there')
  const keys = slots.map((slot) => numberToHex(slot, { size: 32 }))
  const nodes = storageProof.flatMap(({ proof }) => proof)
  const leaves = await followNodes(storageRoot, keys, nodes, contract)
  return leaves.map((leaf, place) => {
    const proven = leaf === null ? 0n : wordOf(leaf, contract)
    const said = storageProof[place]?.value ?? '0x'
    if (hexToBigInt(said) !== proven)
      throw wrong(contract, `it says that slot ${keys[place]} holds ${said}, and proves ${toHex(proven)}`)
    return proven
  })
}

/** The leaves under these keys; `null` where the nodes prove that there is none. */
async function followNodes(
  root: Hex,
  keys: readonly Hex[],
  nodes: readonly Hex[],
  contract: Hex,
): Promise<readonly (Uint8Array | null)[]> {
  // Nodes are found by their hashes, from the root on: what is not led to is not looked at.
  const trie = new MerklePatriciaTrie({ root: hexToBytes(root), useKeyHashing: true })
  try {
    await updateMPTFromMerkleProof(
      trie,
      [...new Set(nodes)].map((node) => hexToBytes(node)),
    )
    const leaves: (Uint8Array | null)[] = []
    for (const key of keys) leaves.push(await trie.get(hexToBytes(key), true))
    return leaves
  } catch (cause) {
    throw wrong(contract, `its nodes do not lead from ${root} to what was asked about`, cause)
  }
}

function storageRootOf(leaf: Uint8Array | null): Hex | null {
  if (leaf === null) return null
  const account = fromRlp(leaf, 'hex')
  const root = Array.isArray(account) ? account[2] : null
  return typeof root === 'string' && root.length === ROOT_DIGITS ? (root as Hex) : null
}

/** Some nodes keep a zero that was written as a leaf, whose content is then empty. */
function wordOf(leaf: Uint8Array, contract: Hex): Word {
  const value = fromRlp(leaf, 'hex')
  if (typeof value !== 'string') throw wrong(contract, 'a leaf holds no value')
  return value === '0x' ? 0n : hexToBigInt(value)
}

function parseProof(told: unknown, contract: Hex, slots: number): StateProof {
  const { accountProof, storageProof } = (told ?? {}) as Readonly<Record<string, unknown>>
  const isProof =
    isNodes(accountProof) &&
    Array.isArray(storageProof) &&
    storageProof.length === slots &&
    storageProof.every(isStorageProof)
  if (!isProof) throw wrong(contract, 'it answers no proof of each slot')
  return { accountProof, storageProof }
}

function isStorageProof(told: unknown): told is StorageProof {
  const { value, proof } = (told ?? {}) as Readonly<Record<string, unknown>>
  return typeof value === 'string' && /^0x[0-9a-f]{1,64}$/i.test(value) && isNodes(proof)
}

function isNodes(told: unknown): told is readonly Hex[] {
  return (
    Array.isArray(told) && told.length <= MOST_NODES && told.every((node) => isHex(node) && node.length > 2)
  )
}

function wrong(contract: Hex, what: string, cause?: unknown): AuditRefusedError {
  return new AuditRefusedError('proof-wrong', `prove the storage of ${contract}: ${what}`, { cause })
}
