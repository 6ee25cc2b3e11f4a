/** @hefu/ledger: the ledger over JSON-RPC. */
export type { Confirmation, ConfirmOptions, Submission } from './account.ts'
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
} from './act-calls.ts'
export { type Administration, connectAdministration } from './administration.ts'
export { createRpcLedgerView, type RpcLedgerViewOptions } from './chain-view.ts'
export { ledgerAbi } from './generated/ledger-abi.ts'
export type { AgencyMembership, OfficialName, RegionMembership } from './membership.ts'
export { identityOf, type Network, parseNetwork } from './network.ts'
export { type AnchorEntry, connectOperator, type Operator } from './operator.ts'
export type { Oversight } from './oversight.ts'
export { LedgerRefusedError } from './refusal.ts'
export type {
  AgreementProposal,
  Demand,
  LicenceTypeRegistration,
  NegativeEntry,
  Ruling,
} from './ruling.ts'
export type { KeyRegistration, Vouching } from './vouching.ts'
