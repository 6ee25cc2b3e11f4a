/** @hefu/sdk: verify an electronic licence of any province, here or by a service, with one typed result. */
export { type Network, parseNetwork } from '@hefu/ledger/chain-view'
export {
  type Bilingual,
  type Challenge,
  createMemoryLedgerView,
  type FieldDifference,
  type Finding,
  type FindingCode,
  type LedgerDirectory,
  type LedgerView,
  type LicenceType,
  MalformedError,
  type MemoryLedger,
  meaningOf,
  NEXT_STEPS,
  type PublicJwk,
  parseQrText,
  RESULT_SENTENCES,
  type ResultCode,
  type ScannedQr,
  sentenceOf,
  VERDICT_SENTENCES,
  type Verdict,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
export { createChallenge } from './challenge.ts'
export { createLocalVerifier, type LedgerSource, type LocalVerifierOptions } from './local-verifier.ts'
export { createRemoteVerifier, type RemoteVerifierOptions } from './remote-verifier.ts'
export {
  type RemoteProblem,
  RemoteVerifierError,
  type RemoteVerifierErrorCode,
} from './remote-verifier-error.ts'
export { renderSheet, type SheetLanguage, type SheetOptions } from './sheet.ts'
export type { AnnotatedCopy, FaceField, LicenceVerifier, Verification } from './verification.ts'
