/** Events of a contract, page by page: a node may limit what it answers in one piece. */
import type { Log, LogDescription, Provider } from 'ethers'
import { readArtifact } from './artifact.ts'
import { blockOfCode } from './first-block.ts'

export interface EventFilter {
  readonly address: string
  /** Topic of one event; all events when it is not said. */
  readonly topic?: string
}

/** Where in the chain an event stands. */
export interface EventPlace {
  readonly blockNumber: number
  /** Place among the logs of its block. */
  readonly index: number
}

/** An event, and where it stands. */
export interface ToldEvent extends EventPlace {
  readonly name: string
  readonly args: LogDescription['args']
}

const PAGE_BLOCKS = 5000

/**
 * The logs that a filter finds from a block on, in their order.
 *
 * @param last the latest block when it is not said
 * @throws what the node answers when it refuses even a single block
 */
export async function readLogs(
  provider: Provider,
  filter: EventFilter,
  fromBlock: number,
  last?: number,
): Promise<Log[]> {
  const logs: Log[] = []
  const end = last ?? (await provider.getBlockNumber())
  for (let from = fromBlock; from <= end; from += PAGE_BLOCKS) {
    logs.push(...(await readPage(provider, filter, from, Math.min(from + PAGE_BLOCKS - 1, end))))
  }
  return logs
}

/** A page that is refused is asked for in halves. */
async function readPage(provider: Provider, filter: EventFilter, from: number, to: number): Promise<Log[]> {
  try {
    const { address, topic } = filter
    return await provider.getLogs({ address, topics: [topic ?? null], fromBlock: from, toBlock: to })
  } catch (error) {
    if (from === to) throw error
    const middle = from + Math.floor((to - from) / 2)
    return [
      ...(await readPage(provider, filter, from, middle)),
      ...(await readPage(provider, filter, middle + 1, to)),
    ]
  }
}

/**
 * All events that a contract told since its own block, in their order.
 *
 * @param artifacts of the interfaces that know its events between them
 * @param last the block that they are told up to; the latest when it is not said
 * @throws {RangeError} when it tells an event that none of them knows
 */
export async function readEvents(
  provider: Provider,
  address: string,
  artifacts: readonly string[],
  last?: number,
): Promise<readonly ToldEvent[]> {
  const abis = artifacts.map((path) => readArtifact(path).abi)
  const logs = await readLogs(provider, { address }, await blockOfCode(provider, address), last)
  return logs.map((log) => {
    const event = abis.map((abi) => abi.parseLog(log)).find((parsed) => parsed !== null)
    if (!event) {
      throw new RangeError(`replay ${address}: an unknown event in the transaction ${log.transactionHash}`)
    }
    const { name, args } = event
    return { name, args, blockNumber: log.blockNumber, index: log.index }
  })
}

/**
 * That a node does not keep silent about a contract altogether: each of ours tells an event when it is made.
 *
 * @throws {RangeError} when there is none
 */
export function assertTold(address: string, events: readonly ToldEvent[]): void {
  if (events.length > 0) return
  throw new RangeError(`replay ${address}: the node tells not even the event of its creation`)
}

/** Whether one event stands before another; before one that is still to come (undefined) stands every event. */
export function isBefore(one: EventPlace, other: EventPlace | undefined): boolean {
  if (other === undefined) return true
  return (
    one.blockNumber < other.blockNumber || (one.blockNumber === other.blockNumber && one.index < other.index)
  )
}
