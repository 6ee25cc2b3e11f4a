/** Whatever is done to a file: it is opened, or told in a sentence, and never passes for the file that was bound. */
import { encodeQrReference, suite } from '@hefu/protocol'
import { attachLicence, CarrierError, openCarrier } from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import { digestOf } from '../../../fixtures/carried.ts'
import { createSample } from '../../../fixtures/sample-credential.ts'
import { createOfd } from '../../../fixtures/sample-ofd.ts'
import { createPdf } from '../../../fixtures/sample-pdf.ts'
import { createRandom, drawQr, toJpeg, toPng } from '../../../fixtures/sample-qr.ts'
import { runs } from '../../../fixtures/test-profile.ts'

interface Seed {
  readonly bytes: Uint8Array
  /** Of the file before, which `bytes` alone may be told to hold. */
  readonly rendition: string | null
}

const SEEDS: Record<string, Seed> = {}
let bundle: string

before(async () => {
  bundle = (await createSample()).bundle
  const attached = async (original: Uint8Array): Promise<Seed> => ({
    bytes: (await attachLicence(bundle, original)).bytes,
    rendition: digestOf(original),
  })
  const code = drawQr(encodeQrReference(bundle, suite), 2)
  Object.assign(SEEDS, {
    'PDF in streams': await attached(await createPdf({ isStreamed: true })),
    'PDF with a table': await attached(await createPdf({ isStreamed: false, names: 'indirect' })),
    OFD: await attached(createOfd()),
    PNG: { bytes: toPng(code), rendition: null },
    JPEG: { bytes: toJpeg(code, 60), rendition: null },
  })
})

/** Bytes changed, cut out, doubled, or put in the place of others. */
function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = Math.floor(random() * bytes.length)
  const length = 1 + Math.floor(random() ** 4 * 400)
  const from = Math.floor(random() * bytes.length)
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at + length)]
  const kind = Math.floor(random() * 6)
  if (kind === 0) return bytes.slice(0, at)
  const middle = [
    bytes.subarray(from, from + length),
    new Uint8Array(),
    Uint8Array.from({ length }, () => Math.floor(random() * 256)),
    Uint8Array.of((bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8)), ...bytes.subarray(at + 1, at + length)),
    Buffer.from(String(Math.floor(random() * 10 ** (1 + random() * 11)))),
  ][kind - 1]
  return new Uint8Array(Buffer.concat([head, middle ?? new Uint8Array(), tail]))
}

describe('a file that something was done to', () => {
  for (const [name, count] of [
    ['PDF in streams', 1500],
    ['PDF with a table', 1500],
    ['OFD', 1500],
    ['PNG', 150],
    ['JPEG', 100],
  ] as const) {
    it(`is opened or told in a sentence, and never passes for the file that was bound: ${name}`, async () => {
      const { bytes, rendition } = SEEDS[name] ?? expect.fail('no seed')
      const random = createRandom(20_260_112)
      let opened = 0
      for (let i = 0; i < runs(count, 10 * count); i++) {
        const changed = mutate(bytes, random)
        if (Buffer.compare(changed, bytes) === 0) continue
        try {
          const { asked } = await openCarrier(changed)
          opened++
          // A licence that was changed is attached as any other, and is for the verification to judge.
          const isSame = asked.presented === bundle && asked.rendition === rendition
          expect(rendition !== null && isSame, `run ${i}`).to.equal(false)
        } catch (error) {
          if (!(error instanceof CarrierError)) throw error
        }
      }
      expect(opened).to.be.greaterThan(0)
    })
  }
})
