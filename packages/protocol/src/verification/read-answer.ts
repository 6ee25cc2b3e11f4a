/** The one reader of what a view or a directory answers: it is what spec/ledger-view.md says, or it is no answer. */
import { FACTS_FORM, LEDGERS_FORM, Misfit } from './answer-form.ts'
import { contradictionIn } from './contradictions.ts'
import type { DirectoryQuery, LedgerDirectory, TrustedLedger } from './ledger-directory.ts'
import { type LedgerFacts, type LedgerQuery, LedgerUnavailableError, type LedgerView } from './ledger-view.ts'

/** A view or directory threw what it has no word for (`cause`): a fault of its own, which says nothing of any licence. */
export class LedgerFaultError extends LedgerUnavailableError {
  constructor(cause: unknown) {
    super('inconsistent', 'read the ledger: the view threw an error of its own', { cause })
  }
}

/**
 * What a view answers, whatever kind of view it is, as a copy that nobody else holds; it may be an attacker's.
 *
 * @throws {LedgerUnavailableError} as the view, and `inconsistent` for an answer that no ledger can give, or anything
 *   else that the view throws, which is then the `cause`
 * @throws an `AbortError` as the view: who cancels a question gets no answer to it
 * @example
 * ```ts
 * await askLedger({ ...view, lookup: async () => null }, {}) // throws LedgerUnavailableError
 * ```
 */
export async function askLedger(
  view: LedgerView,
  query: LedgerQuery,
  signal?: AbortSignal,
): Promise<LedgerFacts> {
  return withoutFaults(async () => {
    const read = FACTS_FORM(await view.lookup(query, signal))
    if (read instanceof Misfit)
      throw inconsistent(`the answer${read.where} is not there, or not what it has to be`)
    const facts = read as LedgerFacts
    const contradiction = contradictionIn(facts, query)
    if (contradiction !== null) throw inconsistent(`the answer holds ${contradiction}`)
    return facts
  })
}

/**
 * The ledgers that a directory names, at least one.
 *
 * @throws {LedgerUnavailableError} as the directory, and `inconsistent` for what cannot be a list of ledgers, or anything
 *   else that the directory throws, as {@link askLedger}
 * @example
 * ```ts
 * const [trusted] = await listLedgers(pinLedger(view), { notBefore: now })
 * trusted.view.ledger // view.ledger
 * ```
 */
export async function listLedgers(
  directory: LedgerDirectory,
  query: DirectoryQuery,
  signal?: AbortSignal,
): Promise<readonly [TrustedLedger, ...TrustedLedger[]]> {
  return withoutFaults(async () => {
    const read = LEDGERS_FORM(await directory.list(query, signal))
    if (read instanceof Misfit)
      throw inconsistent(`the ledgers${read.where} are not there, or not what they have to be`)
    const ledgers = read as readonly TrustedLedger[]
    const [first, ...others] = ledgers
    if (first === undefined) throw inconsistent('there is none')
    if (ledgers.some(({ registration }) => isClosedBeforeOpened(registration))) {
      throw inconsistent('one closed before it opened')
    }
    return [first, ...others]
  })
}

async function withoutFaults<Answer>(read: () => Promise<Answer>): Promise<Answer> {
  try {
    return await read()
  } catch (error) {
    throw isAnswer(error) ? error : new LedgerFaultError(error)
  }
}

/** Whether it says that the ledger could not be asked, or is not to be. To look at what was thrown may throw again. */
function isAnswer(error: unknown): boolean {
  try {
    return error instanceof LedgerUnavailableError || isCancelled(error)
  } catch {
    return false
  }
}

/** By the name alone: `DOMException` is none of every runtime's errors. */
function isCancelled(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError'
}

function isClosedBeforeOpened(registration: TrustedLedger['registration']): boolean {
  return (
    registration !== null && registration.closedAt !== null && registration.closedAt < registration.openedAt
  )
}

function inconsistent(reason: string): LedgerUnavailableError {
  return new LedgerUnavailableError('inconsistent', `read the ledger: ${reason}`)
}
