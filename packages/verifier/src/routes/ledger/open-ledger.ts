/** The replica that a route lists of, as it is now. */
import { LedgerUnavailableError } from '@hefu/protocol'
import {
  chooseLedger,
  type ListedLedger,
  type ListedLedgers,
  type NamedLedger,
} from '../../ledger/listed-ledgers.ts'
import { problem } from '../problem.ts'
import { ledgerProblem } from './ledger-problem.ts'
import type { ReadLedger } from './ledger-reading.ts'
import type { CursorSeal } from './sealed-cursor.ts'

/** What a service with a replica lists. */
export interface LedgerListing {
  readonly ledgers: ListedLedgers
  readonly cursors: CursorSeal
  /** Unix seconds. */
  readonly clock: () => number
}

export interface OpenLedger {
  readonly ledger: ReadLedger
  readonly cursors: CursorSeal
}

/**
 * @param named absent: the one that is open
 * @throws {ProblemError} `no-replica`, `ledger-not-listed`, `ledger-behind`, `ledger-unreachable`, `registry-unreachable`
 */
export async function openLedger(
  listing: LedgerListing | undefined,
  named: NamedLedger | undefined,
): Promise<OpenLedger> {
  if (listing === undefined) throw ledgerProblem('no-replica')
  const { ledgers, cursors, clock } = listing
  const all = await listAll(ledgers)
  const chosen = chooseLedger(all, named, clock())
  if (chosen === null) throw ledgerProblem('ledger-not-listed')
  return { ledger: { ...readNow(chosen), registration: chosen.registration, all }, cursors }
}

async function listAll(ledgers: ListedLedgers): Promise<readonly ListedLedger[]> {
  try {
    return await ledgers()
  } catch (error) {
    if (error instanceof LedgerUnavailableError) throw problem('registry-unreachable')
    throw error
  }
}

function readNow({ reading }: ListedLedger): Pick<ReadLedger, 'queries' | 'agreement'> {
  const reader = reading?.reader ?? null
  if (reader === null) throw problem('ledger-unreachable')
  try {
    const queries = reader.queries()
    return { queries, agreement: reader.agreement(queries.block.hash) }
  } catch (error) {
    if (!(error instanceof LedgerUnavailableError)) throw error
    throw problem(error.code === 'unreachable' ? 'ledger-behind' : 'ledger-unreachable')
  }
}
