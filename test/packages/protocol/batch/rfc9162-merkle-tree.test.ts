/** Batches against RFC 9162 §2.1, by an independent implementation of its recursive definitions. */
import {
  createMerkleTree,
  DIGEST_BYTES,
  encodeHex,
  hashLeaf,
  inclusionPath,
  type MerkleTree,
  rootOf,
  rootOfPath,
  suite,
} from '@hefu/protocol'
import { expect } from 'chai'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { nodesOf } from '#internal/protocol/batch/merkle-tree'
import { suite as webSuite } from '#internal/protocol/suite/web'
import { merklePath, merkleTreeHash } from '../../../fixtures/reference-merkle.ts'
import { runs } from '../../../fixtures/test-profile.ts'

const MAX_SIZE = 70

function entriesOf(size: number): readonly Uint8Array[] {
  return Array.from({ length: size }, (_, i) => new TextEncoder().encode(`entry ${i}`))
}

function treeOf(entries: readonly Uint8Array[]): MerkleTree {
  return createMerkleTree(Buffer.concat(entries.map((entry) => hashLeaf(entry, suite))), suite)
}

/** A leaf with everything that proves it. */
function proofOf(size: number, index: number) {
  const entries = entriesOf(size)
  const tree = treeOf(entries)
  const leaf = hashLeaf(entries[index] ?? new Uint8Array(), suite)
  return { entries, tree, leaf, path: nodesOf(inclusionPath(tree, index)), root: encodeHex(rootOf(tree)) }
}

function leadsTo(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[]): string | null {
  const root = rootOfPath(leaf, index, size, Buffer.concat(path), suite)
  return root && encodeHex(root)
}

describe('Merkle tree (RFC 9162 §2.1)', () => {
  for (let size = 1; size <= MAX_SIZE; size++) {
    it(`of ${size}: root as §2.1.1, every path as §2.1.3.1, every path verifies as §2.1.3.2`, () => {
      const entries = entriesOf(size)
      const tree = treeOf(entries)
      const root = encodeHex(merkleTreeHash(entries))
      expect(encodeHex(rootOf(tree))).to.equal(root)
      expect(tree.size).to.equal(size)
      entries.forEach((entry, index) => {
        const path = nodesOf(inclusionPath(tree, index))
        expect(path.map(encodeHex)).to.deep.equal(merklePath(index, entries).map(encodeHex))
        expect(leadsTo(hashLeaf(entry, suite), index, size, path)).to.equal(root)
      })
    })
  }

  it('gives the roots that RFC 6962 implementations publish for their test leaves', () => {
    const leaves = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ]
    const roots = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]
    leaves.forEach((_, i) => {
      const entries = leaves.slice(0, i + 1).map((hex) => Buffer.from(hex, 'hex'))
      expect(encodeHex(rootOf(treeOf(entries)))).to.equal(`0x${roots[i]}`)
    })
  })

  it('is the same with the suite of browsers', () => {
    const entries = entriesOf(13)
    const leaves = Buffer.concat(entries.map((entry) => hashLeaf(entry, webSuite)))
    expect(encodeHex(rootOf(createMerkleTree(leaves, webSuite)))).to.equal(encodeHex(rootOf(treeOf(entries))))
  })

  it('is left as it is by whoever builds it, proves from it and follows its paths', () => {
    const leaves = Buffer.concat(entriesOf(MAX_SIZE).map((entry) => hashLeaf(entry, suite)))
    const before = leaves.toString('hex')
    for (const own of [suite, webSuite]) {
      const tree = createMerkleTree(leaves, own)
      const levels = tree.levels.map((level) => encodeHex(level))
      for (let index = 0; index < MAX_SIZE; index++) {
        const leaf = leaves.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES)
        const path = inclusionPath(tree, index)
        const root = rootOfPath(leaf, index, MAX_SIZE, path, own)
        expect(root && encodeHex(root)).to.equal(encodeHex(rootOf(tree)))
      }
      expect(tree.levels.map((level) => encodeHex(level))).to.deep.equal(levels)
    }
    expect(leaves.toString('hex')).to.equal(before)
  })

  it('has the same leaf for an entry as ASCII text and as bytes', () => {
    for (const text of ['', 'a', 'eyJh.eyJp', 'x'.repeat(2000)]) {
      for (const own of [suite, webSuite]) {
        expect(encodeHex(hashLeaf(text, own))).to.equal(
          encodeHex(hashLeaf(new TextEncoder().encode(text), suite)),
        )
      }
    }
  })

  it('refuses to be built of nothing or of parts of digests', () => {
    for (const length of [0, 1, DIGEST_BYTES - 1, DIGEST_BYTES + 1]) {
      expect(() => createMerkleTree(new Uint8Array(length), suite)).to.throw(RangeError)
    }
  })

  it('refuses to prove a leaf that it does not have', () => {
    const tree = treeOf(entriesOf(7))
    for (const index of [-1, 7, 8, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => inclusionPath(tree, index)).to.throw(RangeError)
    }
  })
})

describe('inclusion proofs that must not verify', () => {
  for (const size of [1, 2, 3, 4, 5, 7, 8, 13, 64, 70]) {
    it(`of a tree of ${size}: another index, a path too short, too long or in another order`, () => {
      for (let index = 0; index < size; index++) {
        const { leaf, path, root } = proofOf(size, index)
        for (let other = 0; other < size; other++) {
          if (other !== index) expect(leadsTo(leaf, other, size, path)).to.not.equal(root)
        }
        for (let cut = 0; cut < path.length; cut++) {
          expect(leadsTo(leaf, index, size, path.toSpliced(cut, 1))).to.equal(null)
          expect(leadsTo(leaf, index, size, path.with(cut, new Uint8Array(DIGEST_BYTES - 1)))).to.equal(null)
        }
        for (const more of [leaf, ...path]) {
          expect(leadsTo(leaf, index, size, [...path, more])).to.equal(null)
          expect(leadsTo(leaf, index, size, [more, ...path])).to.equal(null)
        }
        for (let at = 1; at < path.length; at++) {
          const swapped = path.with(at, path[at - 1] ?? leaf).with(at - 1, path[at] ?? leaf)
          expect(leadsTo(leaf, index, size, swapped)).to.not.equal(root)
        }
      }
    })
  }

  it('an index that is not below the size, or is no integer', () => {
    const { leaf, path, root } = proofOf(7, 6)
    expect(leadsTo(leaf, 6, 7, path)).to.equal(root)
    for (const index of [7, 8, -1, 6.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(leadsTo(leaf, index, 7, path)).to.equal(null)
    }
    for (const size of [0, -7, 6, 7.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32 + 1, 2 ** 53]) {
      expect(leadsTo(leaf, 6, size, path)).to.equal(null)
    }
  })

  it('an inner node presented as a leaf', () => {
    const { tree, root } = proofOf(8, 0)
    const inner = Buffer.from(tree.levels[1]?.subarray(0, 2 * DIGEST_BYTES) ?? [])
    const path = nodesOf(inclusionPath(tree, 0)).slice(1)
    const childHashes = Buffer.from(tree.levels[0]?.subarray(0, 2 * DIGEST_BYTES) ?? [])
    // As an entry: the prefix of leaves makes it another hash.
    expect(leadsTo(hashLeaf(childHashes, suite), 0, 4, path)).to.not.equal(root)
    // As a leaf hash it would lead to the root of a smaller tree: an entry with that hash cannot be found.
    expect(leadsTo(inner.subarray(0, DIGEST_BYTES), 0, 4, path)).to.equal(root)
    expect(leadsTo(inner.subarray(0, DIGEST_BYTES), 0, 8, path)).to.equal(null)
  })

  it('a tree whose last leaf is there twice (CVE-2012-2459)', () => {
    for (const size of [1, 3, 5, 7, 69]) {
      const entries = entriesOf(size)
      const doubled = [...entries, entries.at(-1) ?? new Uint8Array()]
      expect(encodeHex(rootOf(treeOf(doubled)))).to.not.equal(encodeHex(rootOf(treeOf(entries))))
    }
  })

  it('any bit of leaf or path changed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MAX_SIZE }),
        fc.nat(1_000_000),
        fc.nat(1_000_000),
        (size, place, bit) => {
          const index = place % size
          const { leaf, path, root } = proofOf(size, index)
          const all = [leaf, ...path].map((node) => Uint8Array.from(node))
          const chosen = all[bit % all.length] ?? leaf
          const at = (bit >> 3) % DIGEST_BYTES
          chosen[at] = (chosen[at] ?? 0) ^ (1 << (bit & 7))
          expect(leadsTo(all[0] ?? leaf, index, size, all.slice(1))).to.not.equal(root)
        },
      ),
      { numRuns: runs(300, 10_000) },
    )
  })
})
