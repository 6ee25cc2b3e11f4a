/** DEFLATE (RFC 1951) unpacked within a bound, whatever a file says of its size. Untrusted. */
import { Inflate } from 'fflate'
import { joinBytes } from './byte-strings.ts'
import { CarrierError } from './carrier-error.ts'

/** Packed bytes of one step: they unpack to 4 MiB at most, by which a bound can be passed before it is noticed. */
const STEP_BYTES = 4096

/**
 * What some bytes unpack to. Bytes after the end of the data do not count.
 *
 * @param most bytes that it may unpack to
 * @param about kind of the file, for the sentence
 * @throws {CarrierError} `beyond-bounds`, or `broken` for what is no such data or ends too early
 */
export function inflateWithin(packed: Uint8Array, most: number, about: string): Uint8Array {
  const parts: Uint8Array[] = []
  inflate(packed, most, about, (part) => parts.push(part))
  return joinBytes(parts)
}

/**
 * To how many bytes some bytes unpack, without keeping any.
 *
 * @throws {CarrierError} as {@link inflateWithin}
 */
export function measureWithin(packed: Uint8Array, most: number, about: string): number {
  return inflate(packed, most, about, () => {})
}

function inflate(packed: Uint8Array, most: number, about: string, take: (part: Uint8Array) => void): number {
  let bytes = 0
  let isWhole = false
  const stream = new Inflate((part, isFinal) => {
    bytes += part.length
    if (bytes > most) throw new CarrierError('beyond-bounds', about)
    take(part)
    isWhole ||= isFinal
  })
  try {
    for (let at = 0; at < packed.length; at += STEP_BYTES) {
      stream.push(packed.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= packed.length)
    }
  } catch (error) {
    throw error instanceof CarrierError ? error : new CarrierError('broken', about, { cause: error })
  }
  if (!isWhole) throw new CarrierError('broken', about)
  return bytes
}
