/** @hefu/ledger: the ledger over JSON-RPC. */
export type { Confirmation, ConfirmOptions, Submission } from './account.ts'
export { type Administration, connectAdministration, type KeyRegistration } from './administration.ts'
export { createRpcLedgerView, type RpcLedgerViewOptions } from './chain-view.ts'
export type { StatusAct } from './codes.ts'
export { ledgerAbi } from './generated/ledger-abi.ts'
export { identityOf, type Network, parseNetwork } from './network.ts'
export { type AnchorEntry, connectOperator, type LegalAct, type Operator } from './operator.ts'
export { LedgerRefusedError } from './refusal.ts'
