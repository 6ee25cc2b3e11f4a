/** What is old enough is given up, a bounded number of rows at a time. */
import { type Kysely, sql } from 'kysely'
import { giveUpDeposits } from './deposit-expiry.ts'
import { VERIFIER_STORE, type VerifierSchema } from './schema.ts'

/** In days, at least those of the schema. */
export interface RetentionTerms {
  /** Of the record of readings. */
  readonly readingDays: number
  readonly reportDays: number
}

export const DEFAULT_RETENTION: RetentionTerms = { readingDays: 1_095, reportDays: 3_650 }

/** How long a request may be sent again, and be answered alike. */
export const REPLAY_SECONDS = 86_400

const DAY_SECONDS = 86_400
/** The store compares by its database's clock: of what that would refuse nothing is given up. */
const CLOCKS_APART_SECONDS = 3_600
const MOST_AT_ONCE = 1_000
const MOST_BATCHES_AT_ONCE = 4
const EVERY_MS = 3_600_000
/** What a holder presented is kept for minutes, and not for hours. */
const DEPOSITS_EVERY_MS = 30_000

/** Gives up what is beyond its term at `now` (Unix seconds), and says how many rows of each. One that fails keeps none of the others. */
export async function giveUpOld(
  db: Kysely<VerifierSchema>,
  { readingDays, reportDays }: RetentionTerms,
  now: number,
): Promise<
  Readonly<Record<'readings' | 'reports' | 'replays' | 'deposits' | 'batches' | 'sessions', number>>
> {
  const [sessions, batches, deposits, replays, reports, readings] = await Promise.allSettled([
    giveUp(db, SESSIONS, now + 1),
    giveUp(db, BATCHES, now + 1, MOST_BATCHES_AT_ONCE),
    giveUpDeposits(db, now),
    giveUp(db, REPLAYS, now - REPLAY_SECONDS),
    giveUp(db, REPORTS, now - reportDays * DAY_SECONDS - CLOCKS_APART_SECONDS),
    giveUp(db, READINGS, now - readingDays * DAY_SECONDS - CLOCKS_APART_SECONDS),
  ])
  return {
    readings: countOf(readings),
    reports: countOf(reports),
    replays: countOf(replays),
    deposits: countOf(deposits),
    batches: countOf(batches),
    sessions: countOf(sessions),
  }
}

/** @throws what the work threw */
function countOf(settled: PromiseSettledResult<number>): number {
  if (settled.status === 'rejected') throw settled.reason
  return settled.value
}

/** A table, by which column its rows are told apart, and which says when they were written. */
interface Kind {
  readonly table: keyof VerifierSchema
  readonly key: string
  readonly time: string
}

const READINGS: Kind = { table: 'reading', key: 'number', time: 'at' }
const REPORTS: Kind = { table: 'report', key: 'number', time: 'at' }
/** Each with its items and what came of them. */
const BATCHES: Kind = { table: 'batch', key: 'number', time: 'expires_at' }
const SESSIONS: Kind = { table: 'console_session', key: 'id', time: 'ends_at' }
const REPLAYS: Kind = { table: 'replay', key: 'key', time: 'begun_at' }

/** A transaction for each batch: nobody waits for long, and what is done stays done. */
async function giveUp(
  db: Kysely<VerifierSchema>,
  { table, key, time }: Kind,
  before: number,
  mostAtOnce: number = MOST_AT_ONCE,
): Promise<number> {
  const from = sql.id(VERIFIER_STORE.schema, table)
  let total = 0
  for (;;) {
    const { numAffectedRows = 0n } = await sql`
      delete from ${from} where ${sql.id(key)} in
        (select ${sql.id(key)} from ${from} where ${sql.id(time)} < ${before} limit ${mostAtOnce})`.execute(
      db,
    )
    total += Number(numAffectedRows)
    if (numAffectedRows < BigInt(mostAtOnce)) return total
  }
}

/**
 * Gives up what is old now and every hour, deposits every half minute, until what is returned is called. Several
 * processes may do so at once.
 */
export function startRetention(
  db: Kysely<VerifierSchema>,
  terms: RetentionTerms,
  clock: () => number,
  onFault: (fault: unknown) => void,
  everyMs: number = DEPOSITS_EVERY_MS,
): () => Promise<void> {
  let underWay: Promise<unknown> = Promise.resolve()
  const run = (): void => {
    underWay = giveUpOld(db, terms, clock()).catch(onFault)
  }
  run()
  let expiry: Promise<unknown> = Promise.resolve()
  let isExpiring = false
  const expire = (): void => {
    if (isExpiring) return
    isExpiring = true
    expiry = giveUpDeposits(db, clock())
      .catch(onFault)
      .finally(() => {
        isExpiring = false
      })
  }
  const timers = [setInterval(run, EVERY_MS).unref(), setInterval(expire, everyMs).unref()]
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await Promise.all([underWay, expiry])
  }
}
