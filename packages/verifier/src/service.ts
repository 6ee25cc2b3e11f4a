/** The whole service: the ledgers to trust, a key, and a server. */
import type { Network } from '@hefu/ledger/chain-view'
import { createNetworkDirectory, type RegistryNetwork } from '@hefu/ledger/registry'
import {
  attestReport,
  createVerifier,
  DEFAULT_MAX_LEDGER_AGE_SECONDS,
  type KeyFile,
  type LedgerDirectory,
  type LedgerTrust,
  type PublicJwk,
  pinLedger,
  suite,
} from '@hefu/protocol'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { readLedgerHealth } from './ledger-health.ts'
import { createLogger } from './request-log.ts'
import { type RunningServer, type ServerOptions, startServer } from './server.ts'
import { openSigningKey } from './signing-key.ts'

/** What to trust: a ledger, or a registry of ledgers, by a network file, a view or directory that is already there. */
export type LedgerSource = { readonly network: Network | RegistryNetwork } | LedgerTrust

export type VerifierServiceOptions = LedgerSource &
  ServerOptions & {
    readonly keyFile: KeyFile
    /** Opens the key file. A secret. */
    readonly passphrase: string
    readonly maxLedgerAgeSeconds?: number
    /** Unix seconds. */
    readonly clock?: () => number
    readonly logger?: Logger
  }

export interface VerifierService extends RunningServer {
  /** What integrators pin. */
  readonly verifierKey: PublicJwk
}

/**
 * Starts the service. The ledger need not answer yet: until it does, `/health/ready` says so.
 *
 * @throws {VerifierStartError}
 */
export async function startVerifierService(options: VerifierServiceOptions): Promise<VerifierService> {
  const {
    maxLedgerAgeSeconds = DEFAULT_MAX_LEDGER_AGE_SECONDS,
    clock = readClock,
    logger = createLogger(),
  } = options
  const directory = directoryOf(options)
  const { privateJwk, publicJwk } = await openSigningKey(options.keyFile, options.passphrase)
  const app = createApp({
    verifier: createVerifier({ directory, suite, maxLedgerAgeSeconds }),
    attest: (report) => attestReport(report, privateJwk, suite),
    clock,
    verifierKey: publicJwk,
    health: () => readLedgerHealth(directory, maxLedgerAgeSeconds, clock()),
    logger,
  })
  return { ...(await startServer(app.callback(), options)), verifierKey: publicJwk }
}

function directoryOf(source: LedgerSource): LedgerDirectory {
  if ('network' in source) return createNetworkDirectory(source.network)
  return 'view' in source ? pinLedger(source.view) : source.directory
}

function readClock(): number {
  return Math.floor(Date.now() / 1000)
}
