import { licenceTypeOf } from '../../credential/claims.ts'
import { compareFace } from '../../licence/compare-face.ts'
import { finding } from '../../report/findings.ts'
import type { PresentationCheck } from '../check.ts'

/**
 * What the applicant submitted is what the face says 智能对比核验, in whatever form it is written.
 * Facts name the fields; the values, masked or not, stay out of the report.
 */
export const comparisonCheck: PresentationCheck<'comparison'> = {
  name: 'comparison',
  reads: 'presentation',
  run: ({ bundle: { credential }, request: { submitted = {} }, licenceTypes }) => {
    if (Object.keys(submitted).length === 0) return finding('comparison/not-requested')
    const code = licenceTypeOf(credential.claims)
    const type = licenceTypes.find((known) => known.code === code)
    const { same, different, missing } = compareFace(type, credential.disclosures, submitted)
    if (different.length > 0) {
      return finding('comparison/different', { different: different.map(({ field }) => field) })
    }
    return missing.length > 0
      ? finding('comparison/not-disclosed', { missing })
      : finding('comparison/same', { same })
  },
}
