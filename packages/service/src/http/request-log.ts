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

/**
 * A word of a system, a database or a certificate, such as ECONNREFUSED, 57014 or CERT_HAS_EXPIRED; nothing that was
 * sent. What was asked over a network has it in its cause.
 */
function wordOf(error: unknown, depth = 0): { readonly code?: string } {
  if (!(error instanceof Error) || depth > MOST_CAUSES) return {}
  if ('code' in error && typeof error.code === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(error.code))
    return { code: error.code }
  if (error.name === 'TimeoutError') return { code: 'ETIMEDOUT' }
  const [first] = error instanceof AggregateError ? error.errors : []
  return wordOf(first ?? error.cause, depth + 1)
}

const MOST_CAUSES = 4

export interface DescribedFailure {
  readonly name: string
  readonly code?: string
  readonly at?: readonly string[]
}

/** The kind of a failure and where in the code it arose; its message may quote what was sent and stays out. */
export function describeFailure(error: unknown): DescribedFailure {
  if (!(error instanceof Error)) return { name: typeof error }
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? []
  return { name: error.name, ...wordOf(error), at: frames.slice(0, 8).map((line) => line.trim()) }
}
