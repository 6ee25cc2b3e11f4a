/** @hefu/verifier: the verification service over HTTP. */
export type { Access, TokenAccess } from './access/access.ts'
export { type ClientTable, readClientTable } from './access/client-table.ts'
export { ANYBODY, HOLDERS, type VerifierClient } from './access/verifier-client.ts'
export { type AppServices, createVerifierApp, createVerifierRoutes } from './app.ts'
export { readSampleTray, type SampleTray } from './console/sample-tray.ts'
export { VerifierStartError, type VerifierStartErrorCode } from './error/start-error.ts'
export {
  type Freshness,
  type LedgerHealth,
  type NodesHealth,
  readLedgerHealth,
} from './ledger/ledger-health.ts'
export { readProvinceServices } from './provinces/service-table.ts'
export { type ChangeBatch, type ChangeFeed, MOST_CHANGES } from './replica/change-feed.ts'
export { type OpenReplica, openReplica } from './replica/open-replica.ts'
export { ReplicaDamagedError } from './replica/replica-damaged.ts'
export { describeVerifier, VERIFIER_PROBLEMS } from './routes/interface.ts'
export {
  type LedgerSource,
  startVerifierService,
  type VerifierService,
  type VerifierServiceOptions,
} from './service.ts'
export { type DepositOptions, openDepositOptions } from './store/deposit-settings.ts'
export { endKey } from './store/key-history.ts'
export { openVerifierStore, type VerifierStore } from './store/open-store.ts'
export { createRecords, type Records } from './store/records.ts'
