import { licenceTypeOf } from '../../credential/claims.ts'
import { type FaceConcerns, judgeFaceRules } from '../../licence/face-rules.ts'
import { type FindingCode, finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'

/** The gravest first: what it finds of the others is among its facts. */
const CODES: readonly (readonly [keyof FaceConcerns, FindingCode])[] = [
  ['ahead', 'faceRules/dated-ahead'],
  ['burdened', 'faceRules/burdened'],
  ['remarked', 'faceRules/remarked'],
  ['overdue', 'faceRules/overdue'],
  ['unreadable', 'faceRules/unreadable'],
  ['hidden', 'faceRules/not-shown'],
]

/**
 * What the face says that the rules of its type leave to a person: a review that is due 复审, a seizure or mortgage
 * 查封、抵押, a remark 附记 that nobody knows to be harmless, a day in the future, or that they cannot be judged by: what is no day, neither yes nor no, or kept back. Facts name the fields; the values stay out of the report.
 */
export const faceRulesCheck: LedgerCheck<'faceRules'> = {
  name: 'faceRules',
  reads: 'ledger',
  run: ({ presentation: { credential }, describedTypes, facts, at }) => {
    const type = describedTypes.find(licenceTypeOf(credential.claims))?.type
    if (type === undefined) return finding('faceRules/unknown-type')
    const face = { shown: credential.disclosures, signed: credential.claims._sd.length }
    const concerns = judgeFaceRules(type, face, { at, now: facts.block.time })
    const found = CODES.filter(([concern]) => concerns[concern].length > 0)
    const [gravest] = found
    if (gravest === undefined) return finding('faceRules/nothing-noted')
    return finding(gravest[1], Object.fromEntries(found.map(([concern]) => [concern, concerns[concern]])))
  },
}
