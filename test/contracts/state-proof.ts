/**
 * Proofs of `eth_getProof` (EIP-1186), checked by another implementation than the node's. What comes from a node is
 * believed in nothing.
 */
import { MerklePatriciaTrie, verifyMPTWithMerkleProof } from '@ethereumjs/mpt'
import { decodeRlp, encodeRlp, getBytes, keccak256, stripZerosLeft, toBeHex } from 'ethers'

/** A slot as the node tells it; zero is an absent one. */
export interface StorageProof {
  /** The slot. */
  readonly key: string
  readonly value: string
  /** Nodes from the storage root down. */
  readonly proof: readonly string[]
}

export interface StateProof {
  /** Nodes from the state root down. */
  readonly accountProof: readonly string[]
  readonly storageProof: readonly StorageProof[]
}

export interface ProvenAccount {
  readonly storageRoot: string
  readonly codeHash: string
}

/** The nodes do not prove what the node says. */
export class StateProofError extends Error {
  override readonly name = 'StateProofError'
}

/** A header as the node tells it, by the names of `eth_getBlockByNumber`. */
export type Header = Readonly<Record<string, unknown>>

export interface ProvenBlock {
  readonly stateRoot: string
  readonly number: bigint
  /** Unix seconds. */
  readonly timestamp: bigint
}

/** In the order in which they are hashed; numbers have no zeros before them. */
const HEADER_FIELDS: Readonly<Record<string, 'bytes' | 'number'>> = {
  parentHash: 'bytes',
  sha3Uncles: 'bytes',
  miner: 'bytes',
  stateRoot: 'bytes',
  transactionsRoot: 'bytes',
  receiptsRoot: 'bytes',
  logsBloom: 'bytes',
  difficulty: 'number',
  number: 'number',
  gasLimit: 'number',
  gasUsed: 'number',
  timestamp: 'number',
  extraData: 'bytes',
  mixHash: 'bytes',
  nonce: 'bytes',
  baseFeePerGas: 'number',
  withdrawalsRoot: 'bytes',
  blobGasUsed: 'number',
  excessBlobGas: 'number',
  parentBeaconBlockRoot: 'bytes',
  requestsHash: 'bytes',
}

/**
 * What a block says of itself. Fields that came with later forks may be missing.
 *
 * @throws {StateProofError} when the header is not that of the block with this hash
 */
export function verifyHeader(hash: string, header: Header): ProvenBlock {
  const fields = Object.entries(HEADER_FIELDS).flatMap(([name, kind]) => {
    const value = header[name]
    if (typeof value !== 'string') return []
    return [kind === 'bytes' ? value : stripZerosLeft(toBeHex(value))]
  })
  const found = keccak256(encodeRlp(fields))
  if (found !== hash) throw new StateProofError(`the header is that of ${found}, not of ${hash}`)
  const { stateRoot, number, timestamp } = header
  return {
    stateRoot: String(stateRoot),
    number: BigInt(String(number)),
    timestamp: BigInt(String(timestamp)),
  }
}

/** @throws {StateProofError} when the nodes do not lead from the state root to an account at the address */
export async function verifyAccount(
  stateRoot: string,
  address: string,
  accountProof: readonly string[],
): Promise<ProvenAccount> {
  const leaf = await followNodes(stateRoot, address, accountProof)
  if (leaf === null) throw new StateProofError(`no account at ${address}`)
  const [, , storageRoot, codeHash] = decodeRlp(leaf) as string[]
  if (storageRoot === undefined || codeHash === undefined) {
    throw new StateProofError(`no account at ${address}`)
  }
  return { storageRoot, codeHash }
}

/**
 * What a slot of the account holds.
 *
 * @throws {StateProofError} when the nodes do not prove the value for this slot
 */
export async function verifySlot(
  storageRoot: string,
  slot: bigint,
  { value, proof }: StorageProof,
): Promise<bigint> {
  const leaf = await followNodes(storageRoot, toBeHex(slot, 32), proof)
  // Some nodes keep a zero that was written as a leaf, whose content is then empty.
  const proven = leaf === null ? 0n : BigInt(`${decodeRlp(leaf)}`.padEnd(3, '0'))
  if (proven !== BigInt(value)) throw new StateProofError(`the slot holds ${proven}, not ${value}`)
  return proven
}

/** The leaf under the key, or null where the nodes prove that there is none. */
async function followNodes(root: string, key: string, nodes: readonly string[]): Promise<Uint8Array | null> {
  const hashing = new MerklePatriciaTrie({ useKeyHashing: true })
  try {
    return await verifyMPTWithMerkleProof(
      hashing,
      getBytes(root),
      getBytes(key),
      nodes.map((node) => getBytes(node)),
    )
  } catch (cause) {
    throw new StateProofError(`the nodes do not lead from ${root} to ${key}`, { cause })
  }
}
