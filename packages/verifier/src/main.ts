/** `node dist/main.js`: the service, configured by the environment (README.md). */
import { createLogger, readConfiguration, readKeyFile, readPassphrase, runService } from '@hefu/service'
import { SETTINGS } from './configuration.ts'
import { readNetworkFile } from './network-file.ts'
import { startVerifierService } from './service.ts'
import { beside, openSource } from './source.ts'

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
  const network = await readNetworkFile(networkPath)
  const { source, release } = await openSource(
    network,
    networkPath,
    replica ?? beside(network, keyPath),
    logger,
  )
  try {
    const { url, close } = await startVerifierService({ ...options, ...source })
    if ('network' in source) logger.info('no replica: the nodes are asked at each verification')
    return { url, close: () => close().finally(release) }
  } catch (error) {
    await release()
    throw error
  }
})
