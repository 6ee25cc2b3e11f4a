/** `node dist/main.js`: the service, configured by the environment (README.md). */
import { createLogger, readConfiguration, readKeyFile, readPassphrase, runService } from '@hefu/service'
import { SETTINGS } from './configuration.ts'
import { VerifierStartError } from './error/start-error.ts'
import { readNetworkFile } from './network-file.ts'
import { openReplica } from './replica/open-replica.ts'
import { type LedgerSource, startVerifierService } from './service.ts'

await runService({ zh: '核验服务', en: 'The verifier' }, async () => {
  const { networkPath, keyPath, passphrase, host, port, maxLedgerAgeSeconds, replica } = readConfiguration(
    SETTINGS,
    process.env,
  )
  const logger = createLogger()
  const keyFile = await readKeyFile(keyPath)
  const options = {
    keyFile,
    passphrase: await readPassphrase(passphrase),
    host,
    port,
    logger,
    ...(maxLedgerAgeSeconds === undefined ? {} : { maxLedgerAgeSeconds }),
  }
  const { source, release } = await openSource(networkPath, replica)
  try {
    const { url, close } = await startVerifierService({ ...options, ...source })
    return { url, close: () => close().finally(release) }
  } catch (error) {
    await release()
    throw error
  }

  /** What the service asks: the node of the network file, or the replica that follows it. */
  async function openSource(
    path: string,
    place: string | undefined,
  ): Promise<{ readonly source: LedgerSource; readonly release: () => Promise<void> }> {
    const network = await readNetworkFile(path)
    if (place === undefined) return { source: { network }, release: async () => undefined }
    if ('registry' in network) throw new VerifierStartError('replica-of-registry', path)
    const { view, close: release } = await openReplica(place, network, logger)
    return { source: { view }, release }
  }
})
