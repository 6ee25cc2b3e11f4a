/** A tree of 2^20 leaves against one loop of as many SHA-256 over a flat buffer. */
import { createMerkleTree, suite } from '@hefu/protocol'
import { createFlatHashing } from './flat-hashing.ts'
import { compareSpeed, type Figure } from './measure.ts'

const LEAVES = 2 ** 20

export function benchMerkleBuild(): Promise<Figure> {
  const leafHashes = suite.randomBytes(LEAVES * 32)
  const hashFlat = createFlatHashing()
  return compareSpeed(
    'merkle-build',
    { count: LEAVES, run: () => createMerkleTree(leafHashes, suite) },
    { count: LEAVES, run: () => hashFlat(LEAVES - 1) },
  )
}
