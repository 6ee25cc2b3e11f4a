/** What storage has to hold, if the events told the truth. */
import type { Hex } from '@hefu/protocol'
import type { Word } from '../../slots/slot-arithmetic.ts'
import { type MemberName, type MemberPlace, memberPlace, type StructName } from '../../slots/struct-slots.ts'

/** What some bytes have to be. */
export interface Expected {
  /** As a person reads it. */
  readonly told: string
  holds(stored: bigint): boolean
  /** What storage holds instead, as a person reads it. */
  show(stored: bigint): string
}

/** What bytes of a slot have to be; of others nothing is said. */
export interface MemberClaim extends Expected {
  readonly member: string
  readonly place: Omit<MemberPlace, 'slot'>
}

export interface SlotClaim {
  readonly contract: Hex
  readonly slot: Word
  /** As contracts/snapshots/proof-slots.txt names it. */
  readonly fact: string
  readonly members: readonly MemberClaim[]
}

/** Where a fact begins. */
export interface FactPlace {
  readonly contract: Hex
  readonly fact: string
  readonly slot: Word
}

type Show = (stored: bigint) => string

/** Exactly this. */
export function exactly(value: bigint | number | boolean, show: Show = String): Expected {
  const expected = BigInt(value)
  return { told: show(expected), holds: (stored) => stored === expected, show }
}

/** One of several codes of which the events tell no difference. */
export function oneOf(told: string, codes: readonly number[], show: Show): Expected {
  return { told, holds: (stored) => codes.includes(Number(stored)), show }
}

/** Whatever storage holds, it is not what was told. */
export function never(told: string, show: Show = String): Expected {
  return { told, holds: () => false, show }
}

export function hexText(bytes: number): Show {
  return (stored) => `0x${stored.toString(16).padStart(2 * bytes, '0')}`
}

/** Of a struct the members that are named, slot by slot. */
export function structClaims<Struct extends StructName>(
  { slot, ...place }: FactPlace,
  struct: Struct,
  expected: { readonly [Member in MemberName<Struct>]?: Expected },
): readonly SlotClaim[] {
  const members = Object.entries(expected as Readonly<Record<string, Expected>>).map(([member, one]) => {
    const at = memberPlace(struct, member as MemberName<Struct>)
    return { slot: at.slot, claim: { member, place: at, ...one } }
  })
  const slots = [...new Set(members.map((member) => member.slot))]
  return slots.map((at) => ({
    ...place,
    slot: slot + BigInt(at),
    members: members.filter((member) => member.slot === at).map(({ claim }) => claim),
  }))
}

/** A slot that one value fills, from its lowest byte on. */
export function slotClaim(place: FactPlace, expected: Expected, bytes = 32): SlotClaim {
  return { ...place, members: [{ member: 'value', place: { offset: 0, bytes }, ...expected }] }
}

/** Nothing was told, so nothing may be there. */
export function absentClaim(place: FactPlace): SlotClaim {
  return slotClaim(place, { ...exactly(0, hexText(32)), told: 'nothing' })
}
