/** encodings.json, read by this implementation. */
import {
  decodeHex,
  encodeBase64url,
  encodeHex,
  isDisplayText,
  parseBase64url,
  parseHex,
  parseStrictJson,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { parseUtf8 } from '../../packages/protocol/dist/bytes/text.js'
import { refusalOf } from '../fixtures/refusal.ts'
import { readVectors } from './vector-files.ts'

interface Vector {
  readonly is?: string
  readonly text: string
  readonly refused?: string
}

interface EncodingVectors {
  readonly base64url: readonly (Vector & { readonly bytes: `0x${string}` })[]
  readonly hex: readonly (Vector & { readonly length: number; readonly bytes: readonly number[] })[]
  readonly utf8: readonly (Vector & { readonly bytes: `0x${string}` })[]
  readonly jsonMaxLength: number
  readonly strictJson: readonly (Vector & { readonly value: unknown })[]
  readonly displayText: readonly Vector[]
}

const vectors = readVectors<EncodingVectors>('encodings')

/** Runs `read`, and compares its value or its refusal with the vector's. */
function judge(vector: Vector, read: () => unknown, expected: unknown): void {
  if (vector.refused === undefined) expect(read()).to.deep.equal(expected)
  else expect(refusalOf(read)).to.deep.equal([vector.refused])
}

function title({ is, text, refused }: Vector): string {
  return is === undefined ? `reads ${JSON.stringify(text).slice(0, 60)}` : `refuses ${is}: ${refused}`
}

describe('encoding vectors: base64url', () => {
  for (const vector of vectors.base64url) {
    it(title(vector), () => {
      judge(vector, () => encodeHex(parseBase64url(vector.text, 'it')), vector.bytes)
      if (vector.refused === undefined) expect(encodeBase64url(decodeHex(vector.bytes))).to.equal(vector.text)
    })
  }
})

describe('encoding vectors: hexadecimal', () => {
  for (const vector of vectors.hex) {
    it(title(vector), () =>
      judge(vector, () => [...decodeHex(parseHex(vector.text, vector.length, 'it'))], vector.bytes),
    )
  }
})

describe('encoding vectors: UTF-8', () => {
  for (const vector of vectors.utf8) {
    it(title(vector), () => judge(vector, () => parseUtf8(decodeHex(vector.bytes), 'it'), vector.text))
  }
})

describe('encoding vectors: strict JSON', () => {
  for (const vector of vectors.strictJson) {
    it(title(vector), () =>
      judge(vector, () => parseStrictJson(vector.text, vectors.jsonMaxLength, 'it'), vector.value),
    )
  }
})

describe('encoding vectors: text that may be displayed', () => {
  for (const vector of vectors.displayText) {
    it(title(vector), () => expect(isDisplayText(vector.text)).to.equal(vector.refused === undefined))
  }
})
