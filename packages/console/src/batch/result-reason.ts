/** Why a verdict is not better: by the code of the finding that decides, so that rows of one reason are found together. */
import { type Bilingual, decidingFinding, sentenceOf, type VerificationReport } from '@hefu/protocol'
import { RESULT_TEXTS } from '../texts/result-texts.ts'
import { isNothingFound } from '../verify/nothing-found.ts'

/** `null`: nothing speaks against it. */
export function reasonOfReport(
  report: VerificationReport,
): { readonly key: string; readonly says: Bilingual } | null {
  if (isNothingFound(report)) return { key: 'finding:not-found', says: RESULT_TEXTS.nothingFound }
  const deciding = decidingFinding(report.findings)
  return deciding === undefined ? null : { key: `finding:${deciding.code}`, says: sentenceOf(deciding.code) }
}
