/** The roles of the alliance: the only place that says which of them may call which restricted function. */

export interface Role {
  /** As the access manager numbers it. */
  readonly id: bigint
  readonly label: string
  /** Functions of the ledger. */
  readonly functions: readonly string[]
}

/** The access manager's own: grants and revokes all others. */
export const ADMIN_ROLE = 0n

export const ROLES = {
  admission: {
    id: 1n,
    label: 'HEFU_ADMISSION',
    functions: ['admitRegion', 'suspendRegion', 'resumeRegion', 'retireRegion', 'nominateRegionAdmin'],
  },
  catalogue: {
    id: 2n,
    label: 'HEFU_CATALOGUE',
    functions: [
      'registerLicenceType',
      'amendLicenceType',
      'retireLicenceType',
      'registerServiceItem',
      'amendServiceItem',
      'retireServiceItem',
    ],
  },
  baseline: { id: 3n, label: 'HEFU_BASELINE', functions: ['setBaseline', 'endBaseline'] },
  emergency: { id: 4n, label: 'HEFU_EMERGENCY', functions: ['pauseAgency', 'unpauseAgency'] },
} as const satisfies Readonly<Record<string, Role>>
