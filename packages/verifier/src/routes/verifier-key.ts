/** `GET /v1/verifier-key` and `/.well-known/jwks.json`: the keys that reports are, or were, signed with. */
import { algorithmOf, type PublicJwk, suite, thumbprint } from '@hefu/protocol'
import {
  answerJson,
  assertJsonAcceptable,
  createGate,
  createJsonAnswer,
  type Handler,
  type RouteDescription,
  route,
} from '@hefu/service'
import { z } from 'zod'
import type { KeyHistory, KeyTerm } from '../store/key-history.ts'
import { recorded } from './record-problem.ts'

/** JWKs of the kinds that reports are signed with (RFC 7517, RFC 8037). */
const jwk = z.looseObject({ kty: z.enum(['EC', 'OKP']), crv: z.string(), x: z.string() })

const MOST_ASKING = 16

/** For the description of the interface. */
export const DESCRIBED_KEY: RouteDescription = {
  operationId: 'getVerifierKey',
  says: { zh: '核验方现用公钥', en: 'The key that reports are signed with now' },
  answer: {
    says: { zh: '公钥及其指纹', en: 'The key and its thumbprint' },
    schema: z.strictObject({ kid: z.string(), publicJwk: jwk }),
  },
}

/** For the description of the interface. */
export const DESCRIBED_KEY_SET: RouteDescription = {
  operationId: 'getJwkSet',
  says: {
    zh: '核验方历来的公钥（JWK Set）',
    en: 'All keys that reports were ever signed with, as a JWK set',
  },
  answer: {
    says: {
      zh: 'RFC 7517 所定的公钥集；nbf 为启用时间，exp 为停用时间，没有 exp 的仍在使用（Unix 秒）',
      en: 'A JWK set (RFC 7517); nbf and exp are the term of a key in Unix seconds, without exp it has no end',
    },
    schema: z.strictObject({
      keys: z.array(jwk.extend({ kid: z.string(), nbf: z.int(), exp: z.int().optional() })),
    }),
  },
  problems: ['busy', 'records-unreachable'],
}

/** The key with its RFC 7638 thumbprint. Pin it out of band: whoever forges a report can forge this answer. */
export function verifierKeyRoute(publicJwk: PublicJwk): Handler {
  const kid = thumbprint(publicJwk, suite)
  return route().assert(assertJsonAcceptable).answer(createJsonAnswer({ kid, publicJwk }))
}

/** All keys with their terms, as of the historical keys of OpenID Federation: an old report verifies after a rotation, too. */
export function jwkSetRoute(keys: KeyHistory, onFault: (fault: unknown) => void): Handler {
  return route()
    .assert(assertJsonAcceptable)
    .within(createGate(MOST_ASKING))
    .answer(async (ctx) => {
      const list = await recorded(() => keys.list(), onFault)
      answerJson(ctx, { keys: list.map(describeKey) })
    })
}

function describeKey({ kid, publicJwk, from, until }: KeyTerm): object {
  const term = { nbf: from, ...(until === null ? {} : { exp: until }) }
  return { ...publicJwk, kid, alg: algorithmOf(publicJwk), use: 'sig', ...term }
}
