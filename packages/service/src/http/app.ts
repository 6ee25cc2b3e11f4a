/** What stands around all routes of a service: the log, the problem documents, and whose pages may ask. */
import Router from '@koa/router'
import Koa from 'koa'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { answerProblems } from './answer-problems.ts'
import { allowOrigins } from './cross-origin.ts'
import { assertOwnHost } from './own-host.ts'
import { describeFailure, logRequests } from './request-log.ts'
import { measureRequests } from './request-metrics.ts'
import type { RequestState } from './route.ts'
import type { RouteEntry } from './route-table.ts'

export interface AppOptions {
  /** Origins of pages that may use the service from a browser. Default: none. */
  readonly origins?: readonly string[]
  /** Whether requests to names of this machine alone are answered. Default: to any. */
  readonly isOwnHostAlone?: boolean
  /** Where requests are counted. Default: nowhere. */
  readonly registry?: Registry
}

/** The application of these routes; it listens nowhere yet. */
export function createApp(
  { entries }: { readonly entries: readonly RouteEntry[] },
  logger: Logger,
  { origins = [], isOwnHostAlone = false, registry }: AppOptions = {},
): Koa<RequestState> {
  const app = new Koa<RequestState>()
  const router = createRouter(entries)
  app.use(logRequests(logger))
  if (registry !== undefined) app.use(measureRequests(registry))
  app.use(answerProblems(logger))
  if (isOwnHostAlone) app.use(assertOwnHost())
  app.use(allowOrigins(origins, [...new Set(entries.map(({ method }) => method))]))
  app.use(router.routes())
  app.use(router.allowedMethods())
  // Only what happens after an answer has begun comes here, such as a client that went away.
  app.on('error', (error: unknown) => logger.warn({ failure: describeFailure(error) }, 'answer lost'))
  return app
}

/** An address is written in one way only. */
function createRouter(entries: readonly RouteEntry[]): Router<RequestState> {
  const router = new Router<RequestState>({ strict: true, sensitive: true })
  for (const { method, path, handler } of entries) {
    // What is read may also be asked for without its body.
    router.register(path, method === 'GET' ? ['HEAD', 'GET'] : [method], handler)
  }
  return router
}
