/** signatures.json, verified by both suites; and that the vectors' own signer keeps RFC 6979. */
import {
  decodeHex,
  encodeHex,
  type Hex,
  type PublicJwk,
  type SignatureAlgorithm,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { suite as webSuite } from '../../packages/protocol/dist/suite/web.js'
import { signDeterministically } from '../../scripts/vectors/deterministic-suite.ts'
import { readVectors } from './vector-files.ts'

interface SignatureVector {
  readonly source: string
  readonly is?: string
  readonly algorithm: SignatureAlgorithm
  readonly publicJwk: PublicJwk
  readonly message: string
  readonly signature: Hex
  readonly verified: boolean
}

const { signatures } = readVectors<{ readonly signatures: readonly SignatureVector[] }>('signatures')

describe('signature vectors', () => {
  for (const { source, is, algorithm, publicJwk, message, signature, verified } of signatures) {
    it(`${source}${is === undefined ? ' verifies' : `, ${is}, does not verify`}`, async () => {
      for (const own of [suite, webSuite]) {
        const key = await own.importPublicKey(publicJwk)
        expect(await own.verify(key, algorithm, message, decodeHex(signature))).to.equal(verified)
      }
    })
  }
})

describe('deterministic ECDSA (RFC 6979 appendix A.2.5, P-256 with SHA-256)', () => {
  const secret = decodeHex('0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721')
  for (const message of ['sample', 'test']) {
    it(`signs ${JSON.stringify(message)} as published`, () => {
      const published = signatures.find((vector) => vector.message === message && vector.verified)
      expect(encodeHex(signDeterministically(secret, message))).to.equal(published?.signature)
    })
  }
})
