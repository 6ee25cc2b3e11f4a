import { type CredentialClaims, licenceTypeOf, usccOf } from '../../credential/claims.ts'
import { endOfDay, isCalendarDate, startOfDay } from '../../identifiers/calendar-date.ts'
import { isOfficialName, namesOtherProvince, officialNameForm } from '../../identifiers/official-name.ts'
import {
  END_DATE_FIELD,
  ISSUE_DATE_FIELD,
  ISSUER_CODE_FIELD,
  ISSUER_NAME_FIELD,
  START_DATE_FIELD,
  TYPE_NAME_FIELD,
} from '../../licence/common-fields.ts'
import { type LicenceType, LONG_TERM } from '../../licence/licence-type.ts'
import { normaliseValue } from '../../licence/normal-form.ts'
import { type FindingCode, finding } from '../../report/findings.ts'
import type { LedgerCheck, LedgerEvidence } from '../check.ts'
import type { DescribedTypes } from '../described-types.ts'
import type { AgencyFact } from '../ledger-view.ts'
import { textFact } from '../text-fact.ts'

/** What the face says again of what was signed, each in its normal form; absent: not shown. */
interface ShownIssue {
  readonly [ISSUER_CODE_FIELD]?: string
  readonly [ISSUER_NAME_FIELD]?: string
  readonly [TYPE_NAME_FIELD]?: string
  readonly [ISSUE_DATE_FIELD]?: string
  readonly [START_DATE_FIELD]?: string
  readonly [END_DATE_FIELD]?: string
}

const day = (text: string): string => normaliseValue('date', text)

const FORMS: readonly (readonly [string, (text: string) => string])[] = [
  [ISSUER_CODE_FIELD, (text) => normaliseValue('issuer-uscc', text)],
  [ISSUER_NAME_FIELD, officialNameForm],
  [TYPE_NAME_FIELD, (text) => normaliseValue('text', text)],
  [ISSUE_DATE_FIELD, day],
  [START_DATE_FIELD, day],
  [END_DATE_FIELD, day],
]

/**
 * Every field of the face that says again what was signed says the same: the agency's code, its name as registered when
 * the batch was anchored, the name of no other type, a date not after the anchor's day, and the first and last day of
 * the signed period, 长期 where that has no end. What names no day is not said to fit. A face may be older than its
 * anchor by any time (存量补录). Fields that are not shown are not judged; how a difference came about is for a person to
 * find out.
 */
export const faceIssuerCheck: LedgerCheck<'faceIssuer'> = {
  name: 'faceIssuer',
  reads: 'ledger',
  run: (evidence) => {
    const shown = readShown(evidence)
    const names = Object.keys(shown)
    if (names.length === 0) return finding('faceIssuer/not-shown')
    const { facts, at } = evidence
    const issuedAt = facts.anchor?.anchoredAt ?? at
    return finding(judge(shown, evidence, issuedAt), {
      shown: names,
      issuedAt,
      ...textFact('registeredName', facts.agency?.name ?? ''),
    })
  },
}

function readShown({ presentation, describedTypes }: LedgerEvidence): ShownIssue {
  const shown: Partial<Record<string, string>> = {}
  const { disclosures, claims } = presentation.credential
  const type = describedTypes.find(licenceTypeOf(claims))?.type
  for (const [name, toForm] of FORMS) {
    const own = disclosures.find((disclosure) => disclosure.name === name)
    if (own !== undefined && (toForm !== day || hasDay(type, name))) shown[name] = toForm(own.value)
  }
  return shown
}

/** A type of the verifier's own may have a field of that name which is no day. */
function hasDay(type: LicenceType | undefined, name: string): boolean {
  const format = type?.fields.find((field) => field.name === name)?.format ?? 'date'
  return format === 'date' || format === 'end-date'
}

function judge(shown: ShownIssue, evidence: LedgerEvidence, issuedAt: number): FindingCode {
  const { claims } = evidence.presentation.credential
  const { issuerCode, issuerName, certificateName } = shown
  if (issuerCode !== undefined && issuerCode !== usccOf(claims)) return 'faceIssuer/other-code'
  const otherName = issuerName === undefined ? null : judgeName(issuerName, evidence.facts.agency)
  if (otherName !== null) return otherName
  if (certificateName !== undefined && namesOtherType(certificateName, claims, evidence.describedTypes))
    return 'faceIssuer/other-type'
  return judgeDays(shown, claims, issuedAt)
}

/**
 * Faces print a name of their type in many ways (个体工商户营业执照), so that only one that holds the name of another type
 * and not its own is of another.
 */
function namesOtherType(shown: string, claims: CredentialClaims, { find, all }: DescribedTypes): boolean {
  const isNamed = (zh: string): boolean => shown.includes(normaliseValue('text', zh))
  const own = find(licenceTypeOf(claims))?.type
  return !(own !== undefined && isNamed(own.name.zh)) && all.some(({ name }) => isNamed(name.zh))
}

function judgeDays(
  { issuedOn, validFrom, validUntil }: ShownIssue,
  { nbf, exp }: CredentialClaims,
  issuedAt: number,
): FindingCode {
  const days = [issuedOn, validFrom, validUntil === LONG_TERM ? undefined : validUntil]
  if (days.some((one) => one !== undefined && !isCalendarDate(one))) return 'faceIssuer/unreadable-date'
  const isPeriod =
    (validFrom === undefined || isWithin(nbf, validFrom)) &&
    (validUntil === undefined || isEnd(exp, validUntil))
  if (!isPeriod) return 'faceIssuer/other-period'
  return issuedOn !== undefined && startOfDay(issuedOn) > issuedAt
    ? 'faceIssuer/dated-ahead'
    : 'faceIssuer/fits'
}

/** By days, as faces count: at what hour of its first or last day a period begins or ends is the claims' to say. */
function isWithin(time: number, date: string): boolean {
  // Times begin in 1970: a licence older than that is signed as in force from there on.
  return (time < endOfDay(date) && time >= startOfDay(date)) || (time === 0 && startOfDay(date) < 0)
}

function isEnd(exp: number | undefined, validUntil: string): boolean {
  if (exp === undefined || validUntil === LONG_TERM) return exp === undefined && validUntil === LONG_TERM
  return isWithin(exp - 1, validUntil)
}

/**
 * A name of another province is nobody's here, registered or not: that province may have joined later or not at all.
 * And only where the registered name is in its one form does being equal to it tell that nobody else is called so.
 */
function judgeName(shown: string, agency: AgencyFact | null): FindingCode | null {
  const registered = agency?.name ?? null
  const names = registered === null ? [shown] : [shown, registered]
  if (agency !== null && names.some((name) => namesOtherProvince(name, agency.region)))
    return 'faceIssuer/other-region'
  if (registered === null) return 'faceIssuer/no-registered-name'
  if (!isOfficialName(registered)) return 'faceIssuer/ambiguous-name'
  return shown === registered ? null : 'faceIssuer/other-name'
}
