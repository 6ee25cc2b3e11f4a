/** The report of a verification: everything that decided, nothing personal (spec/report.md). */
import type { Hex } from '../bytes/hex.ts'
import { type Defect, describe, describeType, malformed } from '../bytes/malformed.ts'
import {
  arrayMember,
  assertOnly,
  collect,
  constantMember,
  hexMember,
  integerMember,
  parseObject,
  textMember,
} from '../bytes/members.ts'
import { isArray, type JsonObject, type JsonValue, parseStrictJson } from '../bytes/strict-json.ts'
import { DIGEST } from '../credential/claims.ts'
import { endOfDay, startOfDay } from '../identifiers/calendar-date.ts'
import { matchReportNumber } from '../identifiers/report-number.ts'
import { assertCoherent } from './coherence.ts'
import {
  type CheckName,
  checkNamesOf,
  type Finding,
  type FindingFacts,
  finding,
  isFindingCode,
  type ResultCode,
} from './findings.ts'
import { LOG_HOLDERS, type LogHolder, type ReportedNodes } from './reported-nodes.ts'
import { resultCodeOf, type Verdict, verdictOf } from './verdict.ts'

/** Media type of a report, version 1. */
export const REPORT_MEDIA_TYPE = 'application/vnd.hefu.report+json;version=1'
const MAX_REPORT_CHARACTERS = 262_144

/** What was asked. */
export interface ReportedRequest {
  /** SHA-256 of what was presented, base64url. */
  readonly presented: string
  /** GB/T 2260 code of the region that decides. */
  readonly receivingRegion: string
  readonly serviceItem: string | null
  readonly caseNo: string | null
  /** The time asked about (Unix seconds); `null`: the ledger's own time. */
  readonly asOf: number | null
  /** Names of the submitted fields; their values are personal data and stay out. */
  readonly comparedFields: readonly string[]
  /** SHA-256 of the challenge that the holder had to answer, base64url; `null`: none was given. */
  readonly challenge: string | null
  /** SHA-256 of the file that it came in, as it was before the licence was attached, base64url; absent: it came in none. */
  readonly rendition?: string
}

/** The licence as its credential states it; proven only as far as the findings say. */
export interface ReportedLicence {
  readonly licenceId: string
  readonly licenceType: string
  /** USCC. */
  readonly issuer: string
  readonly validFrom: number
  readonly validUntil: number | null
}

/** The ledger view that the facts were read at. */
export interface ReportedLedger {
  readonly chainId: number
  readonly address: Hex
  readonly blockNumber: number
  readonly blockHash: Hex
  /** Unix seconds. */
  readonly blockTime: number
  /** How old its block might be (seconds); absent: no limit was held, or the verifier did not say. */
  readonly maxAge?: number
  /** What the verifier was told of the nodes behind it; absent: nothing. */
  readonly nodes?: ReportedNodes
}

/** A report, as data; {@link encodeReport} gives its one text. Times in Unix seconds. */
export interface VerificationReport {
  readonly mediaType: typeof REPORT_MEDIA_TYPE
  /** Under which its verifier keeps it; absent: it is kept by nobody. */
  readonly number?: string
  /** The verifier's own clock (Unix seconds). */
  readonly checkedAt: number
  readonly request: ReportedRequest
  readonly licence: ReportedLicence | null
  readonly ledger: ReportedLedger | null
  readonly defects: readonly Defect[]
  readonly findings: readonly Finding[]
  readonly verdict: Verdict
  readonly resultCode: ResultCode
}

/** The report of these findings: verdict and result code follow from them. */
export function createReport(
  parts: Omit<VerificationReport, 'mediaType' | 'number' | 'verdict' | 'resultCode'>,
): VerificationReport {
  const { checkedAt, request, licence, ledger, defects, findings } = parts
  const verdict = verdictOf(findings)
  return {
    mediaType: REPORT_MEDIA_TYPE,
    checkedAt,
    request,
    licence,
    ledger,
    defects,
    findings,
    verdict,
    resultCode: verdict === 'accepted' ? 0 : resultCodeOf(findings),
  }
}

/**
 * The same report with the number under which it is kept: what is signed names it.
 *
 * @throws {RangeError} for a text that is no number, or one of another day than the report's
 * @example
 * ```ts
 * numberReport({ ...report, checkedAt: 1_768_147_200 }, '20260112-7K3M9QXA-000123-J').number // '20260112-7K3M9QXA-000123-J'
 * numberReport(report, '1') // throws RangeError
 * ```
 */
export function numberReport(report: VerificationReport, number: string): VerificationReport {
  if (!isNumberOf(number, report.checkedAt)) {
    throw new RangeError(`number a report of ${report.checkedAt} by ${JSON.stringify(number)}`)
  }
  const { mediaType, number: _former, ...others } = report
  return { mediaType, number, ...others }
}

function isNumberOf(number: string, checkedAt: number): boolean {
  const day = matchReportNumber(number)?.day
  return day !== undefined && checkedAt >= startOfDay(day) && checkedAt < endOfDay(day)
}

/**
 * The one text of a report.
 *
 * @example
 * ```ts
 * parseReport(encodeReport(report)) // report
 * ```
 */
export function encodeReport(report: VerificationReport): string {
  return JSON.stringify(report)
}

const MEMBERS = [
  'checkedAt',
  'defects',
  'findings',
  'ledger',
  'licence',
  'mediaType',
  'number',
  'request',
  'resultCode',
  'verdict',
]

/**
 * Reads an untrusted report and derives its verdict anew: a report whose verdict, statuses or order of
 * checks do not follow from its findings is malformed, and so is one that contradicts itself.
 *
 * @throws {MalformedError}
 * @example
 * ```ts
 * parseReport(encodeReport(report)).verdict // 'accepted'
 * parseReport(encodeReport(report).replace('accepted', 'rejected')) // throws MalformedError
 * ```
 */
export function parseReport(text: string): VerificationReport {
  const object = parseObject(parseStrictJson(text, MAX_REPORT_CHARACTERS, 'report'), 'report')
  constantMember(object, 'mediaType', REPORT_MEDIA_TYPE, 'report')
  assertOnly(object, MEMBERS, 'report')
  const { number, ...parts } = collect({
    ...('number' in object ? { number: () => parseNumber(object) } : {}),
    checkedAt: () => integerMember(object, 'checkedAt', 0, Number.MAX_SAFE_INTEGER, 'report'),
    request: () => parseRequest(object['request'] ?? null, 'report.request'),
    licence: () => nullable(object, 'licence', parseLicence),
    ledger: () => nullable(object, 'ledger', parseLedger),
    defects: () =>
      arrayMember(object, 'defects', 1000, 'report').map((d, i) => parseDefect(d, `report.defects[${i}]`)),
    findings: () => parseFindings(object, checkNamesOf(Object(object['request']))),
  })
  const report = number === undefined ? createReport(parts) : numbered(createReport(parts), number)
  if (encodeReport(report) !== text)
    throw malformed('wrong-value', 'report', 'verdict, statuses and members as its findings demand', 'others')
  assertCoherent(report)
  return report
}

function parseNumber(object: JsonObject): string {
  const expected = 'the number of a report'
  const number = textMember(object, 'number', /^/, expected, 'report')
  if (matchReportNumber(number) !== null) return number
  throw malformed('wrong-value', 'report.number', expected, describe(number))
}

function numbered(report: VerificationReport, number: string): VerificationReport {
  if (isNumberOf(number, report.checkedAt)) return numberReport(report, number)
  throw malformed('wrong-value', 'report.number', 'a number of the day of checkedAt', describe(number))
}

function nullable<T>(
  object: JsonObject,
  name: string,
  parse: (value: JsonValue, where: string) => T,
): T | null {
  const value = object[name]
  return value === null ? null : parse(value ?? 'nothing', `report.${name}`)
}

function parseRequest(value: JsonValue, where: string): ReportedRequest {
  const object = parseObject(value, where)
  const text = (name: string) =>
    object[name] === null ? null : textMember(object, name, /^/, 'a text or null', where)
  return collect({
    presented: () => textMember(object, 'presented', DIGEST, 'a SHA-256 in base64url', where),
    receivingRegion: () => textMember(object, 'receivingRegion', /^[0-9]{6}$/, 'six digits', where),
    serviceItem: () => text('serviceItem'),
    caseNo: () => text('caseNo'),
    asOf: () => nullableTime(object, 'asOf', where),
    comparedFields: () => arrayMember(object, 'comparedFields', 64, where).map(String),
    challenge: () =>
      object['challenge'] === null
        ? null
        : textMember(object, 'challenge', DIGEST, 'a SHA-256 in base64url or null', where),
    ...('rendition' in object
      ? { rendition: () => textMember(object, 'rendition', DIGEST, 'a SHA-256 in base64url', where) }
      : {}),
  })
}

function parseLicence(value: JsonValue, where: string): ReportedLicence {
  const object = parseObject(value, where)
  return collect({
    licenceId: () => textMember(object, 'licenceId', /^/, 'a licence identifier', where),
    licenceType: () => textMember(object, 'licenceType', /^/, 'a licence type', where),
    issuer: () => textMember(object, 'issuer', /^/, 'a USCC', where),
    validFrom: () => integerMember(object, 'validFrom', 0, Number.MAX_SAFE_INTEGER, where),
    validUntil: () => nullableTime(object, 'validUntil', where),
  })
}

function parseLedger(value: JsonValue, where: string): ReportedLedger {
  const object = parseObject(value, where)
  const integer = (name: string) => integerMember(object, name, 0, Number.MAX_SAFE_INTEGER, where)
  return collect({
    chainId: () => integer('chainId'),
    address: () => hexMember(object, 'address', 20, where),
    blockNumber: () => integer('blockNumber'),
    blockHash: () => hexMember(object, 'blockHash', 32, where),
    blockTime: () => integer('blockTime'),
    ...('maxAge' in object ? { maxAge: () => integer('maxAge') } : {}),
    ...('nodes' in object ? { nodes: () => parseNodes(object['nodes'] ?? null, `${where}.nodes`) } : {}),
  })
}

const LOG_HOLDER = new RegExp(`^(?:${LOG_HOLDERS.join('|')})$`)

function parseNodes(value: JsonValue, where: string): ReportedNodes {
  const object = parseObject(value, where)
  const count = (name: string) => integerMember(object, name, 0, Number.MAX_SAFE_INTEGER, where)
  return collect({
    needed: () => count('needed'),
    agreeing: () => count('agreeing'),
    newest: () => nullableTime(object, 'newest', where),
    logsHeldBy: () =>
      textMember(object, 'logsHeldBy', LOG_HOLDER, LOG_HOLDERS.join(' or '), where) as LogHolder,
  })
}

function nullableTime(object: JsonObject, name: string, where: string): number | null {
  return object[name] === null ? null : integerMember(object, name, 0, Number.MAX_SAFE_INTEGER, where)
}

function parseDefect(value: JsonValue, where: string): Defect {
  const object = parseObject(value, where)
  return collect({
    code: () => textMember(object, 'code', /^[a-z0-9-]+$/, 'a defect code', where) as Defect['code'],
    where: () => textMember(object, 'where', /^/, 'a path', where),
    expected: () => textMember(object, 'expected', /^/, 'a text', where),
    found: () => textMember(object, 'found', /^/, 'a text', where),
  })
}

function parseFindings(report: JsonObject, names: readonly CheckName[]): readonly Finding[] {
  const values = arrayMember(report, 'findings', names.length, 'report')
  return names.map((name, i) => {
    const where = `report.findings[${i}]`
    const object = parseObject(values[i] ?? null, where)
    const code = textMember(object, 'code', /^/, 'a finding code', where)
    if (!isFindingCode(code) || !code.startsWith(`${name}/`)) {
      throw malformed('wrong-value', `${where}.code`, `a code of the check ${name}`, describe(code))
    }
    return finding(code, parseFacts(object['facts'] ?? null, `${where}.facts`))
  })
}

function parseFacts(value: JsonValue, where: string): FindingFacts {
  const facts = parseObject(value, where)
  for (const [name, fact] of Object.entries(facts)) {
    const texts = isArray(fact) && fact.every((item) => typeof item === 'string')
    if (!texts && typeof fact !== 'string' && typeof fact !== 'number') {
      throw malformed('wrong-type', `${where}.${name}`, 'a text, a number or texts', describeType(fact))
    }
  }
  return facts as FindingFacts
}
