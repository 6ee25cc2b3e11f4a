/** Whether the service could listen where its configuration says, tried without taking its ports from one that runs. */
import {
  ListenError,
  METRICS_VARIABLES,
  type RunningServer,
  SERVICE_VARIABLES,
  startServer,
} from '@hefu/service'
import type { VerifierConfiguration } from './configuration.ts'

type Addresses = Pick<VerifierConfiguration, 'host' | 'port' | 'metricsHost' | 'metricsPort'>

/** @throws {ListenError} for a host that is not this machine's, and for numbers where the service itself listens */
export async function assertListenable(addresses: Addresses): Promise<void> {
  const service = await listenAnywhere(addresses.host).catch((error: unknown) => {
    if (!(error instanceof ListenError)) throw error
    // It was tried at a free port; what is configured is said.
    const { host, port } = addresses
    throw new ListenError(error.code, `${host}:${port}`, SERVICE_VARIABLES, { cause: error })
  })
  try {
    await assertMetricsBeside(service, addresses)
  } finally {
    await service.close()
  }
}

/** Where both ports are one, the numbers are tried beside `service` at the port that it got. */
async function assertMetricsBeside(
  service: RunningServer,
  { port, metricsHost, metricsPort }: Addresses,
): Promise<void> {
  if (metricsPort === undefined) return
  const tried = metricsPort === port && port !== 0 ? Number(new URL(service.url).port) : 0
  try {
    const metrics = await listenAnywhere(metricsHost, tried)
    await metrics.close()
  } catch (error) {
    if (!(error instanceof ListenError)) throw error
    throw new ListenError(error.code, `${metricsHost}:${metricsPort}`, METRICS_VARIABLES, { cause: error })
  }
}

/** At a free port unless one is named; whoever asks there meanwhile is not answered. */
function listenAnywhere(host: string, port = 0): Promise<RunningServer> {
  return startServer((_, res) => res.destroy(), { host, port })
}
