import { finding } from '../../report/findings.ts'
import type { PresentationCheck } from '../check.ts'

/**
 * What the applicant submitted is what the face says 智能对比核验, full and half width and white space aside.
 * Facts name the fields; the values stay out of the report.
 */
export const comparisonCheck: PresentationCheck<'comparison'> = {
  name: 'comparison',
  reads: 'presentation',
  run: ({ bundle: { credential }, request: { submitted = {} } }) => {
    const face = new Map(credential.disclosures.map(({ name, value }) => [name, value]))
    const fields = Object.keys(submitted)
    if (fields.length === 0) return finding('comparison/not-requested')
    const different = fields.filter(
      (name) => face.has(name) && fold(face.get(name)) !== fold(submitted[name]),
    )
    if (different.length > 0) return finding('comparison/different', { different })
    const missing = fields.filter((name) => !face.has(name))
    if (missing.length > 0) return finding('comparison/not-disclosed', { missing })
    return finding('comparison/same', { same: fields })
  },
}

function fold(text = ''): string {
  return text.normalize('NFKC').replace(/\s+/gu, '')
}
