/** What keeps an audit from saying anything. */

/**
 * Why nothing can be said: never that all is well. `nothing-final`: no block stays yet. `nothing-compared`: there was no
 * fact to compare. `too-many`: more facts of a kind than are told apart here. `block-replaced`: the chain has no such
 * block, or another. `events-unread`: an event is none that is known, or speaks of what no event told of.
 * `header-unproven`: by whose rule the header is hashed is not known. `header-wrong`: the header is that of another block.
 * `proof-wrong`: nodes of a proof do not lead from the state root to what the node says. `proofs-refused`: the node proves
 * nothing of this block.
 */
export type AuditRefusedCode =
  | 'nothing-final'
  | 'nothing-compared'
  | 'too-many'
  | 'block-replaced'
  | 'events-unread'
  | 'header-unproven'
  | 'header-wrong'
  | 'proof-wrong'
  | 'proofs-refused'

/** The ledger could not be audited. */
export class AuditRefusedError extends Error {
  override readonly name = 'AuditRefusedError'
  readonly code: AuditRefusedCode

  constructor(code: AuditRefusedCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
