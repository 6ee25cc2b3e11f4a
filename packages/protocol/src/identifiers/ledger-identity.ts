/** The identity of a ledger: what a credential, a receipt and a report name it by. */
import type { Hex } from '../bytes/hex.ts'

/** Which chain and contract: CAIP-10 in parts. */
export interface LedgerIdentity {
  readonly chainId: number
  /** Address of the ledger's contract, lower case. */
  readonly address: Hex
}
