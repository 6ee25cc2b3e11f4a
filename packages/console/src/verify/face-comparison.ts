/** The face beside what the applicant stated: masked, and whether the two say the same. */
import { type Bilingual, compareFace, type Verdict } from '@hefu/protocol'
import { labelOf, shownValueOf, spellOut } from '@hefu/sdk/display'
import type { Verification } from '@hefu/sdk/remote'
import type { MaskedField } from './told-verification.ts'

/** `none`: nothing was stated of it. */
export type Comparison = 'none' | 'same' | 'different' | 'missing' | 'beyond'

export interface ComparedField {
  readonly name: string
  readonly label: Bilingual
  /** Masked; `null`: the licence does not show it, or it is not at hand. */
  readonly shown: Bilingual | null
  readonly comparison: Comparison
  /** What was stated, masked, where it differs. */
  readonly stated: Bilingual | null
  /** The two differ where both are masked. */
  readonly isHidden: boolean
}

/** Verdicts of which a face is shown. */
const SHOWN: readonly Verdict[] = ['accepted', 'refer']

type Judged = Pick<Verification, 'report' | 'faceData' | 'differences' | 'licenceType'>

/** The fields of the face in their order, as it is at hand or was found, and behind them what was stated of others. */
export function comparedFields(
  { report, faceData, differences, licenceType }: Judged,
  foundFace: readonly MaskedField[],
  submitted: Readonly<Record<string, string>>,
): readonly ComparedField[] {
  const type = licenceType ?? undefined
  const kind = faceData.find(({ name }) => name === 'holderIdType')?.value
  const { same } = compareFace(type, faceData, submitted)
  const byService = namesFound(report)
  const rowOf = (name: string, shown: Bilingual | null): ComparedField => {
    const difference = differences.find(({ field }) => field === name)
    const isDifferent = difference !== undefined || byService.different.includes(name)
    const isSame = same.includes(name) || byService.same.includes(name)
    const comparison = !Object.hasOwn(submitted, name)
      ? 'none'
      : isDifferent
        ? 'different'
        : isSame
          ? 'same'
          : isBeyond(report, name)
            ? 'beyond'
            : 'missing'
    const stated = difference === undefined ? null : spellOut(name, difference.submitted)
    const isHidden = difference !== undefined && difference.submitted === difference.shown
    return { name, label: labelOf(type, name), shown, comparison, stated, isHidden }
  }
  const onFace = [
    ...faceData.map(({ name, value }) => rowOf(name, shownValueOf(type, name, value, kind))),
    ...foundFace.map(({ name, value }) => rowOf(name, spellOut(name, value))),
  ]
  // Of what is not recognised no face is shown, and nothing stands beside a value that nobody sees.
  if (!SHOWN.includes(report.verdict)) return onFace
  const others = Object.keys(submitted).filter((name) => !onFace.some((row) => row.name === name))
  return [...onFace, ...others.map((name) => rowOf(name, null))]
}

/** By the report, of a licence whose face is not at hand. */
function namesFound({ findings }: Judged['report']): {
  readonly same: readonly string[]
  readonly different: readonly string[]
} {
  const facts = findings.find(({ check }) => check === 'comparison')?.facts ?? {}
  return { same: listOf(facts['same']), different: listOf(facts['different']) }
}

/** The service item does not demand it: it was not compared. */
function isBeyond({ findings }: Judged['report'], name: string): boolean {
  const demanded = findings.find(({ check }) => check === 'demand')?.facts['demanded']
  return Array.isArray(demanded) && !demanded.includes(name)
}

function listOf(fact: unknown): readonly string[] {
  return Array.isArray(fact) ? fact.map(String) : []
}
