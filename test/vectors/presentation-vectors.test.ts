/** presentation.json, read by this implementation. */
import { createHash } from 'node:crypto'
import {
  algorithmOf,
  encodeHex,
  encodeQrText,
  type Hex,
  type KeyBindingClaims,
  type PublicJwk,
  parsePresented,
  parseQrText,
  type ScannedQr,
  type Suite,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { suite as webSuite } from '../../packages/protocol/dist/suite/web.js'
import { refusalOf } from '../fixtures/refusal.ts'
import { readVectors } from './vector-files.ts'

interface PresentationVectors {
  readonly read: readonly {
    readonly is: string
    readonly text: string
    readonly holderJwk: PublicJwk
    readonly keyBinding: {
      readonly header: object
      readonly claims: KeyBindingClaims
      readonly signingInput: string
      readonly signature: Hex
    }
  }[]
  readonly refused: readonly { readonly is: string; readonly text: string; readonly refused: string }[]
  readonly qr: readonly (
    | { readonly text: string; readonly refused: string; readonly is: string }
    | {
        readonly text: string
        readonly refused?: never
        readonly presented: string
        readonly scanned: ScannedQr
      }
  )[]
}

const vectors = readVectors<PresentationVectors>('presentation')

describe('presentation vectors', () => {
  for (const { is, text, holderJwk, keyBinding } of vectors.read) {
    it(`${is} is read, its sd_hash and its signature are right`, async () => {
      const read = parsePresented(text).keyBinding
      if (read === null) throw new Error('find a key binding')
      const { presented, signature, ...rest } = read
      expect({ ...rest, signature: encodeHex(signature) }).to.deep.equal(keyBinding)
      expect(createHash('sha256').update(presented).digest('base64url')).to.equal(keyBinding.claims.sd_hash)
      const suites: readonly Suite[] = [suite, webSuite]
      for (const own of suites) {
        const key = await own.importPublicKey(holderJwk)
        expect(await own.verify(key, algorithmOf(holderJwk), read.signingInput, signature)).to.equal(true)
      }
    })
  }

  for (const { is, text, refused } of vectors.refused) {
    it(`${is} is refused: ${refused}`, () =>
      expect(refusalOf(() => parsePresented(text))).to.deep.equal([refused]))
  }
})

describe('QR vectors', () => {
  for (const vector of vectors.qr) {
    if (vector.refused !== undefined) {
      it(`${vector.is} is refused: ${vector.refused}`, () =>
        expect(refusalOf(() => parseQrText(vector.text))).to.deep.equal([vector.refused]))
      continue
    }
    const { text, presented, scanned } = vector
    it(`${scanned.kind} of what is presented is scanned as it was made`, () => {
      expect(parseQrText(text)).to.deep.equal(scanned)
      if (scanned.kind === 'whole') expect(encodeQrText(presented, suite)).to.equal(text)
      else
        expect(scanned.reference.digest).to.equal(createHash('sha256').update(presented).digest('base64url'))
    })
  }
})
