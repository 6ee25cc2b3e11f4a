/**
 * Why a replica does not go on. What it holds stays what it was; nobody is to take it for what the chain says now.
 * `reorganised-too-deep`: what was final is not the chain's any more. `event-unknown`: a contract told of something that
 * this version does not know. `event-withheld`: an event speaks of what none before it told of.
 */
export type ReplicaStopCode = 'reorganised-too-deep' | 'event-unknown' | 'event-withheld'

/** Following cannot go on without a person's decision. */
export class ReplicaStoppedError extends Error {
  override readonly name = 'ReplicaStoppedError'
  readonly code: ReplicaStopCode

  constructor(code: ReplicaStopCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
