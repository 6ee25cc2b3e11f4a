/** @hefu/verifier: the verification service over HTTP. */
export { type AppServices, createVerifierApp } from './app.ts'
export { type LedgerHealth, readLedgerHealth } from './ledger/ledger-health.ts'
export {
  type LedgerSource,
  startVerifierService,
  type VerifierService,
  type VerifierServiceOptions,
} from './service.ts'
export { VerifierStartError, type VerifierStartErrorCode } from './start-error.ts'
