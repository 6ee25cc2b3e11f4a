/** The questions to a node that reading a contract takes, and how its answers are read. All of them may be a lie. */
import { type Hex, type LedgerBlock, LedgerUnavailableError } from '@hefu/protocol'
import type {
  Abi,
  ContractEventName,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  DecodeEventLogReturnType,
} from 'viem'
import { isHex } from '../abi/hex-bytes.ts'
import { decodeEvent, decodeResult, encodeCall, itemOf } from './contract-codec.ts'
import type { NodeClient, NodeQuestion } from './node-client.ts'
import { BlockUnknownError } from './node-error.ts'

/** The newest block, or the one of this hash. */
export function blockQuestion(blockHash?: Hex): NodeQuestion {
  return blockHash === undefined
    ? { method: 'eth_getBlockByNumber', params: ['latest', false] }
    : { method: 'eth_getBlockByHash', params: [blockHash, false] }
}

/** The block of this number; `null`: the node's chain is not so long, or the node says nothing. */
export async function askBlockAt(client: NodeClient, number: number): Promise<LedgerBlock | null> {
  const found = await client.ask({ method: 'eth_getBlockByNumber', params: [toQuantity(number), false] })
  return found === null ? null : toBlock(found)
}

/**
 * A block as a node tells it.
 *
 * @throws {BlockUnknownError} for `null`
 * @throws {LedgerUnavailableError} `inconsistent` for what is no block, and for one that is pending
 */
export function toBlock(found: unknown): LedgerBlock {
  if (found === null) throw new BlockUnknownError()
  const { number, hash, timestamp } = Object(found) as Record<string, unknown>
  if (!isHex(hash)) throw inconsistent('a block without a hash')
  return { number: parseQuantity(number), hash, time: parseQuantity(timestamp) }
}

/** Which function of a contract is called, and at which block. */
export type ContractCall<A extends Abi, Name extends ContractFunctionName<A, 'view'>> = {
  readonly address: Hex
  readonly abi: A
  readonly functionName: Name
  readonly args: ContractFunctionArgs<A, 'view', Name>
  readonly blockHash: Hex
}

/**
 * What a contract's function answers at a block, which has to be of the node's chain.
 *
 * @throws {LedgerUnavailableError} `no-contract` where there is none; `inconsistent` for what it does not answer
 */
export async function askContract<const A extends Abi, Name extends ContractFunctionName<A, 'view'>>(
  client: NodeClient,
  { address, abi, functionName, args, blockHash }: ContractCall<A, Name>,
): Promise<ContractFunctionReturnType<A, 'view', Name>> {
  const called = itemOf(abi, 'function', functionName)
  const call = { to: address, data: encodeCall(called, args as readonly unknown[]) }
  const params = [call, { blockHash, requireCanonical: true }]
  const answer = await client.ask({ method: 'eth_call', params })
  if (answer === '0x')
    throw new LedgerUnavailableError('no-contract', `read the contract ${address}: none stands there`)
  return told(() => decodeResult(called, answer)) as ContractFunctionReturnType<A, 'view', Name>
}

/** Of which contract the events are, of which issuer, and in which one block. */
export interface EventPlace {
  readonly address: Hex
  /** The first indexed argument of each of the events, as the ABI has it. */
  readonly issuer: Hex
  readonly block: number
}

/**
 * The events of these names in a block, in their order. What was not asked for is left out, as if it had not come.
 *
 * @throws {LedgerUnavailableError} `inconsistent` for an event that is not of its own form
 */
export async function askEvents<const A extends Abi, Name extends ContractEventName<A>>(
  client: NodeClient,
  abi: A,
  names: readonly Name[],
  { address, issuer, block }: EventPlace,
): Promise<readonly DecodeEventLogReturnType<A, Name>[]> {
  const items = names.map((name) => itemOf(abi, 'event', name))
  const events = new Map(items.map((event) => [event.selector, event]))
  const issuerTopic: Hex = `0x${issuer.slice(2).padEnd(64, '0')}`
  const number = toQuantity(block)
  const topics = [[...events.keys()], issuerTopic]
  const params = [{ address, topics, fromBlock: number, toBlock: number }]
  const answer = await client.ask({ method: 'eth_getLogs', params })
  if (!Array.isArray(answer)) throw inconsistent('no list of events')
  return answer
    .map(toLog)
    .filter((log) => log.address === address.toLowerCase() && log.topics[1] === issuerTopic)
    .toSorted((one, other) => one.logIndex - other.logIndex)
    .flatMap((log) => {
      const event = events.get(log.topics[0])
      if (event === undefined) return []
      const args = told(() => decodeEvent(event, log))
      return [{ eventName: event.name, args } as DecodeEventLogReturnType<A, Name>]
    })
}

interface RpcLog {
  /** In lower case. */
  readonly address: string
  readonly topics: readonly [Hex, ...Hex[]]
  readonly data: Hex
  readonly logIndex: number
}

/** @throws {LedgerUnavailableError} `inconsistent` for what is none */
function toLog(found: unknown): RpcLog {
  const { address, topics, data, logIndex } = Object(found) as Record<string, unknown>
  if (
    !isHex(address) ||
    !isHex(data) ||
    !Array.isArray(topics) ||
    topics.length === 0 ||
    !topics.every(isHex)
  )
    throw inconsistent('an event that is none')
  return {
    address: address.toLowerCase(),
    topics: topics as [Hex, ...Hex[]],
    data,
    logIndex: parseQuantity(logIndex),
  }
}

/** A number as JSON-RPC writes it. */
function toQuantity(number: number): Hex {
  return `0x${number.toString(16)}`
}

/** @throws {LedgerUnavailableError} `inconsistent` for what is not encoded as the contract does */
function told<T>(decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    throw inconsistent('what the contract does not say', cause)
  }
}

/** @throws {LedgerUnavailableError} `inconsistent` for what is no number in hexadecimal, or too great a one */
export function parseQuantity(value: unknown): number {
  const number = typeof value === 'string' && /^0x[0-9a-f]{1,14}$/i.test(value) ? Number(value) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  throw inconsistent('no number where one is due')
}

function inconsistent(what: string, cause?: unknown): LedgerUnavailableError {
  return new LedgerUnavailableError('inconsistent', `ask the node: it answered ${what}`, { cause })
}
