/** That the vectors' own signer keeps RFC 6979. */
import { encodeHex } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { decodeHex } from '#internal/protocol/bytes/hex'
import { readVectors } from './vector-files.ts'
import type { VectorFiles } from './vector-lists.ts'
import { signDeterministically } from './writers/deterministic-suite.ts'

const { signatures } = readVectors<VectorFiles['signatures']>('signatures')

describe('deterministic ECDSA (RFC 6979 appendix A.2.5, P-256 with SHA-256)', () => {
  const secret = decodeHex('0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721')
  for (const message of ['sample', 'test']) {
    it(`signs ${JSON.stringify(message)} as published`, () => {
      const published = signatures.find((vector) => vector.message === message && vector.verified)
      expect(encodeHex(signDeterministically(secret, message))).to.equal(published?.signature)
    })
  }
})
