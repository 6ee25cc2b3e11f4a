/** merkle.json, which an independent implementation of RFC 9162 wrote, against this one. */
import {
  createMerkleTree,
  decodeHex,
  encodeHex,
  type Hex,
  hashLeaf,
  inclusionPath,
  rootOf,
  rootOfPath,
  type Suite,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { suite as webSuite } from '../../packages/protocol/dist/suite/web.js'
import { readVectors } from './vector-files.ts'

interface FalseProof {
  readonly is: string
  readonly leaf: number
  readonly index: number
  readonly size: number
  readonly path: readonly number[]
  readonly root: number
}

interface MerkleVectors {
  readonly nodes: readonly Hex[]
  /** Places in `nodes`, as all numbers below. */
  readonly leaves: readonly number[]
  readonly trees: readonly {
    readonly size: number
    readonly root: number
    readonly paths: readonly (readonly number[])[]
  }[]
  readonly refused: readonly FalseProof[]
}

const vectors = readVectors<MerkleVectors>('merkle')

function node(place: number): Uint8Array {
  const hex = vectors.nodes[place]
  if (hex === undefined) throw new Error(`find node ${place} in merkle.json`)
  return decodeHex(hex)
}

for (const [name, own] of [
  ['node', suite],
  ['web', webSuite],
] as const satisfies readonly (readonly [string, Suite])[]) {
  describe(`Merkle vectors with the ${name} suite`, () => {
    it('hash every entry to its leaf', () => {
      vectors.leaves.forEach((place, i) => {
        expect(encodeHex(hashLeaf(new TextEncoder().encode(`entry ${i}`), own))).to.equal(
          vectors.nodes[place],
        )
      })
    })

    it('has no batch of nothing, although RFC 9162 has a tree of it', () => {
      expect(encodeHex(own.sha256(''))).to.equal(vectors.nodes[vectors.trees[0]?.root ?? -1])
      expect(() => createMerkleTree(new Uint8Array(0), own)).to.throw(RangeError)
    })

    for (const { size, root, paths } of vectors.trees.slice(1)) {
      it(`build the tree of ${size}, prove and verify every leaf`, () => {
        const tree = createMerkleTree(Buffer.concat(vectors.leaves.slice(0, size).map(node)), own)
        expect(encodeHex(rootOf(tree))).to.equal(vectors.nodes[root])
        expect(paths).to.have.length(size)
        paths.forEach((path, index) => {
          const nodes = path.map(node)
          expect(inclusionPath(tree, index).map(encodeHex)).to.deep.equal(nodes.map(encodeHex))
          const leadsTo = rootOfPath(node(vectors.leaves[index] ?? -1), index, size, nodes, own)
          expect(leadsTo && encodeHex(leadsTo)).to.equal(vectors.nodes[root])
        })
      })
    }

    for (const { is, leaf, index, size, path, root } of vectors.refused) {
      it(`refuse ${is}: index ${index} of ${size}, ${path.length} nodes`, () => {
        const leadsTo = rootOfPath(node(leaf), index, size, path.map(node), own)
        expect(leadsTo && encodeHex(leadsTo)).to.not.equal(vectors.nodes[root])
      })
    }
  })
}
