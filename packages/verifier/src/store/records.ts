/** All that the service keeps, as its routes use it. */
import { randomBytes } from 'node:crypto'
import type { SigningKey } from '@hefu/service'
import type { Kysely } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import type { EndedKey, EndedKeyNotes } from './ended-keys.ts'
import { type AroundCommit, createEvidenceLog, type EvidenceLog } from './evidence.ts'
import { createKeptReports, type KeptReports } from './kept-reports.ts'
import {
  createKeyHistory,
  enterKey,
  isInForce,
  type KeyHistory,
  nameLeftOut,
  type ReadKeys,
  readKeys,
} from './key-history.ts'
import { type KnownKeyNotes, type NotedKeys, startKnownKeys } from './known-keys.ts'
import type { VerifierStore } from './open-store.ts'
import { createReplaySecret, createReplays, type Replays } from './replays.ts'
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

export interface RecordOptions {
  /** Unix seconds. */
  readonly clock: () => number
  readonly around?: AroundCommit
  /** Where ends of keys are noted beside the store. Absent: nowhere. */
  readonly endedKeys?: EndedKeyNotes | undefined
  /** Where it is noted which keys are this verifier's, and their terms. Absent: nowhere, and the store is believed. */
  readonly knownKeys?: KnownKeyNotes | undefined
  /** Hears why an end, or a key, could not be noted. */
  readonly onNoteFault?: (fault: unknown) => void
  /** Hears once of each row that is left out, by the thumbprint that it says, and why: nobody noted the key, or another term of it. */
  readonly onKeyLeftOut?: (kid: string, why: 'not-known' | 'altered') => void
}

/**
 * The records of a process that signs with this key.
 *
 * @throws {VerifierStartError} `key-ended`, `bad-ended-keys`, `bad-known-keys`; `key-altered` of the own key
 */
export async function createRecords(
  store: VerifierStore,
  { kid, publicJwk, privateJwk }: SigningKey,
  options: RecordOptions,
): Promise<Records> {
  const { clock, around, endedKeys, onNoteFault = () => undefined } = options
  const { db } = store
  const noted = (await options.knownKeys?.read()) ?? new Map()
  const ended = [...((await endedKeys?.read()) ?? []), ...endsOf(noted)]
  // Of a store that lost it, or is another, it is entered as it was.
  await enterKey(db, publicJwk, noted.get(kid)?.from ?? clock(), ended)
  const notes = createNoting(endedKeys, options.knownKeys, onNoteFault)
  const { onKeyLeftOut = () => undefined } = options
  const tellLeftOut = onceEach((left) => onKeyLeftOut(left, 'not-known'))
  const tellAltered = onceEach((altered) => onKeyLeftOut(altered, 'altered'))
  const hear = (read: ReadKeys): void => {
    notes.hear(read)
    for (const left of read.leftOut) tellLeftOut(nameLeftOut(left))
    for (const altered of read.altered) tellAltered(altered)
  }
  const standing = termsOf(await readKeys(db))
  const known = await startKnownKeys(options.knownKeys, kid, standing, onNoteFault)
  const keys = createKeyHistory(db, clock, hear, known)
  // What was ended while this process was not there is noted before it signs.
  const found = await readKeys(db, await known())
  hear(found)
  await notes.settled()
  if (!found.keys.some((key) => key.kid === kid)) throw new VerifierStartError('key-altered', kid)
  let hasFailed = false
  const aroundCommit: AroundCommit = async (commit) => {
    try {
      await (around === undefined ? commit() : around(commit))
    } catch (error) {
      hasFailed = true
      throw error
    }
  }
  const tryStore = async (): Promise<void> => {
    if (!hasFailed) return writeWhatStands(db, kid)
    await writeMuch(store)
    hasFailed = false
  }
  return {
    evidence: createEvidenceLog(store, aroundCommit),
    nextNumber: await drawReportSeries(db, clock()),
    reports: createKeptReports(db),
    keys,
    isKeyInForce: async () => (await keys.list()).some((key) => key.kid === kid && isInForce(key, clock())),
    replays: createReplays(db, createReplaySecret(kid, privateJwk.d), clock),
    assertReachable: oneAtATime(tryStore),
  }
}

interface Noting {
  readonly hear: (read: ReadKeys) => void
  /** Returns when what was heard is noted. */
  readonly settled: () => Promise<void>
}

function endsOf(noted: NotedKeys): readonly EndedKey[] {
  return [...noted].flatMap(([kid, term]) =>
    term === null || term.until === null ? [] : [{ kid, until: term.until }],
  )
}

function termsOf({ keys }: ReadKeys): NotedKeys {
  return new Map(keys.map(({ kid, from, until }) => [kid, { from, until }]))
}

/** One after another: each reads what the one before wrote. Of an end that could not be noted that is said once. */
function createNoting(
  notes: EndedKeyNotes | undefined,
  known: KnownKeyNotes | undefined,
  onFault: (fault: unknown) => void,
): Noting {
  const noted = new Set<string>()
  let underWay: Promise<void> = Promise.resolve()
  const note = async (read: ReadKeys): Promise<void> => {
    const { keys } = read
    const news = keys.flatMap(({ kid, until }): EndedKey[] =>
      until === null || noted.has(kid) ? [] : [{ kid, until }],
    )
    if (news.length === 0) return
    for (const { kid } of news) noted.add(kid)
    await notes?.note(news).catch(onFault)
    await known?.add(termsOf(read)).catch(onFault)
  }
  return {
    hear: (read) => {
      underWay = underWay.then(() => note(read))
    },
    settled: () => underWay,
  }
}

const MOST_TOLD = 1_000

function onceEach(tell: (name: string) => void): (name: string) => void {
  const told = new Set<string>()
  return (name) => {
    if (told.has(name) || told.size >= MOST_TOLD) return
    told.add(name)
    tell(name)
  }
}

async function writeWhatStands(db: Kysely<VerifierSchema>, kid: string): Promise<void> {
  await db.updateTable('verifier_key').set({ kid }).where('kid', '=', kid).execute()
}

/** More than the room that a full disk may have left in the pages that it has. */
const MUCH_BYTES = 262_144

/** After a commit has failed: a small update may find room where no report does. Nothing of it stays. */
async function writeMuch({ db, flush }: VerifierStore): Promise<void> {
  const key = randomBytes(32)
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('replay')
      .values({
        key,
        fingerprint: key,
        claim: '',
        begun_at: 0,
        answer: randomBytes(MUCH_BYTES),
        sealed_by: null,
      })
      .execute()
    await trx.deleteFrom('replay').where('key', '=', key).execute()
  })
  await flush()
}

/** However many ask, one is under way. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined
  return () =>
    (underWay ??= work().finally(() => {
      underWay = undefined
    }))
}
