/** Who is let in to a route, by what, and how often: the steps that every guarded route begins with. */
import { ProblemError } from '../problem.ts'
import { type Exchange, type Route, route } from '../route.ts'
import { accessProblem, challenge } from './access-problem.ts'
import type { Claims, TokenGrant } from './access-token.ts'
import type { AddressReader } from './client-address.ts'
import { type BrowserSessions, createCredentialReader } from './credential.ts'
import type { Quota, QuotaClient } from './quota.ts'
import { createRefusedTries } from './refused-tries.ts'
import type { TokenReader } from './token-reader.ts'

/** What the steps behind a guard know. */
export interface Admitted<Client> {
  /** As it is registered with this service. */
  readonly client: Client
  /** What its token proves. */
  readonly grant: TokenGrant
}

export interface Guard<Client> {
  /** Begins a route that only tokens with this scope may take. */
  begin(scope: string): Route<Admitted<Client>>
}

export interface GuardServices<Client> {
  readonly tokens: TokenReader
  /** Of browsers. Absent: tokens are all that is read. */
  readonly sessions?: BrowserSessions | undefined
  /**
   * By its identifier, as far as it may go for whom it asks; `undefined`: it is not registered. `said`: of the person,
   * by the token and by the session.
   */
  readonly findClient: (clientId: string, said: readonly Claims[]) => Client | undefined
  readonly quota: Quota
  readonly addressOf: AddressReader
  /** Unix seconds. */
  readonly clock: () => number
}

const MOST_REFUSED_PER_MINUTE = 60

/** Refuses everybody who does not show a token for it. */
export function createGuard<Client extends QuotaClient>(services: GuardServices<Client>): Guard<Client> {
  const { findClient, quota } = services
  const refusals = createRefusals(services)
  const readGrant = createGrantReader(services, refusals)
  return {
    begin: (scope) =>
      route()
        .find((ctx) => readGrant(ctx, scope))
        .find((ctx, { grant, claims }) => {
          const client = findClient(grant.clientId, [grant.claims, claims])
          // It has no quota of its own, and its token may be as good as any.
          if (client === undefined) throw refusals.refuse(ctx, accessProblem('client-unknown'))
          ctx.state.client = client.id
          return { client }
        })
        .assert(async (ctx, { client }) => ctx.set(await quota.use(client)))
        .assert((_, { grant }) => {
          if (!grant.scopes.has(scope)) throw challenge('scope-missing', scope)
        }),
  }
}

/** Lets everybody in as this client. For a service that nobody but the same machine reaches. */
export function createGuardUnsafe<Client>(client: Client): Guard<Client> {
  const of = (scope: string): TokenGrant => ({
    clientId: 'anybody',
    person: null,
    scopes: new Set([scope]),
    signIn: null,
    claims: {},
    expiresAt: Number.POSITIVE_INFINITY,
  })
  return { begin: (scope) => route().find(() => ({ client, grant: of(scope) })) }
}

interface Granted {
  readonly grant: TokenGrant
  /** Of a session. */
  readonly claims: Claims
}

type GrantReader = (ctx: Exchange, scope: string) => Promise<Granted>

/** Who is refused costs an answer, and perhaps a signature: an address that was refused too often has to wait. */
interface Refusals {
  /** @throws {ProblemError} `too-many-refused` */
  assertListened(ctx: Exchange): void
  /** Counts a refusal, and gives what is answered. @throws {ProblemError} as {@link Refusals.assertListened} */
  refuse(ctx: Exchange, problem: ProblemError): ProblemError
}

function createRefusals({ addressOf, clock }: Pick<GuardServices<unknown>, 'addressOf' | 'clock'>): Refusals {
  const tries = createRefusedTries(MOST_REFUSED_PER_MINUTE)
  const assertListened = ({ req }: Exchange): void => {
    const seconds = tries.wait(addressOf(req), clock())
    if (seconds > 0)
      throw accessProblem('too-many-refused', [], { headers: { 'Retry-After': String(seconds) } })
  }
  return {
    assertListened,
    refuse: (ctx, problem) => {
      assertListened(ctx)
      tries.count(addressOf(ctx.req), clock())
      return problem
    },
  }
}

function createGrantReader(
  { tokens, sessions }: Pick<GuardServices<unknown>, 'tokens' | 'sessions'>,
  refusals: Refusals,
): GrantReader {
  const readCredential = createCredentialReader(sessions)
  return async (ctx, scope) => {
    const shown = await readCredential(ctx, scope).catch(countable)
    if (shown instanceof ProblemError) throw refusals.refuse(ctx, shown)
    const { token, claims } = shown
    const known = await tokens.recall(token)
    if (known !== undefined) return { grant: known, claims }
    refusals.assertListened(ctx)
    const found = await tokens.verify(token)
    if (typeof found !== 'string') return { grant: found, claims }
    const refusal = await shown.refused(found, scope)
    throw refusal.meaning.endsConnection ? refusals.refuse(ctx, refusal) : refusal
  }
}

/** Who is not heard any further has shown nothing: that counts. A session that is locked, and a fault of ours, do not. */
function countable(error: unknown): ProblemError {
  if (error instanceof ProblemError && error.meaning.endsConnection) return error
  throw error
}
