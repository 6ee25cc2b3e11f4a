/** From findings to the one verdict that a clerk acts on (spec/checks-and-verdicts.md). */
import type { Bilingual } from '../language/bilingual.ts'
import {
  CHECK_NAMES,
  type CheckName,
  type Finding,
  type FindingStatus,
  meaningOf,
  type ResultCode,
} from './findings.ts'

/** `undetermined` is "could not be checked": never good, never bad. */
export type Verdict = 'accepted' | 'refer' | 'rejected' | 'undetermined'

/**
 * Made only on demand: a request without a service item, values to compare, a challenge or a rendition, and a face that shows
 * nothing of its issue, leave them nothing to check.
 */
const ON_DEMAND: readonly CheckName[] = [
  'faceIssuer',
  'faceRules',
  'demand',
  'comparison',
  'holderBinding',
  'rendition',
]
/** Without a finding of each of these nothing is accepted. */
const REQUIRED: readonly CheckName[] = CHECK_NAMES.filter((name) => !ON_DEMAND.includes(name))

/** From the best to the gravest. */
const GRAVITY: readonly Verdict[] = ['accepted', 'refer', 'undetermined', 'rejected']

const OF_REQUIRED: Readonly<Record<FindingStatus, Verdict>> = {
  pass: 'accepted',
  warn: 'refer',
  skipped: 'undetermined',
  unknown: 'undetermined',
  fail: 'rejected',
}

/**
 * The verdict table: what one finding alone makes of a licence, by whether its check is required and by its
 * status. The verdict is the gravest of all findings; a required check without a finding counts as `skipped`.
 */
export const VERDICT_TABLE: Readonly<
  Record<'required' | 'onDemand', Readonly<Record<FindingStatus, Verdict>>>
> = {
  required: OF_REQUIRED,
  onDemand: { ...OF_REQUIRED, skipped: 'accepted' },
}

/**
 * A definite failure outweighs what could not be checked; a warning is for a person to decide.
 *
 * @example
 * ```ts
 * verdictOf(report.findings) // 'accepted'
 * verdictOf([...report.findings, finding('status/revoked')]) // 'rejected'
 * verdictOf([]) // 'undetermined'
 * ```
 */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const isFound = (name: CheckName, i: number): boolean =>
    // In a report every check stands at its own place.
    findings[i]?.check === name || findings.some(({ check }) => check === name)
  let gravest = REQUIRED.every(isFound) ? 'accepted' : VERDICT_TABLE.required.skipped
  for (const finding of findings) gravest = graver(gravest, verdictOfOne(finding))
  return gravest
}

function graver(one: Verdict, other: Verdict): Verdict {
  return one === other || GRAVITY.indexOf(one) > GRAVITY.indexOf(other) ? one : other
}

/** What is no finding of this protocol says nothing, and nothing is not enough. */
function verdictOfOne({ check, status }: Finding): Verdict {
  return VERDICT_TABLE[ON_DEMAND.includes(check) ? 'onDemand' : 'required'][status] ?? 'undetermined'
}

/**
 * The finding that decides the verdict: the first of the gravest.
 *
 * @example
 * ```ts
 * decidingFinding([...report.findings, finding('status/revoked')])?.code // 'status/revoked'
 * decidingFinding(report.findings) // undefined
 * ```
 */
export function decidingFinding(findings: readonly Finding[]): Finding | undefined {
  for (const status of ['fail', 'unknown', 'warn'] as const) {
    const found = findings.find((f) => f.status === status)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * The 0–5 code of the share service, or 9 for a mismatch.
 *
 * @example
 * ```ts
 * resultCodeOf(report.findings) // 0
 * resultCodeOf([finding('status/revoked')]) // 3
 * ```
 */
export function resultCodeOf(findings: readonly Finding[]): ResultCode {
  if (verdictOf(findings) === 'accepted') return 0
  const deciding = decidingFinding(findings)
  return deciding === undefined ? 4 : meaningOf(deciding.code).resultCode
}

/** The one sentence of a verdict. */
export const VERDICT_SENTENCES: Readonly<Record<Verdict, Bilingual>> = {
  accepted: { zh: '核验通过', en: 'Accepted' },
  refer: { zh: '需人工复核', en: 'Refer to a person' },
  rejected: { zh: '不予认可', en: 'Rejected' },
  undetermined: { zh: '无法核验', en: 'Could not be checked' },
}

/** Sentences of the result codes (GB/T 36906 as commonly implemented; 9 is ours). */
export const RESULT_SENTENCES: Readonly<Record<ResultCode, Bilingual>> = {
  0: { zh: '信息正确且有效', en: 'Correct and valid' },
  1: { zh: '信息正确且未激活', en: 'Correct, not yet active' },
  2: { zh: '信息正确且证照暂时失效', en: 'Correct, suspended for the time being' },
  3: { zh: '信息正确且证照已失效', en: 'Correct, no longer valid' },
  4: { zh: '信息不全，无法验证', en: 'Incomplete, cannot be verified' },
  5: { zh: '查无此信息', en: 'No such entry' },
  9: { zh: '信息不符', en: 'Does not match' },
}
