/**
 * @hefu/sdk/recheck: checking a report again, and the signature under it. Apart, so that who only verifies licences loads
 * none of it.
 */
export {
  AttestationError,
  MalformedError,
  parseReport,
  type RecheckedCase,
  type RecheckOutcome,
  type ReportDifference,
  type UndeterminedReason,
  type VerificationReport,
} from '@hefu/protocol'
export { type RecheckOptions, recheckReport, verifyAttestation } from './recheck/recheck.ts'
export type { JwkSet, ServedKey, VerifierKey } from './remote/verifier-key.ts'
