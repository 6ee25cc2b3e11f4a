/** The one node that a replica is read from: how it is, by what it answered. */
import type { NodeReader, NodeState, NodesAgreement } from '@hefu/ledger/replica'
import { LedgerUnavailableError } from '@hefu/protocol'
import { readClock } from '@hefu/service'

export interface ObservedNode {
  /** Answers as the node does. */
  readonly reader: NodeReader
  readonly agreement: () => NodesAgreement
}

/**
 * Nothing is asked but what the replica asks.
 *
 * @param rpcUrl of the node; its host and port alone are told
 * @param clock Unix seconds
 */
export function observeNode(
  reader: NodeReader,
  rpcUrl: string,
  clock: () => number = readClock,
): ObservedNode {
  const { host } = new URL(rpcUrl)
  // Ours alone: replaced whole at every answer that says something else.
  let seen: NodeState = { node: host, state: 'silent', newest: null, since: clock(), fault: null }
  const see = (state: NodeState['state'], fault: NodeState['fault'], newest: number | null): void => {
    const since = state === seen.state ? seen.since : clock()
    seen = { node: host, state, newest, since, fault }
  }
  const ask = async <Answer>(question: () => Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await question()
      see('agrees', null, seen.newest)
      return answer
    } catch (error) {
      if (isOfCode(error, 'wrong-chain')) see('set-aside', 'other-chain', seen.newest)
      else if (isOfCode(error, 'unreachable')) see('silent', seen.fault, seen.newest)
      throw error
    }
  }
  return {
    reader: {
      newest: () =>
        ask(async () => {
          const newest = await reader.newest()
          see('agrees', null, newest.number)
          return newest
        }),
      block: (number) => ask(() => reader.block(number)),
      finalNumber: () => ask(() => reader.finalNumber()),
      logs: (addresses, range) => ask(() => reader.logs(addresses, range)),
    },
    agreement: () => ({
      needed: 1,
      // It told of the block that is stood on, also where it is silent by now.
      agreeing: seen.newest === null || seen.state === 'set-aside' ? 0 : 1,
      logsHeldBy: 'one-node',
      nodes: [seen],
    }),
  }
}

function isOfCode(error: unknown, code: LedgerUnavailableError['code']): boolean {
  return error instanceof LedgerUnavailableError && error.code === code
}
