/** Where the members of a struct lie in its slots, as the compiler put them. */
import type { Word } from './slot-arithmetic.ts'
import { structMembers } from './storage-layout.ts'

export type StructName = keyof typeof structMembers
export type MemberName<Struct extends StructName> = keyof (typeof structMembers)[Struct] & string

/** Bytes of a slot. */
export interface MemberPlace {
  /** Counted from where the struct begins. */
  readonly slot: number
  /** In bytes, from the lowest of the slot. */
  readonly offset: number
  readonly bytes: number
}

export function memberPlace<Struct extends StructName>(
  struct: Struct,
  member: MemberName<Struct>,
): MemberPlace {
  return structMembers[struct][member] as MemberPlace
}

/** What a slot holds at a place, as the number that its bytes are. */
export function bitsAt(held: Word, { offset, bytes }: Omit<MemberPlace, 'slot'>): bigint {
  return BigInt.asUintN(8 * bytes, held >> BigInt(8 * offset))
}

/** A timeline keeps its newest entry where it stands, and the list of those before it behind that. */
export function earlierSlot(timeline: Word): Word {
  return timeline + BigInt(memberPlace('Timeline', 'earlier').slot)
}

/** The same of terms. */
export function earlierTermsSlot(history: Word): Word {
  return history + BigInt(memberPlace('TermHistory', 'earlier').slot)
}
