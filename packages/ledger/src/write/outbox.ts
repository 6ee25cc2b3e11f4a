/**
 * What an account is about to send, written down before it is sent: whoever is stopped anywhere finds here what may
 * stand in the chain already. A port: who sends keeps it durably.
 */
import type { Hex } from '@hefu/protocol'

/** A signed transaction; whoever has it can send it, and nobody can change it. */
export interface SignedAttempt {
  readonly transactionHash: Hex
  /** As a node takes it. */
  readonly raw: Hex
}

/** What a contract is called with. */
export interface EncodedCall {
  /** Address of the contract. */
  readonly to: Hex
  readonly data: Hex
}

/** A call that is to be mined once, and all that was signed for it: of transactions with one nonce one is mined at most. */
export interface Dispatch {
  /** The sender's own name for it. */
  readonly id: string
  readonly call: EncodedCall
  readonly nonce: number
  /** The oldest first, at least one. */
  readonly attempts: readonly SignedAttempt[]
}

/** What became of a dispatch, final by the rule of the chain. */
export interface Settlement {
  readonly transactionHash: Hex
  readonly blockNumber: number
  readonly blockHash: Hex
  /** It was mined, and the contract refused it: nothing has changed. */
  readonly reverted: boolean
}

/** Every function resolves once what it did outlives the process. */
export interface Outbox {
  /** Runs `work` while no other process begins or changes a dispatch of this account. */
  alone<T>(work: () => Promise<T>): Promise<T>
  find(id: string): Promise<Dispatch | null>
  /** `null`: not settled, or not known. */
  findSettlement(id: string): Promise<Settlement | null>
  /** Those that are not settled, by nonce. */
  open(): Promise<readonly Dispatch[]>
  /** Writes a dispatch, in the place of the one of the same name. */
  save(dispatch: Dispatch): Promise<void>
  settle(id: string, settlement: Settlement): Promise<void>
  /** Takes a settlement back: what was final is not in the chain any more. */
  reopen(id: string): Promise<void>
  /** Forgets one, and its settlement, of which nothing can be mined any more. */
  drop(id: string): Promise<void>
  /** Settled dispatches from the newest nonce back. */
  settledBackwards(): AsyncIterable<{ readonly dispatch: Dispatch; readonly settlement: Settlement }>
}
