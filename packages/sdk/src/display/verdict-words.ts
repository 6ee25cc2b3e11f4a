/** A verdict in words, and why it is not better. */
import {
  type Bilingual,
  decidingFinding,
  fillIn,
  formatChinaTime,
  type LicenceType,
  reasonOf,
  VERDICT_SENTENCES,
  type VerificationReport,
  withRemark,
} from '@hefu/protocol'
import { type AgencyNames, NO_NAMES, remarkOf } from './finding-remarks.ts'
import { SHEET_TEXTS } from './sheet-texts.ts'

/** With the time that was asked about, where one was: what held then may hold no longer. */
export function verdictOf({ verdict, request: { asOf } }: VerificationReport): Bilingual {
  const sentence = VERDICT_SENTENCES[verdict]
  return asOf === null
    ? sentence
    : withRemark(sentence, fillIn(SHEET_TEXTS.atTime, { at: formatChinaTime(asOf) }))
}

/**
 * The sentence of the finding that decides, with what it adds; `null` for what is accepted.
 *
 * @param agencies those that the report has by their codes alone
 */
export function whyOf(
  { findings }: VerificationReport,
  type: LicenceType | undefined,
  agencies: AgencyNames = NO_NAMES,
): Bilingual | null {
  const deciding = decidingFinding(findings)
  const reason = reasonOf(findings)
  return reason === null || deciding === undefined
    ? null
    : withRemark(reason, remarkOf(deciding, type, agencies))
}
