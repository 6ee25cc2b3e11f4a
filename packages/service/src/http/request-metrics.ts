/** Numbers of requests, for operators. Every label has few values, all of them ours: nothing that was sent is one. */
import type { Middleware } from 'koa'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { RequestState } from './route.ts'

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Counts every request by its route's pattern, how it ended, and how long that took. */
export function measureRequests(registry: Registry): Middleware<RequestState> {
  const registers = [registry]
  const requests = new Counter({
    name: 'hefu_http_requests_total',
    help: 'Requests that were answered',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const problems = new Counter({
    name: 'hefu_http_problems_total',
    help: 'Problem documents that were answered, by their code',
    labelNames: ['code'],
    registers,
  })
  const durations = new Histogram({
    name: 'hefu_http_request_seconds',
    help: 'Time from the head of a request to its answer',
    labelNames: ['route'],
    buckets: SECONDS,
    registers,
  })
  const underWay = new Gauge({
    name: 'hefu_http_requests_under_way',
    help: 'Requests that are not answered yet',
    registers,
  })
  return async (ctx, next) => {
    const startedAt = performance.now()
    underWay.inc()
    try {
      await next()
    } finally {
      underWay.dec()
      const route = String(ctx['_matchedRoute'] ?? 'none')
      requests.inc({ method: METHODS.has(ctx.method) ? ctx.method : 'other', route, status: ctx.status })
      durations.observe({ route }, (performance.now() - startedAt) / 1_000)
      if (ctx.state.problem !== undefined) problems.inc({ code: ctx.state.problem })
    }
  }
}
