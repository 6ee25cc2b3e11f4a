/** What waits for somebody else's word: how it begins, and how it ends. */
import type { Hex } from '@hefu/protocol'
import { STANDS_SECONDS } from '../../abi/longest-wait.ts'
import {
  type Change,
  type Facts,
  findKnown,
  keyOf,
  numberKey,
  type Office,
  type WaitEnd,
  type WaitKind,
  type Waits,
} from './facts.ts'

/** Which wait it is, among those of its kind: of each there is one at a time. */
export interface WaitPlace<Kind extends WaitKind = WaitKind> {
  readonly kind: Kind
  /** What is waited for. */
  readonly subject: string
}

export function officeText(office: Office): string {
  return 'region' in office ? keyOf('region', office.region) : keyOf('agency', office.agency)
}

/** Of the call with this Keccak-256. */
export function proposalPlace(call: Hex): WaitPlace<'proposals'> {
  return { kind: 'proposals', subject: call }
}

export function nominationPlace(office: Office): WaitPlace<'nominations'> {
  return { kind: 'nominations', subject: officeText(office) }
}

export function successionPlace(of: Office, successor: Office): WaitPlace<'successions'> {
  return { kind: 'successions', subject: keyOf(officeText(of), officeText(successor)) }
}

/** The one in a place that has not ended, also where its time ran out; `null`: there is none. */
export function findWaiting<Kind extends WaitKind>(
  facts: Facts,
  { kind, subject }: WaitPlace<Kind>,
): Waits[Kind] | null {
  const number = facts.find('waiting', keyOf(kind, subject))
  return number === null ? null : (facts.find(kind, numberKey(number)) as Waits[Kind] | null)
}

/** Another wait, in place of any before it. */
export function beginWait<Kind extends WaitKind>(
  facts: Facts,
  place: WaitPlace<Kind>,
  record: Waits[Kind],
  by: Hex | null,
): readonly Change[] {
  const { kind, subject } = place
  const number = (facts.find('waitCounts', kind) ?? 0) + 1
  return [
    ...endWait(facts, place, { how: 'replaced', by, at: record.since }),
    { table: 'waitCounts', key: kind, fact: number },
    { table: 'waiting', key: keyOf(kind, subject), fact: number },
    // Kind and record belong together, which the compiler does not follow through a table.
    { table: kind, key: numberKey(number), fact: record } as Change,
  ]
}

/** Where one stands it ends; one whose time ran out before has ended by that. */
export function endWait(facts: Facts, { kind, subject }: WaitPlace, end: WaitEnd): readonly Change[] {
  const key = keyOf(kind, subject)
  const number = facts.find('waiting', key)
  if (number === null) return []
  const { since } = findKnown(facts, kind, numberKey(number))
  const gone: Change = { table: 'waiting', key, fact: null }
  if (end.at >= since + STANDS_SECONDS) return [gone]
  return [{ table: 'waitEnds', key: keyOf(kind, numberKey(number)), fact: end }, gone]
}

/**
 * What ends it was told, so it stood.
 *
 * @throws {UnknownFactError} when no event before told of it
 */
export function endKnownWait(facts: Facts, place: WaitPlace, end: WaitEnd): readonly Change[] {
  findKnown(facts, 'waiting', keyOf(place.kind, place.subject))
  return endWait(facts, place, end)
}
