/** How the service knows who asks: by tokens of an issuer, or, on one's own machine and in so many words, not at all. */
import {
  type AddressReader,
  type BrowserSessions,
  createAddressReader,
  createGuard,
  createGuardUnsafe,
  createIssuerKeys,
  createTokenReader,
  type Guard,
  type Proxies,
  type Quota,
  type TokenReader,
  type TokenTrust,
} from '@hefu/service'
import { VerifierStartError } from '../error/start-error.ts'
import type { ClientTable } from './client-table.ts'
import { narrowClient, REGION_CLAIM, regionsSaid } from './narrowed-client.ts'
import { ANYBODY, type VerifierClient } from './verifier-client.ts'

/** Tokens of this issuer for this audience, and the clients that are let in with them. */
export interface TokenAccess extends TokenTrust {
  readonly clients: ClientTable
  readonly quota: Quota
  readonly proxies: Proxies
}

/** `'unguarded'`: anybody who reaches the service is let in. */
export type Access = TokenAccess | 'unguarded'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/

/** The names of what an issuer says of a person's part at the console. */
export const ROLES_CLAIM = 'hefu_roles'
export const NAME_CLAIM = 'name'

const CLAIMS = [REGION_CLAIM, ROLES_CLAIM, NAME_CLAIM]

/** Reads tokens of an access. `clock`: Unix seconds; `onFault` hears why the issuer's keys could not be had. */
export function createAccessTokens(
  { issuer, audience }: TokenTrust,
  clock: () => number,
  onFault: (fault: unknown) => void,
): TokenReader {
  const keys = createIssuerKeys(issuer, clock, onFault)
  return createTokenReader({ issuer, audience, claims: CLAIMS }, keys, clock)
}

/** What a guard reads by. */
export interface GuardReaders {
  readonly tokens: TokenReader
  /** Absent: nobody signs in here. */
  readonly sessions: BrowserSessions | undefined
}

/** The guard of an access. `clock`: Unix seconds. */
export function createAccessGuard(
  { clients, quota, proxies }: TokenAccess,
  { tokens, sessions }: GuardReaders,
  clock: () => number,
): Guard<VerifierClient> {
  return createGuard({
    tokens,
    sessions,
    findClient: (id, said) => {
      const client = clients.get(id)
      return client && narrowClient(client, regionsSaid(said))
    },
    quota,
    addressOf: createAddressReader(proxies),
    clock,
  })
}

/**
 * The guard that lets everybody in.
 *
 * @throws {VerifierStartError} `unguarded-address` where others than this machine would be let in unasked
 */
export function createOpenGuard(host: string): Guard<VerifierClient> {
  if (!LOOPBACK.test(host)) throw new VerifierStartError('unguarded-address', host)
  return createGuardUnsafe(ANYBODY)
}

/** From which address a request comes; nobody forwards to a service that checks no tokens. */
export function readerOf(access: Access): AddressReader {
  const none: Proxies = { addresses: [], header: 'x-forwarded-for' }
  return createAddressReader(access === 'unguarded' ? none : access.proxies)
}

/** Gives back what requests are counted with. */
export async function closeAccess(access: Access): Promise<void> {
  if (access !== 'unguarded') await access.quota.close()
}
