import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { decodeDerSignature, encodeDerSignature } from '#internal/protocol/suite/der-signature'
import { runs } from '../../../fixtures/test-profile.ts'

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

function half(hex: string): string {
  return hex.padStart(64, '0')
}

describe('DER of a signature (X.690 §8.3, RFC 3279 §2.2.3)', () => {
  const ff = 'ff'.repeat(32)
  for (const [is, r, s, der] of [
    ['the least integers', '01', '01', '3006020101020101'],
    ['zeros, which no verifier accepts', '00', '00', '3006020100020100'],
    ['a set top bit', '80', '7f', '300702020080' + '02017f'],
    ['a byte less', `7f${'00'.repeat(30)}`, '01', `3024021f7f${'00'.repeat(30)}020101`],
    ['the greatest integers', ff, ff, `3046022100${ff}022100${ff}`],
  ] as const) {
    it(`is the shortest for ${is}`, () => {
      expect(Buffer.from(encodeDerSignature(bytesOf(half(r) + half(s)))).toString('hex')).to.equal(der)
      expect(Buffer.from(decodeDerSignature(bytesOf(der))).toString('hex')).to.equal(half(r) + half(s))
    })
  }

  it('goes there and back for every 64 bytes', () => {
    const half = fc
      .tuple(fc.nat(32), fc.uint8Array({ minLength: 32, maxLength: 32 }))
      .map(([zeros, bytes]) => bytes.fill(0, 0, zeros))
    fc.assert(
      fc.property(half, half, (r, s) => {
        const raw = Uint8Array.from([...r, ...s])
        expect(decodeDerSignature(encodeDerSignature(raw))).to.deep.equal(raw)
      }),
      { numRuns: runs(1000, 100_000) },
    )
  })

  it('is OpenSSL’s own, both ways', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
    for (let i = 0; i < runs(300, 20_000); i++) {
      const message = Buffer.from(`message ${i}`)
      const der = sign('sha256', message, privateKey)
      const raw = decodeDerSignature(der)
      expect(verify('sha256', message, key, raw)).to.equal(true)
      expect(der.equals(encodeDerSignature(raw))).to.equal(true)
    }
  })
})
