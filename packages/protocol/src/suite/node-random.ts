/** Random bytes for salts: asking OpenSSL for 16 bytes costs as much as asking for thousands. */
import { randomFillSync } from 'node:crypto'

const DRAW_BYTES = 4096

/** Drawn and not yet handed out: from `next` on. No byte is handed out twice, or kept once it was. */
const drawn = new Uint8Array(DRAW_BYTES)
let next = DRAW_BYTES

/** `length` bytes from OpenSSL's generator. */
export function takeRandomBytes(length: number): Uint8Array {
  if (length > DRAW_BYTES) return randomFillSync(new Uint8Array(length))
  if (next + length > DRAW_BYTES) {
    randomFillSync(drawn)
    next = 0
  }
  const taken = drawn.slice(next, next + length)
  drawn.fill(0, next, next + length)
  next += length
  return taken
}
