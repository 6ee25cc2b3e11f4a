/** @hefu/ledger: the ledger over JSON-RPC. */
export type { Confirmation, ConfirmOptions, Submission } from './account.ts'
export {
  type Administration,
  type AgreementProposal,
  connectAdministration,
  type Demand,
  type KeyRegistration,
  type LicenceTypeRegistration,
  type NegativeEntry,
} from './administration.ts'
export { createRpcLedgerView, type RpcLedgerViewOptions } from './chain-view.ts'
export { ledgerAbi } from './generated/ledger-abi.ts'
export { identityOf, type Network, parseNetwork } from './network.ts'
export {
  type ActDecision,
  type AnchorEntry,
  type Correction,
  type CredentialPlace,
  connectOperator,
  type LegalAct,
  type Notice,
  type Operator,
  type Supersession,
  type TransferIn,
  type TransferOut,
} from './operator.ts'
export { LedgerRefusedError } from './refusal.ts'
