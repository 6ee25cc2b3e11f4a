/** What events of batches and licences change. */
import { type Hex, type LegalStatus, statusAt } from '@hefu/protocol'
import { decodeAct } from '../../abi/acts.ts'
import { decodeUscc } from '../../abi/codes.ts'
import type { EventBlock, LedgerEvents, LicenceEvent } from '../events/ledger-event.ts'
import { type Change, type Facts, keyOf } from './facts.ts'
import { entriesOf } from './history.ts'

type Apply<Name extends LicenceEvent> = (
  facts: Facts,
  args: LedgerEvents[Name],
  block: EventBlock,
) => readonly Change[]

/** What is counted: nothing that is asked. */
const nothing = (): readonly Change[] => []

/** One line an event. */
export const APPLY_LICENCES: { readonly [Name in LicenceEvent]: Apply<Name> } = {
  Anchored: anchored,
  Backfilled: anchored,
  IndicesPassedOver: nothing,
  StatusActed: (_, args) => acted(args),
  Noted: (_, args) => noticed(args, true),
  NoticeLifted: (_, args) => noticed(args, false),
  Superseded: (facts, { issuer, index, successor }, { time }) =>
    linked(facts, { issuer, index }, { issuer, index: successor }, time),
  TransferredOut: (_, { issuer, indices, destination }) =>
    indices.map((index) => ({
      table: 'successors',
      key: keyOf(decodeUscc(issuer), index),
      fact: { destination: decodeUscc(destination) },
    })),
  TransferredIn: (facts, { originIssuer, originIndex, issuer, index }, { time }) =>
    linked(facts, { issuer: originIssuer, index: originIndex }, { issuer, index }, time),
  SuccessionDissolved: dissolved,
}

function anchored(
  _: Facts,
  { issuer, firstIndex, entries }: LedgerEvents['Anchored'],
  { number, time }: EventBlock,
): readonly Change[] {
  const agency = decodeUscc(issuer)
  let next = firstIndex
  return entries.map(({ root, size }) => {
    const fact = { anchoredAt: time, blockNumber: number, size, firstIndex: next }
    next += size
    return { table: 'anchors', key: keyOf(agency, root), fact }
  })
}

/** Statuses that a link makes: a correction that names another takes the link away. */
const OF_LINK: readonly LegalStatus[] = ['superseded', 'transferred-out', 'transferred']

function acted({ issuer, indices, ...act }: LedgerEvents['StatusActed']): readonly Change[] {
  const agency = decodeUscc(issuer)
  const entry = decodeAct(act)
  const endsLink = entry.act === 'correct' && !OF_LINK.includes(entry.status)
  return indices.flatMap((index): readonly Change[] => {
    const key = keyOf(agency, index)
    const change: Change = { history: 'acts', key, entry }
    return endsLink ? [change, { table: 'successors', key, fact: null }] : [change]
  })
}

function noticed(
  { issuer, code, indices, decision }: LedgerEvents['Noted'],
  stands: boolean,
): readonly Change[] {
  const agency = decodeUscc(issuer)
  const entry = { code, stands, effectiveAt: decision.effectiveAt }
  return indices.map((index) => ({ history: 'notices', key: keyOf(agency, index), entry }))
}

interface AbiPlace {
  readonly issuer: Hex
  readonly index: number
}

function linked(facts: Facts, origin: AbiPlace, successor: AbiPlace, since: number): readonly Change[] {
  const [from, to] = [origin, successor].map(({ issuer, index }) => ({
    issuer: decodeUscc(issuer),
    statusIndex: index,
    since,
  })) as [LinkedPlace, LinkedPlace]
  const key = keyOf(from.issuer, from.statusIndex)
  const depth = (facts.find('origins', key)?.depth ?? 0) + 1
  return [
    { table: 'successors', key, fact: to },
    { table: 'origins', key: keyOf(to.issuer, to.statusIndex), fact: { ...from, depth } },
  ]
}

interface LinkedPlace {
  readonly issuer: string
  readonly statusIndex: number
  readonly since: number
}

/** A transferred origin is in transit again, to where it had gone; a correction in the same call says so of its status. */
function dissolved(
  facts: Facts,
  { originIssuer, originIndex, issuer, index }: LedgerEvents['SuccessionDissolved'],
): readonly Change[] {
  const [origin, agency] = [keyOf(decodeUscc(originIssuer), originIndex), decodeUscc(issuer)]
  const taken: Change = { table: 'origins', key: keyOf(agency, index), fact: null }
  const successor = facts.find('successors', origin)
  if (successor === null || 'destination' in successor) return [taken]
  if (keyOf(successor.issuer, successor.statusIndex) !== keyOf(agency, index)) return [taken]
  const status = statusAt(entriesOf(facts.history('acts', origin)), Number.MAX_SAFE_INTEGER)
  const fact = status === 'transferred' ? { destination: agency } : null
  return [taken, { table: 'successors', key: origin, fact }]
}
