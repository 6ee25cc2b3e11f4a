/** The public keys of the issuer of tokens: fetched when first needed, kept, and asked for anew. */
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { accessProblem } from './access-problem.ts'
import { type FetchBounds, fetchJson } from './bounded-fetch.ts'
import { discoverKeysAddress } from './issuer-address.ts'

/** The keys as they were published at one time. */
export interface KeySet {
  /** Finds the key that a token names; nothing of the token's own (`jwk`, `jku`, `x5u`) is ever used. */
  readonly find: JWTVerifyGetKey
  /** Of the document: another one, other keys. */
  readonly digest: string
}

export interface IssuerKeys {
  /** The keys as of the last ten minutes; of the last hour while the issuer does not answer. */
  current(): Promise<KeySet>
  /**
   * The keys as of now, for a token that names one that is not there: it may be new. Asked at most every ten seconds.
   * Where the issuer did not answer last, whether the key is new is not known, and nobody is told that it is wrong.
   */
  renewed(): Promise<KeySet>
}

const BOUNDS: FetchBounds = { timeoutMs: 5_000, mostBytes: 65_536 }
const FRESH_SECONDS = 600
const USABLE_SECONDS = 3_600
const BETWEEN_TRIES_SECONDS = 10
/** So long a question is waited for from its beginning, by all who ask meanwhile; who comes later is told at once. */
const WAITED_MS = 2_000

interface Held extends KeySet {
  readonly fetchedAt: number
}

/**
 * The keys of one issuer; nothing is fetched yet. `clock`: Unix seconds. `onFault` hears why they could not be had.
 *
 * Both functions throw a {@link ProblemError} `issuer-unreachable` where there are none that may still be used; whoever
 * has usable ones waits for nothing.
 */
export function createIssuerKeys(
  issuer: string,
  clock: () => number,
  onFault: (fault: unknown) => void,
): IssuerKeys {
  let held: Held | undefined
  let triedAt = Number.NEGATIVE_INFINITY
  let underWay: Promise<void> | undefined

  const fetchAnew = async (): Promise<void> => {
    triedAt = clock()
    try {
      held = { ...(await fetchKeySet(issuer)), fetchedAt: triedAt }
    } catch (fault) {
      onFault(fault)
    }
  }
  /**
   * One question at a time, whoever asks; none right after another. Whoever waits for it, waits with all others and for
   * as long; it goes on without them, and what it finds is there for who asks then.
   */
  const renew = (): Promise<void> => {
    if (underWay === undefined && clock() - triedAt >= BETWEEN_TRIES_SECONDS) {
      const asked = fetchAnew().finally(() => {
        underWay = undefined
      })
      underWay = waitFor(asked, WAITED_MS)
    }
    return underWay ?? Promise.resolve()
  }
  const youngerThan = (seconds: number): Held | undefined =>
    held !== undefined && clock() - held.fetchedAt < seconds ? held : undefined
  const usable = (): KeySet => {
    const set = youngerThan(USABLE_SECONDS)
    if (set === undefined) throw accessProblem('issuer-unreachable')
    return set
  }
  return {
    current: async () => {
      if (youngerThan(FRESH_SECONDS) !== undefined) return usable()
      const renewal = renew()
      // Who has keys that still count does not wait for newer ones.
      if (youngerThan(USABLE_SECONDS) === undefined) await renewal
      return usable()
    },
    renewed: async () => {
      await renew()
      if (held?.fetchedAt !== triedAt) throw accessProblem('issuer-unreachable')
      return usable()
    },
  }
}

/** Until the work has ended, or so long. */
async function waitFor(work: Promise<void>, mostMs: number): Promise<void> {
  const ended = new AbortController()
  try {
    await Promise.race([work, pause(mostMs, undefined, { signal: ended.signal })])
  } finally {
    ended.abort()
  }
}

/**
 * Asks an issuer for its keys, once.
 *
 * @throws {Error} where they cannot be had, with the system's code where there is one
 */
export async function lookAtIssuer(issuer: string): Promise<void> {
  await fetchKeySet(issuer)
}

async function fetchKeySet(issuer: string): Promise<KeySet> {
  const document = await fetchJson(await discoverKeysAddress(issuer, BOUNDS), BOUNDS)
  // A document of another shape is refused here, by jose.
  const find = createLocalJWKSet(document as JSONWebKeySet)
  return { find, digest: createHash('sha256').update(JSON.stringify(document)).digest('base64url') }
}
