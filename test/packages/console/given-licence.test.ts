import { encodeQrReference, encodeQrText, MAX_QR_CHARACTERS, suite } from '@hefu/protocol'
import { createTestingWorld, type TestingWorld } from '@hefu/sdk/testing'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import {
  claimedTypeOf,
  isCompleteText,
  isSought,
  readGivenFile,
  readGivenText,
} from '#internal/console/verify/given-licence'
import { createSample } from '../verifier/sample.ts'

describe('what is given at the counter', () => {
  let world: TestingWorld
  let bundle: string
  /** Of two fields, so that a code holds all of it. */
  let whole: string
  let reference: string

  before(async () => {
    world = await createTestingWorld()
    bundle = world.licences.accepted.request.presented
    whole = encodeQrText((await createSample()).bundle, suite)
    reference = encodeQrReference(bundle, suite)
    expect(whole.length).to.be.below(MAX_QR_CHARACTERS)
  })

  it('is told by its kind', () => {
    const identifier = world.licences['identifier-alone'].request.presented
    const kinds = [bundle, whole, reference, identifier, '身份证', 'https://example.invalid'].map(
      (text) => readGivenText(text).kind,
    )
    expect(kinds).to.deep.equal(['licence', 'qr-whole', 'reference', 'identifier', 'other', 'other'])
  })

  it('is the same however a scanner breaks it into lines, frames it or spells it', () => {
    const { asked } = readGivenText(whole)
    const half = whole.length >> 1
    for (const scanned of [
      `${whole}\r\n`,
      `\t${whole}\t`,
      `${whole.slice(0, half)}\r\n${whole.slice(half)}`,
      `]Q1${whole}`,
    ])
      expect(readGivenText(scanned).asked).to.deep.equal(asked)
    expect(readGivenText(`${whole.slice(0, half)} ${whole.slice(half)}`).asked).not.to.deep.equal(asked)
  })

  it('names a licence that has to be found, or is one', () => {
    expect(isSought(readGivenText(reference))).to.equal(true)
    expect(isSought(readGivenText(world.licences['identifier-alone'].request.presented))).to.equal(true)
    expect(isSought(readGivenText(bundle))).to.equal(false)
    expect(isSought(readGivenText(whole))).to.equal(false)
  })

  it('is of the type that it claims, and of none where it claims nothing that is known', () => {
    const code = claimedTypeOf(readGivenText(bundle))?.code
    expect(code).to.be.a('string')
    expect(claimedTypeOf(readGivenText(reference))?.code).to.equal(code)
    expect(claimedTypeOf(readGivenText('身份证'))).to.equal(null)
    expect(claimedTypeOf(readGivenText(bundle.slice(0, 400)))).to.equal(null)
  })

  it('is complete once nothing of it is missing', () => {
    for (const text of [bundle, whole, reference]) {
      expect(isCompleteText(text)).to.equal(true)
      expect(isCompleteText(text.slice(0, -1))).to.equal(false)
    }
    expect(isCompleteText('身份证')).to.equal(false)
  })

  it('may be a file of any kind that carries one, and says why where it carries none', async () => {
    const given = await readGivenFile(new Blob([bundle]))
    expect(given).to.deep.equal({ kind: 'licence', asked: { presented: bundle } })
    const error = await readGivenFile(new Blob([Uint8Array.of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61)])).catch(
      (caught: unknown) => caught,
    )
    expect(error).to.have.property('code', 'unsupported-file')
  })

  it('is not read where it is larger than any file that carries one', async () => {
    const large = new Blob([new Uint8Array(33_554_433)])
    const error = await readGivenFile(large).catch((caught: unknown) => caught)
    expect(error).to.have.property('code', 'large-file')
  })
})
