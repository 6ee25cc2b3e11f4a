/**
 * @hefu/sdk/remote: asking a service, and nothing that verifies here or prints a sheet. Apart, so that a page that asks a
 * service is there with a third of the code; what reads a licence is loaded beside, before the first question.
 */
export type {
  Challenge,
  LicenceType,
  PublicJwk,
  Verdict,
  VerificationReport,
  VerificationRequest,
} from '@hefu/protocol'
export { MalformedError, SuiteUnavailableError } from '@hefu/protocol/report'
export {
  createRemoteVerifier,
  type RemoteLicenceVerifier,
  type RemoteVerificationRequest,
  type RemoteVerifierOptions,
} from './remote/remote-verifier.ts'
export {
  type RemoteProblem,
  RemoteVerifierError,
  type RemoteVerifierErrorCode,
} from './remote/remote-verifier-error.ts'
export type { JwkSet, ServedKey, VerifierKey } from './remote/verifier-key.ts'
export type {
  AnnotatedCopy,
  FaceField,
  LicenceVerifier,
  Recheck,
  Verification,
} from './verification/verification.ts'
