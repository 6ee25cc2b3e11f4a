/** A sign-in that is under way: sealed in a cookie of the browser that began it, and kept nowhere else. */
import type { SignInChecks, SignInDemands } from './provider.ts'
import type { SessionSeal } from './session-seal.ts'

export interface BegunSignIn extends SignInChecks {
  /** Path on this console. */
  readonly leadTo: string
  readonly demands: SignInDemands
  /** Unix seconds. */
  readonly begunAt: number
}

/** So long a person may take. */
export const SIGN_IN_SECONDS = 600

type Sealing = Pick<SessionSeal, 'sealSignIn' | 'openSignIn'>

export function sealSignIn(begun: BegunSignIn, seal: Sealing): string {
  return seal.sealSignIn(JSON.stringify(begun))
}

/** `null`: this service began no such sign-in, or too long ago. `now`: Unix seconds. */
export function openSignIn(sealed: string, seal: Sealing, now: number): BegunSignIn | null {
  const text = seal.openSignIn(sealed)
  if (text === null) return null
  const begun = JSON.parse(text) as BegunSignIn
  return now < begun.begunAt + SIGN_IN_SECONDS ? begun : null
}
