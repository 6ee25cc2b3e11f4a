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
  LICENCE_TYPES,
  type LicenceType,
  type PublicJwk,
  pinLedger,
  suite,
} from '@hefu/protocol'
import {
  createLogger,
  describeFailure,
  openSigningKey,
  type RunningServer,
  readClock,
  type ServerOptions,
  type SigningKey,
  startServer,
} from '@hefu/service'
import type { Logger } from 'pino'
import { type Access, closeAccess, createAccessGuard } from './access/access.ts'
import { createVerifierApp } from './app.ts'
import { VerifierStartError } from './error/start-error.ts'
import { type NodesOf, readLedgerHealth } from './ledger/ledger-health.ts'
import type { LedgerReader } from './ledger/ledger-reader.ts'
import { withNodes } from './ledger/nodes-word.ts'
import { createCursorSeal } from './routes/ledger/sealed-cursor.ts'
import { MAX_BODY_BYTES } from './routes/verifications.ts'

/** Each may hold its body and its answer, a megabyte or so together. */
const DEFAULT_MOST_VERIFICATIONS = 128

/** What to trust: a ledger, or a registry of ledgers, by a network file, a view or directory that is already there. */
export type LedgerSource = ({ readonly network: Network | RegistryNetwork } | LedgerTrust) & {
  /** How the nodes behind a ledger are; absent: nobody knows. */
  readonly agreement?: NodesOf | undefined
  /** What may be listed of the ledger; absent: nothing, for there is no replica, or one of each ledger of a registry. */
  readonly reader?: LedgerReader | undefined
}

export type VerifierServiceOptions = LedgerSource &
  ServerOptions & {
    readonly keyFile: KeyFile
    /** Who is let in. */
    readonly access: Access
    /** Origins of pages that may ask from a browser. Default: none. */
    readonly origins?: readonly string[]
    /** Opens the key file. A secret. */
    readonly passphrase: string
    readonly maxLedgerAgeSeconds?: number
    /** Types whose fields are judged and compared by their own rules; absent: those of this version. */
    readonly licenceTypes?: readonly LicenceType[]
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
 * Starts the service. The ledger need not answer yet: until it does, `/health/ready` says so. What the access counts requests with is closed with the service.
 *
 * @throws {KeyError} {VerifierStartError} {ListenError}
 */
export async function startVerifierService(options: VerifierServiceOptions): Promise<VerifierService> {
  const {
    maxLedgerAgeSeconds = DEFAULT_MAX_LEDGER_AGE_SECONDS,
    licenceTypes = LICENCE_TYPES,
    ledgerDeadlineMs = DEFAULT_LEDGER_DEADLINE_MS,
    mostVerifications = DEFAULT_MOST_VERIFICATIONS,
    clock = readClock,
    logger = createLogger(),
  } = options
  const directory = withDeadline(directoryOf(options), ledgerDeadlineMs)
  const onFault = (fault: unknown): void => logger.error({ failure: describeFailure(fault) }, 'ledger fault')
  const { privateJwk, publicJwk } = await openReportKey(options.keyFile, options.passphrase)
  const app = createVerifierApp({
    guard: createAccessGuard(options.access, options.host, clock, (fault) =>
      logger.error({ failure: describeFailure(fault) }, 'issuer fault'),
    ),
    ...(options.origins === undefined ? {} : { origins: options.origins }),
    verifier: createVerifier({ directory, suite, maxLedgerAgeSeconds, licenceTypes, onFault }),
    attest: await createReportSigner(privateJwk, suite),
    clock,
    mostVerifications,
    listing: options.reader && { reader: options.reader, cursors: createCursorSeal(privateJwk.d) },
    verifierKey: publicJwk,
    health: () => readLedgerHealth(directory, maxLedgerAgeSeconds, clock(), options.agreement),
    logger,
  })
  const server = await startServer(app.callback(), { ...options, mostBodyBytes: MAX_BODY_BYTES })
  return {
    ...server,
    close: () => server.close().finally(() => closeAccess(options.access)),
    verifierKey: publicJwk,
  }
}

/** @throws {VerifierStartError} `key-of-other-kind` for a key that this service does not sign with */
async function openReportKey(file: KeyFile, passphrase: string): Promise<SigningKey> {
  const key = await openSigningKey(file, 'verifier-signing', passphrase)
  if (key.publicJwk.crv === 'SM2') throw new VerifierStartError('key-of-other-kind', file.name)
  return key
}

function directoryOf(source: LedgerSource): LedgerDirectory {
  if ('network' in source) return createNetworkDirectory(source.network)
  if ('directory' in source) return source.directory
  const { view, agreement } = source
  return pinLedger(agreement === undefined ? view : withNodes(view, () => agreement(view.ledger)))
}
