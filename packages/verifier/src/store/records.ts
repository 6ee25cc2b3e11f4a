/** All that the service keeps, as its routes use it. */
import { type PublicJwk, suite, thumbprint } from '@hefu/protocol'
import type { Kysely } from 'kysely'
import { type AroundCommit, createEvidenceLog, type EvidenceLog } from './evidence.ts'
import { createKeptReports, type KeptReports } from './kept-reports.ts'
import { createKeyHistory, enterKey, isInForce, type KeyHistory } from './key-history.ts'
import type { VerifierStore } from './open-store.ts'
import { createReplays, type Replays } from './replays.ts'
import { drawReportSeries, type ReportNumbers } from './report-series.ts'
import type { VerifierSchema } from './schema.ts'

export interface Records {
  readonly evidence: EvidenceLog
  readonly nextNumber: ReportNumbers
  readonly reports: KeptReports
  readonly keys: KeyHistory
  readonly replays: Replays
  /** Whether the own key's term has not ended, as of ten seconds ago: nothing is signed with it afterwards. */
  readonly isKeyInForce: () => Promise<boolean>
  /** Whether it can be written to. @throws what the database's driver throws */
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
  const kid = thumbprint(publicJwk, suite)
  const keys = createKeyHistory(db, clock)
  return {
    evidence: createEvidenceLog(store, around),
    nextNumber: await drawReportSeries(db, clock()),
    reports: createKeptReports(db),
    keys,
    isKeyInForce: async () => (await keys.list()).some((key) => key.kid === kid && isInForce(key, clock())),
    replays: createReplays(db, clock),
    assertReachable: createWriteTrial(db, kid),
  }
}

/** Writes what stands there already. However many ask, one write is under way. */
function createWriteTrial(db: Kysely<VerifierSchema>, kid: string): () => Promise<void> {
  let underWay: Promise<void> | undefined
  const write = async (): Promise<void> => {
    await db.updateTable('verifier_key').set({ kid }).where('kid', '=', kid).execute()
  }
  return () =>
    (underWay ??= write().finally(() => {
      underWay = undefined
    }))
}
