/** Sessions of people at the console: begun by a sign-in, used by requests, locked and ended. */
import {
  type BrowserSessions,
  type SessionCredential,
  type SessionPlace,
  type SessionUse,
  sessionProblem,
} from '@hefu/service'
import type { AdmittedPerson } from './admission.ts'
import type { KeptSession, KeptSessions } from './kept-sessions.ts'
import type { Renew } from './renewal.ts'
import type { SessionSeal } from './session-seal.ts'

export interface SessionTerms {
  /** Without anything done by a person for so long, a session is locked. */
  readonly idleSeconds: number
  /** It ends so long after it was begun, whatever is done. */
  readonly sessionSeconds: number
}

export interface SessionServices {
  readonly kept: KeptSessions
  readonly seal: SessionSeal
  readonly renew: Renew
  readonly terms: SessionTerms
  /** Unix seconds. */
  readonly clock: () => number
}

/** All of them may throw a {@link ProblemError} `sessions-unreachable`. `cookie`: what stands in it, sent by whoever likes. */
export interface Sessions {
  /** As it stands, and whether it is locked by now: that is no use of it. `null`: there is none. */
  look(cookie: string): Promise<KeptSession | null>
  /** By a person, or by their page alone. @throws {ProblemError} `session-ended`, `session-locked`, `session-of-another` */
  use(cookie: string, use: SessionUse): Promise<KeptSession>
  /** @throws {ProblemError} as {@link Sessions.use}, `issuer-unreachable` */
  credentialOf(cookie: string, use: SessionUse): Promise<SessionCredential>
  /** From now on only another sign-in goes on. @throws {ProblemError} `session-ended`, `session-of-another` */
  lock(cookie: string, use: SessionUse): Promise<KeptSession>
  /** In the place of the session that the browser had; what its cookie will hold. */
  begin(person: AdmittedPerson, former: string | undefined): Promise<string>
  /** The session that ended; `null`: there was none. */
  end(cookie: string): Promise<KeptSession | null>
}

export function createSessions({ kept, seal, renew, terms, clock }: SessionServices): Sessions {
  const find = async (cookie: string): Promise<KeptSession | null> => {
    const id = seal.idOf(cookie)
    const found = id === null ? undefined : await kept.find(id)
    return found === undefined || found.endsAt <= clock() ? null : found
  }
  const idleSince = (): number => clock() - terms.idleSeconds
  const isLocked = (found: KeptSession): boolean =>
    found.isLocked || isOver(found, clock()) || found.seenAt <= idleSince()
  const findOf = async (cookie: string, { subject }: SessionUse): Promise<KeptSession> => {
    const found = await find(cookie)
    if (found === null) throw sessionProblem('session-ended')
    if (subject !== undefined && subject !== subjectOf(found)) throw sessionProblem('session-of-another')
    return found
  }
  const use = async (cookie: string, by: SessionUse): Promise<KeptSession> => {
    const found = await findOf(cookie, by)
    if (isLocked(found)) throw sessionProblem('session-locked')
    // In one statement: what was locked in this moment stays so.
    if (by.isPersons && !(await kept.see(found.id, clock(), idleSince())))
      throw sessionProblem('session-locked')
    return found
  }
  return {
    look: async (cookie) => {
      const found = await find(cookie)
      return found === null ? null : { ...found, isLocked: isLocked(found) }
    },
    use,
    lock: async (cookie, by) => {
      const found = await findOf(cookie, by)
      await kept.lock(found.id)
      return found
    },
    credentialOf: async (cookie, by) => {
      const session = await use(cookie, by)
      const { content, id } = await renew(session)
      return {
        subject: subjectOf(session),
        token: content.tokens.access,
        claims: content.claims,
        refused: async () => {
          // The provider has taken it, or its keys, back: of a browser only a sign-in brings another.
          await kept.lock(id)
          return sessionProblem('session-locked')
        },
      }
    },
    begin: async ({ subject, content }, former) => {
      const cookie = seal.drawCookie()
      const now = clock()
      const session = {
        id: seal.idOf(cookie) ?? Buffer.alloc(0),
        person: seal.personOf(subject),
        begunAt: now,
        endsAt: now + terms.sessionSeconds,
        seenAt: now,
        content,
      }
      await kept.add(session, former === undefined ? null : seal.idOf(former))
      return cookie
    },
    end: async (cookie) => {
      const found = await find(cookie)
      if (found !== null) await kept.end(found.id)
      return found
    },
  }
}

/** Tells one person from another, and no more. */
export function subjectOf({ person }: Pick<KeptSession, 'person'>): string {
  return Buffer.from(person).toString('base64url')
}

/** Its token is, and nothing brings another. */
function isOver({ content: { tokens } }: KeptSession, now: number): boolean {
  return tokens.refresh === null && tokens.expiresAt <= now
}

/** As the guard asks for them. */
export function toBrowserSessions(place: SessionPlace, sessions: Sessions): BrowserSessions {
  return { ...place, find: sessions.credentialOf }
}
