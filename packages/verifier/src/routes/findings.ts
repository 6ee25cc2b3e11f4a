/** `GET /v1/findings`: what every finding code means, for integrators. */
import { FINDING_CODES, meaningOf, sentenceOf } from '@hefu/protocol'
import { answerJson, assertJsonAcceptable } from '../json-answer.ts'
import type { Step } from '../step.ts'

export function findingsSteps(): Step[] {
  const findings = FINDING_CODES.map((code) => ({ code, ...meaningOf(code), says: sentenceOf(code) }))
  return [assertJsonAcceptable, (ctx) => answerJson(ctx, { findings })]
}
