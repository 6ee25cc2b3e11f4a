/** Signatures against jose, an independent implementation of RFC 7515: what one signs the other verifies, and both refuse the same. */
import {
  encodeBase64url,
  type Hex,
  MalformedError,
  type PrivateJwk,
  type PublicJwk,
  parseBase64url,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { CompactSign, compactVerify, importJWK } from 'jose'
import { describe, it } from 'mocha'
import { decodeHex } from '#internal/protocol/bytes/hex'
import { ED25519_KEY, ES256_KEY, OTHER_ES256_KEY, publicHalf } from '../../../fixtures/sample-keys.ts'
import { runs } from '../../../fixtures/test-profile.ts'
import { textEdit } from '../../../fixtures/text-edit.ts'
import { readVectors } from '../../../vectors/vector-files.ts'
import { joseAlgorithmOf } from './sd-jwt-peer.ts'

/** Signs with this implementation. */
async function signHere(key: PrivateJwk, payload: string): Promise<string> {
  const alg = joseAlgorithmOf(key)
  const encode = (text: string): string => encodeBase64url(new TextEncoder().encode(text))
  const signingInput = `${encode(JSON.stringify({ alg }))}.${encode(payload)}`
  const signature = await suite.sign(await suite.importPrivateKey(key), alg, signingInput)
  return `${signingInput}.${encodeBase64url(signature)}`
}

async function signWithJose(key: PrivateJwk, payload: string): Promise<string> {
  const alg = joseAlgorithmOf(key)
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg })
    .sign(await importJWK({ ...key }, alg))
}

/** As a reader of credentials does: canonical base64url, the header known beforehand, the key pinned. */
async function verifiesHere(key: PrivateJwk, jws: string): Promise<boolean> {
  const alg = joseAlgorithmOf(key)
  const [header = '', payload = '', signature = '', ...more] = jws.split('.')
  if (more.length > 0 || header !== encodeBase64url(new TextEncoder().encode(JSON.stringify({ alg }))))
    return false
  try {
    parseBase64url(payload, 'payload')
    const bytes = parseBase64url(signature, 'signature')
    const verifyingKey = await suite.importPublicKey(publicHalf(key))
    return await suite.verify(verifyingKey, alg, `${header}.${payload}`, bytes)
  } catch (error) {
    if (error instanceof MalformedError) return false
    throw error
  }
}

async function verifiesWithJose(key: PrivateJwk, jws: string): Promise<boolean> {
  const alg = joseAlgorithmOf(key)
  try {
    await compactVerify(jws, await importJWK({ ...publicHalf(key) }, alg), { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}

for (const key of [ES256_KEY, ED25519_KEY]) {
  describe(`JWS with ${joseAlgorithmOf(key)} and jose`, () => {
    it('signed on either side verify on both', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (payload) => {
          for (const jws of [await signHere(key, payload), await signWithJose(key, payload)]) {
            expect(await verifiesHere(key, jws)).to.equal(true)
            expect(await verifiesWithJose(key, jws)).to.equal(true)
          }
        }),
        { numRuns: runs(50, 2000) },
      )
    })

    it('edited in any way never verify here, whatever jose says', async () => {
      const jws = await signWithJose(key, '{"样例":1}')
      await fc.assert(
        fc.asyncProperty(textEdit, async (edit) => {
          const edited = edit.apply(jws)
          fc.pre(edited !== jws)
          expect(await verifiesHere(key, edited)).to.equal(false)
        }),
        { numRuns: runs(400, 20_000) },
      )
    })

    it('refused by jose are refused here', async () => {
      const jws = await signHere(key, '{"样例":1}')
      let refused = 0
      await fc.assert(
        fc.asyncProperty(textEdit, async (edit) => {
          const edited = edit.apply(jws)
          if (await verifiesWithJose(key, edited)) return
          refused++
          expect(await verifiesHere(key, edited)).to.equal(false)
        }),
        { numRuns: runs(400, 20_000) },
      )
      expect(refused).to.be.at.least(100)
    })

    it('of another key, of none, and of alg none verify on neither side', async () => {
      const other = key.kty === 'EC' ? OTHER_ES256_KEY : ES256_KEY
      const jws = await signHere(key, 'payload')
      const [header, payload, signature] = jws.split('.')
      const none = Buffer.from('{"alg":"none"}').toString('base64url')
      for (const [verifyingKey, text] of [
        [other, jws],
        [key, `${header}.${payload}.`],
        [key, `${none}.${payload}.`],
        [key, `${none}.${payload}.${signature}`],
        [key, `${header}.${payload}`],
        [key, `${header}..${signature}`],
      ] as const) {
        expect(await verifiesHere(verifyingKey, text), text).to.equal(false)
        expect(await verifiesWithJose(verifyingKey, text), text).to.equal(false)
      }
    })
  })
}

interface SignatureVector {
  readonly source: string
  readonly is?: string
  readonly algorithm: string
  readonly publicJwk: PublicJwk
  readonly message: string
  readonly signature: Hex
  readonly verified: boolean
}

describe('JWS printed in RFCs, and altered', () => {
  const { signatures } = readVectors<{ readonly signatures: readonly SignatureVector[] }>('signatures')
  const jws = signatures.filter(({ message }) => /^[\w-]+\.[\w-]+ ?$/.test(message))

  it('are some', () => expect(jws.filter(({ verified }) => verified)).to.have.length.at.least(2))

  for (const { source, is, algorithm, publicJwk, message, signature, verified } of jws) {
    it(`${source}${is === undefined ? '' : `, ${is}`}: ${verified ? 'verified' : 'refused'} by jose as here`, async () => {
      const text = `${message}.${encodeBase64url(decodeHex(signature))}`
      const key = await importJWK({ ...publicJwk }, algorithm)
      const byJose = await compactVerify(text, key, { algorithms: [algorithm] }).then(
        () => true,
        () => false,
      )
      expect(byJose).to.equal(verified)
    })
  }
})
