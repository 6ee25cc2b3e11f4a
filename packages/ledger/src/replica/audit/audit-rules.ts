/** What storage has to hold of the rules of a rulebook. Keys begin with its address. */
import type { Hex, TermFact } from '@hefu/protocol'
import { hexToBigInt, hexToString, sha256, stringToBytes } from 'viem'
import { encodeLicenceType } from '../../abi/rules.ts'
import {
  AGREEMENT_COUNT_SLOT,
  agreementMembersSlot,
  agreementSlot,
  agreementTermSlot,
  agreementTypesSlot,
  approvalsSlot,
  baselineSlot,
  bondsSlot,
  delegationSlot,
  demandSlot,
  everRefusedSlot,
  licenceTypeSlot,
  type RefusedKind,
  refusalsSlot,
  responsibilitySlot,
  schemaDigestSlot,
  serviceItemSlot,
} from '../../slots/rule-slots.ts'
import { listedSlot } from '../../slots/slot-arithmetic.ts'
import { memberPlace } from '../../slots/struct-slots.ts'
import type { RefusalRecord, TermRecord } from '../facts/facts.ts'
import { absentClaim, exactly, type FactPlace, hexText, type SlotClaim, slotClaim } from './audit-claim.ts'
import {
  bytesClaims,
  countClaim,
  datedListClaims,
  type FactPart,
  listClaims,
  termClaim,
  termsClaims,
  timelineClaims,
  wholeFact,
} from './audit-lists.ts'
import type { AuditSubject } from './audit-subject.ts'

/** Parts of a key, the last with whatever else there is: codes of items may hold the sign between the parts. */
function partsOf(key: string, count: number): readonly string[] {
  const parts = key.split('/')
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join('/')]
}

/** The order of `EntryStatus`. */
const ENTRY_STATUSES: readonly string[] = ['none', 'active', 'retired']
const entryStatus = (stored: bigint): string => ENTRY_STATUSES[Number(stored)] ?? `code ${stored}`

/** The version in the lowest 32 bits, the status in the eight above. */
function standing(version: number, isRetired: boolean): readonly FactPart[] {
  const status = exactly(ENTRY_STATUSES.indexOf(isRetired ? 'retired' : 'active'), entryStatus)
  return [
    { part: 'version', offset: 0, bytes: 4, ...exactly(version) },
    { part: 'status', offset: 4, bytes: 1, ...status },
  ]
}

export function licenceTypeClaims({ facts }: AuditSubject, key: string): readonly SlotClaim[] {
  const [contract, code = ''] = partsOf(key, 2) as [Hex, string]
  const versions = facts.find('licenceTypes', key) ?? []
  const entries = versions.map(({ since, version, status }) => ({
    since,
    fact: standing(version, status !== 'active'),
  }))
  return [
    ...timelineClaims({ contract, fact: 'licenceType', slot: licenceTypeSlot(code) }, entries),
    ...versions.map(({ version, schemaDigest }) =>
      slotClaim(
        { contract, fact: 'schemaDigest', slot: schemaDigestSlot(code, version) },
        exactly(hexToBigInt(schemaDigest), hexText(32)),
      ),
    ),
  ]
}

/** Versions of an item, and what each demands: the fields, and their digest before them. */
export function serviceItemClaims({ facts, told, tally }: AuditSubject, key: string): readonly SlotClaim[] {
  const [contract, item = ''] = partsOf(key, 2) as [Hex, string]
  const versions = facts.find('demands', key) ?? []
  const entries = (tally.items.get(key) ?? []).map(({ since, version, isRetired }) => ({
    since,
    fact: standing(version, isRetired),
  }))
  const place = (version: number, code: string): FactPlace => ({
    contract,
    fact: 'demandedFields',
    slot: demandSlot(item, version, code),
  })
  const missing = (told.find('demands', key) ?? []).flatMap(({ fact }, at) =>
    Object.keys(fact)
      .filter((code) => versions[at]?.fact[code] === undefined)
      .map((code) => absentClaim({ ...place(at + 1, code), fact: 'demandDigest' })),
  )
  return [
    ...timelineClaims({ contract, fact: 'serviceItem', slot: serviceItemSlot(item) }, entries),
    ...missing,
    ...versions.flatMap(({ fact }, at) =>
      Object.entries(fact).flatMap(([code, fields]) => demandClaims(place(at + 1, code), fields)),
    ),
  ]
}

function demandClaims(place: FactPlace, fields: readonly string[]): readonly SlotClaim[] {
  const text = stringToBytes(fields.join('\n'))
  const behind = place.slot + BigInt(memberPlace('DemandedFields', 'fields').slot)
  return [
    slotClaim({ ...place, fact: 'demandDigest' }, exactly(hexToBigInt(sha256(text)), hexText(32))),
    ...bytesClaims({ ...place, slot: behind }, text),
  ]
}

const termsOf = (records: readonly TermRecord[] | null): readonly TermFact[] =>
  (records ?? []).map(({ term }) => term)

export function delegationClaims({ facts }: AuditSubject, key: string): readonly SlotClaim[] {
  const [contract, region = '', code = ''] = partsOf(key, 3) as [Hex, string, string]
  const place = { contract, fact: 'delegation', slot: delegationSlot(Number(region), code) }
  return termsClaims(place, termsOf(facts.find('delegations', key)))
}

export function responsibilityClaims({ facts }: AuditSubject, key: string): readonly SlotClaim[] {
  const [contract, uscc = '', code = ''] = partsOf(key, 3) as [Hex, string, string]
  const place = { contract, fact: 'responsibility', slot: responsibilitySlot(uscc, code) }
  return termsClaims(place, termsOf(facts.find('responsibilities', key)))
}

export function baselineClaims({ facts }: AuditSubject, key: string): readonly SlotClaim[] {
  const [contract, code = ''] = partsOf(key, 2) as [Hex, string]
  return termsClaims(
    { contract, fact: 'baseline', slot: baselineSlot(code) },
    termsOf(facts.find('baseline', key)),
  )
}

/** An agreement, and how many its rulebook has. */
export function agreementClaims({ facts, agreements }: AuditSubject, key: string): readonly SlotClaim[] {
  const [contract, text = ''] = partsOf(key, 2) as [Hex, string]
  const number = Number(text)
  const place = { contract, fact: 'agreement', slot: agreementSlot(number) }
  const found = facts.find('agreements', key)
  if (found === null) return [absentClaim(place)]
  const { term, members, licenceTypes } = found
  return [
    slotClaim(
      { contract, fact: 'agreementCount', slot: AGREEMENT_COUNT_SLOT },
      exactly(agreements.get(contract) ?? 0),
      4,
    ),
    termClaim(place, term),
    ...listClaims(
      { contract, fact: 'agreementTypes', slot: agreementTypesSlot(number) },
      licenceTypes,
      licenceTypeClaim,
    ),
    countClaim({ ...place, fact: 'agreementMembers', slot: agreementMembersSlot(number) }, members.length),
    ...members.map((member) =>
      termClaim(
        { contract, fact: 'membership', slot: agreementTermSlot(number, member.province) },
        member.term,
      ),
    ),
  ]
}

const LICENCE_TYPE_BYTES = 21

function licenceTypeClaim(place: FactPlace, code: string): SlotClaim {
  const show = (stored: bigint): string => hexToString(hexText(LICENCE_TYPE_BYTES)(stored) as Hex)
  return slotClaim(place, exactly(hexToBigInt(encodeLicenceType(code)), show), LICENCE_TYPE_BYTES)
}

export function bondClaims({ facts }: AuditSubject, key: string): readonly SlotClaim[] {
  const [contract, one = '', other = '', code = ''] = partsOf(key, 4) as [Hex, string, string, string]
  const entries = (facts.find('bonds', key) ?? []).map(({ since, fact }) => ({
    since,
    fact: wholeFact(exactly(fact)),
  }))
  return datedListClaims(
    { contract, fact: 'bond', slot: bondsSlot(Number(one), Number(other), code) },
    entries,
  )
}

/** The terms of a refusal, the decision behind each, and that there ever was one. */
export function refusalClaims({ facts }: AuditSubject, key: string): readonly SlotClaim[] {
  const [contract, receiving = '', issuing = '', licenceType = '', item = ''] = partsOf(key, 5) as [
    Hex,
    ...string[],
  ]
  const kind = { receiving: Number(receiving), issuing: Number(issuing), licenceType, item }
  const found = facts.find('refusals', key)
  const ever = everRefusedSlot(kind.receiving, licenceType)
  return [
    ...termsClaims({ contract, fact: 'refusal', slot: refusalsSlot(kind) }, termsOf(found)),
    ...(found === null ? [] : [slotClaim({ contract, fact: 'refusesType', slot: ever }, exactly(true), 1)]),
    ...approvalClaims(contract, kind, found ?? []),
  ]
}

/** Slots of a struct `Approval`. */
const APPROVAL_SLOTS = 2

function approvalClaims(
  contract: Hex,
  kind: RefusedKind,
  refusals: readonly RefusalRecord[],
): readonly SlotClaim[] {
  const list = approvalsSlot(kind)
  return [
    countClaim({ contract, fact: 'approval', slot: list }, refusals.length),
    ...refusals.flatMap(({ approval: { number, documentDigest } }, at) => {
      const slot = listedSlot(list, at, APPROVAL_SLOTS)
      const behind = slot + BigInt(memberPlace('Approval', 'documentDigest').slot)
      return [
        ...bytesClaims({ contract, fact: 'approval', slot }, stringToBytes(number)),
        slotClaim(
          { contract, fact: 'approvalDigest', slot: behind },
          exactly(hexToBigInt(documentDigest), hexText(32)),
        ),
      ]
    }),
  ]
}
