/** What every command that enters a decision takes. */
import type { DecisionRequest } from '../workflow/decision.ts'
import type { CommonOptions } from './session.ts'

export interface EntryOptions extends CommonOptions {
  readonly decision: string
  readonly effective: string
  readonly basis?: string
}

export function decisionOf({ decision, effective, basis }: EntryOptions): DecisionRequest {
  return { decisionNumber: decision, effective, ...(basis === undefined ? {} : { legalBasis: basis }) }
}
