import { usccOf } from '../../credential/claims.ts'
import { isCalendarDate, startOfDay } from '../../identifiers/calendar-date.ts'
import { PROVINCES, provinceOf } from '../../identifiers/region-code.ts'
import { ISSUE_DATE_FIELD, ISSUER_CODE_FIELD, ISSUER_NAME_FIELD } from '../../licence/common-fields.ts'
import type { FieldFormat } from '../../licence/licence-type.ts'
import { normaliseValue } from '../../licence/normal-form.ts'
import { type FindingCode, finding } from '../../report/findings.ts'
import type { LedgerCheck, LedgerEvidence } from '../check.ts'
import type { AgencyFact } from '../ledger-view.ts'
import { textFact } from '../text-fact.ts'

/** What the face says of its issue, in normal form; absent: not shown. */
interface ShownIssue {
  readonly [ISSUER_CODE_FIELD]?: string
  readonly [ISSUER_NAME_FIELD]?: string
  readonly [ISSUE_DATE_FIELD]?: string
}

const FORMATS: readonly (readonly [string, FieldFormat])[] = [
  [ISSUER_CODE_FIELD, 'issuer-uscc'],
  [ISSUER_NAME_FIELD, 'text'],
  [ISSUE_DATE_FIELD, 'date'],
]

/**
 * What the face says of who issued it and when is what was signed and anchored: the agency's code, its name as
 * registered when the batch was anchored, and a date not after that day. A face may be older than its anchor by any
 * time (存量补录). Fields that are not shown are not judged; how a difference came about is for a person to find out.
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

function readShown({ presentation }: LedgerEvidence): ShownIssue {
  const shown: Partial<Record<string, string>> = {}
  const { disclosures } = presentation.credential
  for (const [name, format] of FORMATS) {
    const own = disclosures.find((disclosure) => disclosure.name === name)
    if (own !== undefined) shown[name] = normaliseValue(format, own.value)
  }
  return shown
}

function judge(shown: ShownIssue, { presentation, facts }: LedgerEvidence, issuedAt: number): FindingCode {
  const { issuerCode, issuerName, issuedOn } = shown
  const issuer = usccOf(presentation.credential.claims)
  if (issuerCode !== undefined && issuerCode !== issuer) return 'faceIssuer/other-code'
  const otherName = issuerName === undefined ? null : judgeName(issuerName, facts.agency)
  if (otherName !== null) return otherName
  return issuedOn !== undefined && isAhead(issuedOn, issuedAt) ? 'faceIssuer/dated-ahead' : 'faceIssuer/fits'
}

/** A name that is the registered one needs no other look. */
function judgeName(shown: string, agency: AgencyFact | null): FindingCode | null {
  const registered = agency?.name ?? null
  if (registered !== null && shown === normaliseValue('text', registered)) return null
  if (agency !== null && namesOtherProvince(shown, agency.region)) return 'faceIssuer/other-region'
  return registered === null ? 'faceIssuer/no-registered-name' : 'faceIssuer/other-name'
}

/** Offices are called by the province that they are of: 广东省教育厅. */
function namesOtherProvince(name: string, region: string): boolean {
  const own = provinceOf(region)
  return Object.entries(PROVINCES).some(([code, province]) => code !== own && name.startsWith(province))
}

/** A text that names no day is after no time: what a type demands of its fields is for the issuer to see to. */
function isAhead(date: string, issuedAt: number): boolean {
  return isCalendarDate(date) && startOfDay(date) > issuedAt
}
