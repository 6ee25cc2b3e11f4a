/** The keys that reports were ever signed with, each with its term. */
import { type PublicJwk, parsePublicJwk, suite, thumbprint } from '@hefu/protocol'
import type { Kysely } from 'kysely'
import { VerifierStartError } from '../error/start-error.ts'
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
 * Enters the key that a process signs with, from now on, unless it is known.
 *
 * @throws {VerifierStartError} `key-ended`
 */
export async function enterKey(db: Kysely<VerifierSchema>, publicJwk: PublicJwk, now: number): Promise<void> {
  const kid = thumbprint(publicJwk, suite)
  await db
    .insertInto('verifier_key')
    .values({ kid, public_jwk: JSON.stringify(publicJwk), valid_from: now, valid_until: null })
    .onConflict((conflict) => conflict.column('kid').doNothing())
    .execute()
  const known = (await readKeys(db)).find((key) => key.kid === kid)
  if (known?.until != null && known.until <= now) throw new VerifierStartError('key-ended', kid)
}

/**
 * Ends the term of a key, for good.
 *
 * @throws {VerifierStartError} `key-unknown` where no such key is in force
 */
export async function endKey(db: Kysely<VerifierSchema>, kid: string, now: number): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('verifier_key')
    .set({ valid_until: now })
    .where('kid', '=', kid)
    .where('valid_until', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new VerifierStartError('key-unknown', kid)
}

/** Whether a term has not ended at `now` (Unix seconds). */
export function isInForce({ until }: KeyTerm, now: number): boolean {
  return until === null || now < until
}

const FRESH_SECONDS = 10

/** `clock`: Unix seconds. Whoever asks, the store is asked once in ten seconds. */
export function createKeyHistory(db: Kysely<VerifierSchema>, clock: () => number): KeyHistory {
  let read: Promise<readonly KeyTerm[]> | undefined
  let freshUntil = Number.NEGATIVE_INFINITY
  const listAnew = (): Promise<readonly KeyTerm[]> => {
    freshUntil = clock() + FRESH_SECONDS
    const asked = readKeys(db)
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

async function readKeys(db: Kysely<VerifierSchema>): Promise<readonly KeyTerm[]> {
  const rows = await db.selectFrom('verifier_key').selectAll().orderBy('valid_from', 'desc').execute()
  return rows.map(({ kid, public_jwk, valid_from, valid_until }) => ({
    kid,
    publicJwk: parsePublicJwk(JSON.parse(public_jwk), 'verifierKey'),
    from: Number(valid_from),
    until: valid_until === null ? null : Number(valid_until),
  }))
}
