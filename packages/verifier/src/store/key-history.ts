/** The keys that reports were ever signed with, each with its term. */
import { MalformedError, type PublicJwk, parsePublicJwk, suite, thumbprint } from '@hefu/protocol'
import type { Kysely, Selectable } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import { type EndedKey, endNoted } from './ended-keys.ts'
import { isAltered, type KnownKeys, type NotedKeys } from './known-keys.ts'
import type { VerifierSchema } from './schema.ts'

/** Times in Unix seconds. */
export interface KeyTerm {
  readonly kid: string
  readonly publicJwk: PublicJwk
  readonly from: number
  /** Nothing is signed with it from then on; `null`: no end is set. */
  readonly until: number | null
}

export interface KeyHistory {
  /** All, the newest first; as they were up to ten seconds ago. */
  list(): Promise<readonly KeyTerm[]>
  /** All, as they are now: for who misses one, which another process may just have entered. */
  listAnew(): Promise<readonly KeyTerm[]>
}

/**
 * Enters the key that a process signs with, from `from` on, unless it is known. `ended`: what else is known to be ended.
 *
 * @throws {VerifierStartError} `key-ended`
 */
export async function enterKey(
  db: Kysely<VerifierSchema>,
  publicJwk: PublicJwk,
  from: number,
  ended: readonly EndedKey[] = [],
): Promise<void> {
  const kid = thumbprint(publicJwk, suite)
  await db
    .insertInto('verifier_key')
    .values({ kid, public_jwk: JSON.stringify(publicJwk), valid_from: from, valid_until: null })
    // Of its thumbprint there is one key: what stands otherwise in its row is put right.
    .onConflict((conflict) =>
      conflict
        .column('kid')
        .doUpdateSet((row) => ({ public_jwk: row.ref('excluded.public_jwk') }))
        .whereRef('verifier_key.public_jwk', '<>', 'excluded.public_jwk'),
    )
    .execute()
  await endNoted(db, ended)
  assertNoEnd((await readKeys(db)).keys, kid)
}

/**
 * Nothing starts with a key whose end is set, also where that is still to come.
 *
 * @throws {VerifierStartError} `key-ended`
 */
export function assertNoEnd(keys: readonly Pick<KeyTerm, 'kid' | 'until'>[], kid: string): void {
  const isEnded = keys.some((key) => key.kid === kid && key.until !== null)
  if (isEnded) throw new VerifierStartError('key-ended', kid)
}

/**
 * So long ahead the end of a key is set. Every process that runs has read of it by then (ten seconds, and as long as
 * the store may take), also one whose clock is a minute ahead: none signs with it at its end or later.
 */
export const ENDS_AHEAD_SECONDS = 90

/**
 * Ends the term of a key at `until`, for good; {@link ENDS_AHEAD_SECONDS} from now, where a process may run.
 *
 * @throws {VerifierStartError} `key-unknown` where no such key is in force
 */
export async function endKey(db: Kysely<VerifierSchema>, kid: string, until: number): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('verifier_key')
    .set({ valid_until: until })
    .where('kid', '=', kid)
    .where('valid_until', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new VerifierStartError('key-unknown', kid)
}

/** Whether a term has not ended at `now` (Unix seconds). */
export function isInForce({ until }: Pick<KeyTerm, 'until'>, now: number): boolean {
  return until === null || now < until
}

const FRESH_SECONDS = 10

/** What stands in the store. */
export interface ReadKeys {
  /** The newest first. */
  readonly keys: readonly KeyTerm[]
  /** What stands in the place of a thumbprint where a row is no key, or none that is known: nothing of it is believed. */
  readonly leftOut: readonly string[]
  /** Thumbprints of known keys whose terms are others than were noted: nothing that they signed is believed. */
  readonly altered: readonly string[]
}

/**
 * `clock`: Unix seconds. Whoever asks, the store is asked once in ten seconds.
 *
 * @param onRead hears what was read
 */
export function createKeyHistory(
  db: Kysely<VerifierSchema>,
  clock: () => number,
  onRead: (read: ReadKeys) => void = () => undefined,
  known: KnownKeys = async () => null,
): KeyHistory {
  let read: Promise<readonly KeyTerm[]> | undefined
  let freshUntil = Number.NEGATIVE_INFINITY
  const listAnew = (): Promise<readonly KeyTerm[]> => {
    freshUntil = clock() + FRESH_SECONDS
    const asked = known().then(async (kids) => {
      const found = await readKeys(db, kids)
      onRead(found)
      return found.keys
    })
    asked.catch(() => {
      if (read === asked) read = undefined
    })
    read = asked
    return asked
  }
  return {
    list: () => (read !== undefined && clock() < freshUntil ? read : listAnew()),
    listAnew,
  }
}

/** Of what is left out no more is told. */
const MOST_LEFT_OUT = 20

/** @param known the keys to be believed; `null`: whatever is a key */
export async function readKeys(
  db: Kysely<VerifierSchema>,
  known: NotedKeys | null = null,
): Promise<ReadKeys> {
  const rows = db.selectFrom('verifier_key').selectAll().orderBy('valid_from', 'desc')
  if (known === null) return { ...divide(await rows.execute()), altered: [] }
  const kids = [...known.keys()]
  const { keys, leftOut } = divide(await rows.where('kid', 'in', kids).execute())
  const others = await rows.where('kid', 'not in', kids).limit(MOST_LEFT_OUT).execute()
  const altered = keys.filter((key) => isAltered(key, known.get(key.kid) ?? null))
  return {
    keys: keys.filter((key) => !altered.includes(key)),
    leftOut: [...leftOut, ...others.map(({ kid }) => kid)],
    altered: altered.map(({ kid }) => kid),
  }
}

type Row = Selectable<VerifierSchema['verifier_key']>

function divide(rows: readonly Row[]): Omit<ReadKeys, 'altered'> {
  const read = rows.map((row) => ({ kid: row.kid, term: readTerm(row) }))
  return {
    keys: read.flatMap(({ term }) => term ?? []),
    leftOut: read.flatMap(({ kid, term }) => (term === null ? [kid] : [])).slice(0, MOST_LEFT_OUT),
  }
}

/** `null`: it is no key, or another than its thumbprint says, or of no term. */
function readTerm({ kid, public_jwk, valid_from, valid_until }: Row): KeyTerm | null {
  const publicJwk = matchKey(public_jwk)
  if (publicJwk === null || thumbprint(publicJwk, suite) !== kid) return null
  const until = valid_until === null ? null : Math.max(0, Number(valid_until))
  // A store that lost it, and was told of its end, entered it anew after that.
  const from = Math.min(Number(valid_from), until ?? Number.POSITIVE_INFINITY)
  const isTerm = from >= 0 && [from, until ?? 0].every(Number.isSafeInteger)
  return isTerm ? { kid, publicJwk, from, until } : null
}

function matchKey(text: string): PublicJwk | null {
  try {
    return parsePublicJwk(JSON.parse(text), 'verifierKey')
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof MalformedError) return null
    throw error
  }
}

/** As it may be told: whoever wrote the row may have written anything. */
export function nameLeftOut(kid: string): string {
  return /^[A-Za-z0-9_-]{43}$/.test(kid) ? kid : '?'
}
