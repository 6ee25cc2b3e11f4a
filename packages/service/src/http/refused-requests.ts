/** What is refused before there is a request that a route could take, told like any other: in the log, and in numbers. */
import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'

/** One that was answered by the server itself. */
export interface RefusedRequest {
  /** As its answer names it. */
  readonly requestId: string
  readonly status: number
  /** Of its problem. */
  readonly code: string
}

/** Hears of each. */
export type OnRefused = (refused: RefusedRequest) => void

/** Writes a line of each, and counts it. */
export function reportRefused(logger: Logger, registry: Registry): OnRefused {
  const refusals = new Counter({
    name: 'hefu_http_refused_total',
    help: 'Requests that were answered before any route saw them, by the code of their problem',
    labelNames: ['code'],
    registers: [registry],
  })
  return ({ requestId, status, code }) => {
    refusals.inc({ code })
    logger.info({ requestId, status, code }, 'refused')
  }
}
