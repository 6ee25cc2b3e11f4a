/** `GET /v1/findings`: what every finding code means, for integrators. */
import { FINDING_CODES, meaningOf, sentenceOf } from '@hefu/protocol'
import {
  assertJsonAcceptable,
  createJsonAnswer,
  type Handler,
  type RouteDescription,
  route,
} from '@hefu/service'
import { z } from 'zod'
import { bilingual } from './bilingual-schema.ts'

const meaning = z.strictObject({
  code: z.enum(FINDING_CODES),
  check: z.string(),
  status: z.string(),
  resultCode: z.int(),
  says: bilingual,
})

/** For the description of the interface. */
export const DESCRIBED_FINDINGS: RouteDescription = {
  operationId: 'listFindings',
  says: { zh: '各检查结果代码的含义', en: 'What every finding code means' },
  answer: {
    says: { zh: '全部代码', en: 'All codes' },
    schema: z.strictObject({ findings: z.array(meaning) }),
  },
}

export function findingsRoute(): Handler {
  const findings = FINDING_CODES.map((code) => ({ code, ...meaningOf(code), says: sentenceOf(code) }))
  return route().assert(assertJsonAcceptable).answer(createJsonAnswer({ findings }))
}
