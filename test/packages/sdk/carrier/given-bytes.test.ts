/** What a program may hand over as a file: bytes in either form and texts, and a sentence for anything else. */
import { runInNewContext } from 'node:vm'
import { attachLicence, openCarrier } from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { refusalOf } from '../../../fixtures/carried.ts'
import { createSample } from '../../../fixtures/sample-credential.ts'
import { createPdf } from '../../../fixtures/sample-pdf.ts'

describe('A file that is handed over', () => {
  let bundle: string
  let pdf: Uint8Array
  let attached: Uint8Array
  before(async () => {
    bundle = (await createSample()).bundle
    pdf = await createPdf()
    attached = (await attachLicence(bundle, pdf)).bytes
  })

  /** As `File.arrayBuffer()` gives it, and nothing of what may lie beside it in a pool. */
  const bufferOf = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer

  it('is opened as Uint8Array, Buffer and ArrayBuffer alike, of another realm too', async () => {
    const foreign = runInNewContext('Uint8Array.from(bytes)', { bytes: [...attached] }) as Uint8Array
    expect(foreign).to.not.be.instanceOf(Uint8Array)
    const expected = await openCarrier(attached)
    for (const given of [Buffer.from(attached), bufferOf(attached), foreign, foreign.buffer as ArrayBuffer])
      expect(await openCarrier(given)).to.deep.equal(expected)
  })

  it('may be a text, which is a licence’s own, no longer than a file of it', async () => {
    expect(await openCarrier(` ${bundle}\n`)).to.deep.equal({
      kind: 'text',
      asked: { presented: bundle },
      isAsAttached: null,
    })
    expect(await refusalOf(openCarrier('x'.repeat(1_048_577)))).to.equal('large-file')
  })

  it('takes a licence as its text and as the bytes of its file', async () => {
    const bytes = Buffer.from(`\uFEFF${bundle}`)
    for (const licence of [bundle, bytes, bufferOf(bytes)])
      expect((await attachLicence(licence, bufferOf(pdf))).bytes).to.deep.equal(attached)
    expect(await refusalOf(attachLicence(new Uint8Array(1_048_577), pdf))).to.equal('large-file')
    expect(await refusalOf(attachLicence(Uint8Array.of(0xff, 0), pdf))).to.equal('not-text')
  })

  it('is refused with a TypeError in words where it is anything else, and never told what is in it', async () => {
    const other: readonly (readonly [unknown, string])[] = [
      [undefined, 'found undefined'],
      [null, 'found null'],
      [7, 'found a Number'],
      [{ personal: 1 }, 'found an Object'],
      [[1, 2], 'found an Array'],
      [new Uint16Array(4), 'found a Uint16Array'],
      [new DataView(new ArrayBuffer(4)), 'found a DataView'],
      [new Blob(['x']), 'which its arrayBuffer() gives, found a Blob'],
      [{ [Symbol.toStringTag]: 'Uint8Array' }, 'found a Uint8Array'],
    ]
    for (const [given, says] of other) {
      for (const asked of [
        openCarrier(given as Uint8Array),
        attachLicence(bundle, given as Uint8Array),
        attachLicence(given as Uint8Array, pdf),
      ]) {
        const error = await asked.catch((thrown: unknown) => thrown)
        expect(error).to.be.instanceOf(TypeError)
        expect((error as TypeError).message)
          .to.include(says)
          .and.include('a Uint8Array or an ArrayBuffer')
      }
    }
    const text = await attachLicence(bundle, bundle as unknown as Uint8Array).catch((e: unknown) => e)
    expect(text).to.be.instanceOf(TypeError)
    expect(String(text)).to.not.include(bundle.slice(0, 20))
  })
})
