/** `GET /v1/verifier-key` and `/.well-known/jwks.json`: the key that the reports are signed with. */
import { algorithmOf, type PublicJwk, suite, thumbprint } from '@hefu/protocol'
import {
  assertJsonAcceptable,
  createJsonAnswer,
  type Handler,
  type RouteDescription,
  route,
} from '@hefu/service'
import { z } from 'zod'

/** JWKs of the kinds that reports are signed with (RFC 7517, RFC 8037). */
const jwk = z.looseObject({ kty: z.enum(['EC', 'OKP']), crv: z.string(), x: z.string() })

/** For the description of the interface. */
export const DESCRIBED_KEY: RouteDescription = {
  operationId: 'getVerifierKey',
  says: { zh: '核验方公钥', en: 'The key that reports are signed with' },
  answer: {
    says: { zh: '公钥及其指纹', en: 'The key and its thumbprint' },
    schema: z.strictObject({ kid: z.string(), publicJwk: jwk }),
  },
}

/** For the description of the interface. */
export const DESCRIBED_KEY_SET: RouteDescription = {
  operationId: 'getJwkSet',
  says: { zh: '核验方公钥（JWK Set）', en: 'The same key as a JWK set' },
  answer: {
    says: { zh: 'RFC 7517 所定的公钥集', en: 'A JWK set (RFC 7517)' },
    schema: z.strictObject({ keys: z.array(jwk) }),
  },
}

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
