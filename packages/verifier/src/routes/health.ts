/** `GET /health/live` (the process answers) and `GET /health/ready` (verifications can be answered). */
import { answerJson, assertJsonAcceptable, createGate, type Handler, route, type Step } from '@hefu/service'
import type { LedgerHealth } from '../ledger/ledger-health.ts'
import { problem } from './problem.ts'

/** Each may wait for a silent ledger until the deadline. */
const MOST_ASKING = 16

export function liveRoute(): Handler {
  return route()
    .assert(assertJsonAcceptable)
    .answer((ctx) => answerJson(ctx, { status: 'live' }))
}

export function readyRoute(health: () => Promise<LedgerHealth>): Handler {
  return route().assert(assertJsonAcceptable).assert(createGate(MOST_ASKING)).answer(answerReady(health))
}

function answerReady(health: () => Promise<LedgerHealth>): Step<unknown, void> {
  return async (ctx) => {
    const found = await health()
    const { state, ...read } = found
    if (state !== 'ready') throw problem(state, [], read)
    answerJson(ctx, { status: state, ...read })
  }
}
