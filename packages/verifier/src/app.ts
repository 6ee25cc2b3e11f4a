/** The HTTP application: its routes, and around all of them the log and the problem documents. */

import type { PublicJwk } from '@hefu/protocol'
import Router from '@koa/router'
import Koa from 'koa'
import type { Logger } from 'pino'
import { answerProblems } from './answer-problems.ts'
import type { LedgerHealth } from './ledger-health.ts'
import { describeFailure, logRequests } from './request-log.ts'
import { findingsSteps } from './routes/findings.ts'
import { liveSteps, readySteps } from './routes/health.ts'
import { type VerificationServices, verificationSteps } from './routes/verifications.ts'
import { jwkSetSteps, verifierKeySteps } from './routes/verifier-key.ts'
import type { RequestState } from './step.ts'

export interface AppServices extends VerificationServices {
  /** The public half of the key behind `attest`. */
  readonly verifierKey: PublicJwk
  readonly health: () => Promise<LedgerHealth>
  readonly logger: Logger
}

/** The application over these services; it listens nowhere yet. */
export function createApp(services: AppServices): Koa<RequestState> {
  const app = new Koa<RequestState>()
  const router = createRouter(services)
  app.use(logRequests(services.logger))
  app.use(answerProblems(services.logger))
  app.use(router.routes())
  app.use(router.allowedMethods())
  // Only what happens after an answer has begun comes here, such as a client that went away.
  app.on('error', (error: unknown) =>
    services.logger.warn({ failure: describeFailure(error) }, 'answer lost'),
  )
  return app
}

function createRouter(services: AppServices): Router<RequestState> {
  return new Router<RequestState>({ strict: true, sensitive: true })
    .post('/v1/verifications', ...verificationSteps(services))
    .get('/v1/verifier-key', ...verifierKeySteps(services.verifierKey))
    .get('/v1/findings', ...findingsSteps())
    .get('/.well-known/jwks.json', ...jwkSetSteps(services.verifierKey))
    .get('/health/live', ...liveSteps())
    .get('/health/ready', ...readySteps(services.health))
}
