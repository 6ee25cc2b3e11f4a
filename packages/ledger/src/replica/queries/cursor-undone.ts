/** A reader is told of a list that is no more. */

/** What a reader was told is the chain's no more: the list is to be read anew. */
export class CursorUndoneError extends Error {
  override readonly name = 'CursorUndoneError'
  readonly code = 'cursor-undone'

  constructor(list: string) {
    super(`go on in the list ${list}: the chain replaced what was read of it`)
  }
}
