/** A route is a list of named steps; each finds what the steps before it left in the state. */

import type { VerificationReport, VerificationRequest } from '@hefu/protocol'
import type { RouterMiddleware } from '@koa/router'

/** What the steps of one request know. */
export interface RequestState {
  /** A random UUID of ours; nothing of the sender's. */
  requestId: string
  /** The parsed JSON body. Untrusted; personal data. */
  body?: unknown
  request?: VerificationRequest
  report?: VerificationReport
}

export type Step = RouterMiddleware<RequestState>
