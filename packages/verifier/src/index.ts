/** @hefu/verifier: the verification service over HTTP. */
export { type AppServices, createApp } from './app.ts'
export { type LedgerHealth, readLedgerHealth } from './ledger-health.ts'
export { createLogger } from './request-log.ts'
export {
  type LedgerSource,
  startVerifierService,
  type VerifierService,
  type VerifierServiceOptions,
} from './service.ts'
export { VerifierStartError, type VerifierStartErrorCode } from './start-error.ts'
