/** The whole service: the ledgers to trust, a key, and a server. */
import type { Network } from '@hefu/ledger/chain-view'
import { DEFAULT_LEDGER_DEADLINE_MS, withDeadline } from '@hefu/ledger/deadline'
import { createNetworkDirectory, type RegistryNetwork } from '@hefu/ledger/registry'
import {
  createReportSigner,
  createVerifier,
  DEFAULT_MAX_LEDGER_AGE_SECONDS,
  type KeyFile,
  type LedgerDirectory,
  type LedgerTrust,
  type PublicJwk,
  pinLedger,
  suite,
} from '@hefu/protocol'
import { createLogger, ListenError, type RunningServer, type ServerOptions, startServer } from '@hefu/service'
import type { Logger } from 'pino'
import { createVerifierApp } from './app.ts'
import { readLedgerHealth } from './ledger-health.ts'
import { MAX_BODY_BYTES } from './routes/verifications.ts'
import { openSigningKey } from './signing-key.ts'
import { VerifierStartError } from './start-error.ts'

/** Each may hold its body and its answer, a megabyte or so together. */
const DEFAULT_MOST_VERIFICATIONS = 128

/** What to trust: a ledger, or a registry of ledgers, by a network file, a view or directory that is already there. */
export type LedgerSource = { readonly network: Network | RegistryNetwork } | LedgerTrust

export type VerifierServiceOptions = LedgerSource &
  ServerOptions & {
    readonly keyFile: KeyFile
    /** Opens the key file. A secret. */
    readonly passphrase: string
    readonly maxLedgerAgeSeconds?: number
    /** Longest time for all that one verification asks of the ledger. */
    readonly ledgerDeadlineMs?: number
    /** Verifications that may be under way at once. */
    readonly mostVerifications?: number
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
    ledgerDeadlineMs = DEFAULT_LEDGER_DEADLINE_MS,
    mostVerifications = DEFAULT_MOST_VERIFICATIONS,
    clock = readClock,
    logger = createLogger(),
  } = options
  const directory = withDeadline(directoryOf(options), ledgerDeadlineMs)
  const { privateJwk, publicJwk } = await openSigningKey(options.keyFile, options.passphrase)
  const app = createVerifierApp({
    verifier: createVerifier({ directory, suite, maxLedgerAgeSeconds }),
    attest: await createReportSigner(privateJwk, suite),
    clock,
    mostVerifications,
    verifierKey: publicJwk,
    health: () => readLedgerHealth(directory, maxLedgerAgeSeconds, clock()),
    logger,
  })
  return { ...(await listen(app.callback(), options)), verifierKey: publicJwk }
}

async function listen(...[listener, options]: Parameters<typeof startServer>): Promise<RunningServer> {
  try {
    return await startServer(listener, { ...options, mostBodyBytes: MAX_BODY_BYTES })
  } catch (error) {
    if (!(error instanceof ListenError)) throw error
    throw new VerifierStartError(error.code, error.address, { cause: error })
  }
}

function directoryOf(source: LedgerSource): LedgerDirectory {
  if ('network' in source) return createNetworkDirectory(source.network)
  return 'view' in source ? pinLedger(source.view) : source.directory
}

function readClock(): number {
  return Math.floor(Date.now() / 1000)
}
