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
    const facts = { shown: disclosures.length, signed: claims._sd.length }
    const digests = disclosures.map((disclosure) => digestDisclosure(disclosure, suite))
    const names = disclosures.map(({ name }) => name)
    if ([claims._sd, digests, names].some(hasRepeated)) return finding('disclosures/repeated', facts)
    const isSigned = (digest: string) => claims._sd.includes(digest)
    if (!digests.every(isSigned)) return finding('disclosures/not-signed', facts)
    return finding(disclosures.length === 0 ? 'disclosures/none' : 'disclosures/match', facts)
  },
}

/** Issuers sort their digests, and a list that ascends repeats nothing; 64 texts at most are looked for otherwise. */
function hasRepeated(texts: readonly string[]): boolean {
  const ascends = texts.every((text, i) => i === 0 || (texts[i - 1] ?? '') < text)
  return !ascends && texts.some((text, i) => texts.indexOf(text) < i)
}
