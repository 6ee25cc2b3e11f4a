/** What events of regions, agencies and keys change. */
import type { Hex, OfficialName } from '@hefu/protocol'
import { decodeTime, decodeUscc } from '../../abi/codes.ts'
import { decodeKey } from '../../abi/keys.ts'
import type { EventBlock, LedgerEvents, MemberEvent } from '../events/ledger-event.ts'
import { endNomination, endSuccession } from './apply-waits.ts'
import { governingRegion } from './authority.ts'
import type { Dated } from './dated.ts'
import {
  type AgencyRecord,
  type Change,
  type Facts,
  findKnown,
  keyOf,
  type RegionRecord,
  UnknownFactError,
} from './facts.ts'

type Apply<Name extends MemberEvent> = (
  facts: Facts,
  args: LedgerEvents[Name],
  block: EventBlock,
) => readonly Change[]

/** One line an event. */
export const APPLY_MEMBERS: { readonly [Name in MemberEvent]: Apply<Name> } = {
  RegionAdmitted: (_, { region, name }, { time }) => [admitted(region, 0, name, time)],
  RegionAccredited: (_, { region, parent, name }, { time }) => [admitted(region, parent, name, time)],
  RegionRenamed: (facts, { region, name }, { time }) =>
    changeRegion(facts, region, ({ names }) => ({ names: named(names, name, time) })),
  RegionSuspended: (facts, { region }) =>
    changeRegion(facts, region, ({ status }) => ({
      status: status === 'closed' ? 'closed-suspended' : 'suspended',
    })),
  RegionResumed: (facts, { region }) =>
    changeRegion(facts, region, ({ status }) => ({
      status: status === 'closed-suspended' ? 'closed' : 'active',
    })),
  RegionClosedForAnchors: (facts, { region }) => changeRegion(facts, region, () => ({ status: 'closed' })),
  RegionReopened: (facts, { region }) => changeRegion(facts, region, () => ({ status: 'active' })),
  RegionRetired: (facts, { region, successor }, { time }) => [
    ...changeRegion(facts, region, ({ membership }) => ({
      status: 'retired',
      successor,
      membership: [...membership, { since: time, fact: false }],
    })),
    ...(successor === 0 ? [] : endSuccession(facts, { region }, { region: successor }, time)),
  ],
  // Until its superior opens it.
  RegionReinstated: (facts, { region }, { time }) =>
    changeRegion(facts, region, ({ membership }) => ({
      status: 'closed',
      successor: 0,
      membership: [...membership, { since: time, fact: true }],
    })),
  RegionMoved: (facts, { region, from, to }, { time }) => [
    ...changeRegion(facts, region, ({ left }) => ({ parent: to, left: [...left, { at: time, from }] })),
    ...endNomination(facts, { region }, time),
  ],
  RegionPaused: (facts, { region, until }) => changeRegion(facts, region, () => ({ pausedUntil: until })),
  AgencyAccredited: (_, { agency, region, name }, { time }) => [
    {
      table: 'agencies',
      key: decodeUscc(agency),
      fact: {
        status: 'active',
        since: time,
        region,
        successor: null,
        names: named([], name, time),
        left: [],
      },
    },
  ],
  AgencyRenamed: (facts, { agency, name }, { time }) =>
    changeAgency(facts, agency, ({ names }) => ({ names: named(names, name, time) })),
  AgencySuspended: (facts, { agency }, { time }) => stopped(facts, agency, time),
  AgencyResumed: (facts, { agency }, { time }) =>
    changeAgency(facts, agency, () => ({ status: 'active', since: time })),
  AgencyPaused: (facts, { agency }, { time }) => stopped(facts, agency, time),
  AgencyUnpaused: (facts, { agency }, { time }) =>
    changeAgency(facts, agency, () => ({ status: 'suspended', since: time })),
  AgencyRetired: retired,
  AgencyReinstated: (facts, { agency }, { time }) =>
    changeAgency(facts, agency, ({ region, left }) => {
      const governing = governingRegion(facts, region)
      return {
        status: 'suspended',
        since: time,
        successor: null,
        region: governing,
        left: governing === region ? left : [...left, { at: time, from: region }],
      }
    }),
  AgencyMoved: (facts, { agency, from, to }, { time }) => [
    ...changeAgency(facts, agency, ({ left }) => ({ region: to, left: [...left, { at: time, from }] })),
    ...endNomination(facts, { agency: decodeUscc(agency) }, time),
  ],
  KeyRegistered: (_, { kid, agency, ...key }) => [
    {
      table: 'keys',
      key: keyOf(decodeUscc(agency), kid),
      fact: decodeKey({ ...key, compromisedFrom: NEVER }, kid),
    },
  ],
  KeyEnded: (facts, { kid, agency, validUntil }) => changeKey(facts, agency, kid, { validUntil }),
  KeyCompromised: (facts, { kid, agency, compromisedFrom }) =>
    changeKey(facts, agency, kid, { compromisedFrom }),
  KeyCompromiseNarrowed: (facts, { kid, agency, compromisedFrom }) =>
    changeKey(facts, agency, kid, { compromisedFrom }),
}

/** `type(uint40).max`. */
const NEVER = 0xff_ffff_ffff

function admitted(region: number, parent: number, name: OfficialName, time: number): Change {
  return {
    table: 'regions',
    key: keyOf(region),
    fact: {
      status: 'active',
      parent,
      pausedUntil: 0,
      successor: 0,
      names: named([], name, time),
      left: [],
      membership: [{ since: time, fact: true }],
    },
  }
}

function named(
  names: readonly Dated<OfficialName>[],
  { zh, en, contact }: OfficialName,
  since: number,
): readonly Dated<OfficialName>[] {
  return [...names, { since, fact: { zh, en, contact } }]
}

/** Whoever was nominated before an agency was stopped is so no more. */
function stopped(facts: Facts, agency: Hex, time: number): readonly Change[] {
  return [
    ...changeAgency(facts, agency, () => ({ status: 'suspended', since: time })),
    ...endNomination(facts, { agency: decodeUscc(agency) }, time),
  ]
}

function retired(
  facts: Facts,
  { agency, ...by }: LedgerEvents['AgencyRetired'],
  { time }: EventBlock,
): readonly Change[] {
  const [uscc, successor] = [
    decodeUscc(agency),
    /^0x0*$/.test(by.successor) ? null : decodeUscc(by.successor),
  ]
  return [
    ...changeAgency(facts, agency, () => ({ status: 'retired', since: time, successor })),
    ...endNomination(facts, { agency: uscc }, time),
    ...(successor === null ? [] : endSuccession(facts, { agency: uscc }, { agency: successor }, time)),
  ]
}

function changeRegion(
  facts: Facts,
  code: number,
  change: (region: RegionRecord) => Partial<RegionRecord>,
): readonly Change[] {
  const key = keyOf(code)
  const region = findKnown(facts, 'regions', key)
  return [{ table: 'regions', key, fact: { ...region, ...change(region) } }]
}

function changeAgency(
  facts: Facts,
  uscc: Hex,
  change: (agency: AgencyRecord) => Partial<AgencyRecord>,
): readonly Change[] {
  const key = decodeUscc(uscc)
  const agency = findKnown(facts, 'agencies', key)
  return [{ table: 'agencies', key, fact: { ...agency, ...change(agency) } }]
}

function changeKey(
  facts: Facts,
  uscc: Hex,
  kid: Hex,
  times: { readonly validUntil?: number; readonly compromisedFrom?: number },
): readonly Change[] {
  const key = keyOf(decodeUscc(uscc), kid)
  const kept = facts.find('keys', key)
  if (kept === null) throw new UnknownFactError('keys', key)
  const changed = Object.fromEntries(Object.entries(times).map(([name, time]) => [name, decodeTime(time)]))
  return [{ table: 'keys', key, fact: { ...kept, ...changed } }]
}
