/** Who governs what today: the decisions of contracts/modules/Authority.sol. */
import { type Facts, keyOf, type RegionRecord } from './facts.ts'

/** contracts/types/Tenure.sol */
const LONGEST_CHAIN = 4

function findRegion(facts: Facts, code: number): RegionRecord | null {
  return facts.find('regions', keyOf(code))
}

/** Whether the region and all it lies in are active, and none is paused, at a time (Unix seconds). */
export function isActiveRegion(facts: Facts, code: number, time: number): boolean {
  let region = findRegion(facts, code)
  while (region !== null) {
    const isActive = region.status === 'active' || region.status === 'closed'
    if (!isActive || region.pausedUntil > time) return false
    if (region.parent === 0) return true
    region = findRegion(facts, region.parent)
  }
  return false
}

/** The region that governs what lies in another: itself, or what follows it; 0: the council. */
export function governingRegion(facts: Facts, code: number): number {
  let [governing, region] = [code, findRegion(facts, code)]
  for (let hops = 0; region?.status === 'retired'; hops++) {
    governing = hops < LONGEST_CHAIN && region.successor !== 0 ? region.successor : region.parent
    region = findRegion(facts, governing)
  }
  return governing
}

/** Upwards from the region that governs another, the first that is active at a time; 0: the council. */
export function firstActiveRegion(facts: Facts, code: number, time: number): number {
  let region = governingRegion(facts, code)
  while (region !== 0 && !isActiveRegion(facts, region, time)) region = findRegion(facts, region)?.parent ?? 0
  return region
}

/** The agency at the end of the chain of successors. */
export function lastSuccessor(facts: Facts, uscc: string): string {
  let last = uscc
  for (let hops = 0; hops < LONGEST_CHAIN; hops++) {
    const agency = facts.find('agencies', last)
    if (agency?.status !== 'retired' || agency.successor === null) break
    last = agency.successor
  }
  return last
}
