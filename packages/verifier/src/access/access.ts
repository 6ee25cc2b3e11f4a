/** How the service knows who asks: by tokens of an issuer, or, on one's own machine and in so many words, not at all. */
import {
  type AddressReader,
  createAddressReader,
  createGuard,
  createGuardUnsafe,
  createIssuerKeys,
  createTokenReader,
  type Guard,
  type Proxies,
  type Quota,
  type TokenTrust,
} from '@hefu/service'
import { VerifierStartError } from '../error/start-error.ts'
import type { ClientTable } from './client-table.ts'
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

/**
 * The guard of an access. `clock`: Unix seconds; `onFault` hears why the issuer's keys could not be had.
 *
 * @throws {VerifierStartError} `unguarded-address` where others than this machine would be let in unasked
 */
export function createAccessGuard(
  access: Access,
  host: string,
  clock: () => number,
  onFault: (fault: unknown) => void,
): Guard<VerifierClient> {
  if (access === 'unguarded') {
    if (!LOOPBACK.test(host)) throw new VerifierStartError('unguarded-address', host)
    return createGuardUnsafe(ANYBODY)
  }
  const { issuer, audience, clients, quota, proxies } = access
  return createGuard({
    tokens: createTokenReader({ issuer, audience }, createIssuerKeys(issuer, clock, onFault), clock),
    findClient: (id) => clients.get(id),
    quota,
    addressOf: createAddressReader(proxies),
    clock,
  })
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
