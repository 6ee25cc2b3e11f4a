import { licenceTypeOf } from '../../credential/claims.ts'
import { compareFields } from '../../licence/compare-face.ts'
import { type Finding, type FindingFacts, finding } from '../../report/findings.ts'
import type { LedgerCheck, LedgerEvidence } from '../check.ts'
import { fieldsBeyond } from '../demanded-fields.ts'

/**
 * What the applicant submitted is what the face says 智能对比核验, in whatever form it is written; fields beyond what
 * the service item demands are not compared. A name that the type does not have is no fault of who presents the licence. Facts name the fields; the values, masked or not, stay out of the report.
 * Where the catalogue on the ledger describes the type otherwise than this verifier does, a person judges how fields are
 * compared and masked here, whatever was found.
 */
export const comparisonCheck: LedgerCheck<'comparison'> = {
  name: 'comparison',
  reads: 'ledger',
  run: (evidence) => {
    const compared = compare(evidence)
    const differing = differingDescription(evidence)
    if (differing === null) return compared
    return finding('comparison/other-description', { ...compared.facts, ...differing })
  },
}

function compare({ presentation, request, facts, describedTypes }: LedgerEvidence): Finding {
  const { credential } = presentation
  const { submitted = {} } = request
  const names = Object.keys(submitted)
  if (names.length === 0) return finding('comparison/not-requested')
  const beyond = fieldsBeyond(facts.demandedFields, names)
  if (beyond.length === names.length) return finding('comparison/not-demanded')
  const type = describedTypes.find(licenceTypeOf(credential.claims))?.type
  const compared = Object.fromEntries(Object.entries(submitted).filter(([name]) => !beyond.includes(name)))
  const { same, different, missing } = compareFields(type, credential.disclosures, compared)
  if (different.length > 0) {
    return finding('comparison/different', { different })
  }
  const unknown = missing.filter(
    (name) => type !== undefined && !type.fields.some((field) => field.name === name),
  )
  if (unknown.length > 0) {
    const others = missing.filter((name) => !unknown.includes(name))
    return finding('comparison/unknown-field', {
      unknown,
      ...(others.length === 0 ? {} : { missing: others }),
    })
  }
  return missing.length > 0
    ? finding('comparison/not-disclosed', { missing })
    : finding('comparison/same', { same })
}

/** Of a type that either side has no description of, there is none to differ. */
function differingDescription({ presentation, facts, describedTypes }: LedgerEvidence): FindingFacts | null {
  const described = describedTypes.find(licenceTypeOf(presentation.credential.claims))?.digest
  if (facts.licenceType === null || described === undefined) return null
  const { schemaDigest: registered, version } = facts.licenceType
  return registered === described ? null : { registered, version, described }
}
