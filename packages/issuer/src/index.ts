/** @hefu/issuer: what an issuing agency runs. Rows → recorded → batched → anchored → bundled. */

export { EntryWaitingError } from './error/entry-waiting.ts'
export { IssuerError, type IssuerErrorCode } from './error/issuer-error.ts'
export { type Agency, encodeAgency, parseAgency } from './home/agency-file.ts'
export {
  type AgencyHomeOptions,
  createAgencyHome,
  type HomePaths,
  type OpenedOperator,
  openOperator,
  openSigningKey,
  pathsOf,
  type Registration,
  readAgency,
  readRegistration,
} from './home/agency-home.ts'
export {
  createKeyPossession,
  KEY_POSSESSION_TYPE,
  type KeyPossession,
  verifyKeyPossession,
} from './home/key-possession.ts'
export { type Allotment, allotIdentifiers } from './input/allotted-identifiers.ts'
export { type LicenceFile, openLicenceFile } from './input/licence-file.ts'
export type { Confirmed } from './input/lost-content.ts'
export type { ReadRow, Row, RowDefect, RowDefectCode, UnreadableRow } from './input/row.ts'
export type { Journal, JournalCounts } from './journal/journal.ts'
export { openJournal } from './journal/open-journal.ts'
export type { Batch, EntryCall, NewEntry, RecordedEntry, RecordedLicence } from './journal/records.ts'
export { licenceTypeRegistration } from './office/office-inputs.ts'
export { actLate, type LateActRequest } from './workflow/act-late.ts'
export { type ActOutcome, type ActRequest, actOnLicences } from './workflow/act-on-licences.ts'
export { type CorrectionRequest, correctLicences } from './workflow/correct-licences.ts'
export type { DecisionRequest, Entered, StandingEntry } from './workflow/decision.ts'
export { type DepositNarration, depositBundles, listBundles } from './workflow/deposit-bundles.ts'
export { type DissolutionRequest, dissolveSuccession, findOrigin } from './workflow/dissolve-succession.ts'
export { type EntryDraft, enter, enterAll, finishEntries, rehearse } from './workflow/enter.ts'
export type { IssuerEvent, OnEvent } from './workflow/events.ts'
export type { RegisteredAgency } from './workflow/face-names.ts'
export {
  anchorAll,
  bundleAll,
  DEFAULT_BATCH_SIZE,
  finishBatches,
  MAX_BATCH_SIZE,
  sealAll,
} from './workflow/finish-batches.ts'
export { issueLicences } from './workflow/issue-licences.ts'
export {
  liftNotices,
  type NoticeOutcome,
  type NoticeRequest,
  noteLicences,
} from './workflow/note-licences.ts'
export type { AgencyOperator, Office } from './workflow/office.ts'
export { giveUpBatch } from './workflow/pass-over.ts'
export { assertReadyToIssue, type PreflightSources, type PreflightSubject } from './workflow/preflight.ts'
export { type ReadingOffice, reconcile } from './workflow/reconcile.ts'
export { type Assignment, type RowCounts, recordLicences } from './workflow/record-licences.ts'
export { type RecoveryCounts, type RecoveryOffice, recoverJournal } from './workflow/recover.ts'
export { type PrintingOffice, reprintLicences } from './workflow/reprint.ts'
export { type JudgedRow, judgeRow, type RowDraft } from './workflow/row-draft.ts'
export { type TransferInOutcome, type TransferInRequest, takeInLicence } from './workflow/take-in-licence.ts'
export type { TwoKeyEntry } from './workflow/two-key-entry.ts'
export {
  createVerifierService,
  type DepositRefusal,
  type VerifierService,
  type VerifierServiceOptions,
} from './workflow/verifier-service.ts'
export { type Withdrawal, withdrawProposal } from './workflow/withdraw-proposal.ts'
