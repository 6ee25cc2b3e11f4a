/** An entry that was written down and does not stand yet: it is kept, and goes on by `resume`. */
export class EntryWaitingError extends Error {
  override readonly name = 'EntryWaitingError'
  /** Of the entry in the journal. */
  readonly number: number

  /** @param cause why it does not stand yet */
  constructor(number: number, cause: unknown) {
    super(`enter ${number}: written down, and not on the ledger yet`, { cause })
    this.number = number
  }
}
