/** Texts that agencies and regions wrote on the ledger, as facts of a finding. */
import { isDisplayText } from '../bytes/text.ts'
import { maskValue } from '../licence/mask.ts'
import type { FindingFacts } from '../report/findings.ts'

/**
 * What was written on the ledger is shown to a clerk only when nothing invisible is in it, and without what looks like a
 * resident number: an office may have written one into the reference of a decision, and a report is kept for years.
 */
export function textFact(name: string, text: string): FindingFacts {
  return text !== '' && isDisplayText(text) ? { [name]: maskValue('open', text) } : {}
}
