/** Legal acts on a licence as a timeline: in the order in which they were entered, corrections beside what they correct. */
import {
  type Bilingual,
  dayOf,
  fillIn,
  inBoth,
  joinTexts,
  type StatusEntry,
  type VerificationReport,
} from '@hefu/protocol'
import { NOTICE_LABELS } from '@hefu/sdk/display'
import {
  ACT_LABELS,
  CAPACITY_LABELS,
  LEGAL_BASIS_LABELS,
  RESULT_TEXTS,
  STATUS_LABELS,
} from '../texts/result-texts.ts'

export interface ToldAct {
  readonly act: Bilingual
  readonly day: Bilingual
  /** Number of the decision, what it rests on, until when, and who entered it, as far as it is known. */
  readonly details: readonly Bilingual[]
  /** A later correction took its place. */
  readonly isCorrected: boolean
}

export function toldActs(acts: readonly StatusEntry[]): readonly ToldAct[] {
  return acts.map((entry, place) => ({
    act: actText(entry),
    day: dayOf(entry.effectiveAt),
    details: detailsOf(entry),
    isCorrected: acts.slice(place + 1).some((later) => corrects(later, entry)),
  }))
}

/** A correction holds from its time on, whatever the acts before it said of that time. */
function corrects(later: StatusEntry, entry: StatusEntry): boolean {
  return later.act === 'correct' && later.effectiveAt <= entry.effectiveAt
}

/** A newer ledger may have acts that have no words here. */
function actText(entry: StatusEntry): Bilingual {
  if (!('status' in entry)) return ACT_LABELS[entry.act] ?? inBoth(entry.act)
  const value = STATUS_LABELS[entry.status] ?? inBoth(entry.status)
  return fillIn(entry.act === 'correct' ? RESULT_TEXTS.correctedTo : RESULT_TEXTS.inherited, { value })
}

/** In words, where the code is one that is entered by itself; whoever decides may name any other. */
function basisText(code: string): Bilingual {
  const words = BASES.get(code)
  return words === undefined ? inBoth(code) : fillIn(RESULT_TEXTS.basisWithCode, { words, code })
}

const BASES: ReadonlyMap<string, Bilingual> = new Map(Object.entries(LEGAL_BASIS_LABELS))

/** What stood noted 标注 when the licence was checked; the acts do not list it. */
export function toldNotices({ findings }: VerificationReport): readonly Bilingual[] {
  const facts = findings.find(({ check }) => check === 'status')?.facts ?? {}
  return [
    ...noticesText(RESULT_TEXTS.noticesStand, facts['notices']),
    ...noticesText(RESULT_TEXTS.originNoticesStand, facts['originNotices']),
  ]
}

function noticesText(text: Bilingual, codes: unknown): readonly Bilingual[] {
  if (!Array.isArray(codes) || codes.length === 0) return []
  const names = codes.map((code) => NOTICE_LABELS[Number(code)] ?? inBoth(String(code)))
  return [fillIn(text, { value: joinTexts(names, 'list') })]
}

function detailsOf({ act, decisionNumber, legalBasis, endsAt, capacity }: StatusEntry): readonly Bilingual[] {
  return [
    ...(decisionNumber === undefined ? [] : [fillIn(RESULT_TEXTS.decision, { value: decisionNumber })]),
    ...(legalBasis === undefined ? [] : [fillIn(RESULT_TEXTS.basis, { value: basisText(legalBasis) })]),
    ...(endsAt === undefined ? [] : [fillIn(RESULT_TEXTS.endsOn, { value: dayOf(endsAt - 1) })]),
    ...(act === 'restrict' ? [RESULT_TEXTS.restrictedHow] : []),
    ...(capacity === undefined ? [] : [CAPACITY_LABELS[capacity] ?? inBoth(capacity)]),
  ]
}
