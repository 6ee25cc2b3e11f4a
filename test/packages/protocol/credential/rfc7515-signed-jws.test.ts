/** Compact JWS under one key (RFC 7515 §7.1), read by another implementation. */
import { createJwsSigner, encodeJwsHeader, suite, thumbprint } from '@hefu/protocol'
import { expect } from 'chai'
import { compactVerify, errors, importJWK } from 'jose'
import { describe, it } from 'mocha'
import {
  ED25519_KEY,
  ES256_KEY,
  OTHER_ES256_KEY,
  publicHalf,
  SM2_KEY,
} from '../../../fixtures/sample-keys.ts'

describe('a signed JWS (RFC 7515)', () => {
  for (const [alg, key] of [
    ['ES256', ES256_KEY],
    ['EdDSA', ED25519_KEY],
  ] as const) {
    it(`of ${alg} is verified by jose, says its type and key, and is none of another key`, async () => {
      const signed = await (await createJwsSigner(key, 'sample+jwt', suite))('{"a":"例"}')
      const { payload, protectedHeader } = await compactVerify(
        signed,
        await importJWK({ ...publicHalf(key) }, alg),
      )
      expect(new TextDecoder().decode(payload)).to.equal('{"a":"例"}')
      expect(protectedHeader).to.deep.equal({ alg, typ: 'sample+jwt', kid: thumbprint(key, suite) })
      const altered = signed.replace(/\.[^.]*\./, '.e30.')
      const refused = await compactVerify(altered, await importJWK({ ...publicHalf(key) }, alg)).catch(
        (e) => e,
      )
      expect(refused).to.be.instanceOf(errors.JWSSignatureVerificationFailed)
    })
  }

  it('has one header by a key and a type, whichever half of the key it is made of', async () => {
    for (const key of [ES256_KEY, ED25519_KEY, SM2_KEY]) {
      const header = encodeJwsHeader(publicHalf(key), 'sample+jwt', suite)
      expect(encodeJwsHeader(key, 'sample+jwt', suite)).to.equal(header)
      expect((await (await createJwsSigner(key, 'sample+jwt', suite))('{}')).split('.')[0]).to.equal(header)
      expect(encodeJwsHeader(key, 'other+jwt', suite)).to.not.equal(header)
    }
    expect(encodeJwsHeader(OTHER_ES256_KEY, 't', suite)).to.not.equal(encodeJwsHeader(ES256_KEY, 't', suite))
  })

  it('is made with no key that is none', async () => {
    const thrown = await createJwsSigner({ ...ED25519_KEY, x: 'short' }, 't', suite).catch((e) => e)
    expect(thrown).to.be.instanceOf(RangeError)
  })
})
