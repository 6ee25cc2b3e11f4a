/** What events of a rulebook change. */
import type { Hex, TermFact } from '@hefu/protocol'
import { hexToString } from 'viem'
import { decodeUscc } from '../../abi/codes.ts'
import { decodeDemand, decodeServiceItem, decodeTerm } from '../../abi/rules.ts'
import type { EventBlock, RulebookEvents } from '../events/ledger-event.ts'
import { endedAt } from './dated.ts'
import {
  type AgreementRecord,
  type Change,
  type Facts,
  findKnown,
  keyOf,
  type RefusalRecord,
  type TermRecord,
} from './facts.ts'

/** Facts of one rulebook. */
interface Rules {
  readonly facts: Facts
  readonly rulebook: Hex
}

type Apply<Name extends keyof RulebookEvents> = (
  rules: Rules,
  args: RulebookEvents[Name],
  block: EventBlock,
) => readonly Change[]

/** What no verification asks. */
const nothing = (): readonly Change[] => []

/** One line an event. */
export const APPLY_RULES: { readonly [Name in keyof RulebookEvents]: Apply<Name> } = {
  AuthorityUpdated: nothing,
  LicenceTypeRegistered: ({ facts, rulebook }, { licenceType, version, rules }, { time }) => {
    const key = keyOf(rulebook, hexToString(licenceType))
    const { schemaDigest } = rules
    const fact = { schemaDigest, version, status: 'active', since: time } as const
    return [{ table: 'licenceTypes', key, fact: [...(facts.find('licenceTypes', key) ?? []), fact] }]
  },
  LicenceTypeRetired: ({ facts, rulebook }, { licenceType }, { time }) => {
    const key = keyOf(rulebook, hexToString(licenceType))
    const versions = findKnown(facts, 'licenceTypes', key)
    const retired = versions.slice(-1).map((last) => ({ ...last, status: 'retired' as const, since: time }))
    return [{ table: 'licenceTypes', key, fact: [...versions, ...retired] }]
  },
  ServiceItemRegistered: ({ facts, rulebook }, { item, demands }, { time }) => {
    const key = keyOf(rulebook, decodeServiceItem(item))
    const fact = Object.fromEntries(
      demands.map(({ licenceType, fields }) => [hexToString(licenceType), decodeDemand({ fields }) ?? []]),
    )
    return [{ table: 'demands', key, fact: [...(facts.find('demands', key) ?? []), { since: time, fact }] }]
  },
  // Demands of an item that was retired stay what they were.
  ServiceItemRetired: nothing,
  TypeDelegated: ({ facts, rulebook }, { region, licenceType, ...term }) =>
    begin(facts, 'delegations', keyOf(rulebook, region, hexToString(licenceType)), term),
  TypeDelegationEnded: ({ facts, rulebook }, { region, licenceType, until }) =>
    end(facts, 'delegations', keyOf(rulebook, region, hexToString(licenceType)), until),
  ResponsibilityAssigned: ({ facts, rulebook }, { agency, licenceType, ...term }) =>
    begin(facts, 'responsibilities', keyOf(rulebook, decodeUscc(agency), hexToString(licenceType)), term),
  ResponsibilityEnded: ({ facts, rulebook }, { agency, licenceType, until }) =>
    end(facts, 'responsibilities', keyOf(rulebook, decodeUscc(agency), hexToString(licenceType)), until),
  BaselineSet: ({ facts, rulebook }, { licenceType, ...term }) =>
    begin(facts, 'baseline', keyOf(rulebook, hexToString(licenceType)), term),
  BaselineEnded: ({ facts, rulebook }, { licenceType, until }) =>
    end(facts, 'baseline', keyOf(rulebook, hexToString(licenceType)), until),
  AgreementProposed: ({ rulebook }, { agreement, draft }) => [
    {
      table: 'agreements',
      key: keyOf(rulebook, agreement),
      fact: {
        term: toTerm(draft),
        licenceTypes: draft.licenceTypes.map((code) => hexToString(code)),
        members: [],
      },
    },
  ],
  AgreementJoined: joined,
  AgreementRenewed: ({ facts, rulebook }, { agreement, region, partner, licenceType }, { time }) => [
    bound(facts, bondKey(rulebook, region, partner, hexToString(licenceType)), agreement, time),
  ],
  AgreementLeft: ({ facts, rulebook }, { agreement, region, leavesAt }) => {
    const key = keyOf(rulebook, agreement)
    const { members, ...kept } = findKnown(facts, 'agreements', key)
    const left = members.map((member) =>
      member.province === region ? { ...member, term: { from: member.term.from, until: leavesAt } } : member,
    )
    return [{ table: 'agreements', key, fact: { ...kept, members: left } }]
  },
  NegativeEntered: (
    { facts, rulebook },
    { receiving, entry, approval: { number, documentDigest }, ...term },
  ) => {
    const key = refusalKey(rulebook, receiving, entry)
    const refusal: RefusalRecord = { term: toTerm(term), approval: { number, documentDigest } }
    return [{ table: 'refusals', key, fact: [...(facts.find('refusals', key) ?? []), refusal] }]
  },
  NegativeEnded: ({ facts, rulebook }, { receiving, entry, until }) => {
    const key = refusalKey(rulebook, receiving, entry)
    return [{ table: 'refusals', key, fact: endedAt(findKnown(facts, 'refusals', key), until) }]
  },
}

interface AbiTerm {
  readonly from: number
  readonly until: number
}

/** An event tells of no term that is none. */
function toTerm(term: AbiTerm): TermFact {
  return decodeTerm(term) ?? { from: term.from, until: term.from }
}

type TermTable = 'delegations' | 'responsibilities' | 'baseline'

function begin(facts: Facts, table: TermTable, key: string, term: AbiTerm): readonly Change[] {
  const terms: readonly TermRecord[] = facts.find(table, key) ?? []
  return [{ table, key, fact: [...terms, { term: toTerm(term) }] }]
}

function end(facts: Facts, table: TermTable, key: string, until: number): readonly Change[] {
  return [{ table, key, fact: endedAt(findKnown(facts, table, key), until) }]
}

/** From now on the agreement binds whoever joins and all that had joined. */
function joined(
  { facts, rulebook }: Rules,
  { agreement, region }: RulebookEvents['AgreementJoined'],
  { time }: EventBlock,
): readonly Change[] {
  const key = keyOf(rulebook, agreement)
  const { members, licenceTypes, ...kept } = findKnown(facts, 'agreements', key)
  const member = { province: region, term: { from: time, until: null } }
  const fact: AgreementRecord = { ...kept, licenceTypes, members: [...members, member] }
  const bonds = members.flatMap(({ province }) =>
    licenceTypes.map((code) => bound(facts, bondKey(rulebook, region, province, code), agreement, time)),
  )
  return [{ table: 'agreements', key, fact }, ...bonds]
}

function bound(facts: Facts, key: string, agreement: number, since: number): Change {
  return { table: 'bonds', key, fact: [...(facts.find('bonds', key) ?? []), { since, fact: agreement }] }
}

/** Of two provinces, whichever is named first. */
export function bondKey(rulebook: Hex, one: number, other: number, licenceType: string): string {
  return keyOf(rulebook, Math.min(one, other), Math.max(one, other), licenceType)
}

function refusalKey(
  rulebook: Hex,
  receiving: number,
  { issuing, licenceType, item }: RulebookEvents['NegativeEntered']['entry'],
): string {
  return keyOf(rulebook, receiving, issuing, hexToString(licenceType), decodeServiceItem(item))
}
