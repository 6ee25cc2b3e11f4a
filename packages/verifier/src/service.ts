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
  type LedgerUnavailableCode,
  type LedgerUnavailableError,
  LICENCE_TYPES,
  type LicenceType,
  type PublicJwk,
  pinLedger,
  suite,
} from '@hefu/protocol'
import {
  createLoadGate,
  createLogger,
  createRegistry,
  describeFailure,
  type RunningServer,
  readClock,
  reportRefused,
  type SecondFactor,
  type ServerOptions,
  startServer,
} from '@hefu/service'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import {
  type Access,
  closeAccess,
  createAccessGuard,
  createAccessTokens,
  createOpenGuard,
  readerOf,
} from './access/access.ts'
import type { ClientTable } from './access/client-table.ts'
import { ANYBODY } from './access/verifier-client.ts'
import { createVerifierApp } from './app.ts'
import { defaultBatchThreads } from './batch/batch-settings.ts'
import { MOST_BATCH_BYTES, MOST_ITEMS } from './batch/batch-upload.ts'
import { type BegunBatches, startBatches } from './batch/start-batches.ts'
import type { ConsoleOptions } from './console/console-settings.ts'
import { openConsole } from './console/open-console.ts'
import type { SampleTray } from './console/sample-tray.ts'
import { type LedgerHealth, type NodesOf, readLedgerHealth } from './ledger/ledger-health.ts'
import type { FollowingState, ListedLedgers } from './ledger/listed-ledgers.ts'
import { withNodes } from './ledger/nodes-word.ts'
import { observeDirectory } from './ledger/observed-directory.ts'
import {
  measureCommits,
  measureLedgers,
  measureProvinces,
  measureReplicas,
  measureStore,
  measureVerdicts,
} from './metrics.ts'
import { createAskProvince } from './provinces/ask-province.ts'
import type { ProvinceServices } from './provinces/service-table.ts'
import { openReportKey } from './report-key.ts'
import { createStatusListSigner } from './routes/discovery/status-lists.ts'
import { createFoundComparisons } from './routes/found-comparisons.ts'
import { createCursorSeal } from './routes/ledger/sealed-cursor.ts'
import type { DepositOptions } from './store/deposit-settings.ts'
import { createDeposits } from './store/deposits.ts'
import type { EndedKeyNotes } from './store/ended-keys.ts'
import type { KnownKeyNotes } from './store/known-keys.ts'
import type { VerifierStore } from './store/open-store.ts'
import { DEFAULT_SECOND_FACTOR } from './store/record-settings.ts'
import { createRecords } from './store/records.ts'
import { DEFAULT_RETENTION, type RetentionTerms, startRetention } from './store/retention.ts'

/** Each may hold its body and its answer, a megabyte or so together. */
const DEFAULT_MOST_VERIFICATIONS = 128

const LEFT_OUT = {
  'not-known': 'a key in the store is not known as this verifier’s, and is left out',
  altered: 'the term of a key in the store is another than was noted, and the key is left out',
} as const

/** What to trust: a ledger, or a registry of ledgers, by a network file, a view or directory that is already there. */
export type LedgerSource = ({ readonly network: Network | RegistryNetwork } | LedgerTrust) & {
  /** How the nodes behind a ledger are; absent: nobody knows. */
  readonly agreement?: NodesOf | undefined
  /** The ledgers that may be listed of; absent: none, for there is no replica. */
  readonly listed?: ListedLedgers | undefined
  /** How each replica behind it goes; absent: there is none. */
  readonly replicaStates?: (() => readonly FollowingState[]) | undefined
}

export type VerifierServiceOptions = LedgerSource &
  ServerOptions & {
    readonly keyFile: KeyFile
    /** Who is let in. */
    readonly access: Access
    /** Where it keeps what it answers; it stays open when the service is closed. */
    readonly store: VerifierStore
    readonly retention?: RetentionTerms
    /** Where ends of keys are noted beside the store, which may be an older one one day. Absent: nowhere. */
    readonly endedKeys?: EndedKeyNotes
    /** Where it is noted which keys are this verifier's, and their terms. */
    readonly knownKeys?: KnownKeyNotes
    /** Absent: nothing is taken in deposit. */
    readonly deposits?: DepositOptions
    /** Threads that verify batches, which are taken where deposits are: they are sealed under the same keys. */
    readonly batchThreads?: number
    /** Items that a batch may have. */
    readonly mostBatchItems?: number
    /** What these threads run. Default: the service's own program. */
    readonly batchProgram?: URL
    /** Services of other provinces that may be asked. Absent: none. */
    readonly provinceServices?: ProvinceServices
    /** What a person has to have signed in with to see plain values. */
    readonly secondFactor?: SecondFactor
    /** Its page, and by which client people sign in there. Default: where it is built, and nobody does. */
    readonly console?: ConsoleOptions
    /** As the console’s page is told of it, to ask the ledger by itself. Default: `network`, where the source is one. */
    readonly publicNetwork?: Network | RegistryNetwork
    /** Sample licences that anybody is given who tries the console. Absent: none. */
    readonly samples?: SampleTray
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
    /** Where it counts. */
    readonly registry?: Registry
  }

export interface VerifierService extends RunningServer {
  /** What integrators pin. */
  readonly verifierKey: PublicJwk
}

/**
 * Starts the service. The ledger need not answer yet: until it does, `/health/ready` says so. The store has to. What the access counts requests with is closed with the service.
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
    store,
    retention = DEFAULT_RETENTION,
    secondFactor = DEFAULT_SECOND_FACTOR,
    registry = createRegistry(),
  } = options
  const directory = withDeadline(directoryOf(options), ledgerDeadlineMs)
  const logFault =
    (what: string) =>
    (fault: unknown): void =>
      logger.error({ failure: describeFailure(fault) }, what)
  const onFault = logFault('ledger fault')
  // Its code alone: a view of whoever runs the service may say anything.
  const logUnavailable = (code: LedgerUnavailableCode): void =>
    logger.warn({ code }, 'the ledger cannot be asked')
  const onUnavailable = ({ code }: LedgerUnavailableError): void => logUnavailable(code)
  const trust = { suite, maxLedgerAgeSeconds, licenceTypes, onFault, onUnavailable }
  const key = await openReportKey(options.keyFile, options.passphrase)
  const { privateJwk, publicJwk } = key
  const records = await createRecords(store, key, {
    clock,
    around: measureCommits(registry),
    endedKeys: options.endedKeys,
    knownKeys: options.knownKeys,
    onNoteFault: logFault('a key, or its end, is not noted beside the key file'),
    onKeyLeftOut: (kid, why) => logger.warn({ kid }, LEFT_OUT[why]),
  })
  const health = tellChanges(logger, () =>
    readLedgerHealth(directory, maxLedgerAgeSeconds, clock(), options.agreement),
  )
  measureLedgers(registry, health)
  measureStore(registry, records)
  measureReplicas(registry, options.replicaStates ?? (() => []))
  const counted = { ...records, evidence: measureVerdicts(registry, records.evidence) }
  const cursors = createCursorSeal(privateJwk.d)
  const load = createLoadGate(mostVerifications)
  const finding = {
    comparisons: createFoundComparisons(),
    deposited: options.deposits && {
      deposits: await createDeposits(store, options.deposits.keys, options.deposits.bounds),
      days: options.deposits.days,
    },
    ...(options.provinceServices === undefined
      ? {}
      : {
          askProvince: createAskProvince(options.provinceServices, {
            clock,
            watch: {
              ended: measureProvinces(registry),
              failed: (region, fault) =>
                logger.warn({ region, failure: describeFailure(fault) }, 'province fault'),
            },
            // The other half is for what is at hand.
            mostTogether: Math.max(1, Math.floor(mostVerifications / 2)),
          }),
        }),
  }
  const begun: BegunBatches | undefined =
    options.deposits &&
    (await startBatches({
      ...finding,
      store,
      keys: options.deposits.keys,
      size: options.batchThreads ?? defaultBatchThreads(),
      mostItems: options.mostBatchItems ?? MOST_ITEMS,
      ...(options.batchProgram === undefined ? {} : { program: options.batchProgram }),
      start: { privateJwk, maxLedgerAgeSeconds, licenceTypes },
      directory,
      asksNodes: 'network' in options,
      clients: clientsOf(options.access),
      records: counted,
      load,
      cursors,
      registry,
      onFault: logFault('batch fault'),
      onUnavailable: logUnavailable,
      clock,
    }))
  const addressOf = readerOf(options.access)
  const tokens =
    options.access === 'unguarded'
      ? undefined
      : createAccessTokens(options.access, clock, logFault('issuer fault'))
  const opened = openConsole(options.console ?? {}, {
    access: options.access,
    tokens,
    network: options.publicNetwork ?? ('network' in options ? options.network : undefined),
    key,
    db: store.db,
    secondFactor,
    addressOf,
    hasSamples: options.samples !== undefined,
    clock,
    onIssuerFault: logFault('issuer fault'),
    onStoreFault: logFault('store fault'),
  })
  const app = createVerifierApp({
    registry,
    batches: begun?.batches,
    console: opened.services,
    guard:
      options.access === 'unguarded' || tokens === undefined
        ? createOpenGuard(options.host)
        : createAccessGuard(options.access, { tokens, sessions: opened.sessions }, clock),
    addressOf,
    records: counted,
    secondFactor,
    onFault: logFault('store fault'),
    ...(options.origins === undefined ? {} : { origins: options.origins }),
    ...(options.samples === undefined ? {} : { samples: options.samples }),
    isOwnHostAlone: options.access === 'unguarded',
    verifier: createVerifier({ ...trust, directory }),
    // Few ask for it: a verifier of its own hears what its ledger is asked.
    explain: async (request, now, signal) => {
      const observed = observeDirectory(directory)
      const report = await createVerifier({ ...trust, directory: observed }).verify(request, now, signal)
      // Of several ledgers that were asked, the one that the report stands on.
      return { report, lookup: report.ledger && observed.observed(report.ledger) }
    },
    ...finding,
    licenceTypes,
    attest: await createReportSigner(privateJwk, suite),
    clock,
    load: begun?.load ?? load,
    listing: options.listed && { ledgers: options.listed, cursors, clock },
    verifierKey: publicJwk,
    signStatusList: await createStatusListSigner(privateJwk),
    health,
    logger,
  })
  const server = await startServer(app.callback(), {
    ...options,
    mostBodyBytes: MOST_BATCH_BYTES,
    onRefused: reportRefused(logger, registry),
  }).catch(async (error: unknown) => {
    await begun?.close()
    throw error
  })
  const endRetention = startRetention(store.db, retention, clock, logFault('store fault'))
  return {
    ...server,
    close: () =>
      server
        .close()
        .finally(begun?.close)
        .finally(endRetention)
        .finally(() => closeAccess(options.access)),
    verifierKey: publicJwk,
  }
}

/** Says in the log when the ledgers come into another state than they were found in before. */
function tellChanges(logger: Logger, read: () => Promise<LedgerHealth>): () => Promise<LedgerHealth> {
  let told: LedgerHealth['state'] = 'ready'
  return async () => {
    const found = await read()
    if (found.state === told) return found
    told = found.state
    if (told === 'ready') logger.info('the ledger is ready')
    else logger.warn({ code: told }, 'the ledger is not ready')
    return found
  }
}

function clientsOf(access: Access): ClientTable {
  return access === 'unguarded' ? new Map([[ANYBODY.id, ANYBODY]]) : access.clients
}

function directoryOf(source: LedgerSource): LedgerDirectory {
  if ('network' in source) return createNetworkDirectory(source.network)
  if ('directory' in source) return source.directory
  const { view, agreement } = source
  return pinLedger(
    agreement === undefined ? view : withNodes(view, (blockHash) => agreement(view.ledger, blockHash)),
  )
}
