/** One deadline for all that a verification asks of the ledger, however many answers that takes. */
import { type LedgerFacts, type LedgerQuery, LedgerUnavailableError, type LedgerView } from '@hefu/protocol'

/** The view, unreachable once a question has taken so long. */
export function withDeadline(view: LedgerView, milliseconds: number): LedgerView {
  return { ledger: view.ledger, lookup: (query) => within(milliseconds, view, query) }
}

async function within(milliseconds: number, view: LedgerView, query: LedgerQuery): Promise<LedgerFacts> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const message = `read the ledger: no whole answer in ${milliseconds} ms`
    late.reject(new LedgerUnavailableError('unreachable', message))
  }, milliseconds)
  try {
    return await Promise.race([view.lookup(query), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
