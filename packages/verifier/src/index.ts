/** @hefu/verifier: the verification service over HTTP. */
export { type AppServices, createVerifierApp } from './app.ts'
export { VerifierStartError, type VerifierStartErrorCode } from './error/start-error.ts'
export {
  type Freshness,
  type LedgerHealth,
  type NodesHealth,
  readLedgerHealth,
} from './ledger/ledger-health.ts'
export { type OpenReplica, openReplica } from './replica/open-replica.ts'
export {
  type LedgerSource,
  startVerifierService,
  type VerifierService,
  type VerifierServiceOptions,
} from './service.ts'
