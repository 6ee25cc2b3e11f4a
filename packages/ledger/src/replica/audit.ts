/** Compares what a replica has, or what the events told, with what the ledger keeps: by proofs, and by nobody's word. */
import type { Hex } from '@hefu/protocol'
import type { Network } from '../network/network.ts'
import type { Word } from '../slots/slot-arithmetic.ts'
import { bitsAt } from '../slots/struct-slots.ts'
import type { SlotClaim } from './audit-claim.ts'
import { AuditRefusedError } from './audit-error.ts'
import { provenStateRoot } from './audit-header.ts'
import { AUDIT_KINDS } from './audit-kinds.ts'
import { provenWords } from './audit-proof.ts'
import { createDraw, sampleOf } from './audit-sample.ts'
import type { AuditSubject } from './audit-subject.ts'
import type { BlockHeader } from './node-reader.ts'
import type { ProofReader } from './proof-reader.ts'

/** Slots proven by one answer: it has a few kilobytes for each. */
const SLOTS_AT_ONCE = 64
/** Facts whose slots are gathered before they are asked for. */
const FACTS_AT_ONCE = 256
const MOST_NAMED = 20

/** Where storage holds something else. */
export interface AuditDifference {
  /** One of the kinds of facts. */
  readonly kind: string
  /** Under which it is found: parts of a code, joined by `/`. */
  readonly key: string
  readonly contract: Hex
  /** As contracts/snapshots/proof-slots.txt names it. */
  readonly fact: string
  readonly member: string
  readonly slot: Hex
  readonly told: string
  readonly stored: string
}

export interface AuditReport {
  readonly block: BlockHeader
  /** Facts there are, and facts compared, of each kind. */
  readonly compared: Readonly<Record<string, { readonly of: number; readonly facts: number }>>
  /** Facts in all that were compared, and slots that prove them. */
  readonly facts: number
  readonly slots: number
  /** How many members of how many facts are otherwise. */
  readonly differences: number
  /** The first of them. */
  readonly named: readonly AuditDifference[]
}

export interface AuditOptions {
  /** Of each kind so many facts at most, drawn by the seed; absent: all. */
  readonly sample?: { readonly most: number; readonly seed: number } | undefined
  /** Differences that are named; all are counted. Default: 20. */
  readonly mostNamed?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Is told of how many facts of how many were compared. */
  readonly onFacts?: ((done: number, all: number) => void) | undefined
}

interface Fact {
  readonly kind: string
  readonly key: string
}

/**
 * Compares facts with storage as of a block.
 *
 * @param block one whose hash is agreed on
 * @throws {AuditRefusedError} when nothing can be said: never that all is well
 * @throws {LedgerUnavailableError} when the node cannot be asked
 * @throws the signal's reason
 */
export async function audit(
  network: Pick<Network, 'engine'>,
  reader: ProofReader,
  subject: AuditSubject,
  block: BlockHeader,
  { sample, mostNamed = MOST_NAMED, signal, onFacts }: AuditOptions = {},
): Promise<AuditReport> {
  const stateRoot = provenStateRoot(block, await reader.header(block), network.engine)
  const { facts, compared } = chooseFacts(subject, sample)
  const found: Found = { slots: 0, differences: 0, named: [] }
  for (let first = 0; first < facts.length; first += FACTS_AT_ONCE) {
    signal?.throwIfAborted()
    const some = facts.slice(first, first + FACTS_AT_ONCE)
    await compareFacts({ reader, subject, block, stateRoot, mostNamed }, some, found)
    onFacts?.(first + some.length, facts.length)
  }
  if (found.slots === 0)
    throw new AuditRefusedError(
      'nothing-compared',
      `audit block ${block.number}: there is no fact to compare`,
    )
  return { block, compared, facts: facts.length, ...found }
}

interface Found {
  slots: number
  differences: number
  readonly named: AuditDifference[]
}

function chooseFacts(
  subject: AuditSubject,
  sample: AuditOptions['sample'],
): { readonly facts: readonly Fact[]; readonly compared: AuditReport['compared'] } {
  const draw = createDraw(sample?.seed ?? 0)
  const compared: Record<string, { of: number; facts: number }> = {}
  const facts = Object.entries(AUDIT_KINDS).flatMap(([kind, [keysOf]]) => {
    const keys = [...keysOf(subject)]
    const chosen = sample === undefined ? keys : sampleOf(keys, sample.most, draw)
    compared[kind] = { of: keys.length, facts: chosen.length }
    return chosen.map((key) => ({ kind, key }))
  })
  return { facts, compared }
}

interface Comparison {
  readonly reader: ProofReader
  readonly subject: AuditSubject
  readonly block: BlockHeader
  readonly stateRoot: Hex
  readonly mostNamed: number
}

async function compareFacts(comparison: Comparison, facts: readonly Fact[], found: Found): Promise<void> {
  const claims = facts.flatMap((fact) =>
    (AUDIT_KINDS[fact.kind]?.[1](comparison.subject, fact.key) ?? []).map((claim) => ({ fact, claim })),
  )
  const stored = await readSlots(
    comparison,
    claims.map(({ claim }) => claim),
  )
  found.slots += stored.size
  for (const { fact, claim } of claims) {
    const word = stored.get(placeOf(claim))
    if (word === undefined) throw new Error(`compare ${claim.fact} of ${fact.key}: its slot was not read`)
    for (const difference of differencesOf(claim, word)) {
      found.differences += 1
      if (found.named.length < comparison.mostNamed) found.named.push({ ...fact, ...difference })
    }
  }
}

function differencesOf(
  { contract, fact, slot, members }: SlotClaim,
  word: Word,
): readonly Omit<AuditDifference, keyof Fact>[] {
  return members.flatMap(({ member, place, told, holds, show }) => {
    const bits = bitsAt(word, place)
    if (holds(bits)) return []
    return [{ contract, fact, member, slot: slotText(slot), told, stored: show(bits) }]
  })
}

/** Each slot once, contract by contract. */
async function readSlots(
  { reader, block, stateRoot }: Comparison,
  claims: readonly SlotClaim[],
): Promise<ReadonlyMap<string, Word>> {
  const stored = new Map<string, Word>()
  for (const [contract, all] of slotsByContract(claims)) {
    const slots = [...all]
    for (let first = 0; first < slots.length; first += SLOTS_AT_ONCE) {
      const some = slots.slice(first, first + SLOTS_AT_ONCE)
      const words = await provenWords(stateRoot, contract, some, await reader.proof(contract, some, block))
      for (const [place, slot] of some.entries())
        stored.set(placeOf({ contract, slot }), words[place] as Word)
    }
  }
  return stored
}

function slotsByContract(claims: readonly SlotClaim[]): ReadonlyMap<Hex, ReadonlySet<Word>> {
  const slots = new Map<Hex, Set<Word>>()
  for (const { contract, slot } of claims) {
    const known = slots.get(contract) ?? new Set()
    known.add(slot)
    slots.set(contract, known)
  }
  return slots
}

function placeOf({ contract, slot }: Pick<SlotClaim, 'contract' | 'slot'>): string {
  return `${contract}/${slot}`
}

function slotText(slot: Word): Hex {
  return `0x${slot.toString(16).padStart(64, '0')}`
}
