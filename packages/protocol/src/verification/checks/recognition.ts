import { licenceTypeOf } from '../../credential/claims.ts'
import { type FindingCode, type FindingFacts, finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import type { RecognitionFact, RecognitionRule } from '../ledger-view.ts'
import { textFact } from '../text-fact.ts'

/** Where no rule speaks nothing is recognised: a person decides. */
const CODES: Readonly<Record<RecognitionRule, FindingCode>> = {
  none: 'recognition/no-policy',
  'same-province': 'recognition/same-province',
  baseline: 'recognition/baseline',
  agreement: 'recognition/agreement',
  negative: 'recognition/negative-list',
  'receiving-not-member': 'recognition/receiving-not-member',
  'issuing-not-member': 'recognition/issuing-not-member',
  'type-not-active': 'recognition/type-retired',
}

/** The receiving region recognises licences of this type and origin 互认, by the ledger's own decision. */
export const recognitionCheck: LedgerCheck<'recognition'> = {
  name: 'recognition',
  reads: 'ledger',
  run: ({ presentation: { credential }, request: { receivingRegion, serviceItem }, facts, at }) => {
    const licenceType = licenceTypeOf(credential.claims)
    const asked = { licenceType, receivingRegion, ...(serviceItem === undefined ? {} : { serviceItem }) }
    if (facts.licenceType === null) return finding('recognition/unknown-type', asked)
    const { issuingRegion } = facts.recognition
    if (facts.agency === null || issuingRegion === null) return finding('recognition/unknown-issuer', asked)
    return finding(CODES[facts.recognition.rule], {
      ...asked,
      issuingRegion,
      at,
      ...ruleFacts(facts.recognition),
    })
  },
}

function ruleFacts({ agreement, term, approval }: RecognitionFact): FindingFacts {
  return {
    ...(agreement === null ? {} : { agreement }),
    ...(term === null ? {} : { from: term.from }),
    ...(term === null || term.until === null ? {} : { until: term.until }),
    ...(approval === null ? {} : textFact('approval', approval.number)),
    ...(approval === null ? {} : { documentDigest: approval.documentDigest }),
  }
}
