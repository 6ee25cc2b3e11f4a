/** The roles of the alliance: the only place that says who holds them and which restricted functions they may call. */
import { RULEBOOK_ROLES } from '@hefu/ledger'

/** Contracts whose functions the access manager restricts. */
export type RestrictedContract = 'ledger' | 'rulebook' | 'registry'

/** Who holds a role: the council, or one of the keepers beside it. */
export type Holder = 'council' | 'superior' | 'catalogue' | 'emergency'

export interface Role {
  /** As the access manager numbers it. */
  readonly id: bigint
  readonly label: string
  readonly holder: Holder
  /** The role that may cancel what its holder scheduled. */
  readonly guardian: bigint
  /** Names of functions, by the contract they are of. */
  readonly functions: Readonly<Partial<Record<RestrictedContract, readonly string[]>>>
}

export type RoleName = 'admission' | 'superior' | 'catalogue' | 'baseline' | 'emergency' | 'registry'

/** The access manager's own: grants and revokes all others. */
export const ADMIN_ROLE = 0n

const EMERGENCY_ROLE = 4n

export const ROLES: Readonly<Record<RoleName, Role>> = {
  admission: {
    id: 1n,
    label: 'HEFU_ADMISSION',
    holder: 'council',
    guardian: ADMIN_ROLE,
    functions: {
      ledger: [
        'admitRegion',
        'renameRegion',
        'suspendRegion',
        'resumeRegion',
        'closeRegion',
        'reopenRegion',
        'nominateRegionAdmin',
        'returnRegion',
        'changeRulebook',
      ],
    },
  },
  catalogue: {
    id: BigInt(RULEBOOK_ROLES.catalogue.id),
    label: 'HEFU_CATALOGUE',
    holder: 'catalogue',
    // What the catalogue keeper announced can be stopped before its delay is over.
    guardian: EMERGENCY_ROLE,
    functions: {
      rulebook: RULEBOOK_ROLES.catalogue.functions,
    },
  },
  baseline: {
    id: BigInt(RULEBOOK_ROLES.baseline.id),
    label: 'HEFU_BASELINE',
    holder: 'council',
    guardian: ADMIN_ROLE,
    functions: { rulebook: RULEBOOK_ROLES.baseline.functions },
  },
  emergency: {
    id: EMERGENCY_ROLE,
    label: 'HEFU_EMERGENCY',
    holder: 'emergency',
    guardian: ADMIN_ROLE,
    functions: {
      ledger: ['pauseAgency', 'unpauseAgency', 'pauseRegion', 'extendPause', 'endPause'],
    },
  },
  registry: {
    id: 5n,
    label: 'HEFU_REGISTRY',
    holder: 'council',
    guardian: ADMIN_ROLE,
    functions: { registry: ['register', 'close', 'reopen'] },
  },
  /** What the superior of a region is for it, its holder is for provinces. */
  superior: {
    id: 6n,
    label: 'HEFU_SUPERIOR',
    holder: 'superior',
    guardian: ADMIN_ROLE,
    functions: {
      ledger: [
        'accreditAgency',
        'moveAgency',
        'moveRegion',
        'retireAgency',
        'reinstateAgency',
        'retireRegion',
        'reinstateRegion',
        'narrowKeyCompromise',
        // Of an agency whose province is no more.
        'reportKeyCompromised',
        'endKey',
        'renameAgency',
        'act',
        'note',
        'liftNotice',
        'transferOut',
        'correct',
        'actLate',
        'dissolveSuccession',
      ],
    },
  },
}
