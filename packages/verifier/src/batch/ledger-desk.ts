/** Answers the questions of one worker from the ledgers of this thread. */
import { type LedgerDirectory, LedgerUnavailableError, type TrustedLedger } from '@hefu/protocol'
import type { LedgerAnswer, LedgerAsk } from './worker-messages.ts'

/** Longer than anything is asked of a list. */
const LISTS_FOR_MS = 20_000

/** Takes questions; each is answered as soon as it can be, and what can be told in one turn of the loop together. */
export type LedgerDesk = (asks: readonly LedgerAsk[]) => void

/**
 * @param post takes answers
 * @param onFault hears what a view throws and is no word of a ledger
 */
export function createLedgerDesk(
  directory: LedgerDirectory,
  post: (answers: readonly LedgerAnswer[]) => void,
  onFault: (fault: unknown) => void,
): LedgerDesk {
  const lists = new Map<number, { readonly ledgers: readonly TrustedLedger[]; readonly at: number }>()
  const list = async (id: number, query: Parameters<LedgerDirectory['list']>[0]): Promise<LedgerAnswer> => {
    const ledgers = await directory.list(query)
    const now = performance.now()
    for (const [other, { at }] of lists) if (now - at > LISTS_FOR_MS) lists.delete(other)
    lists.set(id, { ledgers, at: now })
    return { id, ledgers: ledgers.map(({ view, registration }) => ({ ledger: view.ledger, registration })) }
  }
  const answerOne = async (ask: LedgerAsk): Promise<LedgerAnswer> => {
    try {
      if ('directory' in ask) return await list(ask.id, ask.directory)
      const trusted = lists.get(ask.list)?.ledgers[ask.at]
      // It waited so long that nobody knows any more what it was told.
      if (trusted === undefined) return { id: ask.id, unavailable: 'unreachable' }
      return { id: ask.id, facts: await trusted.view.lookup(ask.query) }
    } catch (error) {
      if (error instanceof LedgerUnavailableError) return { id: ask.id, unavailable: error.code }
      onFault(error)
      return { id: ask.id, fault: true }
    }
  }
  let ready: LedgerAnswer[] = []
  const flush = (): void => {
    const all = ready
    ready = []
    post(all)
  }
  return (asks) => {
    for (const ask of asks) {
      void answerOne(ask).then((answer) => {
        // Whoever waits for a node keeps nobody else waiting.
        if (ready.length === 0) setImmediate(flush)
        ready.push(answer)
      })
    }
  }
}
