/** Where each member of the ledger is, by the events alone: what the regions count must be these. */
import type { ToldEvent } from './event-log.ts'

/** A region or an agency, and whether its region counts it. */
export interface PlacedMember {
  /** The region that it lies in; undefined after a reinstatement, which may put an agency elsewhere and tells not where. */
  readonly place: bigint | undefined
  readonly isRetired: boolean
}

/** By what the first argument of an event says: codes of regions are numbers, those of agencies are not. */
export type MemberPlaces = ReadonlyMap<bigint | string, PlacedMember>

type Step = (member: PlacedMember, args: ToldEvent['args']) => PlacedMember

/** A province lies in no region. */
const NOWHERE = 0n

const entered =
  (place: (args: ToldEvent['args']) => bigint): Step =>
  (_, args) => ({ place: place(args), isRetired: false })
const moved: Step = (member, { to }) => ({ ...member, place: to })
const retired: Step = (member) => ({ ...member, isRetired: true })

const ENTRIES: Readonly<Record<string, Step>> = {
  RegionAdmitted: entered(() => NOWHERE),
  RegionAccredited: entered(({ parent }) => parent),
  AgencyAccredited: entered(({ region }) => region),
}
const CHANGES: Readonly<Record<string, Step>> = {
  RegionMoved: moved,
  AgencyMoved: moved,
  RegionRetired: retired,
  AgencyRetired: retired,
  RegionReinstated: (member) => ({ ...member, isRetired: false }),
  AgencyReinstated: () => ({ place: undefined, isRetired: false }),
}

const UNTOLD: PlacedMember = { place: undefined, isRetired: false }

/** What became of a member that no event brought in is left out, so that its region counts one more than was told. */
export function placeMembers(told: readonly ToldEvent[]): MemberPlaces {
  const members = new Map<bigint | string, PlacedMember>()
  for (const { name, args } of told) {
    const code: bigint | string = args[0]
    const member = members.get(code)
    const step = ENTRIES[name] ?? (member === undefined ? undefined : CHANGES[name])
    if (step !== undefined) members.set(code, step(member ?? UNTOLD, args))
  }
  return members
}
