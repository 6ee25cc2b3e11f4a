/** `GET /v1/findings`: what every finding code means, for integrators. */
import { FINDING_CODES, meaningOf, sentenceOf } from '@hefu/protocol'
import { assertJsonAcceptable, createJsonAnswer, type Handler, route } from '@hefu/service'

export function findingsRoute(): Handler {
  const findings = FINDING_CODES.map((code) => ({ code, ...meaningOf(code), says: sentenceOf(code) }))
  return route().assert(assertJsonAcceptable).answer(createJsonAnswer({ findings }))
}
