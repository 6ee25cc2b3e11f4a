/** `GET /health/live` (the process answers) and `GET /health/ready` (verifications can be answered). */
import { answerJson, assertJsonAcceptable } from '../json-answer.ts'
import type { LedgerHealth } from '../ledger-health.ts'
import { ProblemError } from '../problem.ts'
import type { Step } from '../step.ts'

export function liveSteps(): Step[] {
  return [assertJsonAcceptable, (ctx) => answerJson(ctx, { status: 'live' })]
}

export function readySteps(health: () => Promise<LedgerHealth>): Step[] {
  return [assertJsonAcceptable, answerReady(health)]
}

function answerReady(health: () => Promise<LedgerHealth>): Step {
  return async (ctx) => {
    const found = await health()
    const { state, ...read } = found
    if (state !== 'ready') throw new ProblemError(state)
    answerJson(ctx, { status: state, ...read })
  }
}
