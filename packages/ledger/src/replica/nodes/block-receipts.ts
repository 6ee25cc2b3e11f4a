/** What a block’s transactions told: its header holds it by the root of a tree of their receipts (yellow paper, 4.4.1). */
import { MerklePatriciaTrie } from '@ethereumjs/mpt'
import { encodeHex, type Hex } from '@hefu/protocol'
import { hexToBytes, toRlp } from 'viem'
import type { BlockLog, ReadBlock } from '../blocks/node-reader.ts'
import type { EventLog } from '../events/decode-event.ts'
import { BLOOM_LENGTH, encodeQuantity } from './block-header.ts'
import {
  type Members,
  parseBytes,
  parseCount,
  parseList,
  parseMembers,
  parseQuantity,
} from './node-answer.ts'
import { NodeFaultError } from './node-fault.ts'

/** A block whose hash was made again from its header. */
export type HeldBlock = ReadBlock & { readonly logsBloom: Hex; readonly receiptsRoot: Hex }

/** A receipt, as far as its encoding holds it. */
export interface Receipt {
  /** Of its transaction: 0 is encoded bare, every other before it (EIP-2718). */
  readonly type: number
  /** Whether it was carried out; before Byzantium the state that it left. */
  readonly outcome: Hex
  readonly gasUsedUpTo: Hex
  readonly logsBloom: Hex
  readonly logs: readonly EventLog[]
}

/** Types beyond are no transactions’ (EIP-2718). */
const LAST_TYPE = 0x7f

/** @throws {NodeFaultError} `malformed`; `wrong-logs` for a receipt of no transaction */
export function parseReceipts(answer: unknown): readonly Receipt[] {
  return parseList(answer, 'the receipts of a block').map(parseReceipt)
}

/**
 * All logs of a block, from the receipts that a node answers for it.
 *
 * @throws {NodeFaultError} `wrong-logs` when the block’s header does not hold them
 */
export async function readHeldLogs(
  receipts: readonly Receipt[],
  block: HeldBlock,
): Promise<readonly BlockLog[]> {
  if ((await rootOf(receipts)) !== block.receiptsRoot || bloomOver(receipts) !== BigInt(block.logsBloom)) {
    const message = `read the receipts of block ${block.number}: its header ${block.hash} does not hold them`
    throw new NodeFaultError('wrong-logs', message)
  }
  return receipts
    .flatMap(({ logs }) => logs)
    .map((log, logIndex) => ({ ...log, blockNumber: block.number, blockHash: block.hash, logIndex }))
}

/** @throws {NodeFaultError} as {@link parseReceipts} */
export function parseReceipt(answer: unknown): Receipt {
  const members = parseMembers(answer, 'a receipt')
  const type = members['type'] === undefined ? 0 : parseCount(members['type'], 'the type of a receipt')
  if (type > LAST_TYPE)
    throw new NodeFaultError('wrong-logs', `read a receipt: no transaction is of type ${type}`)
  return {
    type,
    outcome: parseOutcome(members),
    gasUsedUpTo: encodeQuantity(parseQuantity(members['cumulativeGasUsed'], 'the gas of a receipt')),
    logsBloom: parseBytes(members['logsBloom'], 'the bloom of a receipt', BLOOM_LENGTH),
    logs: parseList(members['logs'], 'the logs of a receipt').map(parseEventLog),
  }
}

function parseOutcome({ status, root }: Members): Hex {
  if ((status ?? null) !== null) return encodeQuantity(parseQuantity(status, 'the status of a receipt'))
  return parseBytes(root, 'the state of a receipt', 32)
}

/** @throws {NodeFaultError} `malformed` */
export function parseEventLog(answer: unknown): EventLog {
  const { address, topics, data } = parseMembers(answer, 'a log')
  return {
    address: parseBytes(address, 'the address of a log', 20),
    topics: parseList(topics, 'the topics of a log').map((topic) =>
      parseBytes(topic, 'a topic of a log', 32),
    ),
    data: parseBytes(data, 'the data of a log'),
  }
}

/** How many hexadecimal digits, or nearly so, it is held in. */
export function sizeOfReceipt({ logsBloom, logs }: Receipt): number {
  return logs.reduce(
    (size, { address, topics, data }) => size + address.length + topics.join('').length + data.length,
    logsBloom.length,
  )
}

async function rootOf(receipts: readonly Receipt[]): Promise<Hex> {
  const trie = new MerklePatriciaTrie()
  for (const [place, receipt] of receipts.entries()) {
    await trie.put(toRlp(encodeQuantity(BigInt(place)), 'bytes'), hexToBytes(encodeReceipt(receipt)))
  }
  return encodeHex(trie.root())
}

function encodeReceipt({ type, outcome, gasUsedUpTo, logsBloom, logs }: Receipt): Hex {
  const told = logs.map(({ address, topics, data }) => [address, [...topics], data])
  const bare = toRlp([outcome, gasUsedUpTo, logsBloom, told])
  return type === 0 ? bare : `0x${type.toString(16).padStart(2, '0')}${bare.slice(2)}`
}

function bloomOver(receipts: readonly Receipt[]): bigint {
  return receipts.reduce((bloom, { logsBloom }) => bloom | BigInt(logsBloom), 0n)
}
