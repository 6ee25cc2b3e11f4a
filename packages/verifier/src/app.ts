/** The HTTP application of this service: its routes. */
import type { PublicJwk } from '@hefu/protocol'
import { createApp, createRouter, type RequestState } from '@hefu/service'
import type Koa from 'koa'
import type { Logger } from 'pino'
import type { LedgerHealth } from './ledger/ledger-health.ts'
import { findingsRoute } from './routes/findings.ts'
import { liveRoute, readyRoute } from './routes/health.ts'
import { type VerificationServices, verificationRoute } from './routes/verifications.ts'
import { jwkSetRoute, verifierKeyRoute } from './routes/verifier-key.ts'

export interface AppServices extends VerificationServices {
  /** The public half of the key behind `attest`. */
  readonly verifierKey: PublicJwk
  readonly health: () => Promise<LedgerHealth>
  readonly logger: Logger
}

/** The application over these services; it listens nowhere yet. */
export function createVerifierApp(services: AppServices): Koa<RequestState> {
  const router = createRouter()
    .post('/v1/verifications', verificationRoute(services))
    .get('/v1/verifier-key', verifierKeyRoute(services.verifierKey))
    .get('/v1/findings', findingsRoute())
    .get('/.well-known/jwks.json', jwkSetRoute(services.verifierKey))
    .get('/health/live', liveRoute())
    .get('/health/ready', readyRoute(services.health))
  return createApp(router, services.logger)
}
