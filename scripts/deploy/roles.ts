/** The roles of the alliance: the only place that says which of them may call which restricted function. */

export interface Role {
  /** As the access manager numbers it. */
  readonly id: bigint
  readonly label: string
  /** Functions by contract. */
  readonly functions: Readonly<Partial<Record<GovernedContract, readonly string[]>>>
}

/** Contracts with functions that a role may call. */
export type GovernedContract = 'ledger' | 'rulebook'

/** The access manager's own: grants and revokes all others. */
export const ADMIN_ROLE = 0n

export const ROLES = {
  admission: {
    id: 1n,
    label: 'HEFU_ADMISSION',
    functions: {
      ledger: ['admitRegion', 'suspendRegion', 'resumeRegion', 'retireRegion', 'nominateRegionAdmin'],
    },
  },
  catalogue: {
    id: 2n,
    label: 'HEFU_CATALOGUE',
    functions: {
      rulebook: [
        'registerLicenceType',
        'amendLicenceType',
        'retireLicenceType',
        'registerServiceItem',
        'amendServiceItem',
        'retireServiceItem',
      ],
    },
  },
  baseline: { id: 3n, label: 'HEFU_BASELINE', functions: { rulebook: ['setBaseline', 'endBaseline'] } },
  emergency: { id: 4n, label: 'HEFU_EMERGENCY', functions: { ledger: ['pauseAgency', 'unpauseAgency'] } },
  rulebook: { id: 5n, label: 'HEFU_RULEBOOK', functions: { ledger: ['changeRulebook'] } },
} as const satisfies Readonly<Record<string, Role>>
