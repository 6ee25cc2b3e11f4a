/** The ledgers as a worker has them: it asks the main thread, many questions at once, and holds nothing of a ledger. */
import {
  type DirectoryQuery,
  type LedgerDirectory,
  LedgerUnavailableError,
  type TrustedLedger,
} from '@hefu/protocol'
import type { LedgerAnswer, LedgerAsk } from './worker-messages.ts'

/** So long a list is as good as a new one: what is asked of its ledgers has the rest of a verification's eight seconds. */
const LIST_FOR_MS = 500

export interface AskedDirectory extends LedgerDirectory {
  readonly settle: (answers: readonly LedgerAnswer[]) => void
}

type Unnumbered = LedgerAsk extends infer Ask ? (Ask extends LedgerAsk ? Omit<Ask, 'id'> : never) : never

/** @param post takes what is asked in one turn of the loop */
export function createAskedDirectory(post: (asks: readonly LedgerAsk[]) => void): AskedDirectory {
  const waiting = new Map<number, (answer: LedgerAnswer) => void>()
  let asks: LedgerAsk[] = []
  let count = 0
  const flush = (): void => {
    const all = asks
    asks = []
    post(all)
  }
  const ask = (question: Unnumbered): Promise<LedgerAnswer> =>
    new Promise((resolve) => {
      if (asks.length === 0) setImmediate(flush)
      count += 1
      waiting.set(count, resolve)
      asks.push({ ...question, id: count })
    })
  const listAnew = async (directory: DirectoryQuery): Promise<readonly TrustedLedger[]> => {
    const listed = await ask({ directory })
    if (!('ledgers' in listed)) throw explain(listed)
    return listed.ledgers.map(({ ledger, registration }, at) => ({
      registration,
      view: {
        ledger,
        lookup: async (query) => {
          const answer = await ask({ list: listed.id, at, query })
          if ('facts' in answer) return answer.facts
          throw explain(answer)
        },
      },
    }))
  }
  return {
    list: shareForAWhile(listAnew),
    settle: (answers) => {
      for (const answer of answers) {
        waiting.get(answer.id)?.(answer)
        waiting.delete(answer.id)
      }
    },
  }
}

function shareForAWhile(list: LedgerDirectory['list']): LedgerDirectory['list'] {
  let shared: { readonly of: number; readonly at: number; readonly ledgers: ReturnType<typeof list> } | null =
    null
  return (query) => {
    const now = performance.now()
    if (shared === null || shared.of !== query.notBefore || now - shared.at > LIST_FOR_MS)
      shared = { of: query.notBefore, at: now, ledgers: list(query) }
    return shared.ledgers
  }
}

function explain(answer: LedgerAnswer): Error {
  return 'unavailable' in answer
    ? new LedgerUnavailableError(answer.unavailable, 'read the ledger: the service could not')
    : new Error('read the ledger: the service met a fault, or was asked something else')
}
