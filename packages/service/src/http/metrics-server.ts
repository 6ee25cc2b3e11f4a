/** Where the numbers of a service are read: an address of its own, which no proxy passes on. */
import type { RequestListener } from 'node:http'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { type ListeningVariables, type RunningServer, startServer } from './server.ts'

/** A registry that tells of the process already: its memory, its processor time, how late its event loop is. */
export function createRegistry(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}

/** What its sentences name. */
export const METRICS_VARIABLES: ListeningVariables = { host: 'HEFU_METRICS_HOST', port: 'HEFU_METRICS_PORT' }

/**
 * Answers `GET /metrics` to whoever reaches the address, and nothing else.
 *
 * @throws {ListenError}
 */
export function startMetricsServer(
  registry: Registry,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<RunningServer> {
  return startServer(answerMetrics(registry), {
    host,
    port,
    mostConnections: 16,
    variables: METRICS_VARIABLES,
  })
}

function answerMetrics(registry: Registry): RequestListener {
  return ({ method, url }, res) => {
    if (method !== 'GET' || url !== '/metrics') {
      res.writeHead(404).end()
      return
    }
    registry.metrics().then(
      (text) => res.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => res.writeHead(500).end(),
    )
  }
}
