/** merkle.json, which an independent implementation of RFC 9162 wrote, against this one. */
import {
  createMerkleTree,
  encodeHex,
  type Hex,
  hashLeaf,
  inclusionPath,
  rootOf,
  rootOfPath,
  type Suite,
} from '@hefu/protocol'
import { nodesOf } from '#internal/protocol/batch/merkle-tree'
import { decodeHex } from '#internal/protocol/bytes/hex'
import type { Runner } from './judgement.ts'
import type { MerkleVectors } from './vector-lists.ts'

type MerkleRunner<List extends keyof MerkleVectors> = Runner<MerkleVectors[List][number], MerkleVectors>
type Proof = Omit<MerkleVectors['refused'][number], 'root'>

function nodeAt({ nodes }: MerkleVectors, place: number): Hex {
  const node = nodes[place]
  if (node === undefined) throw new Error(`find node ${place} in merkle.json`)
  return node
}

/** Leaf hashes of the first entries, one after the other. */
function leavesOf(size: number, suite: Suite): Uint8Array<ArrayBuffer> {
  const leaves = new Uint8Array(32 * size)
  for (let i = 0; i < size; i++) leaves.set(hashLeaf(new TextEncoder().encode(`entry ${i}`), suite), 32 * i)
  return leaves
}

function leadsTo({ leaf, index, size, path }: Proof, file: MerkleVectors, suite: Suite): Hex | null {
  const node = decodeHex(nodeAt(file, leaf))
  const nodes = path.flatMap((place) => [...decodeHex(nodeAt(file, place))])
  const root = rootOfPath(node, index, size, Uint8Array.from(nodes), suite)
  return root && encodeHex(root)
}

export const runLeaf: MerkleRunner<'leaves'> = (place, { suite }, file) => {
  const index = file.leaves.indexOf(place)
  return {
    found: encodeHex(leavesOf(index + 1, suite).subarray(32 * index)),
    expected: nodeAt(file, place),
  }
}

/** RFC 9162 has a tree of nothing; there is no such batch. */
function emptyTree(suite: Suite): Hex | 'a batch of nothing' {
  try {
    createMerkleTree(new Uint8Array(0), suite)
    return 'a batch of nothing'
  } catch (error) {
    if (error instanceof RangeError) return encodeHex(suite.sha256(''))
    throw error
  }
}

/** Root, path of every index, and where each path leads. */
export const runTree: MerkleRunner<'trees'> = ({ size, root, paths }, { suite }, file) => {
  if (size === 0) return { found: emptyTree(suite), expected: nodeAt(file, root) }
  const tree = createMerkleTree(leavesOf(size, suite), suite)
  const indexes = Array.from({ length: size }, (_, index) => index)
  return {
    found: {
      root: encodeHex(rootOf(tree)),
      paths: indexes.map((index) => nodesOf(inclusionPath(tree, index)).map(encodeHex)),
      roots: paths.map((path, index) =>
        leadsTo({ leaf: file.leaves[index] ?? -1, index, size, path }, file, suite),
      ),
    },
    expected: {
      root: nodeAt(file, root),
      paths: paths.map((path) => path.map((place) => nodeAt(file, place))),
      roots: indexes.map(() => nodeAt(file, root)),
    },
  }
}

export const runProof: MerkleRunner<'refused'> = (proof, { suite }, file) => ({
  found: leadsTo(proof, file, suite) === nodeAt(file, proof.root),
  expected: false,
})
