/** spec/carriers.md, images: the one code of a licence is read, whatever stands beside it, and nothing costs more than it may. */

import { crc32 } from 'node:zlib'
import { dropDisclosures, encodeQrReference, encodeQrWhole, suite } from '@hefu/protocol'
import { openCarrier } from '@hefu/sdk/carriers'
import { expect } from 'chai'
import { encode as encodePng } from 'fast-png'
import { zlibSync } from 'fflate'
import { before, describe, it } from 'mocha'
import { refused } from '../../../fixtures/carried.ts'
import { toCmykJpeg } from '../../../fixtures/cmyk-jpeg.ts'
import { createSample } from '../../../fixtures/sample-credential.ts'
import { drawQr, type Picture, photograph, sideBySide, toJpeg, toPng } from '../../../fixtures/sample-qr.ts'

/** What fits into a code: one field of twelve. */
let small: string
let whole: string
let reference: string

before(async () => {
  const { bundle } = await createSample()
  small = dropDisclosures(bundle, ['holderName'])
  whole = encodeQrWhole(small) ?? ''
  reference = encodeQrReference(bundle, suite)
})

const FOREIGN = 'https://example.invalid/qr'
const WHITE: Picture = { width: 200, height: 200, shades: new Uint8Array(40_000).fill(255) }

describe('an image of a licence’s QR code', () => {
  it('that holds a whole licence gives it, without a rendition', async () => {
    expect(await openCarrier(toPng(drawQr(whole, 3)))).to.deep.equal({
      kind: 'png',
      asked: { presented: small },
      isAsAttached: null,
    })
  })

  it('that names a licence gives the reference', async () => {
    const { kind, asked } = await openCarrier(toJpeg(drawQr(reference, 4), 80))
    expect(kind).to.equal('jpeg')
    expect(asked).to.deep.equal({ presented: reference })
  })

  for (const [degrees, scale, quality] of [
    [7, 4, 70],
    [33, 4, 60],
    [90, 3, 70],
    [200, 5, 60],
  ] as const) {
    it(`is read as a telephone takes it: turned by ${degrees}°, noisy, a JPEG of quality ${quality}`, async () => {
      const taken = toJpeg(photograph(drawQr(whole, scale), degrees), quality)
      expect((await openCarrier(taken)).asked).to.deep.equal({ presented: small })
    })
  }

  it('is read from a photograph of ten million pixels', async () => {
    const { width, height, shades } = photograph(drawQr(reference, 40), 15)
    expect(width * height).to.be.greaterThan(5_000_000)
    expect((await openCarrier(toJpeg({ width, height, shades }, 40))).asked.presented).to.equal(reference)
  })

  for (const [is, channels, depth] of [
    ['of colours', 3, 8],
    ['of colours that may be transparent', 4, 8],
    ['of grey that may be transparent', 2, 8],
    ['of 16 bits', 1, 16],
    ['of 16 bits and colours', 3, 16],
    ['of one bit', 1, 1],
    ['of four bits', 1, 4],
  ] as const) {
    it(`is read from a PNG ${is}`, async () => {
      expect((await openCarrier(pngOf(drawQr(reference, 3), channels, depth))).asked.presented).to.equal(
        reference,
      )
    })
  }

  it('is read from a PNG of a palette, and from one that is interlaced', async () => {
    const { width, height, shades } = drawQr(reference, 3)
    const rows = new Uint8Array(height * (width + 1))
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = shades[y * width + x] === 0 ? 1 : 0
    }
    const palette = [chunk('PLTE', Uint8Array.of(255, 250, 240, 20, 10, 60))]
    const coloured = writePng({ width, height, depth: 8, colour: 3 }, rows, palette)
    expect((await openCarrier(coloured)).asked.presented).to.equal(reference)
    const passes: number[] = []
    for (const [left, top, right, down] of ADAM7) {
      for (let y = top; y < height; y += down) {
        passes.push(0)
        for (let x = left; x < width; x += right) passes.push(shades[y * width + x] ?? 0)
      }
    }
    const header = { width, height, depth: 8, colour: 0, interlace: 1 }
    const interlaced = writePng(header, Uint8Array.from(passes))
    expect((await openCarrier(interlaced)).asked.presented).to.equal(reference)
  })

  it('is read from a JPEG of four inks, as printers have it', async () => {
    expect((await openCarrier(toCmykJpeg(drawQr(reference, 8)))).asked.presented).to.equal(reference)
  })

  it('is read from a JPEG with a thumbnail, which is a JPEG too, and another behind its end', async () => {
    const bytes = toJpeg(drawQr(reference, 4), 80)
    const thumbnail = toJpeg(WHITE, 50)
    const profile = jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), thumbnail]))
    const taken = new Uint8Array(Buffer.concat([bytes.subarray(0, 2), profile, bytes.subarray(2), thumbnail]))
    expect((await openCarrier(taken)).asked.presented).to.equal(reference)
  })

  it('is found beside the code of something else, which is neither shown nor followed', async () => {
    const picture = sideBySide([drawQr(FOREIGN, 4), drawQr(reference, 4)])
    expect((await openCarrier(toPng(picture))).asked.presented).to.equal(reference)
  })
})

/** The same picture in another of the forms of PNG. */
function pngOf({ width, height, shades }: Picture, channels: number, depth: number): Uint8Array {
  if (depth >= 8) {
    const data =
      depth === 16 ? new Uint16Array(shades.length * channels) : new Uint8Array(shades.length * channels)
    for (let i = 0; i < shades.length; i++) {
      const shade = (shades[i] ?? 0) * (depth === 16 ? 257 : 1)
      for (let c = 0; c < channels; c++)
        data[i * channels + c] = c === 3 || (channels === 2 && c === 1) ? 255 : shade
    }
    return encodePng({ width, height, data, channels, depth: depth as 8 | 16 })
  }
  const rowBytes = Math.ceil((width * depth) / 8)
  const rows = new Uint8Array(height * (rowBytes + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sample = (shades[y * width + x] ?? 0) === 255 ? 2 ** depth - 1 : 0
      const at = y * (rowBytes + 1) + 1 + ((x * depth) >> 3)
      rows[at] = (rows[at] ?? 0) | (sample << (8 - depth - ((x * depth) & 7)))
    }
  }
  return writePng({ width, height, depth, colour: 0 }, rows)
}

interface Header {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colour: number
  readonly interlace?: number
}

/** Of each pass the first pixel, and how far it is to the next. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

function writePng(
  { width, height, depth, colour, interlace = 0 }: Header,
  rows: Uint8Array,
  more: readonly Buffer[] = [],
): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, colour, 0, 0, interlace], 8)
  const parts = [
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]
  return new Uint8Array(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]))
}

function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

function jpegSegment(marker: number, content: Uint8Array): Buffer {
  const length = content.length + 2
  return Buffer.concat([Uint8Array.of(0xff, marker, length >> 8, length & 0xff), content])
}

/** A frame of three components of full size. */
function frameSegment(width: number, height: number, factors = 0x11): Buffer {
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff]
  return jpegSegment(0xc0, Uint8Array.of(8, ...size, 3, 1, factors, 0, 2, 0x11, 0, 3, 0x11, 0))
}

const SCAN = jpegSegment(0xda, Uint8Array.of(3, 1, 0, 2, 0, 3, 0, 0, 63, 0))
const END = Buffer.from([0xff, 0xd9])

function jpegFile(...segments: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, END]))
}

describe('an image that holds no licence, or cannot be read', () => {
  const header = { width: 10, height: 10, depth: 8, colour: 0 }
  const rows = new Uint8Array(110)
  const jpegOf = (frame: number, height: number, width: number): Uint8Array => {
    const bytes = toJpeg(WHITE, 50)
    const at = Buffer.from(bytes).indexOf(Buffer.from([0xff, 0xc0]))
    bytes[at + 1] = frame
    new DataView(bytes.buffer).setUint16(at + 5, height)
    new DataView(bytes.buffer).setUint16(at + 7, width)
    return bytes
  }
  const cases: readonly (readonly [string, string, () => Uint8Array])[] = [
    ['is white', 'no-qr', () => toPng(WHITE)],
    ['is of one pixel', 'no-qr', () => toPng({ width: 1, height: 1, shades: new Uint8Array(1) })],
    ['has the code of something else', 'other-qr', () => toPng(drawQr(FOREIGN, 4))],
    [
      'has two licences',
      'several-licences',
      () => toPng(sideBySide([drawQr(whole, 3), drawQr(reference, 3)])),
    ],
    [
      'says that it has 65,000 × 65,000 pixels, as PNG',
      'large-image',
      () => writePng({ ...header, width: 65_000, height: 65_000 }, rows),
    ],
    ['says that it has 65,000 × 65,000 pixels, as JPEG', 'large-image', () => jpegOf(0xc0, 65_000, 65_000)],
    ['says that it has no pixels', 'broken', () => jpegOf(0xc0, 0, 0)],
    ['unpacks to more than its pixels', 'beyond-bounds', () => writePng(header, new Uint8Array(50_000_000))],
    ['unpacks to less than its pixels', 'broken', () => writePng(header, new Uint8Array(10))],
    [
      'has a profile that unpacks to 50 MB, which nobody unpacks',
      'no-qr',
      () =>
        writePng(header, rows, [
          chunk(
            'iCCP',
            Buffer.concat([Buffer.from('a\0\0'), zlibSync(new Uint8Array(50_000_000), { level: 9 })]),
          ),
        ]),
    ],
    ['is animated', 'unsupported-file', () => writePng(header, rows, [chunk('acTL', new Uint8Array(8))])],
    ['is a colour type that there is not', 'broken', () => writePng({ ...header, colour: 5 }, rows)],
    ['is a PNG cut off', 'broken', () => toPng(drawQr(reference, 3)).subarray(0, 300)],
    ['is a JPEG cut off', 'broken', () => toJpeg(drawQr(reference, 3), 80).subarray(0, 300)],
    [
      'has 65 scans',
      'beyond-bounds',
      () => {
        const bytes = toJpeg(WHITE, 50)
        const at = Buffer.from(bytes).indexOf(Buffer.from([0xff, 0xda]))
        const scan = Buffer.from(bytes.subarray(at, -2))
        const scans = Array.from({ length: 64 }, () => scan)
        return new Uint8Array(Buffer.concat([bytes.subarray(0, -2), ...scans, Buffer.from([0xff, 0xd9])]))
      },
    ],
    [
      'has 16,000,400 pixels, as PNG',
      'large-image',
      () => writePng({ ...header, width: 3_077, height: 5_200 }, rows),
    ],
    [
      'has 16 million pixels of four colours of 16 bits',
      'large-image',
      () => writePng({ width: 4000, height: 4000, depth: 16, colour: 6 }, rows),
    ],
    [
      'is in 70,000 chunks',
      'beyond-bounds',
      () => writePng(header, rows, Array(70_000).fill(chunk('IDAT', new Uint8Array()))),
    ],
    [
      'is a JPEG of 14 million pixels of full colours',
      'large-image',
      () => jpegFile(frameSegment(4000, 3500)),
    ],
    [
      'is a JPEG of 14 million pixels of halved colours, of which nothing follows',
      'broken',
      () => jpegFile(frameSegment(4000, 3500, 0x22)),
    ],
    [
      'is a JPEG of components that are five times another',
      'broken',
      () => jpegFile(frameSegment(8, 8, 0x51)),
    ],
    [
      'has nine scans of 12 million pixels of full colours',
      'beyond-bounds',
      () => jpegFile(frameSegment(4000, 3000), ...Array<Buffer>(9).fill(SCAN)),
    ],
    [
      'has a second frame behind its scan',
      'broken',
      () => {
        const bytes = toJpeg(WHITE, 50)
        return new Uint8Array(Buffer.concat([bytes.subarray(0, -2), frameSegment(200, 200), END]))
      },
    ],
    [
      'has a table that is longer than it says, with a frame in it',
      'broken',
      () => {
        const bytes = toJpeg(WHITE, 50)
        const table = jpegSegment(0xdb, Uint8Array.of(0))
        return new Uint8Array(Buffer.concat([bytes.subarray(0, 2), table, bytes.subarray(2)]))
      },
    ],
    ['is a lossless JPEG', 'unsupported-file', () => jpegOf(0xc3, 200, 200)],
    ['is an arithmetic-coded JPEG', 'unsupported-file', () => jpegOf(0xc9, 200, 200)],
    ['is a JPEG of nothing', 'broken', () => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)],
  ]
  for (const [is, code, make] of cases) {
    it(`${is}: ${code}`, async () => expect(await refused(make())).to.equal(code))
  }
})
