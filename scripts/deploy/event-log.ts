/** Events of a contract, page by page: a node may limit what it answers in one piece. */
import type { Log, Provider } from 'ethers'

export interface EventFilter {
  readonly address: string
  /** Topic of one event; all events when it is not said. */
  readonly topic?: string
}

const PAGE_BLOCKS = 5000

/**
 * The logs that a filter finds from a block on, in their order.
 *
 * @throws what the node answers when it refuses even a single block
 */
export async function readLogs(provider: Provider, filter: EventFilter, fromBlock: number): Promise<Log[]> {
  const logs: Log[] = []
  const last = await provider.getBlockNumber()
  for (let from = fromBlock; from <= last; from += PAGE_BLOCKS) {
    logs.push(...(await readPage(provider, filter, from, Math.min(from + PAGE_BLOCKS - 1, last))))
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
