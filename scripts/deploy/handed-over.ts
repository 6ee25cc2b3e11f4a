/**
 * Since when no power is in another hand than planned. What was done before, the deployer or whom it empowered could
 * do; from then on every act is the council's, a keeper's or a province's own.
 */
import { getAddress } from 'ethers'
import { type Deployment, RESTRICTED } from './deployment-plan.ts'
import { type EventPlace, isBefore } from './event-log.ts'
import type { Holding } from './holders.ts'
import type { RoleHistory } from './role-events.ts'
import type { RestrictedContract } from './roles.ts'

export interface HandedOverQuestion {
  readonly history: RoleHistory
  readonly deployment: Deployment
  readonly deployer: string
  readonly holdings: readonly Holding[]
}

/**
 * The last event by which an account lost a role that is not planned to be its, or by which a function came to its
 * role: not the deployer's renunciation alone, for what another account was left with until later is no better.
 * Undefined while the deployer holds a power, or when the node tells no such event: then nothing counts as after it.
 */
export function handedOverAt(question: HandedOverQuestion): EventPlace | undefined {
  const { history, deployment, deployer, holdings } = question
  if (holdings.some(({ account }) => getAddress(account) === getAddress(deployer))) return undefined
  const planned = new Set(holdings.map(({ role, account }) => `${role} ${getAddress(account)}`))
  const lost = history.revocations.filter(({ role, account }) => !planned.has(`${role} ${account}`))
  if (lost.length === 0) return undefined
  const targets = (Object.keys(RESTRICTED) as RestrictedContract[]).map((name) => deployment[name])
  const assigned = targets.flatMap((target) => history.assignedAt.get(getAddress(target)) ?? [])
  return [...lost, ...assigned].reduce<EventPlace | undefined>(
    (last, one) => (last !== undefined && isBefore(one, last) ? last : one),
    undefined,
  )
}
