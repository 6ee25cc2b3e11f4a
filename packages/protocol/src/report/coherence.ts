/**
 * What no verifier can have found, told by comparing a report with itself (spec/report.md): a signature stands for what was
 * signed, and not for what cannot be.
 */
import { malformed } from '../bytes/malformed.ts'
import { untimelinessOf } from './block-time.ts'
import { type CheckName, type Finding, type FindingCode, isSilence, readsLedger } from './findings.ts'

/** What is compared of a report. */
interface Told {
  readonly checkedAt: number
  readonly request: {
    readonly serviceItem: string | null
    readonly comparedFields: readonly string[]
    readonly challenge: string | null
  }
  readonly licence: object | null
  readonly ledger: { readonly blockTime: number; readonly maxAge?: number } | null
  readonly defects: readonly object[]
  readonly findings: readonly Finding[]
}

type Contradiction = (told: Told) => boolean

/** By these something was read, and by no other of the first check. */
const READ: readonly FindingCode[] = ['wellFormed/read', 'wellFormed/licence-id-check']
/** Made of an answer to a challenge, or of the want of one. */
const OF_A_CHALLENGE: readonly FindingCode[] = [
  'holderBinding/bound',
  'holderBinding/missing',
  'holderBinding/no-holder-key',
  'holderBinding/other-audience',
  'holderBinding/other-nonce',
]
const WITHOUT_CHALLENGE: readonly FindingCode[] = [
  'holderBinding/not-demanded',
  'holderBinding/signed',
  'holderBinding/copy-in-force',
]
const OF_VALUES: readonly FindingCode[] = [
  'comparison/same',
  'comparison/different',
  'comparison/not-disclosed',
  'comparison/unknown-field',
  'comparison/not-demanded',
]
const OF_AN_ITEM: readonly FindingCode[] = [
  'demand/no-demand',
  'demand/met',
  'demand/over-asked',
  'demand/missing',
]

const OF_WHAT_WAS_READ: Readonly<Record<string, Contradiction>> = {
  'no licence, and one was read': (told) => isRead(told) && told.licence === null,
  'a licence, and none was read': (told) => !isRead(told) && told.licence !== null,
  'defects of what was read': (told) => isRead(told) && told.defects.length > 0,
  'another number of defects than was found': (told) =>
    !isRead(told) && told.defects.length !== (told.findings[0]?.facts['defects'] ?? 0),
  'nothing to check, and something was read': (told) => isRead(told) && told.findings.some(isUnmade),
  'a check of what was not read': (told) => !isRead(told) && !told.findings.slice(1).every(isUnmade),
}

const OF_THE_LEDGER: Readonly<Record<string, Contradiction>> = {
  'a ledger, and nothing that it was asked about': (told) => !isRead(told) && told.ledger !== null,
  'findings of a ledger, and none was read': (told) =>
    isRead(told) && told.ledger === null && !ofLedger(told).every(({ code }) => isSilence(code)),
  'a ledger that was read, and did not answer': (told) =>
    told.ledger !== null && ofLedger(told).some(({ code }) => isSilence(code)),
  'a block ahead of its clock, or beyond the limit of age that it held': ({ ledger, checkedAt }) =>
    ledger !== null &&
    untimelinessOf({ time: ledger.blockTime }, checkedAt, ledger.maxAge ?? Number.POSITIVE_INFINITY) !== null,
}

const OF_THE_REQUEST: Readonly<Record<string, Contradiction>> = {
  'an answer to a challenge, and none was given': (told) =>
    told.request.challenge === null && isFound(told, OF_A_CHALLENGE),
  'no answer asked for, and a challenge was given': (told) =>
    told.request.challenge !== null && isFound(told, WITHOUT_CHALLENGE),
  'a comparison, and no value was submitted': (told) =>
    told.request.comparedFields.length === 0 && isFound(told, OF_VALUES),
  'no comparison asked for, and values were submitted': (told) =>
    told.request.comparedFields.length > 0 && isFound(told, ['comparison/not-requested']),
  'a demand, and no service item was named': (told) =>
    told.request.serviceItem === null && isFound(told, OF_AN_ITEM),
  'no demand asked for, and a service item was named': (told) =>
    told.request.serviceItem !== null && isFound(told, ['demand/not-asked']),
}

const CONTRADICTIONS = Object.entries({ ...OF_WHAT_WAS_READ, ...OF_THE_LEDGER, ...OF_THE_REQUEST })

/**
 * Asserts that a report does not contradict itself: what it says of licence, ledger, defects and request goes with what it
 * says was found.
 *
 * @throws {MalformedError} `wrong-value`, naming the first contradiction
 */
export function assertCoherent(told: Told): void {
  const [name] = CONTRADICTIONS.find(([, isSo]) => isSo(told)) ?? []
  if (name !== undefined) throw malformed('wrong-value', 'report', 'what one verification can find', name)
}

function isRead({ findings }: Told): boolean {
  return findings[0] !== undefined && READ.includes(findings[0].code)
}

function isUnmade({ code }: Finding): boolean {
  return code.endsWith('/nothing-to-check')
}

function ofLedger({ findings }: Told): readonly Finding[] {
  return findings.filter(({ check }: { readonly check: CheckName }) => readsLedger(check))
}

function isFound({ findings }: Told, codes: readonly FindingCode[]): boolean {
  return findings.some(({ code }) => codes.includes(code))
}
