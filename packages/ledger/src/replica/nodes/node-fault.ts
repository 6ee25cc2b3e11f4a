/** An answer that shows that its node is not to be believed. */
import { LedgerUnavailableError } from '@hefu/protocol'
import type { NodeFault } from './node-state.ts'

export class NodeFaultError extends LedgerUnavailableError {
  readonly fault: NodeFault

  constructor(fault: NodeFault, message: string, options?: ErrorOptions) {
    super('inconsistent', message, options)
    this.fault = fault
  }
}
