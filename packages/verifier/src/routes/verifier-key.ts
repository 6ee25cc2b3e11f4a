/** `GET /v1/verifier-key` and `/.well-known/jwks.json`: the key that the reports are signed with. */
import { algorithmOf, type PublicJwk, suite, thumbprint } from '@hefu/protocol'
import { assertJsonAcceptable, createJsonAnswer, type Handler, route } from '@hefu/service'

/** The key with its RFC 7638 thumbprint. Pin it out of band: whoever forges a report can forge this answer. */
export function verifierKeyRoute(publicJwk: PublicJwk): Handler {
  const kid = thumbprint(publicJwk, suite)
  return route().assert(assertJsonAcceptable).answer(createJsonAnswer({ kid, publicJwk }))
}

/** The same key as a JWK set (RFC 7517 §5). */
export function jwkSetRoute(publicJwk: PublicJwk): Handler {
  const key = { ...publicJwk, kid: thumbprint(publicJwk, suite), alg: algorithmOf(publicJwk), use: 'sig' }
  return route()
    .assert(assertJsonAcceptable)
    .answer(createJsonAnswer({ keys: [key] }))
}
