/** What stands around all routes of a service: the log, and the problem documents. */
import Router from '@koa/router'
import Koa from 'koa'
import type { Logger } from 'pino'
import { answerProblems } from './answer-problems.ts'
import { describeFailure, logRequests } from './request-log.ts'
import type { RequestState } from './route.ts'

/** A table of routes; an address is written in one way only. */
export function createRouter(): Router<RequestState> {
  return new Router<RequestState>({ strict: true, sensitive: true })
}

/** The application of these routes; it listens nowhere yet. */
export function createApp(router: Router<RequestState>, logger: Logger): Koa<RequestState> {
  const app = new Koa<RequestState>()
  app.use(logRequests(logger))
  app.use(answerProblems(logger))
  app.use(router.routes())
  app.use(router.allowedMethods())
  // Only what happens after an answer has begun comes here, such as a client that went away.
  app.on('error', (error: unknown) => logger.warn({ failure: describeFailure(error) }, 'answer lost'))
  return app
}
