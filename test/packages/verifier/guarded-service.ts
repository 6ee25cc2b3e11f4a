/** A real service that is guarded by tokens of a real OpenID provider on loopback. */
import type { LedgerView } from '@hefu/protocol'
import { createMemoryQuota, readClock } from '@hefu/service'
import { HOLDERS, type TokenAccess, type VerifierClient } from '@hefu/verifier'
import {
  type IdentityProvider,
  requestToken,
  startIdentityProvider,
} from '../../../scripts/sandbox/identity-provider.ts'
import { startTestService, type TestService } from './service.ts'

export const AUDIENCE = 'urn:hefu:verifier'
export const OTHER_AUDIENCE = 'urn:hefu:issuer'

export const COUNTER: VerifierClient = {
  id: 'counter',
  requestsPerMinute: 10_000,
  licenceTypes: 'any',
  receivingRegions: 'any',
  shown: 'report',
  deposits: 'any',
  givenBundles: true,
  batches: 50,
}
/** Beside the counter; `stranger` is known to the provider and not to the service. */
export const CLIENTS: readonly VerifierClient[] = [
  COUNTER,
  { ...COUNTER, id: 'portal', shown: 'verdict' },
  { ...COUNTER, id: 'bench', shown: 'explanation' },
  { ...COUNTER, id: 'guangdong', receivingRegions: new Set(['440000']) },
  { ...COUNTER, id: 'drivers', licenceTypes: new Set(['11100000000013127D023']) },
  { ...COUNTER, id: 'hasty', requestsPerMinute: 3 },
  { ...COUNTER, id: 'elsewhere', deposits: new Set(['11440000006941372M']), givenBundles: false },
  { ...COUNTER, id: 'wallet', deposits: new Set([HOLDERS]), givenBundles: false, batches: 0 },
]

export const SCOPES: readonly string[] = ['verify', 'unmask', 'reports', 'ledger:read', 'deposit', 'retrieve']

export function startProvider(port = 0): Promise<IdentityProvider> {
  return startIdentityProvider({
    port,
    clients: [...CLIENTS.map(({ id }) => id), 'stranger'].map(systemOf),
    audiences: { [AUDIENCE]: [...SCOPES, 'other'], [OTHER_AUDIENCE]: [...SCOPES] },
  })
}

export function systemOf(id: string): { readonly id: string; readonly secret: string } {
  return { id, secret: `secret-of-${id}-${'0'.repeat(32)}` }
}

export function tokenOf(
  provider: IdentityProvider,
  id = COUNTER.id,
  audience = AUDIENCE,
  scope = 'verify',
): Promise<string> {
  return requestToken(provider.url, systemOf(id), audience, scope)
}

export const bearer = (token: string): Record<string, string> => ({ Authorization: `Bearer ${token}` })

/** By the real clock, as the provider's tokens are. */
export function startGuardedService(
  view: LedgerView,
  provider: IdentityProvider,
  access: Partial<TokenAccess> = {},
  options: Parameters<typeof startTestService>[1] = {},
): Promise<TestService> {
  return startTestService(view, {
    clock: readClock,
    access: {
      issuer: provider.url,
      audience: AUDIENCE,
      clients: new Map(CLIENTS.map((client) => [client.id, client])),
      quota: createMemoryQuota(),
      proxies: { addresses: [], header: 'x-forwarded-for' },
      ...access,
    },
    ...options,
  })
}
