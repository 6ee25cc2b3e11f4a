/** One deadline for all that a verification asks: of the registry, and then of the ledgers that it names. */
import {
  type LedgerDirectory,
  LedgerUnavailableError,
  type LedgerView,
  listLedgers,
  type TrustedLedger,
} from '@hefu/protocol'

/** Below the ten seconds after which a client of a verifier service gives up, in milliseconds. */
export const DEFAULT_LEDGER_DEADLINE_MS = 8_000

/** The directory whose ledgers, and itself, are unreachable once so long has passed since they were asked for. */
export function withDeadline(directory: LedgerDirectory, milliseconds: number): LedgerDirectory {
  return {
    list: async (query) => {
      // By the monotonic clock: a corrected one neither stretches nor ends a verification.
      const deadline = performance.now() + milliseconds
      const ledgers = await endBy(deadline, milliseconds, listLedgers(directory, query))
      return ledgers.map((trusted) => boundView(trusted, deadline, milliseconds))
    },
  }
}

function boundView(trusted: TrustedLedger, deadline: number, milliseconds: number): TrustedLedger {
  const { view, registration } = trusted
  const bound: LedgerView = {
    ledger: view.ledger,
    lookup: (query) => endBy(deadline, milliseconds, view.lookup(query)),
  }
  return { view: bound, registration }
}

/** @throws {LedgerUnavailableError} where nothing came by then */
async function endBy<Answer>(
  deadline: number,
  milliseconds: number,
  answer: Promise<Answer>,
): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `read the ledger: no whole answer in ${milliseconds} ms`
      reject(new LedgerUnavailableError('unreachable', message))
    }, deadline - performance.now())
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
