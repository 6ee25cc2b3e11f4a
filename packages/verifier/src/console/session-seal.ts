/**
 * How sessions are kept so that the store alone opens none: their cookies are digests there, persons are keyed hashes,
 * names and tokens are sealed. All of it by a secret that goes with the signing key, which every process of a verifier
 * has; with another key all have to sign in again.
 */
import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { openText, sealText } from '../store/sealing.ts'

/** What does not change of a session: what is sealed is bound to it. Times in Unix seconds. */
export interface SessionIdentity {
  readonly id: Uint8Array
  readonly person: Uint8Array
  readonly begunAt: number
  readonly endsAt: number
}

export interface SessionSeal {
  /** Tells nothing of the secret. */
  readonly name: string
  /** What a new session’s cookie holds, drawn at random: 256 bits, and the mark of this service. */
  drawCookie(): string
  /** By what the store knows a session; `null`: this service gave out no such cookie. */
  idOf(cookie: string): Buffer | null
  /** Whom the issuer names: the same each time, and nobody finds out by trying whom. */
  personOf(subject: string): Buffer
  sealSession(text: string, of: SessionIdentity): Buffer
  /** @throws {Error} where it was altered, or is of another session */
  openSession(sealed: Uint8Array, of: SessionIdentity): string
  sealSignIn(text: string): string
  /** `null`: this service sealed no such text. */
  openSignIn(sealed: string): string | null
}

const COOKIE = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{22})$/
const MARK_BYTES = 16
const SIGN_IN = 'hefu sign-in'

/** Of the key that the service signs with. `d`: its private part. */
export function createSessionSeal(kid: string, d: string): SessionSeal {
  const keyOf = (use: string): Uint8Array => new Uint8Array(hkdfSync('sha256', d, '', `hefu ${use}`, 32))
  const [sealing, marking, hiding] = [keyOf('sessions'), keyOf('session cookies'), keyOf('session persons')]
  /** Who makes cookies up is told apart without asking the store. */
  const markOf = (secret: string): string =>
    createHmac('sha256', marking).update(secret).digest().subarray(0, MARK_BYTES).toString('base64url')
  return {
    name: kid,
    drawCookie: () => {
      const secret = randomBytes(32).toString('base64url')
      return `${secret}.${markOf(secret)}`
    },
    idOf: (cookie) => {
      const [, secret = '', mark = ''] = COOKIE.exec(cookie) ?? []
      // As texts: the last character of a mark could be written in sixteen ways.
      const isOurs = secret !== '' && timingSafeEqual(Buffer.from(mark), Buffer.from(markOf(secret)))
      return isOurs ? createHash('sha256').update(secret).digest() : null
    },
    personOf: (subject) => createHmac('sha256', hiding).update(subject).digest(),
    sealSession: (text, of) => sealText(text, sealing, nameOf(of)),
    openSession: (sealed, of) => openText(sealed, sealing, nameOf(of)),
    sealSignIn: (text) => sealText(text, sealing, SIGN_IN).toString('base64url'),
    openSignIn: (sealed) => {
      try {
        return openText(Buffer.from(sealed, 'base64url'), sealing, SIGN_IN)
      } catch {
        return null
      }
    },
  }
}

function nameOf({ id, person, begunAt, endsAt }: SessionIdentity): string {
  const [named, of] = [id, person].map((bytes) => Buffer.from(bytes).toString('base64url'))
  return ['hefu session', named, of, begunAt, endsAt].join('\n')
}
