/** Whether whom the provider lets in may work at this console, and as what. */
import { type Claims, ProblemError, type TokenGrant, type TokenReader } from '@hefu/service'
import { NAME_CLAIM, ROLES_CLAIM } from '../access/access.ts'
import { isRegionClaim, REGION_CLAIM } from '../access/narrowed-client.ts'
import { consoleProblem } from '../routes/console-problem.ts'
import type { ProviderTokens } from './provider.ts'
import { type HeldTokens, ROLES, type Role, type SessionContent } from './session-content.ts'

export interface AdmittedPerson {
  /** The issuer, and how it names them. */
  readonly subject: string
  readonly content: SessionContent
}

/** @throws {ProblemError} with a code of a sign-in */
export type Admit = (tokens: ProviderTokens, former?: SessionContent) => Promise<AdmittedPerson>

export interface Admission {
  readonly tokens: TokenReader
  readonly issuer: string
  readonly clientId: string
  /** Unix seconds. */
  readonly clock: () => number
}

export function createAdmission({ tokens, issuer, clientId, clock }: Admission): Admit {
  return async (given, former) => {
    const grant = await readGrant(tokens, given.access)
    const { person, scopes, signIn } = grant
    // What the two tokens say is of one person, and of this client.
    const isOne = person !== null && (given.said?.sub ?? person) === person && grant.clientId === clientId
    if (!isOne) throw consoleProblem('token-refused')
    const said: readonly Claims[] = [given.said ?? {}, grant.claims]
    // With a renewal a provider may say less: what it said at the sign-in holds on.
    const region = regionOf(said) ?? former?.region ?? null
    const content: SessionContent = {
      name: nameOf(said) ?? former?.name ?? '',
      roles: rolesOf(firstOf(said, ROLES_CLAIM) ?? former?.roles),
      claims: region === null ? {} : { [REGION_CLAIM]: region },
      region,
      scopes: [...scopes],
      signIn,
      tokens: heldOf(given, grant, clock()),
    }
    return { subject: `${issuer}\n${person}`, content }
  }
}

async function readGrant(tokens: TokenReader, access: string): Promise<TokenGrant> {
  // As long as a bearer’s may be; what is longer would be refused at every request.
  if (access.length > MOST_TOKEN) throw consoleProblem('token-refused')
  const found = await tokens.verify(access).catch((error: unknown) => {
    throw error instanceof ProblemError ? consoleProblem('provider-unreachable') : error
  })
  if (typeof found === 'string') throw consoleProblem('token-refused')
  return found
}

const MOST_TOKEN = 8_192
const MOST_NAME = 64

function firstOf(said: readonly Claims[], name: string): unknown {
  return said.find((claims) => Object.hasOwn(claims, name))?.[name]
}

/** Unknown ones are nobody’s. */
function rolesOf(claimed: unknown): readonly Role[] {
  const roles = Array.isArray(claimed) ? ROLES.filter((role) => claimed.includes(role)) : []
  if (roles.length === 0) throw consoleProblem('no-role')
  return roles
}

function regionOf(said: readonly Claims[]): string | null {
  const claimed = said.flatMap((claims) =>
    Object.hasOwn(claims, REGION_CLAIM) ? [claims[REGION_CLAIM]] : [],
  )
  const [region = null, ...others] = new Set(claimed)
  if (claimed.length === 0) return null
  if (!isRegionClaim(region) || others.length > 0) throw consoleProblem('region-unknown')
  return region
}

/** Shown, and nowhere compared: as the issuer writes it, without what would not be seen. */
function nameOf(said: readonly Claims[]): string | undefined {
  const name = firstOf(said, NAME_CLAIM)
  if (typeof name !== 'string') return undefined
  return [...name.replaceAll(/\p{C}/gu, '')].slice(0, MOST_NAME).join('')
}

/** It is renewed a minute before its end, or after most of a short life. */
function heldOf({ access, refresh }: ProviderTokens, { expiresAt }: TokenGrant, now: number): HeldTokens {
  const before = Math.min(60, Math.floor((expiresAt - now) / 4))
  return { access, refresh, expiresAt, renewAt: expiresAt - before }
}
