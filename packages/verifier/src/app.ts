/** The HTTP application of this service: its routes. */
import type { PublicJwk } from '@hefu/protocol'
import { createApp, createRoutes, type Guard, type RequestState, type RouteTable } from '@hefu/service'
import type Koa from 'koa'
import type { Logger } from 'pino'
import { VERIFY } from './access/scope.ts'
import type { VerifierClient } from './access/verifier-client.ts'
import type { LedgerHealth } from './ledger/ledger-health.ts'
import { DESCRIBED_FINDINGS, findingsRoute } from './routes/findings.ts'
import { DESCRIBED_LIVE, DESCRIBED_READY, liveRoute, readyRoute } from './routes/health.ts'
import { describeVerifier, interfaceRoute } from './routes/interface.ts'
import { PAGE_PATHS, pageRoute } from './routes/interface-page.ts'
import { type LedgerReadingServices, ledgerRoutes } from './routes/ledger/ledger-routes.ts'
import {
  DESCRIBED_VERIFICATION,
  type VerificationServices,
  verificationRoute,
} from './routes/verifications.ts'
import { DESCRIBED_KEY, DESCRIBED_KEY_SET, jwkSetRoute, verifierKeyRoute } from './routes/verifier-key.ts'

export interface AppServices extends VerificationServices, LedgerReadingServices {
  readonly guard: Guard<VerifierClient>
  /** The public half of the key behind `attest`. */
  readonly verifierKey: PublicJwk
  readonly health: () => Promise<LedgerHealth>
  /** Origins of pages that may ask from a browser. Default: none. */
  readonly origins?: readonly string[]
  readonly logger: Logger
}

/** All routes, each with who may take it. */
export function createVerifierRoutes(services: AppServices): RouteTable<VerifierClient> {
  const first = createRoutes(services.guard)
    .guarded(VERIFY, 'POST', '/v1/verifications', verificationRoute(services), DESCRIBED_VERIFICATION)
    .publicly('GET', '/v1/verifier-key', verifierKeyRoute(services.verifierKey), DESCRIBED_KEY)
    .publicly('GET', '/v1/findings', findingsRoute(), DESCRIBED_FINDINGS)
    .publicly('GET', '/.well-known/jwks.json', jwkSetRoute(services.verifierKey), DESCRIBED_KEY_SET)
    .publicly('GET', '/health/live', liveRoute(), DESCRIBED_LIVE)
    .publicly('GET', '/health/ready', readyRoute(services.health), DESCRIBED_READY)
  const described = ledgerRoutes(first, services)
  const whole = described.publicly(
    'GET',
    '/openapi.json',
    interfaceRoute(describeVerifier(described.entries)),
  )
  return PAGE_PATHS.reduce((table, path) => table.publicly('GET', path, pageRoute(path)), whole)
}

/** The application over these services; it listens nowhere yet. */
export function createVerifierApp(services: AppServices): Koa<RequestState> {
  const { logger, origins = [] } = services
  return createApp(createVerifierRoutes(services), logger, { origins })
}
