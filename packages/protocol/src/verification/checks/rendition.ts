import { type Finding, finding } from '../../report/findings.ts'
import type { PresentationCheck, PresentedEvidence } from '../check.ts'

/**
 * Whether the file that the licence came in, as it was before the licence was attached, is one that the issuer bound. What
 * counts is what was signed: another file says nothing against the licence, and its look is for a person to disregard.
 * Which bytes the digest is of, whoever opened the file says (spec/carriers.md).
 */
export const renditionCheck: PresentationCheck<'rendition'> = {
  name: 'rendition',
  reads: 'presentation',
  run: ({ presentation, request }: PresentedEvidence): Finding => {
    const { renditions = [] } = presentation.credential.claims
    if (renditions.length === 0) return finding('rendition/not-bound')
    const isBound = renditions.some(({ digest }) => digest === request.rendition)
    return finding(isBound ? 'rendition/bound' : 'rendition/differs')
  },
}
