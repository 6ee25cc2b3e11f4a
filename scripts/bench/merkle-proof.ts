/** Making and following the path of a leaf in a tree of 2^20 leaves, against the 20 SHA-256 that it takes. */
import { createMerkleTree, inclusionPath, rootOf, rootOfPath, suite } from '@hefu/protocol'
import { createFlatHashing } from './flat-hashing.ts'
import { compareSpeed, type Figure } from './measure.ts'

const HEIGHT = 20
const LEAVES = 2 ** HEIGHT
const PROOFS = 10_000
/** A stride that visits leaves all over the tree. */
const STRIDE = 104_729

export function benchMerkleProof(): Promise<Figure> {
  const leafHashes = suite.randomBytes(LEAVES * 32)
  const tree = createMerkleTree(leafHashes, suite)
  const root = Buffer.from(rootOf(tree))
  const hashFlat = createFlatHashing()
  return compareSpeed(
    'merkle-proof',
    { count: PROOFS, run: proveAll },
    { count: PROOFS, run: () => hashFlat(PROOFS * HEIGHT) },
  )

  function proveAll(): void {
    for (let i = 0; i < PROOFS; i++) {
      const index = (i * STRIDE) % LEAVES
      const leafHash = leafHashes.subarray(index * 32, index * 32 + 32)
      const found = rootOfPath(leafHash, index, LEAVES, inclusionPath(tree, index), suite)
      if (found === null || !root.equals(found)) throw new Error(`follow the path of leaf ${index}`)
    }
  }
}
