/** Slots of a rulebook. */
import { mappedSlot, textWord, type Word } from './slot-arithmetic.ts'
import { rulebookSlots } from './storage-layout.ts'
import { memberPlace } from './struct-slots.ts'

/** The timeline of a licence type's versions. */
export function licenceTypeSlot(code: string): Word {
  return mappedSlot(BigInt(rulebookSlots._licenceTypes), textWord(code))
}

export function schemaDigestSlot(code: string, version: number): Word {
  return mappedSlot(BigInt(rulebookSlots._schemaDigests), textWord(code), BigInt(version))
}

/** The timeline of a service item's versions. */
export function serviceItemSlot(item: string): Word {
  return mappedSlot(BigInt(rulebookSlots._serviceItems), textWord(item))
}

/** What a version of an item demands of a licence type: the digest of the fields, and the fields behind it. */
export function demandSlot(item: string, version: number, code: string): Word {
  return mappedSlot(BigInt(rulebookSlots._demands), textWord(item), BigInt(version), textWord(code))
}

/** The history of the terms for which a region was given a type. */
export function delegationSlot(region: number, code: string): Word {
  return mappedSlot(BigInt(rulebookSlots._delegations), BigInt(region), textWord(code))
}

/** The history of the terms for which an agency was responsible for a type. */
export function responsibilitySlot(uscc: string, code: string): Word {
  return mappedSlot(BigInt(rulebookSlots._responsibilities), textWord(uscc), textWord(code))
}

/** The history of the terms for which a type was on the baseline. */
export function baselineSlot(code: string): Word {
  return mappedSlot(BigInt(rulebookSlots._baseline), textWord(code))
}

/** How many agreements were ever proposed: they are numbered from 1. */
export const AGREEMENT_COUNT_SLOT: Word = BigInt(rulebookSlots._agreementCount)

export function agreementSlot(number: number): Word {
  return mappedSlot(BigInt(rulebookSlots._agreements), BigInt(number))
}

/** The list of licence types that an agreement is about. */
export function agreementTypesSlot(number: number): Word {
  return mappedSlot(BigInt(rulebookSlots._agreementTypes), BigInt(number))
}

/** The list of those who joined an agreement. */
export function agreementMembersSlot(number: number): Word {
  return mappedSlot(BigInt(rulebookSlots._agreementMembers), BigInt(number))
}

/** The term for which a province is bound by an agreement. */
export function agreementTermSlot(number: number, province: number): Word {
  const membership = mappedSlot(BigInt(rulebookSlots._memberships), BigInt(number), BigInt(province))
  return membership + BigInt(memberPlace('Membership', 'term').slot)
}

/** The list of agreements that bind two provinces, whichever is named first, for a type. */
export function bondsSlot(one: number, other: number, code: string): Word {
  const [lower, higher] = [BigInt(Math.min(one, other)), BigInt(Math.max(one, other))]
  return mappedSlot(BigInt(rulebookSlots._bonds), lower, higher, textWord(code))
}

/** What a province refuses. */
export interface RefusedKind {
  readonly receiving: number
  /** 0: every other province. */
  readonly issuing: number
  readonly licenceType: string
  /** Empty: every item. */
  readonly item: string
}

/** The history of the terms of a refusal. */
export function refusalsSlot({ receiving, issuing, licenceType, item }: RefusedKind): Word {
  const of = [BigInt(receiving), BigInt(issuing), textWord(licenceType), textWord(item)]
  return mappedSlot(BigInt(rulebookSlots._negatives), ...of)
}

/** The list of decisions that approved refusals, at the place of each. */
export function approvalsSlot(kind: RefusedKind): Word {
  return refusalsSlot(kind) + BigInt(memberPlace('Refusals', 'approvals').slot)
}

/** Whether a province ever refused a type. */
export function everRefusedSlot(receiving: number, code: string): Word {
  return mappedSlot(BigInt(rulebookSlots._everRefused), BigInt(receiving), textWord(code))
}
