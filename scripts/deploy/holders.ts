/** Who shall hold which role, and after which delay it acts. */
import type { Deployment } from './deployment-plan.ts'
import { ADMIN_ROLE, type Holder, ROLES } from './roles.ts'

/** Accounts, best multi-signature ones, that hold a role beside the council. */
export interface Keepers {
  /** Acts as the superior of provinces. */
  readonly superior: string
  readonly catalogue: string
  readonly emergency: string
}

/** Seconds from scheduling to execution. */
export interface Delays {
  readonly council: number
  readonly catalogue: number
}

export const DEFAULT_DELAYS: Delays = { council: 2 * 86_400, catalogue: 86_400 }

/** One account that shall hold one role. */
export interface Holding {
  readonly role: bigint
  readonly account: string
  /** Seconds. */
  readonly delay: number
}

/** Every holding there shall be; the council's of the administration is the last. */
export function holdingsOf(
  { council }: Deployment,
  keepers: Keepers,
  { council: councilDelay, catalogue: catalogueDelay }: Delays,
): readonly Holding[] {
  const holders: Readonly<Record<Holder, { account: string; delay: number }>> = {
    council: { account: council, delay: councilDelay },
    catalogue: { account: keepers.catalogue, delay: catalogueDelay },
    superior: { account: keepers.superior, delay: 0 },
    emergency: { account: keepers.emergency, delay: 0 },
  }
  const holdings = Object.values(ROLES).map(({ id, holder }) => ({ role: id, ...holders[holder] }))
  return [...holdings, { role: ADMIN_ROLE, ...holders.council }]
}
