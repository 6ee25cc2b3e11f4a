/** One line a request: which, how it ended, how fast, and what its route described. Never a body, a path or an error's words. */
import { randomUUID } from 'node:crypto'
import type { Middleware } from 'koa'
import { type Logger, pino } from 'pino'
import type { RequestState } from './route.ts'

/** A log of one JSON line an event, to standard output or to `write`. */
export function createLogger(write?: (line: string) => void): Logger {
  return write === undefined ? pino() : pino({ level: 'trace' }, { write })
}

export function logRequests(logger: Logger): Middleware<RequestState> {
  return async (ctx, next) => {
    const startedAt = performance.now()
    ctx.state.requestId = randomUUID()
    await next()
    logger.info(
      {
        requestId: ctx.state.requestId,
        method: ctx.method,
        // The pattern of the route, not the path: a path may hold anything.
        route: ctx['_matchedRoute'] ?? 'none',
        status: ctx.status,
        ms: Math.round((performance.now() - startedAt) * 100) / 100,
        ...(ctx.state.client === undefined ? {} : { client: ctx.state.client }),
        ...ctx.state.described,
      },
      'request',
    )
  }
}

/** A word of a system or a database, such as ECONNREFUSED or 57014; nothing that was sent. */
function codeOf(error: Error): { readonly code?: string } {
  if (!('code' in error) || typeof error.code !== 'string') return {}
  return /^[A-Z0-9_]{1,40}$/.test(error.code) ? { code: error.code } : {}
}

/** The kind of a failure and where in the code it arose; its message may quote what was sent and stays out. */
export function describeFailure(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error }
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? []
  return { name: error.name, ...codeOf(error), at: frames.slice(0, 8).map((line) => line.trim()) }
}
