/** How many pixels an image says that it has: read before anything is unpacked. Untrusted. */
import { CarrierError } from './carrier-error.ts'

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** A photograph of today's telephones at their usual setting has 12 million, a page scanned at 400 dpi 15 million. */
const MOST_PIXELS = 16_000_000
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

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
