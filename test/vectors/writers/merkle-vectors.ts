/**
 * Vectors of spec/batch.md: trees of 0 to 70 entries, every path, written by an implementation of RFC 9162
 * §2.1 that shares nothing with the protocol's.
 */
import { createHash } from 'node:crypto'
import { merklePath, merkleTreeHash } from '../../fixtures/reference-merkle.ts'
import type { VectorFile } from './vector-file.ts'

const MAX_SIZE = 70

const ENTRIES = Array.from({ length: MAX_SIZE }, (_, i) => `entry ${i}`)

function bytesOf(size: number): readonly Uint8Array[] {
  return ENTRIES.slice(0, size).map((entry) => new TextEncoder().encode(entry))
}

/** Every digest once: the 2,485 paths share a few hundred nodes. */
function createNodeTable() {
  const nodes: string[] = []
  const places = new Map<string, number>()
  return {
    nodes,
    /** The place of a digest in the table. */
    place: (digest: Uint8Array): number => {
      const hex = `0x${Buffer.from(digest).toString('hex')}`
      const known = places.get(hex)
      if (known !== undefined) return known
      places.set(hex, nodes.length)
      return nodes.push(hex) - 1
    },
  }
}

type Place = (digest: Uint8Array) => number

function treeOf(size: number, place: Place): object {
  const entries = bytesOf(size)
  return {
    size,
    root: place(merkleTreeHash(entries)),
    paths: entries.map((_, index) => merklePath(index, entries).map(place)),
  }
}

/** A proof that leads nowhere: of a tree of `of`, presented for another place, size or path. */
function falseProofs(place: Place): readonly object[] {
  const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 13, 64, 65, 70]
  return SIZES.flatMap((of) => {
    const entries = bytesOf(of)
    const root = place(merkleTreeHash(entries))
    const index = Math.floor(of / 2)
    const leaf = place(leafHashOf(index))
    const path = merklePath(index, entries).map(place)
    const good = { leaf, index, size: of, path, root }
    const other = place(leafHashOf(MAX_SIZE))
    return [
      { is: 'a node more', ...good, path: [...path, other] },
      { is: 'another leaf', ...good, leaf: other },
      { is: 'an index beyond the size', ...good, index: of },
      { is: 'an index below 0', ...good, index: -1 },
      { is: 'size 0', ...good, size: 0 },
      ...(path.length === 0
        ? []
        : [
            { is: 'a node less', ...good, path: path.slice(1) },
            { is: 'the first node altered', ...good, path: [other, ...path.slice(1)] },
            { is: 'another index', ...good, index: index ^ 1 },
            { is: 'an inner node as a leaf', ...good, leaf: root, path: [] },
          ]),
      ...(new Set(path).size < 2 ? [] : [{ is: 'the path reversed', ...good, path: path.toReversed() }]),
    ]
  })
}

/** SHA-256(0x00 ‖ entry). */
function leafHashOf(index: number): Uint8Array {
  return createHash('sha256').update(Uint8Array.of(0)).update(`entry ${index}`).digest()
}

/** The content of merkle.json. */
export function merkleVectors(): VectorFile {
  const { nodes, place } = createNodeTable()
  const leaves = ENTRIES.map((_, index) => place(leafHashOf(index)))
  const trees = Array.from({ length: MAX_SIZE + 1 }, (_, size) => treeOf(size, place))
  const refused = falseProofs(place)
  return { spec: 'packages/protocol/spec/batch.md', entries: 'entry <index>', nodes, leaves, trees, refused }
}
