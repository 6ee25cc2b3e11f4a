/** The HTTP application of this service: its routes. */
import type { IncomingMessage } from 'node:http'
import type { PublicJwk } from '@hefu/protocol'
import { createApp, createRoutes, type Guard, type RequestState, type RouteTable } from '@hefu/service'
import type Koa from 'koa'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { DEPOSIT, LEDGER_READ, REPORTS, RETRIEVE, UNMASK, VERIFY } from './access/scope.ts'
import type { VerifierClient } from './access/verifier-client.ts'
import { batchResultsRoute, DESCRIBED_RESULTS } from './batch/batch-results.ts'
import type { BatchServices } from './batch/batch-services.ts'
import {
  batchCancellationRoute,
  batchStateRoute,
  DESCRIBED_CANCELLATION,
  DESCRIBED_STATE,
} from './batch/batch-state.ts'
import { BATCHES_PATH, batchRoute, DESCRIBED_BATCH } from './batch/batch-upload.ts'
import { consoleDoorRoute, consolePagesRoute, pageSettingsRoute } from './console/console-pages.ts'
import type { ConsoleServices } from './console/open-console.ts'
import { SAMPLES_PATH, type SampleTray, sampleRoute } from './console/sample-tray.ts'
import type { LedgerHealth } from './ledger/ledger-health.ts'
import { DESCRIBED_BUNDLE, type GivenBundleServices, givenBundleRoute } from './routes/bundle-retrievals.ts'
import { DESCRIBED_DEPOSIT, depositRoute } from './routes/deposits.ts'
import { DESCRIBED_ISSUER_KEYS, issuerKeysRoute } from './routes/discovery/issuer-keys.ts'
import {
  DESCRIBED_STATUS_LIST,
  type StatusListSigner,
  statusListRoute,
} from './routes/discovery/status-lists.ts'
import { DESCRIBED_TYPE_METADATA, typeMetadataRoute } from './routes/discovery/type-metadata.ts'
import { DESCRIBED_FINDINGS, findingsRoute } from './routes/findings.ts'
import { DESCRIBED_LIVE, DESCRIBED_READY, liveRoute, readyRoute } from './routes/health.ts'
import { describeVerifier, interfaceRoute } from './routes/interface.ts'
import { PAGE_PATHS, pageRoute } from './routes/interface-page.ts'
import { type LedgerReadingServices, ledgerRoutes } from './routes/ledger/ledger-routes.ts'
import { RECHECK_PATHS, recheckPageRoute } from './routes/recheck-page.ts'
import { DESCRIBED_CHECK, reportCheckRoute } from './routes/report-checks.ts'
import { DESCRIBED_REPORT, DESCRIBED_SHEET, reportRoute, sheetRoute } from './routes/reports.ts'
import { DESCRIBED_RETRIEVAL, retrievalRoute } from './routes/retrievals.ts'
import { DESCRIBED_UNMASKING, type UnmaskingServices, unmaskingRoute } from './routes/unmaskings.ts'
import { DESCRIBED_VERIFICATION, verificationRoute } from './routes/verifications.ts'
import { DESCRIBED_KEY, DESCRIBED_KEY_SET, jwkSetRoute, verifierKeyRoute } from './routes/verifier-key.ts'
import type { Records } from './store/records.ts'

export interface AppServices
  extends UnmaskingServices,
    GivenBundleServices,
    LedgerReadingServices,
    Pick<BatchServices, 'batches'> {
  readonly guard: Guard<VerifierClient>
  readonly records: Records
  /** From which address a request comes. */
  readonly addressOf: (req: IncomingMessage) => string
  /** The public half of the key behind `attest`. */
  readonly verifierKey: PublicJwk
  /** With the same key. */
  readonly signStatusList: StatusListSigner
  readonly health: () => Promise<LedgerHealth>
  readonly console: ConsoleServices
  /** Sample licences for who tries the console. Default: none. */
  readonly samples?: SampleTray
  /** Origins of pages that may ask from a browser. Default: none. */
  readonly origins?: readonly string[]
  /** Whether requests to names of this machine alone are answered. Default: to any. */
  readonly isOwnHostAlone?: boolean
  readonly logger: Logger
  /** Where requests are counted. Default: nowhere. */
  readonly registry?: Registry
}

/** All routes, each with who may take it. */
export function createVerifierRoutes(services: AppServices): RouteTable<VerifierClient> {
  const { records, onFault, load } = services
  const first = createRoutes(services.guard, (ctx, known) => {
    // What is verified comes with a body, and nothing else that is guarded does.
    if (ctx.method === 'POST') return load.turnAway(ctx, known)
  })
    .guarded(VERIFY, 'POST', '/v1/verifications', verificationRoute(services), DESCRIBED_VERIFICATION)
    .guarded(VERIFY, 'POST', BATCHES_PATH, batchRoute(services), DESCRIBED_BATCH)
    .guarded(VERIFY, 'GET', `${BATCHES_PATH}/:number`, batchStateRoute(services), DESCRIBED_STATE)
    .guarded(
      VERIFY,
      'DELETE',
      `${BATCHES_PATH}/:number`,
      batchCancellationRoute(services),
      DESCRIBED_CANCELLATION,
    )
    .guarded(VERIFY, 'GET', `${BATCHES_PATH}/:number/results`, batchResultsRoute(services), DESCRIBED_RESULTS)
    .guarded(UNMASK, 'POST', '/v1/unmaskings', unmaskingRoute(services), DESCRIBED_UNMASKING)
    .guarded(DEPOSIT, 'POST', '/v1/deposits', depositRoute(services), DESCRIBED_DEPOSIT)
    .guarded(RETRIEVE, 'POST', '/v1/retrievals', retrievalRoute(services), DESCRIBED_RETRIEVAL)
    .guarded(RETRIEVE, 'POST', '/v1/retrievals/bundle', givenBundleRoute(services), DESCRIBED_BUNDLE)
    .guarded(REPORTS, 'GET', '/v1/reports/:number', reportRoute(services), DESCRIBED_REPORT)
    .guarded(REPORTS, 'GET', '/v1/reports/:number/sheet', sheetRoute(services), DESCRIBED_SHEET)
    .guarded(
      LEDGER_READ,
      'GET',
      '/v1/status-lists/:agency',
      statusListRoute(services.listing, services.signStatusList),
      DESCRIBED_STATUS_LIST,
    )
    .publicly('POST', '/v1/report-checks', reportCheckRoute(services), DESCRIBED_CHECK)
    .publicly('GET', '/v1/verifier-key', verifierKeyRoute(services.verifierKey), DESCRIBED_KEY)
    .publicly('GET', '/v1/findings', findingsRoute(), DESCRIBED_FINDINGS)
    .publicly('GET', '/.well-known/jwks.json', jwkSetRoute(records.keys, onFault), DESCRIBED_KEY_SET)
    .publicly(
      'GET',
      '/v1/type-metadata/:licenceType',
      typeMetadataRoute(services.licenceTypes),
      DESCRIBED_TYPE_METADATA,
    )
    .publicly('GET', '/v1/issuer-keys/:agency', issuerKeysRoute(services.listing), DESCRIBED_ISSUER_KEYS)
    .publicly('GET', '/health/live', liveRoute(), DESCRIBED_LIVE)
    .publicly('GET', '/health/ready', readyRoute(services.health, records, onFault), DESCRIBED_READY)
  const described = ledgerRoutes(withSamples(first, services.samples), services)
  const whole = described.publicly(
    'GET',
    '/openapi.json',
    interfaceRoute(describeVerifier(described.entries)),
  )
  const shown = RECHECK_PATHS.reduce(
    (table, path) => table.publicly('GET', path, recheckPageRoute(path)),
    whole,
  )
  const pages = PAGE_PATHS.reduce((table, path) => table.publicly('GET', path, pageRoute(path)), shown)
  return consoleRoutes(pages, services.console)
}

/** The console’s own addresses: its page asks everything else as any client does. */
function consoleRoutes(
  table: RouteTable<VerifierClient>,
  { files, settings, desk }: ConsoleServices,
): RouteTable<VerifierClient> {
  const page = consolePagesRoute(files, settings.network?.origins ?? [])
  return table
    .publicly('GET', '/', consoleDoorRoute())
    .publicly('GET', '/console', consoleDoorRoute())
    .publicly('GET', '/session', desk.session)
    .publicly('GET', '/session/sign-in', desk.signIn)
    .publicly('GET', '/session/callback', desk.callback)
    .publicly('POST', '/session/touch', desk.touch)
    .publicly('POST', '/session/lock', desk.lock)
    .publicly('POST', '/session/sign-out', desk.signOut)
    .publicly('GET', '/console/settings.json', pageSettingsRoute(settings))
    .publicly('GET', '/console/', page)
    .publicly('GET', '/console/*path', page)
}

/** Beside the console’s page, whose addresses are more than these. */
function withSamples(
  table: RouteTable<VerifierClient>,
  samples: SampleTray | undefined,
): RouteTable<VerifierClient> {
  return samples === undefined ? table : table.publicly('GET', `${SAMPLES_PATH}/:name`, sampleRoute(samples))
}

/** The application over these services; it listens nowhere yet. */
export function createVerifierApp(services: AppServices): Koa<RequestState> {
  const { logger, origins = [], isOwnHostAlone = false, registry } = services
  return createApp(createVerifierRoutes(services), logger, {
    origins,
    isOwnHostAlone,
    ...(registry === undefined ? {} : { registry }),
  })
}
