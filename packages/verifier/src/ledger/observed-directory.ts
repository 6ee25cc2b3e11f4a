/** A directory of which is kept what its ledger was asked and answered, once. */
import type { LedgerDirectory, LedgerView } from '@hefu/protocol'

/** One question, and its answer. */
export interface LedgerLookup {
  readonly query: Parameters<LedgerView['lookup']>[0]
  readonly facts: Awaited<ReturnType<LedgerView['lookup']>>
}

export interface ObservedDirectory extends LedgerDirectory {
  /** `null`: nothing was asked, or nothing answered. */
  readonly observed: () => LedgerLookup | null
}

export function observeDirectory(directory: LedgerDirectory): ObservedDirectory {
  let observed: LedgerLookup | null = null
  const observeView = (view: LedgerView): LedgerView => ({
    ledger: view.ledger,
    lookup: async (query, signal) => {
      const facts = await view.lookup(query, signal)
      observed = { query, facts }
      return facts
    },
  })
  return {
    list: async (query, signal) => {
      const [first, ...others] = (await directory.list(query, signal)).map((trusted) => ({
        ...trusted,
        view: observeView(trusted.view),
      }))
      return first === undefined ? [] : [first, ...others]
    },
    observed: () => observed,
  }
}
