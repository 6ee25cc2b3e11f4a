/** Keeps the access token of a session in force, one renewal at a time among all processes: a refresh token is good once. */
import { setTimeout as pause } from 'node:timers/promises'
import { accessProblem, ProblemError, sessionProblem } from '@hefu/service'
import type { Admit } from './admission.ts'
import type { KeptSession, KeptSessions } from './kept-sessions.ts'
import type { Provider } from './provider.ts'
import type { SessionSeal } from './session-seal.ts'

export interface RenewalServices {
  readonly kept: KeptSessions
  readonly provider: Pick<Provider, 'renew'>
  readonly admit: Admit
  readonly seal: Pick<SessionSeal, 'personOf'>
  /** Unix seconds. */
  readonly clock: () => number
}

/**
 * The same session with a token that is in force.
 *
 * Throws a {@link ProblemError} `session-locked` where only signing in again helps, `issuer-unreachable`.
 */
export type Renew = (session: KeptSession) => Promise<KeptSession>

const LOOK_EVERY_MS = 200
/** Of another process that has it renewed. */
const MOST_LOOKS = 40

export function createRenewal(services: RenewalServices): Renew {
  const { kept, clock } = services
  const underWay = new Map<string, Promise<KeptSession>>()
  const renewOnce = (session: KeptSession): Promise<KeptSession> => {
    const key = Buffer.from(session.id).toString('base64url')
    const renewing = underWay.get(key) ?? renew(services, session).finally(() => underWay.delete(key))
    underWay.set(key, renewing)
    return renewing
  }
  return async (session) => {
    const { refresh, expiresAt, renewAt } = session.content.tokens
    const now = clock()
    if (now < (refresh === null ? expiresAt : renewAt)) return session
    if (refresh !== null) return renewOnce(session)
    return lock(kept, session)
  }
}

async function renew(services: RenewalServices, session: KeptSession): Promise<KeptSession> {
  const { kept, clock } = services
  const taken = await kept.takeRenewal(session.id)
  if (taken === undefined) return isInForce(session, clock()) ? session : awaitOthers(services, session)
  // Another process was done with it in between.
  if (clock() < taken.content.tokens.renewAt) {
    await kept.renew(taken, taken.content)
    return taken
  }
  try {
    return await exchange(services, taken)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    if (!isPassing(error)) return lock(kept, taken)
    if (isInForce(taken, clock())) return taken
    throw error.code === 'sessions-unreachable' ? error : accessProblem('issuer-unreachable')
  }
}

/** @throws {ProblemError} with a code of a sign-in */
async function exchange(
  { kept, provider, admit, seal }: RenewalServices,
  session: KeptSession,
): Promise<KeptSession> {
  const former = session.content
  const given = await provider.renew(former.tokens.refresh ?? '')
  const { subject, content } = await admit(given, former).catch(async (error: unknown) => {
    // The former refresh token is spent, whatever is thought of what came for it.
    await kept.renew(session, { ...former, tokens: { ...former.tokens, refresh: given.refresh } })
    throw error
  })
  if (!seal.personOf(subject).equals(session.person)) return lock(kept, session)
  await kept.renew(session, content)
  return { ...session, content }
}

/** Another process has taken it on: what it keeps is looked for, and not asked of the provider once more. */
async function awaitOthers({ kept, clock }: RenewalServices, { id }: KeptSession): Promise<KeptSession> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    await pause(LOOK_EVERY_MS)
    const found = await kept.find(id)
    if (found === undefined) throw sessionProblem('session-ended')
    if (found.isLocked) throw sessionProblem('session-locked')
    if (isInForce(found, clock())) return found
  }
  throw accessProblem('issuer-unreachable')
}

/** The provider, or the store, may answer in a while: that is no reason to have anybody sign in. */
function isPassing({ meaning }: ProblemError): boolean {
  return meaning.status >= 500
}

function isInForce({ content }: KeptSession, now: number): boolean {
  return now < content.tokens.expiresAt
}

async function lock(kept: KeptSessions, { id }: KeptSession): Promise<never> {
  await kept.lock(id)
  throw sessionProblem('session-locked')
}
