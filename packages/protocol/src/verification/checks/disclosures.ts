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
  run: ({ presentation: { credential }, suite }) => {
    const { disclosures, claims } = credential
    const facts = { shown: disclosures.length, signed: claims._sd.length }
    const digests = disclosures.map((disclosure) => digestDisclosure(disclosure, suite))
    const names = disclosures.map(({ name }) => name)
    if (hasRepeated(claims._sd) || hasRepeated(digests) || hasRepeated(names)) {
      return finding('disclosures/repeated', facts)
    }
    if (!digests.every((digest) => claims._sd.includes(digest))) {
      return finding('disclosures/not-signed', facts)
    }
    return finding(disclosures.length === 0 ? 'disclosures/none' : 'disclosures/match', facts)
  },
}

/** 64 texts at most: they are looked for one by one, but for those above all before them, as sorted ones are. */
function hasRepeated(texts: readonly string[]): boolean {
  let highest = ''
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] ?? ''
    if (text > highest) highest = text
    else if (texts.indexOf(text) < i) return true
  }
  return false
}
