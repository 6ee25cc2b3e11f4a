/** Base64url without padding (RFC 4648 §5, RFC 7515 §2), canonical form only. */
import { malformed } from './malformed.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const SEXTETS = sextets()

function sextets(): Uint8Array {
  const table = new Uint8Array(128).fill(0xff)
  for (let value = 0; value < 64; value++) table[ALPHABET.charCodeAt(value)] = value
  return table
}

/**
 * Decodes canonical base64url: no padding, no white space, no other alphabet, unused trailing bits zero,
 * so that one byte string has exactly one encoding.
 *
 * @throws {MalformedError} `not-base64url`
 */
export function parseBase64url(text: string, where: string): Uint8Array {
  const remainder = text.length % 4
  if (remainder === 1) throw notBase64url(where)
  const bytes = new Uint8Array((text.length * 3) >> 2)
  let bits = 0
  let held = 0
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const sextet = SEXTETS[text.charCodeAt(i)] ?? 0xff
    if (sextet === 0xff) throw notBase64url(where)
    held = (held << 6) | sextet
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 0xff
    }
  }
  if ((held & ((1 << bits) - 1)) !== 0) throw notBase64url(where)
  return bytes
}

function notBase64url(where: string): Error {
  return malformed('not-base64url', where, 'canonical base64url without padding', 'another text')
}

/** Encodes bytes as base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 6) {
      bits -= 6
      text += ALPHABET.charAt((held >> bits) & 63)
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (6 - bits)) & 63) : text
}
