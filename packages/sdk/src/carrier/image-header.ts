/** How many pixels an image says that it has: read before anything is unpacked. Untrusted. */
import { CarrierError } from './carrier-error.ts'

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** A photograph of today's telephones at their usual setting has 12 million, a page scanned at 600 dpi 35 million. */
const MOST_PIXELS = 40_000_000
const MOST_SIDE = 16_384

/** @throws {CarrierError} `large-image`, `broken` for no pixels at all */
export function assertSize({ width, height }: ImageSize, about: string): ImageSize {
  if (width < 1 || height < 1) throw new CarrierError('broken', about)
  if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS)
    throw new CarrierError('large-image', `${MOST_SIDE} × ${MOST_SIDE}, ${MOST_PIXELS}`)
  return { width, height }
}

/** Of PNG: its first chunk (RFC 2083, 11.2.2). @throws {CarrierError} `broken` */
export function sizeOfPng(bytes: Uint8Array): ImageSize {
  const view = viewOf(bytes)
  if (bytes.length < 33 || view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452)
    throw new CarrierError('broken', 'PNG')
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** Frames of JPEG that are told by a header: Huffman-coded, of samples of 8 bits (ITU-T T.81, B.2.2). */
const FRAMES: readonly number[] = [0xc0, 0xc1, 0xc2]
const OTHER_FRAMES: readonly number[] = [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]
const MOST_SEGMENTS = 4096
/** Each is gone through for the whole image; a progressive one of a camera has a dozen. */
const MOST_SCANS = 64

/**
 * Of JPEG: its one frame. Lossless, hierarchical and arithmetic-coded ones are `unsupported-file`.
 *
 * @throws {CarrierError} `broken`, `unsupported-file`, `beyond-bounds` for too many scans
 */
export function sizeOfJpeg(bytes: Uint8Array): ImageSize {
  const view = viewOf(bytes)
  let size: ImageSize | undefined
  let at = 2
  for (let segments = 0; at + 4 <= bytes.length && segments < MOST_SEGMENTS; segments++) {
    const marker = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff) break
    if (marker === 0xff) {
      at++
      continue
    }
    if (OTHER_FRAMES.includes(marker)) throw new CarrierError('unsupported-file', 'JPEG（无损或算术编码）')
    if (FRAMES.includes(marker)) {
      // A second frame would be of another size than the one that was looked at.
      if (size !== undefined || at + 9 > bytes.length) throw new CarrierError('broken', 'JPEG')
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    // The scan begins, or the image ends: what follows is read by the decoder, in frames of this size.
    if (marker === 0xda || marker === 0xd9) break
    at += 2 + view.getUint16(at + 2)
  }
  if (size === undefined) throw new CarrierError('broken', 'JPEG')
  if (countScans(bytes) > MOST_SCANS) throw new CarrierError('beyond-bounds', 'JPEG')
  return size
}

/** Their markers, and whatever else looks like one: in what is packed nothing does. */
function countScans(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xda) count++
  }
  return count
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
