/** All events of a contract, page by page: a node may limit what it answers in one piece. */
import type { Log, Provider } from 'ethers'

const PAGE_BLOCKS = 5000

/**
 * The logs of a contract from a block on, in their order.
 *
 * @throws what the node answers when it refuses even a single block
 */
export async function readLogs(provider: Provider, address: string, fromBlock: number): Promise<Log[]> {
  const logs: Log[] = []
  const last = await provider.getBlockNumber()
  for (let from = fromBlock; from <= last; from += PAGE_BLOCKS) {
    logs.push(...(await readPage(provider, address, from, Math.min(from + PAGE_BLOCKS - 1, last))))
  }
  return logs
}

/** A page that is refused is asked for in halves. */
async function readPage(provider: Provider, address: string, from: number, to: number): Promise<Log[]> {
  try {
    return await provider.getLogs({ address, fromBlock: from, toBlock: to })
  } catch (error) {
    if (from === to) throw error
    const middle = from + Math.floor((to - from) / 2)
    return [
      ...(await readPage(provider, address, from, middle)),
      ...(await readPage(provider, address, middle + 1, to)),
    ]
  }
}
