/** A block’s header, and the hash that its engine makes of it: what the header says of the block is held by its hash. */
import type { Hex } from '@hefu/protocol'
import { fromRlp, keccak256, toRlp } from 'viem'
import type { Engine } from '../../network/network.ts'
import type { ReadBlock } from '../blocks/node-reader.ts'
import {
  type Members,
  malformedAnswer,
  parseBytes,
  parseCount,
  parseMembers,
  parseQuantity,
} from './node-answer.ts'
import { NodeFaultError } from './node-fault.ts'

/** Bytes of a bloom. */
export const BLOOM_LENGTH = 256

/** A member of a header: bytes of a length, bytes of any length, or a number. */
interface HeaderMember {
  readonly name: string
  readonly is: number | 'bytes' | 'quantity'
}

/** What every header has, in the order in which it is hashed (yellow paper, 4.4). */
const ALWAYS: readonly HeaderMember[] = [
  { name: 'parentHash', is: 32 },
  { name: 'sha3Uncles', is: 32 },
  { name: 'miner', is: 20 },
  { name: 'stateRoot', is: 32 },
  { name: 'transactionsRoot', is: 32 },
  { name: 'receiptsRoot', is: 32 },
  { name: 'logsBloom', is: BLOOM_LENGTH },
  { name: 'difficulty', is: 'quantity' },
  { name: 'number', is: 'quantity' },
  { name: 'gasLimit', is: 'quantity' },
  { name: 'gasUsed', is: 'quantity' },
  { name: 'timestamp', is: 'quantity' },
  { name: 'extraData', is: 'bytes' },
  { name: 'mixHash', is: 32 },
  { name: 'nonce', is: 8 },
]

/** What forks added, each behind what was there: London, Shanghai, Cancun, Prague. A node leaves out what its fork has not. */
const SINCE_FORKS: readonly HeaderMember[] = [
  { name: 'baseFeePerGas', is: 'quantity' },
  { name: 'withdrawalsRoot', is: 32 },
  { name: 'blobGasUsed', is: 'quantity' },
  { name: 'excessBlobGas', is: 'quantity' },
  { name: 'parentBeaconBlockRoot', is: 32 },
  { name: 'requestsHash', is: 32 },
]

/** What is put before the seals in the extra data of QBFT: vanity, validators, vote. */
const UNSEALED_ITEMS = 3
/** The same, and behind it the round and the seals. */
const QBFT_ITEMS = 5

/** The hash of a header in its form of JSON-RPC, by the rule of its chain. */
export type HashOf = (header: Members) => Hex

/**
 * The block that a node tells of.
 *
 * @param hashOf absent: only what is read of a header is asked of it, and nothing holds it
 * @throws {NodeFaultError} `malformed`; `wrong-header` when its hash is another than its engine makes of it
 */
export function parseBlock(answer: unknown, hashOf: HashOf | undefined): ReadBlock {
  const members = parseMembers(answer, 'a block')
  assertTexts(members)
  const block = {
    number: parseCount(members['number'], 'the number of a block'),
    hash: parseBytes(members['hash'], 'the hash of a block', 32),
    parentHash: parseBytes(members['parentHash'], 'the parent of a block', 32),
    time: parseCount(members['timestamp'], 'the time of a block'),
  }
  if (hashOf === undefined) return { ...block, logsBloom: bloomOf(members['logsBloom']) }
  const hash = hashOf(members)
  if (hash !== block.hash) {
    const message = `read block ${block.number}: it is told as ${block.hash}, and its header makes ${hash}`
    throw new NodeFaultError('wrong-header', message)
  }
  return {
    ...block,
    logsBloom: parseBytes(members['logsBloom'], 'the bloom of a block', BLOOM_LENGTH),
    receiptsRoot: parseBytes(members['receiptsRoot'], 'the receipts root of a block', 32),
  }
}

/**
 * The hash of a header in its form of JSON-RPC.
 *
 * @throws {NodeFaultError} `malformed`
 */
export function hashHeader(header: Members, engine: Engine): Hex {
  const added = SINCE_FORKS.filter(({ name }) => (header[name] ?? null) !== null)
  const items = [...ALWAYS, ...added].map((member) => itemOf(header, member))
  if (engine === 'qbft') items[EXTRA_DATA] = withoutSeals(items[EXTRA_DATA] ?? '0x')
  return keccak256(toRlp(items, 'bytes'))
}

/**
 * All of a header that is hashed, as one text: the same for no two headers.
 *
 * @throws {NodeFaultError} `malformed` for a member that is no text
 */
export function headerText(header: Members): string {
  assertTexts(header)
  return JSON.stringify([...ALWAYS, ...SINCE_FORKS].map(({ name }) => header[name] ?? null))
}

/** @throws {NodeFaultError} `malformed`: what is none may be nested as deep as the node likes */
function assertTexts(header: Members): void {
  for (const { name } of [...ALWAYS, ...SINCE_FORKS]) {
    const member = header[name] ?? null
    if (member !== null && typeof member !== 'string') throw malformedAnswer(`${name} of a block`)
  }
}

const EXTRA_DATA = ALWAYS.findIndex(({ name }) => name === 'extraData')

function itemOf(header: Members, { name, is }: HeaderMember): Hex {
  const what = `${name} of a block`
  if (is === 'quantity') return encodeQuantity(parseQuantity(header[name], what))
  return is === 'bytes' ? parseBytes(header[name], what) : parseBytes(header[name], what, is)
}

/**
 * The validators seal a block that is already made, each node may have other seals of it, and in another round it is
 * the same block: so round zero and no seals are hashed in their place (Besu `QbftExtraDataCodec`, Quorum
 * `QBFTFilteredHeader`).
 */
function withoutSeals(extraData: Hex): Hex {
  const items = itemsOf(extraData)
  if (items.length !== QBFT_ITEMS) throw malformedAnswer('the extra data of a QBFT block')
  return toRlp([...items.slice(0, UNSEALED_ITEMS), '0x', []])
}

function itemsOf(extraData: Hex): readonly RlpItem[] {
  try {
    const items = fromRlp(extraData, 'hex')
    if (typeof items !== 'string') return items
  } catch {
    // The same sentence for no RLP and for RLP of another kind.
  }
  throw malformedAnswer('the extra data of a QBFT block')
}

type RlpItem = Hex | readonly RlpItem[]

/** A number as RLP has it: without a zero before it, and zero as nothing. */
export function encodeQuantity(quantity: bigint): Hex {
  if (quantity === 0n) return '0x'
  const digits = quantity.toString(16)
  return `0x${digits.padStart(digits.length + (digits.length % 2), '0')}`
}

/** What is no bloom says nothing. */
function bloomOf(answer: unknown): Hex | null {
  return typeof answer === 'string' && /^0x[0-9a-f]{512}$/i.test(answer)
    ? (answer.toLowerCase() as Hex)
    : null
}
