import { usccOf } from '../../credential/claims.ts'
import { isCalendarDate, startOfDay } from '../../identifiers/calendar-date.ts'
import { isOfficialName, namesOtherProvince, officialNameForm } from '../../identifiers/official-name.ts'
import { ISSUE_DATE_FIELD, ISSUER_CODE_FIELD, ISSUER_NAME_FIELD } from '../../licence/common-fields.ts'
import { normaliseValue } from '../../licence/normal-form.ts'
import { type FindingCode, finding } from '../../report/findings.ts'
import type { LedgerCheck, LedgerEvidence } from '../check.ts'
import type { AgencyFact } from '../ledger-view.ts'
import { textFact } from '../text-fact.ts'

/** What the face says of its issue, each in its normal form; absent: not shown. */
interface ShownIssue {
  readonly [ISSUER_CODE_FIELD]?: string
  readonly [ISSUER_NAME_FIELD]?: string
  readonly [ISSUE_DATE_FIELD]?: string
}

const FORMS: readonly (readonly [string, (text: string) => string])[] = [
  [ISSUER_CODE_FIELD, (text) => normaliseValue('issuer-uscc', text)],
  [ISSUER_NAME_FIELD, officialNameForm],
  [ISSUE_DATE_FIELD, (text) => normaliseValue('date', text)],
]

/**
 * What the face says of who issued it and when is what was signed and anchored: the agency's code, its name as
 * registered when the batch was anchored, and a date not after that day. What names no day is not said to fit. A face may
 * be older than its anchor by any time (存量补录). Fields that are not shown are not judged; how a difference came about is for a person to find out.
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
  for (const [name, toForm] of FORMS) {
    const own = disclosures.find((disclosure) => disclosure.name === name)
    if (own !== undefined) shown[name] = toForm(own.value)
  }
  return shown
}

function judge(shown: ShownIssue, { presentation, facts }: LedgerEvidence, issuedAt: number): FindingCode {
  const { issuerCode, issuerName, issuedOn } = shown
  const issuer = usccOf(presentation.credential.claims)
  if (issuerCode !== undefined && issuerCode !== issuer) return 'faceIssuer/other-code'
  const otherName = issuerName === undefined ? null : judgeName(issuerName, facts.agency)
  if (otherName !== null) return otherName
  if (issuedOn === undefined) return 'faceIssuer/fits'
  if (!isCalendarDate(issuedOn)) return 'faceIssuer/unreadable-date'
  return startOfDay(issuedOn) > issuedAt ? 'faceIssuer/dated-ahead' : 'faceIssuer/fits'
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
