/** The reference of trees: SHA-256 of 65 bytes over a flat buffer, in the fastest form that `node:crypto` has. */
import { hash, randomBytes } from 'node:crypto'

const NODE_BYTES = 65
const DIGEST_BYTES = 32
/** Larger than the caches of a processor, as a tree is. */
const SOURCE_NODES = 2 ** 20

/** A loop that makes as many digests as asked for, each written to its place in a new buffer. */
export function createFlatHashing(): (count: number) => void {
  const source = randomBytes(SOURCE_NODES * 2 * DIGEST_BYTES + 1)
  return (count) => hashFlat(source, count)
}

function hashFlat(source: Uint8Array, count: number): void {
  const out = Buffer.alloc(count * DIGEST_BYTES)
  for (let i = 0; i < count; i++) {
    const at = (i % SOURCE_NODES) * 2 * DIGEST_BYTES
    const digest = hash('sha256', source.subarray(at, at + NODE_BYTES), 'binary')
    out.write(digest, i * DIGEST_BYTES, 'latin1')
  }
}
