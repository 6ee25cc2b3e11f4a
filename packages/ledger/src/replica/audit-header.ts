/** What a block's header proves: the state root under which storage is proven. */
import type { Hex } from '@hefu/protocol'
import { keccak256, toHex, toRlp } from 'viem'
import type { Engine } from '../network/network.ts'
import { AuditRefusedError } from './audit-error.ts'
import type { BlockHeader } from './node-reader.ts'

/** In the order in which they are hashed; numbers have no zeros before them. What came with later forks may be missing. */
const HEADER_FIELDS: readonly (readonly [name: string, kind: 'bytes' | 'number'])[] = [
  ['parentHash', 'bytes'],
  ['sha3Uncles', 'bytes'],
  ['miner', 'bytes'],
  ['stateRoot', 'bytes'],
  ['transactionsRoot', 'bytes'],
  ['receiptsRoot', 'bytes'],
  ['logsBloom', 'bytes'],
  ['difficulty', 'number'],
  ['number', 'number'],
  ['gasLimit', 'number'],
  ['gasUsed', 'number'],
  ['timestamp', 'number'],
  ['extraData', 'bytes'],
  ['mixHash', 'bytes'],
  ['nonce', 'bytes'],
  ['baseFeePerGas', 'number'],
  ['withdrawalsRoot', 'bytes'],
  ['blobGasUsed', 'number'],
  ['excessBlobGas', 'number'],
  ['parentBeaconBlockRoot', 'bytes'],
  ['requestsHash', 'bytes'],
]

/**
 * The state root of a block whose hash is agreed on.
 *
 * @param told the header as a node tells it: untrusted
 * @param engine absent: only what Ethereum's own rule proves is proven
 * @throws {AuditRefusedError} `header-wrong`, `header-unproven`
 */
export function provenStateRoot(
  { number, hash }: BlockHeader,
  told: unknown,
  engine: Engine | undefined,
): Hex {
  const header = told as Readonly<Record<string, unknown>> | null
  const root = header?.['stateRoot']
  if (header !== null && isHex(root) && hashOf(header) === hash) return root
  if (engine === 'ethereum') {
    const message = `prove block ${number}: the header that the node tells is not that of ${hash}`
    throw new AuditRefusedError('header-wrong', message)
  }
  const rule = engine ?? 'an engine that the network file does not name'
  const message = `prove block ${number}, ${hash}: its header is hashed by the rule of ${rule}, which is not proven here`
  throw new AuditRefusedError('header-unproven', message)
}

/** `null`: it is no header. */
function hashOf(header: Readonly<Record<string, unknown>>): Hex | null {
  const fields: Hex[] = []
  for (const [name, kind] of HEADER_FIELDS) {
    const value = header[name]
    if (value === undefined || value === null) continue
    if (!isHex(value)) return null
    fields.push(kind === 'bytes' ? value : numberBytes(value))
  }
  return fields.every((field) => field.length % 2 === 0) ? keccak256(toRlp(fields)) : null
}

/** Zero is no byte. */
function numberBytes(value: Hex): Hex {
  const number = BigInt(value)
  if (number === 0n) return '0x'
  const digits = toHex(number).slice(2)
  return `0x${digits.length % 2 === 0 ? '' : '0'}${digits}`
}

function isHex(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x[0-9a-f]*$/i.test(value)
}
