/** All that the service keeps, as its routes use it. */
import type { PublicJwk } from '@hefu/protocol'
import { sql } from 'kysely'
import { type AroundCommit, createEvidenceLog, type EvidenceLog } from './evidence.ts'
import { createKeptReports, type KeptReports } from './kept-reports.ts'
import { createKeyHistory, enterKey, type KeyHistory } from './key-history.ts'
import type { VerifierStore } from './open-store.ts'
import { createReplays, type Replays } from './replays.ts'
import { drawReportSeries, type ReportNumbers } from './report-series.ts'

export interface Records {
  readonly evidence: EvidenceLog
  readonly nextNumber: ReportNumbers
  readonly reports: KeptReports
  readonly keys: KeyHistory
  readonly replays: Replays
  /** @throws what the database's driver throws */
  readonly assertReachable: () => Promise<void>
}

/**
 * The records of a process that signs with this key. `clock`: Unix seconds.
 *
 * @throws {VerifierStartError} `key-ended`
 */
export async function createRecords(
  store: VerifierStore,
  publicJwk: PublicJwk,
  clock: () => number,
  around?: AroundCommit,
): Promise<Records> {
  const { db } = store
  await enterKey(db, publicJwk, clock())
  return {
    evidence: createEvidenceLog(store, around),
    nextNumber: await drawReportSeries(db, clock()),
    reports: createKeptReports(db),
    keys: createKeyHistory(db, clock),
    replays: createReplays(db, clock),
    assertReachable: async () => void (await sql`select 1`.execute(db)),
  }
}
