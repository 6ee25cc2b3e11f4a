/** @hefu/protocol: licence → credential → batch → receipt → bundle → verification → report. */

export { suite } from '#suite'
export {
  createMerkleTree,
  DIGEST_BYTES,
  hashLeaf,
  inclusionPath,
  type MerkleTree,
  rootOf,
  rootOfPath,
} from './batch/merkle-tree.ts'
export {
  BUNDLE_MEDIA_TYPE,
  encodeBundle,
  parseBundle,
  type UnverifiedBundle,
  type UnverifiedBundleFile,
} from './bundle/bundle.ts'
export { dropDisclosures, dropUnasked } from './bundle/drop-disclosures.ts'
export { encodeBase64url, parseBase64url } from './bytes/base64url.ts'
export { decodeHex, encodeHex, type Hex, parseHex } from './bytes/hex.ts'
export { parseJsonText } from './bytes/json-text.ts'
export { limitOf, wholeLimitOf } from './bytes/limit.ts'
export { type Defect, type DefectCode, MalformedError, malformed, quote } from './bytes/malformed.ts'
export { assertOnly, parseObject } from './bytes/members.ts'
export { type JsonObject, type JsonValue, parseStrictJson } from './bytes/strict-json.ts'
export { createUtf8DamageCounter, isDisplayText } from './bytes/text.ts'
export {
  type CredentialClaims,
  type CredentialHeader,
  issuerUri,
  licenceTypeUri,
  MAX_CREDENTIAL_CHARACTERS,
  MAX_DISCLOSURES,
  type Rendition,
  type StatusReference,
  statusListUri,
  usccOf,
} from './credential/claims.ts'
export {
  type CredentialDraft,
  createCredential,
  type IssuingKey,
  type SignedCredential,
} from './credential/create-credential.ts'
export { parseCredential } from './credential/credential.ts'
export { createDisclosure, type Disclosure, SALT_BYTES } from './credential/disclosure.ts'
export { algorithmOf, canonicalJwk, keyIdOf, parsePublicJwk, thumbprint } from './credential/public-key.ts'
export { createJwsSigner, encodeJwsHeader, type JwsSigner } from './credential/signed-jws.ts'
export type { UnverifiedCredential } from './credential/unverified-credential.ts'
export { dayOf, endOfDay, formatChinaTime, isCalendarDate, startOfDay } from './identifiers/calendar-date.ts'
export { mod11_10 } from './identifiers/check-character.ts'
export { parseInstant } from './identifiers/instant.ts'
export type { LedgerIdentity } from './identifiers/ledger-identity.ts'
export { encodeLicenceId, hasRightCheck, type LicenceId, parseLicenceId } from './identifiers/licence-id.ts'
export { isOfficialName } from './identifiers/official-name.ts'
export { isRegionCode, PROVINCES, provinceOf, type RegionCode } from './identifiers/region-code.ts'
export {
  encodeReportNumber,
  encodeReportSeries,
  matchReportNumber,
  type ReportNumber,
} from './identifiers/report-number.ts'
export {
  holdsPersonsNumber,
  holdsResidentId,
  isResidentId,
  residentIdCheckCharacter,
} from './identifiers/resident-id.ts'
export { SERVICE_ITEM } from './identifiers/service-item.ts'
export { isUscc, type Uscc, usccCheckCharacter } from './identifiers/uscc.ts'
export {
  decryptKey,
  encodeKeyFile,
  encryptKey,
  KEY_FILE_MEDIA_TYPE,
  type KeyFile,
  type KeyPurpose,
  parseKeyFile,
  WrongPassphraseError,
} from './key-file/key-file.ts'
export type { Bilingual } from './language/bilingual.ts'
export { fillIn, type TextDetails } from './language/fill-in.ts'
export { inBoth, type Joint, joinTexts, withRemark } from './language/join.ts'
export { findLicenceType, LICENCE_TYPES } from './licence/catalogue.ts'
export { ENTERPRISE_ID_TYPES } from './licence/common-fields.ts'
export { compareFace, type FaceComparison, type FieldDifference } from './licence/compare-face.ts'
export { type FieldDefect, type FieldDefectCode, validateFaceData } from './licence/face-data.ts'
export { HOLDER_ID_TYPES, type HolderIdType } from './licence/holder-id.ts'
export {
  type FieldFormat,
  type FieldRule,
  type LicenceField,
  type LicenceType,
  LONG_TERM,
  type Sensitivity,
  type ValidityRule,
} from './licence/licence-type.ts'
export { type MaskRule, maskValue } from './licence/mask.ts'
export { spellValue } from './licence/normal-form.ts'
export { schemaDigest } from './licence/schema.ts'
export { showField, showLicenceId } from './licence/shown-field.ts'
export type { AnnotatedCopyClaim } from './presentation/annotated-copy.ts'
export { type Challenge, createChallenge } from './presentation/challenge.ts'
export {
  createPresentation,
  type HolderKey,
  type PresentationDraft,
} from './presentation/create-presentation.ts'
export type { KeyBindingClaims, KeyBindingHeader, UnverifiedKeyBinding } from './presentation/key-binding.ts'
export {
  PRESENTATION_MEDIA_TYPE,
  parsePresentation,
  parsePresented,
  type UnverifiedPresentation,
} from './presentation/presentation.ts'
export { kindOfPresented, type PresentedKind } from './presentation/presented-kind.ts'
export { readPresented } from './presentation/presented-text.ts'
export {
  encodeQrReference,
  encodeQrText,
  encodeQrWhole,
  type LicenceReference,
  MAX_QR_CHARACTERS,
  parseQrText,
  type ScannedQr,
} from './presentation/qr-text.ts'
export {
  createReceipt,
  parseReceipt,
  type Receipt,
  type ReceiptObject,
  receiptObject,
  verifyInclusion,
} from './receipt/receipt.ts'
export {
  AttestationError,
  createReportSigner,
  namesKey,
  type ReportSigner,
  verifyAttestation,
} from './report/attestation.ts'
export {
  DEFAULT_MAX_LEDGER_AGE_SECONDS,
  type UntimelyBlock,
  untimelinessOf,
} from './report/block-time.ts'
export { defectSentenceOf, explainDefects } from './report/defect-sentences.ts'
export { sentenceOf } from './report/finding-sentences.ts'
export {
  type CheckName,
  FINDING_CODES,
  type Finding,
  type FindingCode,
  type FindingFacts,
  type FindingMeaning,
  type FindingStatus,
  finding,
  meaningOf,
  type ResultCode,
} from './report/findings.ts'
export { nextStepOf, reasonOf, resultSentenceOf, whomToAsk } from './report/guidance.ts'
export {
  encodeReport,
  numberReport,
  parseReport,
  REPORT_MEDIA_TYPE,
  type ReportedLedger,
  type ReportedLicence,
  type ReportedRequest,
  type VerificationReport,
} from './report/report.ts'
export type { LogHolder, ReportedNodes } from './report/reported-nodes.ts'
export { decidingFinding, VERDICT_SENTENCES, type Verdict } from './report/verdict.ts'
export {
  type PrivateJwk,
  type PublicJwk,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
  type SigningKey,
  type Suite,
  SuiteUnavailableError,
  type VerifyingKey,
} from './suite/suite.ts'
export type {
  AgreementEntry,
  AgreementQuestion,
  BaselineEntry,
  FactSource,
  NegativeEntry,
  OriginPlace,
  RecognitionEntry,
  RefusalQuestion,
  StatusPlace,
} from './verification/fact-source.ts'
export { gatherFacts } from './verification/gather-facts.ts'
export {
  type DirectoryQuery,
  type LedgerDirectory,
  type LedgerRegistration,
  type LedgerTrust,
  pinLedger,
  type TrustedLedger,
} from './verification/ledger-directory.ts'
export {
  type AgencyFact,
  type AnchorFact,
  type ApprovalFact,
  covers,
  type KeyFact,
  type LedgerBlock,
  type LedgerFacts,
  type LedgerQuery,
  type LedgerUnavailableCode,
  LedgerUnavailableError,
  type LedgerView,
  type LicenceTypeFact,
  type MemberStatus,
  type OfficialName,
  type OriginFact,
  RECOGNITION_RULES,
  type RecognitionFact,
  type RecognitionRule,
  type RegionFact,
  type ResponsibleFact,
  type TermFact,
  type TransferFact,
} from './verification/ledger-view.ts'
export {
  type Capacity,
  endAt,
  LEGAL_STATUSES,
  type LegalStatus,
  STATUS_ACTS,
  STATUS_CHANGES,
  type StatusAct,
  type StatusChange,
  type StatusEntry,
  type StatusSetting,
  type StatusTransition,
  statusAfter,
  statusAt,
} from './verification/legal-status.ts'
export {
  anchorKey,
  demandKey,
  type MemoryDemand,
  type MemoryLedger,
  type MemoryMove,
  type MemoryNotice,
  registrationKey,
  responsibilityKey,
  statusKey,
} from './verification/memory-ledger.ts'
export { createMemoryLedgerView } from './verification/memory-ledger-view.ts'
export { createMemorySource } from './verification/memory-source.ts'
export { askLedger, listLedgers } from './verification/read-answer.ts'
export {
  type RecheckedCase,
  type RecheckOptions,
  type RecheckOutcome,
  type ReportDifference,
  recheckReport,
  type UndeterminedReason,
} from './verification/recheck-report.ts'
export { reportLicence } from './verification/reported-licence.ts'
export {
  assertRequest,
  reportRequest,
  type VerificationRequest,
  withPresentedRead,
} from './verification/request.ts'
export { createVerifier, type Verifier, type VerifierOptions } from './verification/verifier.ts'
