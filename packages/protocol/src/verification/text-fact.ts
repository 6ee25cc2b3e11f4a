/** Texts that agencies and regions wrote on the ledger, as facts of a finding. */
import { isDisplayText } from '../bytes/text.ts'
import type { FindingFacts } from '../report/findings.ts'

/** What was written on the ledger is shown to a clerk only when nothing invisible is in it. */
export function textFact(name: string, text: string): FindingFacts {
  return text !== '' && isDisplayText(text) ? { [name]: text } : {}
}
