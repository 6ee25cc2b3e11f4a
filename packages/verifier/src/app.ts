/** The HTTP application of this service: its routes. */
import type { PublicJwk } from '@hefu/protocol'
import { createApp, createRoutes, type Guard, type RequestState, type RouteTable } from '@hefu/service'
import type Koa from 'koa'
import type { Logger } from 'pino'
import { VERIFY } from './access/scope.ts'
import type { VerifierClient } from './access/verifier-client.ts'
import type { LedgerHealth } from './ledger/ledger-health.ts'
import { findingsRoute } from './routes/findings.ts'
import { liveRoute, readyRoute } from './routes/health.ts'
import { type VerificationServices, verificationRoute } from './routes/verifications.ts'
import { jwkSetRoute, verifierKeyRoute } from './routes/verifier-key.ts'

export interface AppServices extends VerificationServices {
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
  return createRoutes(services.guard)
    .guarded(VERIFY, 'POST', '/v1/verifications', verificationRoute(services))
    .publicly('GET', '/v1/verifier-key', verifierKeyRoute(services.verifierKey))
    .publicly('GET', '/v1/findings', findingsRoute())
    .publicly('GET', '/.well-known/jwks.json', jwkSetRoute(services.verifierKey))
    .publicly('GET', '/health/live', liveRoute())
    .publicly('GET', '/health/ready', readyRoute(services.health))
}

/** The application over these services; it listens nowhere yet. */
export function createVerifierApp(services: AppServices): Koa<RequestState> {
  const { logger, origins = [] } = services
  return createApp(createVerifierRoutes(services), logger, { origins })
}
