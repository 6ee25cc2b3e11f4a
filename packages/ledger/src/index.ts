/** @hefu/ledger: the ledger over JSON-RPC. What is not listed here is the package's own. */

export { ledgerAbi } from './abi/ledger-abi.ts'
export { createNetworkView, createRpcLedgerView, type RpcLedgerViewOptions } from './chain/chain-view.ts'
export { readLicenceActs } from './chain/licence-acts.ts'
export { type AllianceNetwork, parseAllianceNetwork } from './network/alliance-network.ts'
export {
  type Finality,
  identityOf,
  type Network,
  parseNetwork,
  parseNetworkMembers,
} from './network/network.ts'
export type { AgencyKey, AgencyResponsibility } from './office/agency-entries.ts'
export type { AgreementRecord } from './office/agreements.ts'
export type { Announcement } from './office/announcements.ts'
export { drafts, type OfficeDrafts } from './office/drafts.ts'
export type { EnteredTerm } from './office/entered-terms.ts'
export type { AgencyRecord, FormerHolder, Nominee, RegionRecord, Standing } from './office/members.ts'
export {
  type ConnectedOffice,
  connectOffice,
  createOfficeView,
  type Entered,
  type OfficeNetwork,
  type OfficeOutcome,
  type OfficeView,
  type Seat,
  type Way,
} from './office/office.ts'
export {
  argumentsOf,
  encodeOfficeCall,
  type NamedArgument,
  type OfficeCall,
  type OfficeContract,
  refusalInputs,
  registeredKid,
  rulebookFunction,
  rulebookSelectors,
} from './office/office-call.ts'
export type { RulebookContents } from './office/rulebook-contents.ts'
export { RULEBOOK_ROLES, type RulebookRole } from './office/rulebook-roles.ts'
export type { WaitingProposal } from './office/two-key-proposals.ts'
export type { Voice, Vote, VotedCall, VoteState } from './office/votes.ts'
export type { Confirmation, ConfirmOptions, Submission } from './write/account.ts'
export type {
  ActDecision,
  Correction,
  CredentialPlace,
  Dissolution,
  LegalAct,
  Notice,
  Supersession,
  TransferIn,
  TransferOut,
} from './write/act-calls.ts'
export { type Administration, connectAdministration } from './write/administration.ts'
export type { Agreement, CarriedOut, Proposed } from './write/agreement.ts'
export type { Demand, LicenceTypeRegistration } from './write/catalogue-keeper.ts'
export { connectLedgerReading, type LedgerReading } from './write/ledger-reading.ts'
export { type Deed, LEGAL_BASES } from './write/legal-bases.ts'
export { connectOperator, type Operator } from './write/operator.ts'
export type { AnchorEntry, DecidedCall, OperatorCall } from './write/operator-call.ts'
export type { Dispatch, EncodedCall, Outbox, Settlement, SignedAttempt } from './write/outbox.ts'
export type { Confirmer } from './write/proposals.ts'
export type { AgreementProposal, NegativeEntry, Refusal } from './write/province-admin.ts'
export { LedgerRefusedError, type RefusalCode } from './write/refusal.ts'
export { NotYetFinalError } from './write/sender.ts'
export {
  connectOperatorReading,
  connectSendingOperator,
  type OperatorReading,
  type SendingOperator,
  type SendingTimes,
} from './write/sending-operator.ts'
export type { KeyRegistration } from './write/vouching.ts'
