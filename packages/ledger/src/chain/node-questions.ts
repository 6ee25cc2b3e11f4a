/**
 * The questions to a node that reading a contract takes, each one request. By JSON-RPC itself: viem's actions bring
 * multicalls, overrides and formatters along, half of what a browser would have to load. All answers may be a lie.
 */
import { type Hex, type LedgerBlock, LedgerUnavailableError } from '@hefu/protocol'
import {
  type Abi,
  BlockNotFoundError,
  type Client,
  type ContractEventName,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  type DecodeEventLogReturnType,
  decodeEventLog,
  decodeFunctionResult,
  type EncodeFunctionDataParameters,
  encodeEventTopics,
  encodeFunctionData,
  numberToHex,
} from 'viem'

/** The id of the chain that a node serves. */
export async function askChainId(client: Client): Promise<number> {
  return quantity(await client.request({ method: 'eth_chainId' }))
}

/** The newest block, or the one of this hash. */
export async function askBlock(client: Client, blockHash?: Hex): Promise<LedgerBlock> {
  const found = await (blockHash === undefined
    ? client.request({ method: 'eth_getBlockByNumber', params: ['latest', false] })
    : client.request({ method: 'eth_getBlockByHash', params: [blockHash, false] }))
  if (found === null) throw new BlockNotFoundError(blockHash === undefined ? {} : { blockHash })
  return toBlock(found)
}

/** The block of this number; `null`: the node's chain is not so long, or the node says nothing. */
export async function askBlockAt(client: Client, number: number): Promise<LedgerBlock | null> {
  const found = await client.request({
    method: 'eth_getBlockByNumber',
    params: [numberToHex(number), false],
  })
  return found && toBlock(found)
}

interface RpcBlock {
  readonly number: Hex | null
  readonly hash: Hex | null
  readonly timestamp: Hex
}

/** @throws {LedgerUnavailableError} `inconsistent` for what is no block, and for one that is pending */
function toBlock({ number, hash, timestamp }: RpcBlock): LedgerBlock {
  if (typeof hash !== 'string') throw inconsistent('a block without a hash')
  return { number: quantity(number), hash, time: quantity(timestamp) }
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
 * @throws {LedgerUnavailableError} `no-contract` where there is none
 */
export async function askContract<const A extends Abi, Name extends ContractFunctionName<A, 'view'>>(
  client: Client,
  { address, abi, functionName, args, blockHash }: ContractCall<A, Name>,
): Promise<ContractFunctionReturnType<A, 'view', Name>> {
  const data = encodeFunctionData({ abi, functionName, args } as unknown as EncodeFunctionDataParameters)
  const answer = await client.request({
    method: 'eth_call',
    params: [
      { to: address, data },
      { blockHash, requireCanonical: true },
    ],
  })
  if (answer === '0x')
    throw new LedgerUnavailableError('no-contract', `read the contract ${address}: none stands there`)
  return decodeFunctionResult({ abi, functionName, data: answer } as never) as ContractFunctionReturnType<
    A,
    'view',
    Name
  >
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
  client: Client,
  abi: A,
  names: readonly Name[],
  { address, issuer, block }: EventPlace,
): Promise<readonly DecodeEventLogReturnType<A, Name>[]> {
  const topics = names.map((eventName) => topicOf(abi, eventName))
  const issuerTopic: Hex = `0x${issuer.slice(2).padEnd(64, '0')}`
  const number = numberToHex(block)
  const logs = await client.request({
    method: 'eth_getLogs',
    params: [{ address, topics: [topics, issuerTopic], fromBlock: number, toBlock: number }],
  })
  return logs
    .filter(
      (log) =>
        log.address.toLowerCase() === address.toLowerCase() &&
        topics.includes(log.topics[0] ?? '0x') &&
        log.topics[1] === issuerTopic,
    )
    .toSorted((one, other) => quantity(one.logIndex) - quantity(other.logIndex))
    .map((log) => decodeLog(abi, log) as DecodeEventLogReturnType<A, Name>)
}

function topicOf(abi: Abi, eventName: string): Hex {
  const [topic] = encodeEventTopics({ abi, eventName })
  if (typeof topic !== 'string')
    throw new RangeError(`read the event ${eventName}: the ABI has no topic of it`)
  return topic
}

/** @throws {LedgerUnavailableError} */
function decodeLog(
  abi: Abi,
  { data, topics }: { readonly data: Hex; readonly topics: readonly Hex[] },
): unknown {
  try {
    return decodeEventLog({ abi, data, topics: topics as [Hex, ...Hex[]] })
  } catch (cause) {
    throw inconsistent('an event that is none', cause)
  }
}

/** @throws {LedgerUnavailableError} `inconsistent` for what is no number in hexadecimal, or too great a one */
function quantity(value: unknown): number {
  const number = typeof value === 'string' && /^0x[0-9a-f]{1,14}$/i.test(value) ? Number(value) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  throw inconsistent('no number where one is due')
}

function inconsistent(what: string, cause?: unknown): LedgerUnavailableError {
  return new LedgerUnavailableError('inconsistent', `ask the node: it answered ${what}`, { cause })
}
