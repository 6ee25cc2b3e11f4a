/** Why a verdict is not better: by the code of the finding that decides, so that rows of one reason are found together. */
import { type Bilingual, decidingFinding, sentenceOf, type VerificationReport } from '@hefu/protocol'

/** `null`: nothing speaks against it. */
export function reasonOfReport({
  findings,
}: VerificationReport): { readonly key: string; readonly says: Bilingual } | null {
  const deciding = decidingFinding(findings)
  return deciding === undefined ? null : { key: `finding:${deciding.code}`, says: sentenceOf(deciding.code) }
}
