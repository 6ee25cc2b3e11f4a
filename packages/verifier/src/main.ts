/** `node dist/main.js`: the service, configured by the environment (README.md). */
import { readFile } from 'node:fs/promises'
import { parseTrustedNetwork } from '@hefu/ledger/registry'
import { MalformedError, parseKeyFile } from '@hefu/protocol'
import { parseConfiguration, type VerifierConfiguration } from './configuration.ts'
import { startVerifierService, type VerifierService } from './service.ts'
import { VerifierStartError, type VerifierStartErrorCode } from './start-error.ts'

async function start(configuration: VerifierConfiguration): Promise<VerifierService> {
  const { host, port, passphrase, maxLedgerAgeSeconds } = configuration
  return startVerifierService({
    network: await parseFile(configuration.networkPath, parseTrustedNetwork, 'bad-network'),
    keyFile: await parseFile(configuration.keyPath, parseKeyFile, 'bad-key'),
    passphrase:
      'text' in passphrase ? passphrase.text : (await readText(passphrase.path)).replace(/\r?\n$/, ''),
    host,
    port,
    ...(maxLedgerAgeSeconds === undefined ? {} : { maxLedgerAgeSeconds }),
  })
}

async function parseFile<T>(
  path: string,
  parse: (text: string) => T,
  code: VerifierStartErrorCode,
): Promise<T> {
  const text = await readText(path)
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    throw new VerifierStartError(code, `${path}: ${error.message}`, { cause: error })
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new VerifierStartError('unreadable-file', path, { cause: error })
  }
}

function stopOnSignals(service: VerifierService): void {
  const stop = () => {
    process.off('SIGTERM', stop).off('SIGINT', stop)
    void service.close()
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
}

try {
  const service = await start(parseConfiguration(process.env))
  stopOnSignals(service)
  process.stdout.write(`核验服务已启动 The verifier answers at ${service.url}\n`)
} catch (error) {
  if (!(error instanceof VerifierStartError)) throw error
  process.stderr.write(`${error.says.zh}\n${error.says.en}\n`)
  process.exitCode = 1
}
