/** What the nodes behind a ledger say together, as reports and readiness tell of it. */
import { type NodesAgreement, reachedBy } from '@hefu/ledger/replica'
import type { Hex, LedgerView, ReportedNodes } from '@hefu/protocol'

/**
 * The same answers, each with how many nodes stand behind its block.
 *
 * @param agreement of a block, by its hash; `undefined`: it is not known
 */
export function withNodes(
  { ledger, lookup }: LedgerView,
  agreement: (blockHash: Hex) => NodesAgreement | undefined,
): LedgerView {
  return {
    ledger,
    lookup: async (query, signal) => {
      const facts = await lookup(query, signal)
      const told = agreement(facts.block.hash)
      return told === undefined ? facts : { ...facts, nodes: reportNodes(told) }
    },
  }
}

/** How many, and none by name. */
export function reportNodes(agreement: NodesAgreement): ReportedNodes {
  const { needed, agreeing, logsHeldBy, nodes } = agreement
  // One that was caught, or that alone is beyond all others, moves nothing.
  const numbers = nodes.filter(({ state }) => state !== 'set-aside').flatMap(({ newest }) => newest ?? [])
  return { needed, agreeing, newest: reachedBy(needed, numbers), logsHeldBy }
}

/**
 * The same as of now, for who reads how each node is beside it: who told of the block and is silent or set aside since
 * agrees no more. A report says who told of its block, whatever became of them.
 */
export function reportNodesNow(agreement: NodesAgreement): ReportedNodes {
  const reported = reportNodes(agreement)
  const standing = agreement.nodes.filter(({ state }) => state !== 'set-aside' && state !== 'silent').length
  return { ...reported, agreeing: Math.min(reported.agreeing, standing) }
}
