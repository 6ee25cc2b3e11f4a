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

/**
 * The directory whose ledgers, and itself, are unreachable once so long has passed since they were asked for. What is
 * still under way then ends, and so does what is once an answer is there, or once nobody waits for one: a node that
 * stalls holds nothing. Who no longer waits is answered when that has ended, so that nothing is under way unseen.
 */
export function withDeadline(directory: LedgerDirectory, milliseconds: number): LedgerDirectory {
  return {
    list: async (query, signal) => {
      // By the monotonic clock: a corrected one neither stretches nor ends a verification.
      const deadline = performance.now() + milliseconds
      const read = (ending: AbortSignal) => listLedgers(directory, query, ending)
      const ledgers = await endBy(deadline, milliseconds, read, signal)
      return ledgers.map((trusted) => boundView(trusted, deadline, milliseconds))
    },
  }
}

function boundView(trusted: TrustedLedger, deadline: number, milliseconds: number): TrustedLedger {
  const { view, registration } = trusted
  const bound: LedgerView = {
    ledger: view.ledger,
    lookup: (query, signal) => endBy(deadline, milliseconds, (ending) => view.lookup(query, ending), signal),
  }
  return { view: bound, registration }
}

/** Made once: one made of each verification, with its stack, would take a thirtieth of its time. */
const ENDED = new DOMException('the ledger has answered, or is no longer waited for', 'AbortError')

/** @throws {LedgerUnavailableError} where nothing came by then */
async function endBy<Answer>(
  deadline: number,
  milliseconds: number,
  read: (signal: AbortSignal) => Promise<Answer>,
  unwanted?: AbortSignal,
): Promise<Answer> {
  const ending = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `read the ledger: no whole answer in ${milliseconds} ms`
      reject(new LedgerUnavailableError('unreachable', message))
    }, deadline - performance.now())
  })
  const end = (): void => ending.abort(ENDED)
  unwanted?.addEventListener('abort', end)
  if (unwanted?.aborted === true) end()
  try {
    return await Promise.race([read(ending.signal), late])
  } finally {
    clearTimeout(timer)
    unwanted?.removeEventListener('abort', end)
    end()
  }
}
