/** That the digests in the vectors are right, recomputed without the protocol; both suites could err alike. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { sha256 } from './independent-digest.ts'
import { readVectors } from './vector-files.ts'
import type { VectorFiles } from './vector-lists.ts'

const credential = readVectors<VectorFiles['credential']>('credential')
const receipt = readVectors<VectorFiles['receipt']>('receipt')
const presentation = readVectors<VectorFiles['presentation']>('presentation')

function leafHash(signingInput: string): string {
  return `0x${sha256(Uint8Array.of(0), signingInput).toString('hex')}`
}

function digest(text: string): string {
  return sha256(text).toString('base64url')
}

describe('digests in the vectors, recomputed without the protocol', () => {
  it('thumbprints of keys (RFC 7638)', () => {
    for (const { canonical, kid } of credential.keys) expect(digest(canonical)).to.equal(kid)
  })

  it('leaf hashes and digests of disclosures, all of them signed', () => {
    for (const { read } of credential.issued) {
      expect(leafHash(read.signingInput)).to.equal(read.leafHash)
      for (const { encoded, digest: own } of read.disclosures) expect(digest(encoded)).to.equal(own)
      expect(read.claims._sd).to.have.members(read.disclosures.map((one) => one.digest))
    }
  })

  it('disclosures of RFC 9901, as printed there and re-made', () => {
    for (const { encoded, digest: printed, remade } of credential.rfc9901) {
      expect(digest(encoded)).to.equal(printed)
      if (remade !== null) expect(digest(remade.encoded)).to.equal(remade.digest)
    }
  })

  it('leaf hashes of receipts', () => {
    for (const { signingInput, leafHash: own } of receipt.proofs) expect(leafHash(signingInput)).to.equal(own)
  })

  it('sd_hash of key bindings: up to and with the last tilde', () => {
    for (const { text, keyBinding } of presentation.read) {
      const compact: string = text.startsWith('{') ? JSON.parse(text).credential : text
      const presented = compact.slice(0, compact.lastIndexOf('~') + 1)
      expect(digest(presented)).to.equal(keyBinding.claims.sd_hash)
    }
  })

  it('digests in QR references', () => {
    for (const vector of presentation.qr) {
      if (vector.refused !== undefined || vector.scanned.kind !== 'reference') continue
      expect(vector.scanned.reference.digest).to.equal(digest(vector.presented))
    }
  })
})
