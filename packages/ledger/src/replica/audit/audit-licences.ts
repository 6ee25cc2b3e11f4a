/** What storage has to hold of batches, and of what became of licences. */
import { type Hex, LEGAL_STATUSES, type LegalStatus, type StatusEntry, statusAt } from '@hefu/protocol'
import { hexToBigInt } from 'viem'
import { encodeUscc } from '../../abi/codes.ts'
import { anchorSlot, licenceSlot, STATUSES_PER_WORD, statusWordSlot } from '../../slots/licence-slots.ts'
import { factText } from '../facts/fact-text.ts'
import { keyOf, type OriginRecord, type SuccessorRecord } from '../facts/facts.ts'
import { entriesOf } from '../facts/history.ts'
import {
  absentClaim,
  type Expected,
  exactly,
  type FactPlace,
  type MemberClaim,
  never,
  type SlotClaim,
  slotClaim,
  structClaims,
} from './audit-claim.ts'
import { usccText } from './audit-members.ts'
import type { AuditSubject } from './audit-subject.ts'

export function anchorClaims({ facts, tally, ledger }: AuditSubject, key: string): readonly SlotClaim[] {
  const [uscc = '', root = ''] = key.split('/')
  const place = { contract: ledger, fact: 'anchor', slot: anchorSlot(uscc, root as Hex) }
  const found = facts.find('anchors', key)
  if (found === null) return [absentClaim(place)]
  const { anchoredAt, blockNumber, size, firstIndex } = found
  return structClaims(place, 'Anchor', {
    anchoredAt: exactly(anchoredAt),
    blockNumber: exactly(blockNumber),
    size: exactly(size),
    firstIndex: exactly(firstIndex),
    backfilled: exactly(tally.backfilled.has(key)),
  })
}

/** Bits of a word of statuses (contracts/types/Status.sol). */
const STATUS_BITS = 4
const STATUS_BYTES = 24
const BLOCK_BYTES = 5
const COUNT_BYTE = STATUS_BYTES + BLOCK_BYTES
const COUNT_BITS = 23n
const MOST_ACTS = 2 ** 23 - 1

/** 48 statuses, how many acts there were on them, and when the last one was. */
export function wordClaims(subject: AuditSubject, key: string): readonly SlotClaim[] {
  const { facts, tally, ledger } = subject
  const [uscc = '', number = ''] = key.split('/')
  const first = Number(number) * STATUSES_PER_WORD
  const told = tally.wordOf(key)
  const histories = new Map<number, readonly StatusEntry[]>(
    Array.from({ length: STATUSES_PER_WORD }, (_, place) => facts.history('acts', keyOf(uscc, first + place)))
      .map((history, place) => [place, entriesOf(history)] as const)
      .filter(([, acts]) => acts.length > 0),
  )
  const entries = [...histories.values()]
  const held = entries.reduce((sum, acts) => sum + acts.length, 0)
  const hasEnds = entries.flat().some(({ endsAt = 0 }) => endsAt !== 0)
  const counted =
    held === told.entries
      ? countOfActs(Math.min(told.acts, MOST_ACTS), hasEnds)
      : never(`${held} entries, where the events tell of ${told.entries} by ${told.acts} acts`, countText)
  const members: readonly MemberClaim[] = [
    { member: 'statuses', place: { offset: 0, bytes: STATUS_BYTES }, ...statuses(histories, first) },
    { member: 'lastBlock', place: { offset: STATUS_BYTES, bytes: BLOCK_BYTES }, ...exactly(told.lastBlock) },
    { member: 'acts', place: { offset: COUNT_BYTE, bytes: 3 }, ...counted },
  ]
  return [{ contract: ledger, fact: 'statusWord', slot: statusWordSlot(uscc, first), members }]
}

/** How many, and as the highest bit whether one ever had an end. */
function countOfActs(acts: number, hasEnds: boolean): Expected {
  return exactly(BigInt(acts) | (hasEnds ? 1n << COUNT_BITS : 0n), countText)
}

function countText(stored: bigint): string {
  const ends = stored >> COUNT_BITS === 0n ? '' : ', with ends'
  return `${BigInt.asUintN(Number(COUNT_BITS), stored)} acts${ends}`
}

/** Told as those that are not in force: `7 suspended`. */
function statuses(histories: ReadonlyMap<number, readonly StatusEntry[]>, first: number): Expected {
  let packed = 0n
  for (const [place, acts] of histories) {
    const status = statusOf(acts)
    if (status === null) return never(`acts on ${first + place} that do not follow one another`)
    packed |= BigInt(LEGAL_STATUSES.indexOf(status)) << BigInt(STATUS_BITS * place)
  }
  return exactly(packed, (stored) => statusesText(stored, first))
}

/** `null`: an act is lawful in no status that the ones before it led to. */
function statusOf(acts: readonly StatusEntry[]): LegalStatus | null {
  try {
    return statusAt(acts, Number.MAX_SAFE_INTEGER)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function statusesText(packed: bigint, first: number): string {
  const told = Array.from({ length: STATUSES_PER_WORD }, (_, place) => {
    const code = Number((packed >> BigInt(STATUS_BITS * place)) & 0xfn)
    return code === 0 ? [] : [`${first + place} ${LEGAL_STATUSES[code] ?? `code ${code}`}`]
  })
  return told.flat().join(', ') || 'all valid'
}

/** What stands noted on a licence, when what it is under ends, and what took its place. */
export function licenceClaims(subject: AuditSubject, key: string): readonly SlotClaim[] {
  const { facts, tally, ledger } = subject
  const [uscc = '', index = ''] = key.split('/')
  const at = (variable: Parameters<typeof licenceSlot>[0]): bigint =>
    licenceSlot(variable, uscc, Number(index))
  const notices = entriesOf(facts.history('notices', key))
  const { suspensionEnd, restrictionEnd } = endsAfter(entriesOf(facts.history('acts', key)))
  const standing = notices.reduce(
    (bits, { code, stands }) => (stands ? bits | (1n << BigInt(code)) : bits & ~(1n << BigInt(code))),
    0n,
  )
  return [
    ...structClaims({ contract: ledger, fact: 'notes', slot: at('_notes') }, 'Notes', {
      standing: exactly(standing, noticesText),
      suspensionEnd: exactly(suspensionEnd),
      restrictionEnd: exactly(restrictionEnd),
      count: exactly(notices.length),
      lastBlock: exactly(tally.noticesOf(key).lastBlock),
    }),
    ...contentClaims(subject, { contract: ledger, fact: 'notes', slot: at('_notes') }, key),
    ...successorClaims(
      { contract: ledger, fact: 'successor', slot: at('_successors') },
      facts.find('successors', key),
    ),
    ...originClaims({ contract: ledger, fact: 'origin', slot: at('_origins') }, facts.find('origins', key)),
  ]
}

/** What acts and notices say beyond what state keeps, their times and decisions, events alone tell. */
function contentClaims({ facts, told }: AuditSubject, place: FactPlace, key: string): readonly SlotClaim[] {
  if (facts === told) return []
  return (['acts', 'notices'] as const).flatMap((history) => {
    const [one, other] = [facts, told].map((side) => factText(entriesOf(side.history(history, key))))
    if (one === other) return []
    return [slotClaim(place, { ...never(`${history} ${one}`), show: () => `of events ${other}` })]
  })
}

function noticesText(standing: bigint): string {
  const codes = Array.from({ length: 112 }, (_, code) => code).filter(
    (code) => (standing >> BigInt(code)) & 1n,
  )
  return codes.length === 0 ? 'none' : `codes ${codes.join(', ')}`
}

/** An end belongs to the act that set it: the next act of its kind, and what lifts it, replace it. */
function endsAfter(acts: readonly StatusEntry[]): { suspensionEnd: number; restrictionEnd: number } {
  let [suspensionEnd, restrictionEnd] = [0, 0]
  for (const entry of acts) {
    if (entry.act === 'dissolve') continue
    const { endsAt = 0 } = entry
    const act = entry.act === 'inherit' ? takenOn(entry.status) : entry.act
    if (act !== 'restrict' && act !== 'lift') suspensionEnd = act === 'suspend' ? endsAt : 0
    if (act !== 'suspend' && act !== 'reinstate') restrictionEnd = act === 'restrict' ? endsAt : 0
  }
  return { suspensionEnd, restrictionEnd }
}

/** A licence made anew takes on a restriction first, and then a suspension, each as by an act. */
function takenOn(status: LegalStatus): 'restrict' | 'suspend' {
  return status === 'restricted' ? 'restrict' : 'suspend'
}

function successorClaims(place: FactPlace, found: SuccessorRecord | null): readonly SlotClaim[] {
  if (found === null) return [absentClaim(place)]
  const to = 'destination' in found ? { issuer: found.destination, statusIndex: 0, since: 0 } : found
  return structClaims(place, 'Successor', {
    issuer: agency(to.issuer),
    index: exactly(to.statusIndex),
    since: exactly(to.since),
  })
}

function originClaims(place: FactPlace, found: OriginRecord | null): readonly SlotClaim[] {
  if (found === null) return [absentClaim(place)]
  const { issuer, statusIndex, since, depth } = found
  return structClaims(place, 'Origin', {
    issuer: agency(issuer),
    index: exactly(statusIndex),
    since: exactly(since),
    depth: exactly(depth),
  })
}

function agency(uscc: string): Expected {
  return exactly(hexToBigInt(encodeUscc(uscc)), usccText)
}
