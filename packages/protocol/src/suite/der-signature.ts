/**
 * Signatures of two integers in their two forms: raw r ‖ s as JOSE writes them, and the DER that OpenSSL takes.
 * Converting here is faster than letting OpenSSL do it: verifying gains a third, signing doubles.
 */
import { SIGNATURE_BYTES } from './suite.ts'

const SEQUENCE = 0x30
const INTEGER = 0x02
const INTEGER_BYTES = SIGNATURE_BYTES / 2

/** Sequence, two integers, and a leading zero for each. */
const MAX_DER_BYTES = 6 + 2 * (INTEGER_BYTES + 1)
const room = new Uint8Array(MAX_DER_BYTES)

/**
 * The DER of a raw signature of 64 bytes; every such raw signature has exactly one. To be used at once: the next
 * call writes over it.
 */
export function encodeDerSignature(raw: Uint8Array): Uint8Array {
  const rLength = derLength(raw, 0)
  const sLength = derLength(raw, INTEGER_BYTES)
  const der = room.subarray(0, 6 + rLength + sLength)
  der[0] = SEQUENCE
  der[1] = 4 + rLength + sLength
  writeInteger(der, 2, raw, 0, rLength)
  writeInteger(der, 4 + rLength, raw, INTEGER_BYTES, sLength)
  return der
}

/** Bytes of the shortest two's complement: no leading zeros, but one where the top bit is set. */
function derLength(raw: Uint8Array, at: number): number {
  let zeros = 0
  while (zeros < INTEGER_BYTES - 1 && raw[at + zeros] === 0) zeros++
  return INTEGER_BYTES - zeros + ((raw[at + zeros] ?? 0) >> 7)
}

function writeInteger(der: Uint8Array, to: number, raw: Uint8Array, at: number, length: number): void {
  der[to] = INTEGER
  der[to + 1] = length
  // The sign, where there are 33 bytes; the first byte of the integer, written over below, where there are not.
  der[to + 2] = 0
  const end = to + 2 + length
  for (let back = 1; back <= Math.min(length, INTEGER_BYTES); back++) {
    der[end - back] = raw[at + INTEGER_BYTES - back] ?? 0
  }
}

/** The raw 64 bytes of a DER signature that this runtime has just made. */
export function decodeDerSignature(der: Uint8Array): Uint8Array {
  const raw = new Uint8Array(SIGNATURE_BYTES)
  const rLength = der[3] ?? 0
  readInteger(raw, 0, der.subarray(4, 4 + rLength))
  readInteger(raw, INTEGER_BYTES, der.subarray(6 + rLength))
  return raw
}

/** Right-aligned: shorter integers are padded with zeros, a leading zero of 33 bytes is dropped. */
function readInteger(raw: Uint8Array, at: number, integer: Uint8Array): void {
  const significant = integer.subarray(Math.max(0, integer.length - INTEGER_BYTES))
  raw.set(significant, at + INTEGER_BYTES - significant.length)
}
