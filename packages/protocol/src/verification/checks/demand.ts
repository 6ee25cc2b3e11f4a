import { finding } from '../../report/findings.ts'
import type { LedgerCheck } from '../check.ts'
import { fieldsBeyond } from '../demanded-fields.ts'

/**
 * The face shows every field that the service item demands of this type, by the ledger's own list. What was asked of
 * the applicant beyond that is named, and not compared.
 */
export const demandCheck: LedgerCheck<'demand'> = {
  name: 'demand',
  reads: 'ledger',
  run: ({
    presentation: { credential },
    request: { serviceItem, submitted = {} },
    facts: { demandedFields },
  }) => {
    if (serviceItem === undefined) return finding('demand/not-asked')
    if (demandedFields === null) return finding('demand/no-demand', { serviceItem })
    const shown = credential.disclosures.map(({ name }) => name)
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
