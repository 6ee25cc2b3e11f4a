/** A replica of a rulebook that knows nothing but what events said. */
import type { EventLog } from 'ethers'
import {
  type Approval,
  type Demand,
  EntryStatus,
  ethers,
  type LicenceTypeRules,
  type Rulebook,
  TERM_OPEN,
} from './ledger-fixture.ts'
import { type DatedModel, endTerms, keptTerms, keptTimeline, type TermModel } from './replay-terms.ts'
import { nested, type Stored } from './storage-image.ts'

const INVITATION = 180n * 86_400n

interface AgreementModel extends TermModel {
  readonly noticeSeconds: bigint
  /** Nobody joins from then on. */
  openUntil: bigint
  readonly licenceTypes: readonly string[]
  readonly memberships: Map<bigint, TermModel>
  readonly members: bigint[]
}
interface RefusalsModel {
  readonly terms: TermModel[]
  readonly approvals: Approval[]
}

export class RulesModel {
  authority: string = ethers.ZeroAddress
  readonly licenceTypes = new Map<string, DatedModel[]>()
  readonly schemaDigests = new Map<string, string>()
  readonly serviceItems = new Map<string, DatedModel[]>()
  readonly demands = new Map<string, string>()
  readonly delegations = new Map<string, TermModel[]>()
  readonly responsibilities = new Map<string, TermModel[]>()
  readonly baseline = new Map<string, TermModel[]>()
  readonly agreements = new Map<bigint, AgreementModel>()
  readonly bonds = new Map<string, DatedModel[]>()
  readonly refusals = new Map<string, RefusalsModel>()

  agreement(number: bigint): AgreementModel {
    const found = this.agreements.get(number)
    if (found === undefined) throw new Error(`no event proposed the agreement ${number}`)
    return found
  }

  bind(number: bigint, one: bigint, other: bigint, kind: string, since: bigint): void {
    const [lower, higher] = one < other ? [one, other] : [other, one]
    listOf(this.bonds, `${lower}/${higher}/${kind}`).push({ since, fact: number })
  }

  refusalsOf(receiving: bigint, { issuing, licenceType, item }: EventLog['args']): RefusalsModel {
    const key = `${receiving}/${issuing}/${licenceType}/${item}`
    const found = this.refusals.get(key) ?? { terms: [], approvals: [] }
    this.refusals.set(key, found)
    return found
  }
}

function listOf<Entry>(lists: Map<string, Entry[]>, key: string): Entry[] {
  const found = lists.get(key) ?? []
  lists.set(key, found)
  return found
}

type Apply = (model: RulesModel, args: EventLog['args'], time: bigint) => unknown

/** The version in the lowest 32 bits, the status in the eight above. */
const standing = (version: bigint, status: bigint): bigint => version | (status << 32n)

const rulesAbove = ({ holderClass, validityMonths, reviewMonths }: LicenceTypeRules): bigint =>
  (holderClass << 40n) | (BigInt(validityMonths) << 48n) | (BigInt(reviewMonths) << 64n)

function retire(entries: DatedModel[], since: bigint): void {
  const { fact } = entries.at(-1) ?? { fact: 0n }
  entries.push({ since, fact: fact - standing(0n, EntryStatus.Active) + standing(0n, EntryStatus.Retired) })
}

/** One line an event. */
export const APPLY_RULES: Readonly<Record<string, Apply>> = {
  LicenceTypeRegistered: (model, { licenceType, version, rules }, since) => {
    const fact = standing(version, EntryStatus.Active) | rulesAbove(rules)
    listOf(model.licenceTypes, licenceType).push({ since, fact })
    model.schemaDigests.set(`${licenceType}/${version}`, rules.schemaDigest)
  },
  LicenceTypeRetired: (model, { licenceType }, since) =>
    retire(listOf(model.licenceTypes, licenceType), since),
  ServiceItemRegistered: (model, { item, version, demands }, since) => {
    listOf(model.serviceItems, item).push({ since, fact: standing(version, EntryStatus.Active) })
    for (const { licenceType, fields } of demands as Demand[]) {
      model.demands.set(`${item}/${version}/${licenceType}`, String(fields))
    }
  },
  ServiceItemRetired: (model, { item }, since) => retire(listOf(model.serviceItems, item), since),
  TypeDelegated: (model, { region, licenceType, from, until }) =>
    listOf(model.delegations, `${region}/${licenceType}`).push({ from, until }),
  TypeDelegationEnded: (model, { region, licenceType, until }) =>
    endTerms(listOf(model.delegations, `${region}/${licenceType}`), until),
  ResponsibilityAssigned: (model, { agency, licenceType, from, until }) =>
    listOf(model.responsibilities, `${agency}/${licenceType}`).push({ from, until }),
  ResponsibilityEnded: (model, { agency, licenceType, until }) =>
    endTerms(listOf(model.responsibilities, `${agency}/${licenceType}`), until),
  BaselineSet: (model, { licenceType, from, until }) =>
    listOf(model.baseline, licenceType).push({ from, until }),
  BaselineEnded: (model, { licenceType, until }) => endTerms(listOf(model.baseline, licenceType), until),
  AgreementProposed: (model, { agreement, proposer, draft }, time) => {
    const { partners, licenceTypes, from, until, noticeSeconds } = draft
    const invited = [proposer, ...partners].map((province) => [province, { from: 0n, until: 0n }] as const)
    const memberships = new Map<bigint, TermModel>(invited)
    model.agreements.set(agreement, {
      from,
      until,
      noticeSeconds,
      openUntil: time + INVITATION,
      licenceTypes: [...licenceTypes],
      memberships,
      members: [],
    })
  },
  AgreementJoined: (model, { agreement, region }, since) => {
    const { memberships, members, licenceTypes } = model.agreement(agreement)
    memberships.set(region, { from: since, until: BigInt(TERM_OPEN) })
    for (const member of members) {
      for (const kind of licenceTypes) model.bind(agreement, member, region, kind, since)
    }
    members.push(region)
  },
  AgreementRenewed: (model, { agreement, region, partner, licenceType }, since) =>
    model.bind(agreement, region, partner, licenceType, since),
  AgreementLeft: (model, { agreement, region, leavesAt }, time) => {
    const left = model.agreement(agreement)
    if (left.openUntil > time) left.openUntil = time
    const { memberships } = left
    memberships.set(region, { from: memberships.get(region)?.from ?? 0n, until: leavesAt })
  },
  NegativeEntered: (model, { receiving, entry, from, until, approval }) => {
    const { terms, approvals } = model.refusalsOf(receiving, entry)
    terms.push({ from, until })
    approvals.push(approval)
  },
  NegativeEnded: (model, { receiving, entry, until }) => {
    const { terms, approvals } = model.refusalsOf(receiving, entry)
    endTerms(terms, until)
    approvals.splice(terms.length)
  },
}

/** Of OpenZeppelin's part: which access manager there is, told by the deployment. */
const AUTHORITY_UPDATED = 'AuthorityUpdated'

export async function replayRules(rulebook: Rulebook): Promise<RulesModel> {
  const model = new RulesModel()
  for (const event of (await rulebook.queryFilter('*')) as unknown as EventLog[]) {
    const time = BigInt((await event.getBlock()).timestamp)
    if (event.eventName === AUTHORITY_UPDATED) model.authority = event.args['authority']
    else APPLY_RULES[event.eventName]?.(model, event.args, time)
  }
  return model
}

/** What the rulebook keeps, if the events told all of it. */
export function storedRules(model: RulesModel): Readonly<Record<string, Stored>> {
  const agreements = [...model.agreements]
  return {
    _authority: model.authority,
    _consumingSchedule: false,
    _licenceTypes: byWords(model.licenceTypes, keptTimeline),
    _schemaDigests: byWords(model.schemaDigests, (digest) => digest),
    _serviceItems: byWords(model.serviceItems, keptTimeline),
    _demands: nested(
      [...model.demands].map(([key, fields]) => {
        const [item = '', version = '', kind = ''] = key.split('/')
        const demanded = { digest: ethers.sha256(fields), fields: ethers.getBytes(fields) }
        return [[item, version, kind].map(wordOf), demanded]
      }),
    ),
    _delegations: byWords(model.delegations, keptTerms),
    _responsibilities: byWords(model.responsibilities, keptTerms),
    _baseline: byWords(model.baseline, keptTerms),
    _agreementCount: BigInt(agreements.length),
    _agreements: new Map(
      agreements.map(([number, { from, until, noticeSeconds, openUntil }]) => [
        number,
        { term: { from, until }, noticeSeconds, openUntil },
      ]),
    ),
    _memberships: nested(
      agreements.flatMap(([number, { memberships }]) =>
        [...memberships].map(
          ([province, term]) => [[number, province], { invited: true, term: { ...term } }] as const,
        ),
      ),
    ),
    _agreementTypes: new Map(agreements.map(([number, { licenceTypes }]) => [number, licenceTypes])),
    _agreementMembers: new Map(agreements.map(([number, { members }]) => [number, members])),
    _bonds: byWords(model.bonds, (bonds) => bonds.map((bond) => ({ ...bond }))),
    _negatives: byWords(model.refusals, ({ terms, approvals }) => ({
      history: keptTerms(terms),
      approvals: approvals.map(({ number, documentDigest }) => ({
        number: ethers.toUtf8Bytes(number),
        documentDigest,
      })),
    })),
    _everRefused: nested(
      [...model.refusals.keys()].map((key) => {
        const [receiving = '', , kind = ''] = key.split('/')
        return [[receiving, kind].map(wordOf), true]
      }),
    ),
  }
}

/** Codes of bytes stand at the left of their word, numbers at the right. */
export function wordOf(key: string): bigint {
  return BigInt(key.startsWith('0x') ? ethers.zeroPadBytes(key, 32) : key)
}

/** A mapping of what is known by keys with a `/` between them. */
export function byWords<Value>(
  known: ReadonlyMap<string, Value>,
  kept: (value: Value, key: string) => Stored,
): ReadonlyMap<bigint, Stored> {
  return nested([...known].map(([key, value]) => [key.split('/').map(wordOf), kept(value, key)]))
}
