import { HOLDER_NAME_FIELD } from '../../licence/common-fields.ts'
import { finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import { fieldsBeyond } from '../demanded-fields.ts'

/**
 * The face shows every field that the service item demands of this type, by the ledger's own list. What was asked of
 * the applicant beyond that is named, and not compared. Where nothing says what is demanded, a face that does not say
 * whose licence it is, is told: it may be anybody's.
 */
export const demandCheck: LedgerCheck<'demand'> = {
  name: 'demand',
  reads: 'ledger',
  run: ({
    presentation: { credential },
    request: { serviceItem, submitted = {} },
    facts: { demandedFields },
  }) => {
    const shown = credential.disclosures.map(({ name }) => name)
    const unnamed = shown.includes(HOLDER_NAME_FIELD) ? {} : { missing: [HOLDER_NAME_FIELD] }
    if (serviceItem === undefined) return finding('demand/not-asked', unnamed)
    if (demandedFields === null) return finding('demand/no-demand', { serviceItem, ...unnamed })
    const missing = demandedFields.filter((name) => !shown.includes(name))
    const overAsked = fieldsBeyond(demandedFields, Object.keys(submitted))
    const asked = {
      serviceItem,
      demanded: demandedFields,
      ...(missing.length === 0 ? {} : { missing }),
      ...(overAsked.length === 0 ? {} : { overAsked }),
    }
    if (missing.length > 0) return finding('demand/missing', asked)
    return finding(overAsked.length > 0 ? 'demand/over-asked' : 'demand/met', asked)
  },
}
