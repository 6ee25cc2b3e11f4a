/** `GET /health/live` (the process answers) and `GET /health/ready` (verifications can be answered). */
import {
  answerJson,
  assertJsonAcceptable,
  createGate,
  type Handler,
  type RouteDescription,
  route,
  type Step,
} from '@hefu/service'
import { z } from 'zod'
import type { LedgerHealth } from '../ledger/ledger-health.ts'
import type { Records } from '../store/records.ts'
import { problem } from './problem.ts'
import { assertKeyInForce, recorded } from './record-problem.ts'
import { shareLook } from './shared-look.ts'

/** Each may wait for a silent ledger until the deadline. */
const MOST_ASKING = 16

/** For the description of the interface. */
export const DESCRIBED_LIVE: RouteDescription = {
  operationId: 'isLive',
  says: { zh: '进程是否应答', en: 'Whether the process answers' },
  answer: { says: { zh: '应答', en: 'It does' }, schema: z.strictObject({ status: z.literal('live') }) },
}

/** For the description of the interface. */
export const DESCRIBED_READY: RouteDescription = {
  operationId: 'isReady',
  says: { zh: '能否核验', en: 'Whether verifications can be answered' },
  answer: {
    says: { zh: '可以；互认链的状态一并列出', en: 'They can; how the ledgers are stands beside it' },
    schema: z.looseObject({ status: z.literal('ready') }),
  },
  problems: [
    'busy',
    'ledger-unreachable',
    'ledger-stale',
    'ledger-ahead',
    'registry-unreachable',
    'registry-stale',
    'registry-ahead',
    'records-unreachable',
    'key-ended',
  ],
}

export function liveRoute(): Handler {
  return route()
    .assert(assertJsonAcceptable)
    .answer((ctx) => answerJson(ctx, { status: 'live' }))
}

/** Anybody may ask, and the store is written to: at most so often. */
const LOOK_MS = 1_000

/** `onFault` hears why what is answered could not be recorded. */
export function readyRoute(
  health: () => Promise<LedgerHealth>,
  records: Pick<Records, 'assertReachable' | 'isKeyInForce'>,
  onFault: (fault: unknown) => void,
): Handler {
  const assertReachable = shareLook(records.assertReachable, LOOK_MS)
  return route()
    .assert(assertJsonAcceptable)
    .within(createGate(MOST_ASKING))
    .assert(() => recorded(assertReachable, onFault))
    .assert(() => assertKeyInForce(records, onFault))
    .answer(answerReady(health))
}

function answerReady(health: () => Promise<LedgerHealth>): Step<unknown, void> {
  return async (ctx) => {
    const found = await health()
    const { state, ...read } = found
    if (state !== 'ready') throw problem(state, [], { about: read })
    answerJson(ctx, { status: state, ...read })
  }
}
