import { licenceTypeOf } from '../../credential/claims.ts'
import { compareFace } from '../../licence/compare-face.ts'
import { finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import { fieldsBeyond } from '../demanded-fields.ts'

/**
 * What the applicant submitted is what the face says 智能对比核验, in whatever form it is written; fields beyond what
 * the service item demands are not compared. Facts name the fields; the values, masked or not, stay out of the report.
 */
export const comparisonCheck: LedgerCheck<'comparison'> = {
  name: 'comparison',
  reads: 'ledger',
  run: ({ bundle: { credential }, request: { submitted = {} }, facts: { demandedFields }, licenceTypes }) => {
    const names = Object.keys(submitted)
    if (names.length === 0) return finding('comparison/not-requested')
    const beyond = fieldsBeyond(demandedFields, names)
    if (beyond.length === names.length) return finding('comparison/not-demanded')
    const code = licenceTypeOf(credential.claims)
    const type = licenceTypes.find((known) => known.code === code)
    const compared = Object.fromEntries(Object.entries(submitted).filter(([name]) => !beyond.includes(name)))
    const { same, different, missing } = compareFace(type, credential.disclosures, compared)
    if (different.length > 0) {
      return finding('comparison/different', { different: different.map(({ field }) => field) })
    }
    return missing.length > 0
      ? finding('comparison/not-disclosed', { missing })
      : finding('comparison/same', { same })
  },
}
