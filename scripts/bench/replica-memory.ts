/** Bytes of a fact in a replica, against the same in JavaScript's maps of objects. */
import { type Change, CompactFacts, FactLayer } from '@hefu/ledger/replica'
import { heldBytes } from './held-memory.ts'
import type { Figure } from './measure.ts'
import { acts, anchors, keys } from './simulated-nation.ts'

const FACTS = 300_000
/** As many as stand in one word of the ledger. */
const WORD = 48

export function benchReplicaMemoryAnchor(): Promise<Figure> {
  return compareMemory('replica-memory-anchor', () => anchors(FACTS))
}

export function benchReplicaMemoryKey(): Promise<Figure> {
  return compareMemory('replica-memory-key', () => keys(FACTS))
}

/** Each with a decision of its own, on a licence that has no other. */
export function benchReplicaMemoryAct(): Promise<Figure> {
  return compareMemory('replica-memory-act', () => acts(FACTS, 1))
}

/** By one decision on the licences of a status word. */
export function benchReplicaMemoryActTogether(): Promise<Figure> {
  return compareMemory('replica-memory-act-48', () => acts(FACTS, WORD))
}

async function compareMemory(name: string, changes: () => Iterable<Change>): Promise<Figure> {
  const value = bytesOf(new CompactFacts(), changes())
  const reference = bytesOf(new FactLayer(), changes())
  return { name, value, unit: 'bytes', reference, ratio: Number((reference / value).toFixed(2)) }
}

function bytesOf(facts: { put(change: Change): void }, changes: Iterable<Change>): number {
  const before = heldBytes()
  for (const change of changes) facts.put(change)
  const held = heldBytes() - before
  // It is held until here.
  facts.put({ table: 'demands', key: '', fact: [] })
  return Math.round(held / FACTS)
}
