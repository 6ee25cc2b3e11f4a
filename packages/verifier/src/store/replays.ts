/**
 * Requests that their senders may send again, by keys of theirs. Kept are digests and sealed answers: what opens an
 * answer is the request itself, which is not kept, together with a secret of the service. A key and a request may be
 * guessed, and whoever has the store alone shall not find out by trying what was asked, or answered.
 */
import { createHash, createHmac, hkdfSync, randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { SettledReplay } from './evidence.ts'
import { REPLAY_SECONDS } from './retention.ts'
import type { VerifierSchema } from './schema.ts'
import { openText, sealText } from './sealing.ts'

/** A request that bears a key. All of it was sent. */
export interface KeyedRequest {
  /** Who sends it: a key is its sender's alone. */
  readonly sender: readonly string[]
  /** Which route it is for. */
  readonly path: string
  readonly key: string
  readonly bytes: Uint8Array
}

/** What a request is answered by. */
export interface BegunReplay {
  /** With the answer, to be made durable with it. */
  settle(answer: string): SettledReplay
  /** Gives the key back: there will be no answer. */
  release(): Promise<void>
}

export type ReplayState =
  | { readonly state: 'begun'; readonly begun: BegunReplay }
  | { readonly state: 'answered'; readonly answer: string }
  | { readonly state: 'under-way' }
  | { readonly state: 'other-body' }
  | { readonly state: 'sealed-otherwise' }

/** What answers are sealed with beside the request. */
export interface ReplaySecret {
  /** Tells nothing of it. */
  readonly name: string
  /** 32 bytes. A secret. */
  readonly bytes: Uint8Array
}

/** The secret that goes with a signing key, which every process of a verifier has. `d`: its private part. */
export function createReplaySecret(kid: string, d: string): ReplaySecret {
  return { name: kid, bytes: new Uint8Array(hkdfSync('sha256', d, '', 'hefu replays', 32)) }
}

export interface Replays {
  begin(request: KeyedRequest): Promise<ReplayState>
}

/** Whoever took it on has been answered by then, or is no more. */
const UNDER_WAY_SECONDS = 60

/** `clock`: Unix seconds. */
export function createReplays(
  db: Kysely<VerifierSchema>,
  secret: ReplaySecret,
  clock: () => number,
): Replays {
  return {
    begin: async (request) => {
      const now = clock()
      const key = digestOfKey(request)
      const row = {
        key,
        fingerprint: fingerprintOf(request, secret),
        claim: randomUUID(),
        begun_at: now,
        answer: null,
        sealed_by: secret.name,
      }
      if (await takeOn(db, row, now))
        return { state: 'begun', begun: createBegun(db, row, sealingKeyOf(request, secret)) }
      const known = await db.selectFrom('replay').selectAll().where('key', '=', key).executeTakeFirst()
      // Given back in this moment: its sender asks again.
      if (known === undefined) return { state: 'under-way' }
      // Of another secret neither the fingerprint nor the answer can be read.
      if (known.sealed_by !== secret.name) return { state: 'sealed-otherwise' }
      if (!Buffer.from(known.fingerprint).equals(row.fingerprint)) return { state: 'other-body' }
      if (known.answer === null) return { state: 'under-way' }
      return { state: 'answered', answer: openText(known.answer, sealingKeyOf(request, secret), SEALED) }
    },
  }
}

interface Row {
  readonly key: Buffer
  readonly fingerprint: Buffer
  readonly claim: string
  readonly begun_at: number
  readonly answer: null
  readonly sealed_by: string
}

/** Whether it is new, its time is over, or whoever had taken it on is no more: decided in one statement, among all processes. */
async function takeOn(db: Kysely<VerifierSchema>, row: Row, now: number): Promise<boolean> {
  const taken = await db
    .insertInto('replay')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet(row)
        .where((is) =>
          is.or([
            is('replay.begun_at', '<=', now - REPLAY_SECONDS),
            is.and([
              is('replay.answer', 'is', null),
              is('replay.fingerprint', '=', row.fingerprint),
              is('replay.begun_at', '<=', now - UNDER_WAY_SECONDS),
            ]),
          ]),
        ),
    )
    .returning('claim')
    .executeTakeFirst()
  return taken !== undefined
}

function createBegun(db: Kysely<VerifierSchema>, row: Row, sealingKey: Uint8Array): BegunReplay {
  const { key, fingerprint, claim, begun_at: begunAt, sealed_by: sealedBy } = row
  return {
    settle: (answer) => ({
      key,
      fingerprint,
      claim,
      begunAt,
      sealedBy,
      answer: sealText(answer, sealingKey, SEALED),
    }),
    release: async () => {
      await db
        .deleteFrom('replay')
        .where('key', '=', key)
        .where('claim', '=', claim)
        .where('answer', 'is', null)
        .execute()
    },
  }
}

function digestOfKey({ sender, key }: KeyedRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([...sender, key]))
    .digest()
}

/** Keyed by what is not kept, so that nobody finds by trying what was sent. */
function fingerprintOf({ path, key, bytes }: KeyedRequest, { bytes: secret }: ReplaySecret): Buffer {
  return createHmac('sha256', secret)
    .update(`${JSON.stringify([path, key])}\n`)
    .update(bytes)
    .digest()
}

const SEALED = ''

/** Of the whole request and the secret: who has the store alone opens no answer, nor does who has the secret too. */
function sealingKeyOf({ key, bytes }: KeyedRequest, { bytes: secret }: ReplaySecret): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', bytes, secret, `hefu replay ${key}`, 32))
}
