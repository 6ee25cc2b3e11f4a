/** What is sealed of a session. Plain data. */
import type { Claims } from '@hefu/service'

/** What a person may be at the console. */
export const ROLES = [
  'clerk',
  'reviewer',
  'supervisor',
  'auditor',
  'system-admin',
  'security-admin',
  'audit-admin',
  'maker',
  'checker',
  'publisher',
] as const

export type Role = (typeof ROLES)[number]

/** Tokens that the service holds for a browser. Times in Unix seconds. */
export interface HeldTokens {
  readonly access: string
  /** `null`: the provider gave none, and the session lasts no longer than the token. */
  readonly refresh: string | null
  readonly expiresAt: number
  /** From when on it is renewed. */
  readonly renewAt: number
}

/** Who is signed in, as the issuer said it. */
export interface SessionContent {
  readonly name: string
  readonly roles: readonly Role[]
  /** By which the client is narrowed. */
  readonly claims: Claims
  /** Six digits; `null`: all of the client’s. */
  readonly region: string | null
  readonly scopes: readonly string[]
  /** How and when the person signed in; `null`: the issuer does not say. */
  readonly signIn: { readonly acr: string; readonly at: number } | null
  readonly tokens: HeldTokens
}
