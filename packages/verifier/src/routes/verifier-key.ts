/** `GET /v1/verifier-key` and `/.well-known/jwks.json`: the key that the reports are signed with. */
import { algorithmOf, type PublicJwk, suite, thumbprint } from '@hefu/protocol'
import { answerJson, assertJsonAcceptable } from '../json-answer.ts'
import type { Step } from '../step.ts'

/** The key with its RFC 7638 thumbprint. Pin it out of band: whoever forges a report can forge this answer. */
export function verifierKeySteps(publicJwk: PublicJwk): Step[] {
  const kid = thumbprint(publicJwk, suite)
  return [assertJsonAcceptable, (ctx) => answerJson(ctx, { kid, publicJwk })]
}

/** The same key as a JWK set (RFC 7517 §5). */
export function jwkSetSteps(publicJwk: PublicJwk): Step[] {
  const key = { ...publicJwk, kid: thumbprint(publicJwk, suite), alg: algorithmOf(publicJwk), use: 'sig' }
  return [assertJsonAcceptable, (ctx) => answerJson(ctx, { keys: [key] })]
}
