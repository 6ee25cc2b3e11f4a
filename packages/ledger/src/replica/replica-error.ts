/** What keeps a replica from going on, or from being saved. */

/**
 * Why a replica does not go on. What it holds stays what it was; nobody is to take it for what the chain says now.
 * `reorganised-too-deep`: what was final is not the chain's any more. `chain-replaced`: the block of the ledger's
 * deployment is another, and so is the chain, though it has the same number. `event-unknown`: a contract told of something that
 * this version does not know. `event-withheld`: an event speaks of what none before it told of.
 */
export type ReplicaStopCode = 'reorganised-too-deep' | 'chain-replaced' | 'event-unknown' | 'event-withheld'

/** What is final could not be saved. The replica goes with its chain all the same, and saves at a later step. */
export class ReplicaUnsavedError extends Error {
  override readonly name = 'ReplicaUnsavedError'

  /** @param options `cause`: what the store threw */
  constructor(blockNumber: number, options: ErrorOptions) {
    super(`save the replica up to block ${blockNumber}: its store failed`, options)
  }
}

/** Following cannot go on without a person's decision. */
export class ReplicaStoppedError extends Error {
  override readonly name = 'ReplicaStoppedError'
  readonly code: ReplicaStopCode

  constructor(code: ReplicaStopCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
