/** A tree of 2^20 leaves against one loop of as many SHA-256 over a flat buffer. */
import { createMerkleTree, suite } from '@hefu/protocol'
import { compareSpeed, type Figure } from './measure.ts'

const LEAVES = 2 ** 20
const NODE_INPUT_BYTES = 65

export function benchMerkleBuild(): Promise<Figure> {
  const leafHashes = suite.randomBytes(LEAVES * 32)
  const flat = suite.randomBytes(LEAVES * 2 * 32 + 1)
  return compareSpeed(
    'merkle-build',
    { count: LEAVES, run: () => createMerkleTree(leafHashes, suite) },
    { count: LEAVES, run: () => hashFlat(flat) },
  )
}

function hashFlat(flat: Uint8Array): void {
  const out = new Uint8Array(LEAVES * 32)
  for (let i = 0; i < LEAVES - 1; i++) {
    out.set(suite.sha256(flat.subarray(i * 32, i * 32 + NODE_INPUT_BYTES)), i * 32)
  }
}
