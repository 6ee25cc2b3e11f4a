/** What the nodes behind a ledger say together, as reports and readiness tell of it. */
import { type NodesAgreement, reachedBy } from '@hefu/ledger/replica'
import type { LedgerView, ReportedNodes } from '@hefu/protocol'

/**
 * The same answers, each with how many nodes stand behind it.
 *
 * @param agreement `undefined`: it is not known
 */
export function withNodes(
  { ledger, lookup }: LedgerView,
  agreement: () => NodesAgreement | undefined,
): LedgerView {
  return {
    ledger,
    lookup: async (query, signal) => {
      const [facts, told] = [await lookup(query, signal), agreement()]
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
