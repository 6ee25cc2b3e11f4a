/** What stands above the checks for who has a queue: why, what to do next, and the result code in words. */

import { dayOf, formatChinaTime } from '../identifiers/calendar-date.ts'
import type { Bilingual } from '../language/bilingual.ts'
import { fillIn, type TextDetails } from '../language/fill-in.ts'
import { inBoth, withRemark } from '../language/join.ts'
import { sentenceOf } from './finding-sentences.ts'
import type { Finding, FindingCode } from './findings.ts'
import {
  STEP_OF_COPY,
  STEP_OF_THE_PAST,
  STEP_OF_UNBOUND_RENDITION,
  STEP_WITHOUT_HOLDER,
  STEPS_OF_FINDINGS,
  STEPS_OF_OTHER_THINGS,
  STEPS_OF_VERDICTS,
  STEPS_TO_SUCCESSORS,
} from './next-steps.ts'
import type { VerificationReport } from './report.ts'
import { decidingFinding, RESULT_SENTENCES, resultCodeOf, verdictOf } from './verdict.ts'

/**
 * Why the verdict is not better: the sentence of the finding that decides; `null` for what is accepted.
 *
 * @example
 * ```ts
 * reasonOf([...report.findings, finding('status/revoked')]).zh // '证照已被吊销'
 * reasonOf(report.findings) // null
 * ```
 */
export function reasonOf(findings: readonly Finding[]): Bilingual | null {
  const deciding = decidingFinding(findings)
  return deciding === undefined ? null : sentenceOf(deciding.code)
}

/** What was found, and about which time. */
type Judged = Pick<VerificationReport, 'findings'> & {
  readonly request: Pick<VerificationReport['request'], 'asOf'>
}

/**
 * What to do next, with the name and the contact of whom to ask where the ledger has them, and with what took the
 * licence's place. Nobody goes on with a case by what was accepted as of a time that was asked about, shows nobody's
 * name, or is a copy for another use.
 *
 * @example
 * ```ts
 * nextStepOf(report).zh // '可免于提交纸质证照，请继续受理'
 * nextStepOf({ ...report, findings: [...report.findings, finding('status/superseded')] }).zh // '请申请人出示新证照'
 * nextStepOf({ ...report, request: { asOf: 1_768_147_200 } }).en // 'This is how it stood at 2026-01-12 00:00, which says nothing of today: to go on with a case, verify without a time'
 * ```
 */
export function nextStepOf({ findings, request }: Judged): Bilingual {
  const deciding = decidingFinding(findings)
  if (deciding === undefined && verdictOf(findings) === 'accepted')
    return stepOfAccepted(findings, request.asOf)
  const whom = whomToAsk(findings)
  const toSuccessor = deciding === undefined ? undefined : stepToSuccessor(deciding, whom)
  if (toSuccessor !== undefined) return toSuccessor
  const step =
    deciding === undefined ? undefined : (stepOfOther(deciding) ?? STEPS_OF_FINDINGS[deciding.code])
  return fillIn(step ?? STEPS_OF_VERDICTS[verdictOf(findings)], { whom })
}

function stepOfAccepted(findings: readonly Finding[], asOf: number | null): Bilingual {
  if (asOf !== null) return fillIn(STEP_OF_THE_PAST, { at: formatChinaTime(asOf) })
  const { missing } = findings.find(({ check }) => check === 'demand')?.facts ?? {}
  if (missing !== undefined) return STEP_WITHOUT_HOLDER
  const isCopy = findings.some(({ facts }) => facts['copyExpires'] !== undefined)
  if (isCopy) return STEP_OF_COPY
  const isUnbound = findings.some(({ code }) => code === 'rendition/not-bound')
  return isUnbound ? STEP_OF_UNBOUND_RENDITION : STEPS_OF_VERDICTS.accepted
}

/** The ledger knows no identifiers: the newer licence is known by its agency and its day. */
function stepToSuccessor({ code, facts }: Finding, whom: Bilingual): Bilingual | undefined {
  const { successor, successorSince: since } = facts
  const step = STEPS_TO_SUCCESSORS[code]
  if (step === undefined || typeof successor !== 'string' || typeof since !== 'number') return undefined
  const details: TextDetails = { whom, successor, since: dayOf(since) }
  return fillIn(step, details)
}

/** A report may be anybody's: only the things that are named here have words. */
function stepOfOther({ code, facts }: Finding): Bilingual | undefined {
  const kind = String(facts['presented'])
  if (code !== 'wellFormed/not-a-licence' || !Object.hasOwn(STEPS_OF_OTHER_THINGS, kind)) return undefined
  return STEPS_OF_OTHER_THINGS[kind]
}

const ISSUER: Bilingual = { zh: '颁发机构', en: 'the issuer' }
const COUNCIL_NAMED: Bilingual = { zh: '理事会指定的机关', en: 'whom the council named' }

/**
 * Who answers for the licence today, as the ledger has them: by registered name, else by code, with the contact;
 * the issuer in general where it has nothing of it.
 *
 * @example
 * ```ts
 * whomToAsk([]).zh // '颁发机构'
 * ```
 */
export function whomToAsk(findings: readonly Finding[]): Bilingual {
  const facts = findings.find(({ check }) => check === 'issuerAuthority')?.facts ?? {}
  const { registeredName, capacity, responsible, responsibleRegion, responsibleName, contact } = facts
  // Where somebody is named to act today, the name that the issuer had is not whom to ask.
  const named =
    responsibleName ??
    responsible ??
    responsibleRegion ??
    (capacity === undefined ? registeredName : undefined)
  const whom = named === undefined ? (capacity === undefined ? ISSUER : COUNCIL_NAMED) : inBoth(String(named))
  return withRemark(whom, inBoth(contact === undefined ? '' : String(contact)))
}

/** What the share service means by its code 4: something that the applicant can still show is missing. */
const INCOMPLETE: ReadonlySet<FindingCode> = new Set([
  'disclosures/none',
  'inclusion/no-receipt',
  'anchor/no-receipt',
  'issuerKey/issuance-time-unknown',
  'demand/missing',
  'comparison/not-disclosed',
  'holderBinding/missing',
])

/**
 * The result code in words. The share service has one code, 4, for whatever could not be verified, in words that blame
 * the applicant's papers: where it is something else, the finding that decides says what.
 *
 * @example
 * ```ts
 * resultSentenceOf([finding('status/suspended')]).zh // '信息正确且证照暂时失效'
 * resultSentenceOf([finding('anchor/ledger-unreachable')]).zh // '互认链暂时无法连接，未核验'
 * resultSentenceOf([finding('anchor/no-receipt')]).zh // '信息不全，无法验证'
 * ```
 */
export function resultSentenceOf(findings: readonly Finding[]): Bilingual {
  const code = resultCodeOf(findings)
  const deciding = decidingFinding(findings)
  if (code !== 4 || deciding === undefined || INCOMPLETE.has(deciding.code)) return RESULT_SENTENCES[code]
  return sentenceOf(deciding.code)
}
