/** bundle.json and receipt.json, read by this implementation. */
import { createHash } from 'node:crypto'
import {
  type Hex,
  type JsonValue,
  parseCredential,
  parsePresented,
  parseReceipt,
  type Receipt,
  type Suite,
  suite,
  verifyInclusion,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { suite as webSuite } from '../../packages/protocol/dist/suite/web.js'
import { refusalOf } from '../fixtures/refusal.ts'
import { readVectors } from './vector-files.ts'

interface BundleVectors {
  readonly read: readonly {
    readonly text: string
    readonly credential: string
    readonly receipt: Receipt | null
  }[]
  readonly refused: readonly { readonly is: string; readonly text: string; readonly refused: string }[]
}

interface ReceiptVectors {
  readonly proofs: readonly {
    readonly is: string
    readonly signingInput: string
    readonly leafHash: Hex
    readonly receipt: Receipt
    readonly included: boolean
  }[]
  readonly refused: readonly { readonly is: string; readonly value: JsonValue; readonly refused: string }[]
}

describe('bundle vectors', () => {
  const vectors = readVectors<BundleVectors>('bundle')
  for (const { text, credential, receipt } of vectors.read) {
    it(`read ${text.slice(0, 40)}…`, () => {
      const read = { credential: parseCredential(credential), receipt, keyBinding: null }
      expect(parsePresented(text)).to.deep.equal(read)
    })
  }
  for (const { is, text, refused } of vectors.refused) {
    it(`refuse ${is}: ${refused}`, () =>
      expect(refusalOf(() => parsePresented(text))).to.deep.equal([refused]))
  }
})

describe('receipt vectors', () => {
  const vectors = readVectors<ReceiptVectors>('receipt')
  for (const { is, signingInput, leafHash, receipt, included } of vectors.proofs) {
    it(`${is} ${included ? 'prove' : 'do not prove'} the credential’s place`, () => {
      const leaf = createHash('sha256').update(Uint8Array.of(0)).update(signingInput).digest('hex')
      expect(`0x${leaf}`).to.equal(leafHash)
      const own: readonly Suite[] = [suite, webSuite]
      for (const one of own) expect(verifyInclusion(signingInput, receipt, one)).to.equal(included)
    })
  }
  for (const { is, value, refused } of vectors.refused) {
    it(`refuse ${is}: ${refused}`, () =>
      expect(refusalOf(() => parseReceipt(value, 'receipt'))).to.deep.equal([refused]))
  }
})
