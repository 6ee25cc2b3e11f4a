/** `node dist/main.js`: the service, configured by the environment (README.md). */
import { readConfiguration, readKeyFile, readPassphrase, runService } from '@hefu/service'
import { SETTINGS } from './configuration.ts'
import { readNetworkFile } from './network-file.ts'
import { startVerifierService } from './service.ts'

await runService({ zh: '核验服务', en: 'The verifier' }, async () => {
  const { networkPath, keyPath, passphrase, host, port, maxLedgerAgeSeconds } = readConfiguration(
    SETTINGS,
    process.env,
  )
  return startVerifierService({
    network: await readNetworkFile(networkPath),
    keyFile: await readKeyFile(keyPath),
    passphrase: await readPassphrase(passphrase),
    host,
    port,
    ...(maxLedgerAgeSeconds === undefined ? {} : { maxLedgerAgeSeconds }),
  })
})
