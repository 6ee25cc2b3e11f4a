/** The whole service: a view of the ledger, a key, and a server. */
import { createRpcLedgerView, type Network } from '@hefu/ledger/chain-view'
import {
  attestReport,
  createVerifier,
  DEFAULT_MAX_LEDGER_AGE_SECONDS,
  type KeyFile,
  type LedgerView,
  type PublicJwk,
  suite,
} from '@hefu/protocol'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { readLedgerHealth } from './ledger-health.ts'
import { createLogger } from './request-log.ts'
import { type RunningServer, type ServerOptions, startServer } from './server.ts'
import { openSigningKey } from './signing-key.ts'

/** The ledger to trust: a network to reach it at, or a view that is already there. */
export type LedgerSource = { readonly network: Network } | { readonly view: LedgerView }

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
  const view = 'view' in options ? options.view : createRpcLedgerView(options.network)
  const { privateJwk, publicJwk } = await openSigningKey(options.keyFile, options.passphrase)
  const app = createApp({
    verifier: createVerifier({ view, suite, maxLedgerAgeSeconds }),
    attest: (report) => attestReport(report, privateJwk, suite),
    clock,
    verifierKey: publicJwk,
    health: () => readLedgerHealth(view, maxLedgerAgeSeconds, clock()),
    logger,
  })
  return { ...(await startServer(app.callback(), options)), verifierKey: publicJwk }
}

function readClock(): number {
  return Math.floor(Date.now() / 1000)
}
