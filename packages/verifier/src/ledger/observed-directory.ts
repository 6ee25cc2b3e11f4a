/** A directory of which is kept what each of its ledgers was asked and answered last. */
import type { LedgerDirectory, LedgerIdentity, LedgerView } from '@hefu/protocol'

/** One question, and its answer. */
export interface LedgerLookup {
  readonly query: Parameters<LedgerView['lookup']>[0]
  readonly facts: Awaited<ReturnType<LedgerView['lookup']>>
}

export interface ObservedDirectory extends LedgerDirectory {
  /** What this ledger answered; `null`: it was not asked, or did not answer. */
  readonly observed: (ledger: LedgerIdentity) => LedgerLookup | null
}

export function observeDirectory(directory: LedgerDirectory): ObservedDirectory {
  const observed = new Map<string, LedgerLookup>()
  const observeView = (view: LedgerView): LedgerView => ({
    ledger: view.ledger,
    lookup: async (query, signal) => {
      const facts = await view.lookup(query, signal)
      observed.set(nameOf(view.ledger), { query, facts })
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
    observed: (ledger) => observed.get(nameOf(ledger)) ?? null,
  }
}

function nameOf({ chainId, address }: LedgerIdentity): string {
  return `${chainId}/${address}`
}
