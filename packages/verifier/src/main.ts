/** `node dist/main.js`: the service, configured by the environment (README.md). */
import {
  createLogger,
  createRegistry,
  describeFailure,
  readKeyFile,
  readPassphrase,
  runService,
  startMetricsServer,
} from '@hefu/service'
import { openAccess } from './access/access-settings.ts'
import { readVerifierConfiguration } from './configuration.ts'
import { readConsole } from './console/console-settings.ts'
import { readSampleTray } from './console/sample-tray.ts'
import { readNetworkFile } from './network-file.ts'
import { readProvinceServices } from './provinces/service-table.ts'
import { closeAll } from './replica/closing.ts'
import { startVerifierService } from './service.ts'
import { helpText } from './service-help.ts'
import { beside, openSource } from './source.ts'
import { openDepositOptions } from './store/deposit-settings.ts'
import { createEndedKeyNotes, endedBeside } from './store/ended-keys.ts'
import { createKnownKeyNotes, knownBeside } from './store/known-keys.ts'
import { openVerifierStore } from './store/open-store.ts'
import { recordOptions, storeBeside } from './store/record-settings.ts'

const UNGUARDED = `注意：HEFU_ACCESS=unguarded，本服务不核对访问令牌，本机任何程序都可使用；前面不得设置代理。
Mind: HEFU_ACCESS=unguarded, no access tokens are checked, and whatever runs on this machine is let in; put no proxy in front.
`

if (process.argv.slice(2).some((given) => given === '--help' || given === '-h')) {
  process.stdout.write(helpText())
  process.exit(0)
}

await runService({ zh: '核验服务', en: 'The verifier' }, async () => {
  const configuration = readVerifierConfiguration(process.env)
  const { networkPath, keyPath, passphrase, host, port, maxLedgerAgeSeconds, replica, origins } =
    configuration
  const { metricsHost, metricsPort } = configuration
  const registry = createRegistry()
  const logger = createLogger()
  const keyFile = await readKeyFile(keyPath)
  const opening = await readPassphrase(passphrase)
  const deposits = await openDepositOptions(configuration, opening)
  const access = await openAccess(configuration, (fault) =>
    logger.warn({ failure: describeFailure(fault) }, 'requests are counted by this process alone'),
  )
  const options = {
    keyFile,
    passphrase: opening,
    host,
    port,
    logger,
    registry,
    origins,
    access,
    console: await readConsole(configuration, access),
    endedKeys: createEndedKeyNotes(endedBeside(keyPath)),
    knownKeys: createKnownKeyNotes(knownBeside(keyPath)),
    ...recordOptions(configuration),
    batchThreads: configuration.batchThreads,
    ...(deposits === undefined ? {} : { deposits }),
    ...(configuration.provincesPath === undefined
      ? {}
      : { provinceServices: await readProvinceServices(configuration.provincesPath) }),
    ...(configuration.samplesPath === undefined
      ? {}
      : { samples: readSampleTray(configuration.samplesPath) }),
    ...(maxLedgerAgeSeconds === undefined ? {} : { maxLedgerAgeSeconds }),
  }
  const network = await readNetworkFile(networkPath)
  const { source, release } = await openSource(network, replica ?? beside(keyPath), logger)
  const ends: (() => Promise<void>)[] = [release]
  try {
    const store = await openVerifierStore(configuration.database ?? storeBeside(keyPath))
    ends.push(store.close)
    if (metricsPort !== undefined) {
      const metrics = await startMetricsServer(registry, { host: metricsHost, port: metricsPort })
      ends.push(metrics.close)
      logger.info({ url: metrics.url }, 'metrics are read here')
    }
    const { url, close } = await startVerifierService({
      ...options,
      ...source,
      publicNetwork: network,
      store,
    })
    if ('network' in source) logger.info('no replica: the nodes are asked at each verification')
    if (options.access === 'unguarded') process.stderr.write(UNGUARDED)
    return { url, close: () => closeAll([...ends, close]) }
  } catch (error) {
    await closeAll(ends).catch(() => undefined)
    throw error
  }
})
