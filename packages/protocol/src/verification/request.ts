/** What a receiving province asks of a verification. */
import { describe, describeType, malformed } from '../bytes/malformed.ts'
import { assertOnly } from '../bytes/members.ts'
import { assertDisplayText, isStreamSafe } from '../bytes/text.ts'
import { isDigest, MAX_DISCLOSURES } from '../credential/claims.ts'
import { isFieldName, MAX_DISCLOSURE_CHARACTERS } from '../credential/disclosure.ts'
import { isRegionCode } from '../identifiers/region-code.ts'
import { holdsPersonsNumber } from '../identifiers/resident-id.ts'
import { MAX_SERVICE_ITEM_CHARACTERS, SERVICE_ITEM } from '../identifiers/service-item.ts'
import { assertChallenge, type Challenge, digestChallenge } from '../presentation/challenge.ts'
import { readPresented } from '../presentation/presented-text.ts'
import type { ReportedRequest } from '../report/report.ts'
import type { Suite } from '../suite/suite.ts'

/** One question; every member may come from outside. */
export interface VerificationRequest {
  /** The text of a presentation or of a bundle, or a bare credential. Untrusted. */
  readonly presented: string
  /** GB/T 2260 code of the region that decides. */
  readonly receivingRegion: string
  /** Service item 事项 code, as the ledger's catalogue writes it: 1–32 visible ASCII characters. */
  readonly serviceItem?: string
  /** Case number 办件编号: 1–64 visible characters, in which stands nobody's resident number. */
  readonly caseNo?: string
  /** The time to judge at (Unix seconds), not after now. Absent: the time of the ledger's newest block. */
  readonly asOf?: number
  /** Field name → value that the applicant gave, to be compared with the face. Personal data. */
  readonly submitted?: Readonly<Record<string, string>>
  /** Demands that the holder sign for this verifier; it was given to the holder before presenting. */
  readonly challenge?: Challenge
  /**
   * SHA-256, base64url, of the file that the licence came in, as it was before the licence was attached
   * (spec/carriers.md). Absent: it came in none, and no rendition is judged.
   */
  readonly rendition?: string
}

const MAX_REFERENCE_CHARACTERS = 64

/**
 * The request as it is now, whatever its owner makes of it while the ledger is asked.
 *
 * @throws {MalformedError} as {@link assertRequest}
 */
export function takeRequest(request: VerificationRequest, now: number): VerificationRequest {
  const { submitted, challenge, ...taken } = withNamedMembers(request)
  const own = {
    ...taken,
    ...(submitted === undefined ? {} : { submitted: { ...assertPlain(submitted, 'submitted') } }),
    ...(challenge === undefined ? {} : { challenge: { ...assertPlain(challenge, 'challenge') } }),
  }
  assertRequest(own, now)
  return own
}

const MEMBERS = [
  'presented',
  'receivingRegion',
  'serviceItem',
  'caseNo',
  'asOf',
  'submitted',
  'challenge',
  'rendition',
] as const satisfies readonly (keyof VerificationRequest)[]

/**
 * Each member by its name, be it the object's own, inherited or computed: a copy of what is its own would drop a demand.
 * A member of another name is refused: a demand that is misspelt would be dropped, too.
 */
function withNamedMembers(
  request: VerificationRequest,
  readElsewhere: readonly string[] = [],
): VerificationRequest {
  const asked = assertObject(request, 'request')
  assertOnly(asked, [...MEMBERS, ...readElsewhere], 'request')
  const members = MEMBERS.map((name) => [name, asked[name]] as const).filter(
    ([, value]) => value !== undefined,
  )
  return Object.fromEntries(members) as unknown as VerificationRequest
}

/** Of a form, a map or an object of a class nothing would be copied, and nothing compared. */
function assertPlain<T extends object>(value: T, where: string): T {
  const prototype = Object.getPrototypeOf(assertObject(value, where))
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return value
  throw malformed('wrong-type', where, 'a plain object', 'an object of a class')
}

function assertObject<T extends object>(value: T, where: string): T {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw malformed('wrong-type', where, 'an object', describeType(value))
}

/**
 * Refuses a request that cannot be answered; what is presented is judged by the checks, not here.
 *
 * @throws {MalformedError} naming the member of the request
 * @example
 * ```ts
 * assertRequest(request, now) // undefined
 * assertRequest({ ...request, receivingRegion: '990000' }, now) // throws MalformedError
 * ```
 */
export function assertRequest(request: VerificationRequest, now: number): void {
  const { submitted, challenge, asOf, rendition } = assertObject(request, 'request')
  if (!Number.isSafeInteger(now) || now < 0) {
    throw malformed('wrong-type', 'now', 'the verifier’s clock in whole Unix seconds', describeType(now))
  }
  if (typeof request.presented !== 'string') {
    throw malformed(
      'wrong-type',
      'presented',
      'a text: a bundle or a credential',
      describeType(request.presented),
    )
  }
  if (typeof request.receivingRegion !== 'string' || !isRegionCode(request.receivingRegion)) {
    throw malformed(
      'wrong-value',
      'receivingRegion',
      'a GB/T 2260 code of six digits',
      describe(request.receivingRegion),
    )
  }
  assertServiceItem(request.serviceItem, now)
  assertReference(request.caseNo, 'caseNo', now)
  if (submitted !== undefined) assertSubmitted(assertPlain(submitted, 'submitted'))
  if (challenge !== undefined) assertChallenge(assertPlain(challenge, 'challenge'), 'challenge')
  // A digest of another form would be of nothing, and the file told to be another.
  if (rendition !== undefined && !isDigest(rendition)) {
    throw malformed('wrong-value', 'rendition', 'a SHA-256 in base64url', describeType(rendition))
  }
  if (asOf !== undefined && !(Number.isSafeInteger(asOf) && asOf >= 0 && asOf <= now)) {
    throw malformed(
      'wrong-value',
      'asOf',
      `a time in Unix seconds, not after now (${now})`,
      describeType(asOf),
    )
  }
}

/** A code the ledger cannot hold must not be taken for no particular item: a negative list may name it. */
function assertServiceItem(text: string | undefined, now: number): void {
  assertReference(text, 'serviceItem', now, MAX_SERVICE_ITEM_CHARACTERS)
  if (text === undefined || SERVICE_ITEM.test(text)) return
  throw malformed('wrong-value', 'serviceItem', '1 to 32 visible ASCII characters', describe(text))
}

function assertReference(
  text: string | undefined,
  where: string,
  now: number,
  most: number = MAX_REFERENCE_CHARACTERS,
): void {
  if (text === undefined) return
  if (typeof text !== 'string') throw malformed('wrong-type', where, 'a text', describeType(text))
  if (text.length === 0 || text.length > most) {
    throw malformed('wrong-value', where, `1 to ${most} characters`, `${text.length}`)
  }
  assertDisplayText(text, where)
  // It stands in the report, and with that on the sheet and in whatever keeps them.
  if (holdsPersonsNumber(text, now)) {
    throw malformed('wrong-value', where, 'a reference without a resident number', describeType(text))
  }
}

function assertSubmitted(submitted: Readonly<Record<string, string>>): void {
  const fields = Object.entries(submitted)
  if (fields.length > MAX_DISCLOSURES) {
    throw malformed('too-large', 'submitted', `at most ${MAX_DISCLOSURES} fields`, `${fields.length}`)
  }
  for (const [name, value] of fields) {
    if (!isFieldName(name)) {
      throw malformed('wrong-value', 'submitted', 'names of fields in camelCase', describe(name))
    }
    if (typeof value !== 'string' || value.length > MAX_DISCLOSURE_CHARACTERS) {
      const expected = `a text of at most ${MAX_DISCLOSURE_CHARACTERS} characters`
      throw malformed('wrong-value', `submitted.${name}`, expected, describeType(value))
    }
    if (!isStreamSafe(value)) {
      const expected = 'a text with at most 30 combining marks in a row'
      throw malformed('forbidden-character', `submitted.${name}`, expected, describeType(value))
    }
  }
}

/**
 * What a report says about the request it answers.
 *
 * @example
 * ```ts
 * reportRequest(request, suite).presented // suite.sha256Base64url(request.presented)
 * ```
 */
export function reportRequest(request: VerificationRequest, suite: Suite): ReportedRequest {
  return {
    presented: suite.sha256Base64url(request.presented),
    receivingRegion: request.receivingRegion,
    serviceItem: request.serviceItem ?? null,
    caseNo: request.caseNo ?? null,
    asOf: request.asOf ?? null,
    comparedFields: request.submitted === undefined ? [] : Object.keys(request.submitted),
    challenge: request.challenge === undefined ? null : digestChallenge(request.challenge, suite),
    ...(request.rendition === undefined ? {} : { rendition: request.rendition }),
  }
}

/**
 * The request with what is presented as it is read ({@link readPresented}); one that is no request at all is left to be
 * refused. Whoever takes requests from people or other systems judges this one, and no other. Members of names in
 * `readElsewhere` are left out; any other is refused.
 *
 * @throws {MalformedError} for a member that no request has
 * @example
 * ```ts
 * withPresentedRead({ ...request, presented: `${request.presented}\n` }).presented // request.presented
 * ```
 */
export function withPresentedRead(
  request: VerificationRequest,
  readElsewhere: readonly string[] = [],
): VerificationRequest {
  const { presented } = request
  if (typeof presented !== 'string') return request
  return { ...withNamedMembers(request, readElsewhere), presented: readPresented(presented) }
}
