/** The keys that reports were ever signed with, each with its term. */
import { type PublicJwk, parsePublicJwk, suite, thumbprint } from '@hefu/protocol'
import type { Kysely } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
import { type EndedKey, endNoted } from './ended-keys.ts'
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
 * Enters the key that a process signs with, from now on, unless it is known. `ended`: what else is known to be ended.
 *
 * @throws {VerifierStartError} `key-ended`
 */
export async function enterKey(
  db: Kysely<VerifierSchema>,
  publicJwk: PublicJwk,
  now: number,
  ended: readonly EndedKey[] = [],
): Promise<void> {
  const kid = thumbprint(publicJwk, suite)
  await db
    .insertInto('verifier_key')
    .values({ kid, public_jwk: JSON.stringify(publicJwk), valid_from: now, valid_until: null })
    .onConflict((conflict) => conflict.column('kid').doNothing())
    .execute()
  await endNoted(db, ended)
  assertNoEnd(await readKeys(db), kid)
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

/**
 * `clock`: Unix seconds. Whoever asks, the store is asked once in ten seconds.
 *
 * @param onRead hears what was read
 */
export function createKeyHistory(
  db: Kysely<VerifierSchema>,
  clock: () => number,
  onRead: (keys: readonly KeyTerm[]) => void = () => undefined,
): KeyHistory {
  let read: Promise<readonly KeyTerm[]> | undefined
  let freshUntil = Number.NEGATIVE_INFINITY
  const listAnew = (): Promise<readonly KeyTerm[]> => {
    freshUntil = clock() + FRESH_SECONDS
    const asked = readKeys(db)
    asked.then(onRead, () => {
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

export async function readKeys(db: Kysely<VerifierSchema>): Promise<readonly KeyTerm[]> {
  const rows = await db.selectFrom('verifier_key').selectAll().orderBy('valid_from', 'desc').execute()
  return rows.map(({ kid, public_jwk, valid_from, valid_until }) => ({
    kid,
    publicJwk: parsePublicJwk(JSON.parse(public_jwk), 'verifierKey'),
    from: Number(valid_from),
    until: valid_until === null ? null : Number(valid_until),
  }))
}
