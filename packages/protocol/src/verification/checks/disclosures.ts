import { digestDisclosure } from '../../credential/disclosure.ts'
import { finding } from '../../report/findings.ts'
import type { PresentationCheck } from '../check.ts'

/**
 * RFC 9901 §7.1: every disclosure is referenced by a digest in `_sd`, no digest and no field name twice.
 * Digests without a disclosure are fields that the holder did not show.
 */
export const disclosuresCheck: PresentationCheck<'disclosures'> = {
  name: 'disclosures',
  reads: 'presentation',
  run: ({ bundle: { credential }, suite }) => {
    const { disclosures, claims } = credential
    const signed = new Set(claims._sd)
    const shown = new Set(disclosures.map((disclosure) => digestDisclosure(disclosure, suite)))
    const names = new Set(disclosures.map((disclosure) => disclosure.name))
    const facts = { shown: disclosures.length, signed: claims._sd.length }
    if (
      signed.size < claims._sd.length ||
      shown.size < disclosures.length ||
      names.size < disclosures.length
    ) {
      return finding('disclosures/repeated', facts)
    }
    if (![...shown].every((digest) => signed.has(digest))) return finding('disclosures/not-signed', facts)
    return finding(disclosures.length === 0 ? 'disclosures/none' : 'disclosures/match', facts)
  },
}
