/** Which functions of a rulebook are whose: the roles of the access manager that only some may act in. */

import type { ContractFunctionName } from 'viem'
import type { rulebookAbi } from '../abi/rulebook-abi.ts'

/** A function that changes a rulebook, by its name. */
export type RulebookFunction = ContractFunctionName<typeof rulebookAbi, 'nonpayable'>

/** A role by its number, and its functions of a rulebook by their names. */
export interface RulebookRole {
  readonly id: number
  readonly functions: readonly RulebookFunction[]
}

/** The keeper of the catalogue announces what it does; the national baseline is the council's. */
export const RULEBOOK_ROLES: Readonly<Record<'catalogue' | 'baseline', RulebookRole>> = {
  catalogue: {
    id: 2,
    functions: [
      'registerLicenceType',
      'amendLicenceType',
      'retireLicenceType',
      'registerServiceItem',
      'amendServiceItem',
      'retireServiceItem',
    ],
  },
  baseline: { id: 3, functions: ['setBaseline', 'endBaseline'] },
}
