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
  type LedgerUnavailableCode,
  LedgerUnavailableError,
  type LedgerView,
  type LicenceType,
  MalformedError,
  type MemoryLedger,
  meaningOf,
  nextStepOf,
  type PublicJwk,
  parseQrText,
  type ResultCode,
  readPresented,
  reasonOf,
  resultSentenceOf,
  type ScannedQr,
  SuiteUnavailableError,
  sentenceOf,
  VERDICT_SENTENCES,
  type Verdict,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
export { renderSheet, type SheetOptions } from './display/sheet.ts'
export type { SheetLanguage } from './display/voice.ts'
export type { LedgerSource } from './local/ledger-source.ts'
export { createLocalVerifier, type LocalVerifierOptions } from './local/local-verifier.ts'
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
export { createChallenge } from './verification/challenge.ts'
export { decodeText } from './verification/file-text.ts'
export type {
  AnnotatedCopy,
  FaceField,
  LicenceVerifier,
  Recheck,
  Verification,
} from './verification/verification.ts'
export {
  type BatchItem,
  type BatchOptions,
  type BatchProgress,
  verifyAll,
} from './verification/verify-all.ts'
