/** Public keys and thumbprints (RFC 7638, RFC 8037). */
import {
  algorithmOf,
  canonicalJwk,
  type JsonValue,
  keyIdOf,
  parsePublicJwk,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { expect } from 'chai'
import { calculateJwkThumbprint } from 'jose'
import { describe, it } from 'mocha'
import { decodeHex } from '#internal/protocol/bytes/hex'
import { refusalOf } from '../../../fixtures/refusal.ts'
import { ED25519_KEY, ES256_KEY, publicHalf, SM2_KEY } from '../../../fixtures/sample-keys.ts'

const EC: Record<string, JsonValue> = { ...publicHalf(ES256_KEY) }
const OKP: Record<string, JsonValue> = { ...publicHalf(ED25519_KEY) }

describe('public key', () => {
  it('has the thumbprint of RFC 8037 appendix A.3', () => {
    const jwk = publicHalf(ED25519_KEY)
    expect(canonicalJwk(jwk)).to.equal(
      '{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}',
    )
    expect(thumbprint(jwk, suite)).to.equal('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  })

  it('has the thumbprint that jose computes, as the 32 bytes of the ledger', async () => {
    for (const key of [ES256_KEY, ED25519_KEY, SM2_KEY]) {
      const jwk = publicHalf(key)
      const kid = thumbprint(jwk, suite)
      expect(kid).to.equal(await calculateJwkThumbprint({ ...jwk }))
      expect(Buffer.from(decodeHex(keyIdOf(kid))).toString('base64url')).to.equal(kid)
    }
  })

  it('has the same thumbprint for a private key, and pins its algorithm', () => {
    expect(thumbprint(ES256_KEY, suite)).to.equal(thumbprint(publicHalf(ES256_KEY), suite))
    expect(algorithmOf(publicHalf(ES256_KEY))).to.equal('ES256')
    expect(algorithmOf(publicHalf(ED25519_KEY))).to.equal('EdDSA')
    expect(algorithmOf(publicHalf(SM2_KEY))).to.equal('SM2')
  })

  for (const [is, value, code] of [
    ['a private key', { ...EC, d: ES256_KEY.d }, 'unknown-member'],
    ['use', { ...EC, use: 'enc' }, 'unknown-member'],
    ['key_ops', { ...EC, key_ops: ['verify'] }, 'unknown-member'],
    ['alg', { ...EC, alg: 'ES256' }, 'unknown-member'],
    ['kid', { ...OKP, kid: 'x' }, 'unknown-member'],
    ['y in an OKP key', { ...OKP, y: OKP['x'] ?? '' }, 'unknown-member'],
    ['d in an SM2 key', { ...SM2_KEY }, 'unknown-member'],
    ['SM2 in lower case', { ...EC, crv: 'sm2' }, 'wrong-value'],
    ['SM2 in an OKP key', { ...OKP, crv: 'SM2' }, 'wrong-value'],
    ['no y in an SM2 key', { kty: 'EC', crv: 'SM2', x: SM2_KEY.x }, 'missing'],
    ['P-384', { ...EC, crv: 'P-384' }, 'wrong-value'],
    ['secp256k1', { ...EC, crv: 'secp256k1' }, 'wrong-value'],
    ['X25519', { ...OKP, crv: 'X25519' }, 'wrong-value'],
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }, 'wrong-value'],
    ['RSA', { kty: 'RSA', n: 'AAAA', e: 'AQAB' }, 'wrong-value'],
    ['lower-case kty', { ...EC, kty: 'ec' }, 'wrong-value'],
    ['no kty', { crv: 'P-256', x: EC['x'] ?? '', y: EC['y'] ?? '' }, 'wrong-value'],
    ['no crv', { kty: 'EC', x: EC['x'] ?? '', y: EC['y'] ?? '' }, 'missing'],
    ['no y', { kty: 'EC', crv: 'P-256', x: EC['x'] ?? '' }, 'missing'],
    ['a short coordinate', { ...EC, x: 'AAAA' }, 'wrong-value'],
    ['padding', { ...EC, x: `${EC['x']}=` }, 'wrong-value'],
    ['base64', { ...EC, y: String(EC['y']).replace('_', '/') }, 'wrong-value'],
    ['unused bits', { ...EC, x: `${'A'.repeat(42)}B` }, 'not-base64url'],
    ['a number for a coordinate', { ...EC, x: 1 }, 'wrong-type'],
    ['an array', [EC], 'wrong-type'],
    ['null', null, 'wrong-type'],
    ['a text', 'EC', 'wrong-type'],
  ] as const) {
    it(`is refused with ${is}: ${code}`, () => {
      expect(refusalOf(() => parsePublicJwk(value, 'key'))).to.deep.equal([code])
    })
  }
})
