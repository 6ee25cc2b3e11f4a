/** The replica that a route lists of, as it is now. */
import { LedgerUnavailableError } from '@hefu/protocol'
import type { LedgerReader } from '../../ledger/ledger-reader.ts'
import { problem } from '../problem.ts'
import { ledgerProblem } from './ledger-problem.ts'
import type { ReadLedger } from './ledger-reading.ts'
import type { CursorSeal } from './sealed-cursor.ts'

/** What a service with a replica lists. */
export interface LedgerListing {
  readonly reader: LedgerReader
  readonly cursors: CursorSeal
}

/** @throws {ProblemError} `no-replica`, `ledger-behind`, `ledger-unreachable` */
export function openLedger(listing: LedgerListing | undefined): OpenLedger {
  if (listing === undefined) throw ledgerProblem('no-replica')
  const { reader, cursors } = listing
  try {
    const queries = reader.queries()
    return { ledger: { queries, agreement: reader.agreement(queries.block.hash) }, cursors }
  } catch (error) {
    if (!(error instanceof LedgerUnavailableError)) throw error
    throw problem(error.code === 'unreachable' ? 'ledger-behind' : 'ledger-unreachable')
  }
}

export interface OpenLedger {
  readonly ledger: ReadLedger
  readonly cursors: CursorSeal
}
