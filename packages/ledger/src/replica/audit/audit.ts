/** Compares what a replica has, or what the events told, with what the ledger keeps: by proofs, and by nobody's word. */
import type { Hex } from '@hefu/protocol'
import type { Network } from '../../network/network.ts'
import type { Word } from '../../slots/slot-arithmetic.ts'
import { bitsAt } from '../../slots/struct-slots.ts'
import type { BlockHeader } from '../blocks/node-reader.ts'
import type { SlotClaim } from './audit-claim.ts'
import { AuditRefusedError } from './audit-error.ts'
import { provenStateRoot } from './audit-header.ts'
import { AUDIT_KINDS } from './audit-kinds.ts'
import { provenWords } from './audit-proof.ts'
import { type ChosenKeys, chooseAll, chooseSome, createDraw, type Draw, sizeOf } from './audit-sample.ts'
import type { AuditSubject } from './audit-subject.ts'
import type { ProofReader } from './proof-reader.ts'

/** Slots proven by one answer: it has a few kilobytes for each. */
const SLOTS_AT_ONCE = 64
/** Facts whose slots are gathered before they are asked for. */
const FACTS_AT_ONCE = 256
/** Licences that are looked at where all facts are compared. */
const SOME_LICENCES = 200
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
  /** Provinces of which more facts are known than are all compared. */
  readonly partly: readonly string[]
  /** Facts in all that were compared, and slots that prove them. */
  readonly facts: number
  readonly slots: number
  /** How many members of how many facts are otherwise. */
  readonly differences: number
  /** The first of them. */
  readonly named: readonly AuditDifference[]
}

export interface AuditOptions {
  /** By which a sample is drawn: a whole number below 2⁴⁸. */
  readonly seed: number
  /**
   * Of each kind so many facts at most, by whose they are; absent: all that were told of, and every word of statuses.
   */
  readonly sample?: number | undefined
  /** Where all are compared, of each kind so many of one province at most. Default: 2²². */
  readonly mostOfProvince?: number | undefined
  /** USCC: the facts of one agency, and no others. */
  readonly agency?: string | undefined
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
  { seed, mostNamed = MOST_NAMED, signal, onFacts, ...choice }: AuditOptions,
): Promise<AuditReport> {
  const stateRoot = await reader.header(block, (told) => provenStateRoot(block, told, network.engine))
  const chosen = chooseFacts(subject, createDraw(seed), choice)
  const all = chosen.reduce((sum, { size }) => sum + size, 0)
  const found: Found = { slots: 0, differing: new Set(), named: [] }
  let done = 0
  for (const facts of inParts(chosen, FACTS_AT_ONCE)) {
    signal?.throwIfAborted()
    await compareFacts({ reader, subject, block, stateRoot, mostNamed }, facts, found)
    done += facts.length
    onFacts?.(done, all)
  }
  if (found.slots === 0)
    throw new AuditRefusedError(
      'nothing-compared',
      `audit block ${block.number}: there is no fact to compare`,
    )
  const compared = Object.fromEntries(chosen.map(({ kind, of, size }) => [kind, { of, facts: size }]))
  const partly = [...new Set(chosen.flatMap((kind) => kind.partly))].sort()
  const { slots, differing, named } = found
  return { block, compared, partly, facts: done, slots, differences: differing.size, named }
}

interface ChosenKind extends ChosenKeys {
  readonly kind: string
  readonly of: number
}

function chooseFacts(
  subject: AuditSubject,
  draw: Draw,
  { sample, mostOfProvince, agency }: Pick<AuditOptions, 'sample' | 'mostOfProvince' | 'agency'>,
): readonly ChosenKind[] {
  return Object.entries(AUDIT_KINDS).map(([kind, [keysOf]]) => {
    const owners = keysOf(subject).filter(({ owner }) => agency === undefined || owner === agency)
    const most = sample ?? (kind === 'someLicences' ? SOME_LICENCES : undefined)
    const chosen =
      most === undefined ? chooseAll(owners, draw, mostOfProvince) : chooseSome(owners, most, draw)
    return { kind, of: sizeOf(owners), ...chosen }
  })
}

function* inParts(chosen: readonly ChosenKind[], size: number): Iterable<readonly Fact[]> {
  let part: Fact[] = []
  for (const { kind, keys } of chosen) {
    for (const key of keys) {
      part.push({ kind, key })
      if (part.length < size) continue
      yield part
      part = []
    }
  }
  if (part.length > 0) yield part
}

interface Found {
  slots: number
  /** Members that are otherwise, each once: a slot may be of several facts. */
  readonly differing: Set<string>
  readonly named: AuditDifference[]
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
      const member = `${placeOf(claim)}/${difference.member}`
      if (!found.differing.has(member) && found.named.length < comparison.mostNamed)
        found.named.push({ ...fact, ...difference })
      found.differing.add(member)
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
      const words = await reader.proof(contract, some, block, (told) =>
        provenWords(stateRoot, contract, some, told),
      )
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
