/** Ed25519 public keys that somebody can hold (RFC 8032 §5.1.5): the runtimes' own import takes any 32 bytes. */
import { parseBase64url } from '../bytes/base64url.ts'

const P = 2n ** 255n - 19n
/** The y of the points of order 8, negated one another. */
const ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n
/** The y of all points of small order: under such a key, a signature can be made for a message without any secret. */
const SMALL_ORDER: readonly bigint[] = [0n, 1n, P - 1n, ORDER_8, P - ORDER_8]

/**
 * Refuses a key of small order, and one whose y is not below p (RFC 8032 §5.1.3).
 *
 * @param x 32 bytes in base64url
 * @throws {RangeError}
 */
export function assertEd25519Key(x: string): void {
  const y = littleEndian(parseBase64url(x, 'x')) & ((1n << 255n) - 1n)
  if (y >= P || SMALL_ORDER.includes(y)) {
    throw new RangeError('import an Ed25519 key: a point of small order, or y not below p')
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}
