/** A JPEG as the decoder is given it: the segments that pixels are made of, each as long as it says, and one frame (ITU-T T.81, B.1). Untrusted. */
import { joinBytes } from './byte-strings.ts'
import { CarrierError } from './carrier-error.ts'
import { assertSize, type ImageSize } from './image-header.ts'

export interface PlainJpeg extends ImageSize {
  readonly bytes: Uint8Array
}

interface Frame extends ImageSize {
  /** Samples by the number of their component. */
  readonly samples: ReadonlyMap<number, number>
}

interface Segment {
  readonly marker: number
  /** Behind its length. */
  readonly content: Uint8Array
  /** What follows it. */
  readonly end: number
}

const MARKER = { DHT: 0xc4, EOI: 0xd9, SOS: 0xda, DQT: 0xdb, DNL: 0xdc, DRI: 0xdd, ADOBE: 0xee, COM: 0xfe }
/** Huffman-coded, of samples of 8 bits. */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2]
const OTHER_FRAMES: readonly number[] = [
  ...[0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf],
  ...[0xde, 0xdf],
]
const MOST_SEGMENTS = 4096
/** A progressive one of a camera has a dozen. */
const MOST_SCANS = 64
/**
 * Of all components, for each of which the decoder takes a dozen bytes: those of 12 million pixels of full colours, or of 24 of
 * colours of half the width and height, as photographs have them.
 */
const MOST_SAMPLES = 37_000_000
/** Of all scans: each goes through its components, be there nothing in it. A progressive one of a camera goes six times. */
const MOST_SCANNED_SAMPLES = 8 * MOST_SAMPLES
const BLOCK = 8

/**
 * What is told of pixels is told once, and read here as the decoder reads it: profiles, thumbnails and comments are left out,
 * and so is whatever stands behind the end. Lossless, hierarchical and arithmetic-coded ones are `unsupported-file`.
 *
 * @throws {CarrierError} `broken`, `unsupported-file`, `large-image`, `beyond-bounds` for too many scans
 */
export function plainJpeg(bytes: Uint8Array): PlainJpeg {
  const parts: Uint8Array[] = [Uint8Array.of(0xff, 0xd8)]
  let frame: Frame | undefined
  let [at, scans, scanned] = [2, 0, 0]
  for (let segments = 0; segments < MOST_SEGMENTS; segments++) {
    const { marker, content, end } = segmentAt(bytes, at)
    if (OTHER_FRAMES.includes(marker)) throw new CarrierError('unsupported-file', 'JPEG（无损或算术编码）')
    if (marker === MARKER.EOI) {
      if (frame === undefined) throw broken()
      const { width, height } = frame
      return { width, height, bytes: joinBytes([...parts, Uint8Array.of(0xff, marker)]) }
    }
    at = end
    if (isLeftOut(marker)) continue
    parts.push(Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff), content)
    if (FRAMES.includes(marker)) {
      // A second frame would be of another size than the one that was looked at.
      if (frame !== undefined) throw broken()
      frame = readFrame(content)
    } else if (marker === MARKER.SOS) {
      scanned += samplesOf(content, frame)
      if (++scans > MOST_SCANS || scanned > MOST_SCANNED_SAMPLES)
        throw new CarrierError('beyond-bounds', 'JPEG')
      at = endOfScan(bytes, at)
      parts.push(bytes.subarray(end, at))
    } else if (!isWhole(marker, content)) throw broken()
  }
  throw new CarrierError('beyond-bounds', 'JPEG')
}

function segmentAt(bytes: Uint8Array, start: number): Segment {
  let at = start
  if (bytes[at] !== 0xff) throw broken()
  while (bytes[at + 1] === 0xff) at++
  const marker = bytes[at + 1] ?? 0
  const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  const end = at + 2 + length
  if (marker === MARKER.EOI) return { marker, content: new Uint8Array(), end: at + 2 }
  if (length < 2 || end > bytes.length) throw broken()
  return { marker, content: bytes.subarray(at + 4, end), end }
}

/** Profiles, thumbnails, comments, and a number of lines, which the frame has said. */
function isLeftOut(marker: number): boolean {
  const isOfApplication = marker >= 0xe0 && marker <= 0xef && marker !== MARKER.ADOBE
  return isOfApplication || marker === MARKER.COM || marker === MARKER.DNL
}

/** Whether the tables of a segment are as long as it says. */
function isWhole(marker: number, content: Uint8Array): boolean {
  if (marker === MARKER.ADOBE) return true
  if (marker === MARKER.DRI) return content.length === 2
  let at = 0
  if (marker === MARKER.DQT) {
    while (at < content.length) at += (content[at] ?? 0) >> 4 === 0 ? 65 : 129
  } else if (marker === MARKER.DHT) {
    while (at < content.length) {
      const codes = content.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0)
      at += 17 + codes
    }
  } else return false
  return at === content.length
}

function readFrame(content: Uint8Array): Frame {
  const [, high = 0, low = 0, wide = 0, narrow = 0, count = 0] = content
  const { width, height } = assertSize({ height: (high << 8) | low, width: (wide << 8) | narrow }, 'JPEG')
  if (count < 1 || count > 4 || content.length !== 6 + 3 * count) throw broken()
  const components = Array.from({ length: count }, (_, i) => {
    const [number = 0, factors = 0] = content.subarray(6 + 3 * i)
    return { number, across: factors >> 4, down: factors & 15 }
  })
  if (components.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) throw broken()
  const [across, down] = [
    Math.max(...components.map((component) => component.across)),
    Math.max(...components.map((component) => component.down)),
  ]
  const units = Math.ceil(width / BLOCK / across) * Math.ceil(height / BLOCK / down)
  const samples = new Map(
    components.map((component) => [
      component.number,
      units * component.across * component.down * BLOCK * BLOCK,
    ]),
  )
  if (samples.size < count) throw broken()
  const all = [...samples.values()].reduce((sum, of) => sum + of, 0)
  if (all > MOST_SAMPLES) throw new CarrierError('large-image', `${MOST_SAMPLES} (Y + Cb + Cr)`)
  return { width, height, samples }
}

/** How many a scan goes through. */
function samplesOf(content: Uint8Array, frame: Frame | undefined): number {
  const count = content[0] ?? 0
  if (frame === undefined || count < 1 || count > 4 || content.length !== 4 + 2 * count) throw broken()
  let sum = 0
  for (let i = 0; i < count; i++) {
    const samples = frame.samples.get(content[1 + 2 * i] ?? 0)
    if (samples === undefined) throw broken()
    sum += samples
  }
  return sum
}

/** The next marker that does not belong to the scan's own data (B.1.1.5). */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  throw broken()
}

function broken(): CarrierError {
  return new CarrierError('broken', 'JPEG')
}
