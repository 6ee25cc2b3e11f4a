/** A replica of the ledger that knows nothing but what events said. */
import { expect } from 'chai'
import type { EventLog } from 'ethers'
import { LAW } from './law.ts'
import {
  type ActName,
  AgencyStatus,
  ethers,
  type FormerHolderFacts,
  KEY_TIME_NEVER,
  LEGAL_STATUSES,
  type Ledger,
  type Name,
  NO_STATUS,
  RegionStatus,
  STATUS_ACTS,
  type StatusName,
} from './ledger-fixture.ts'
import type { DatedModel } from './replay-terms.ts'

const NOBODY = ethers.ZeroAddress
export const NO_AGENCY = `0x${'00'.repeat(18)}`
const PAUSES_APART = 30 * 86_400
const LONG_TENURE = 14n * 86_400n
const LONGEST_ABSENCE = 60n * 86_400n
/** How many successors of a region are followed. */
const MOST_HOPS = 4

interface Office {
  appointedBy: string
  heldSince: bigint
  statusSince: bigint
  /** Where it was before each move, dated by the move. */
  former: DatedModel[]
  nomination: { candidate: string; nominatedAt: bigint; nominatedBy: string }
  /** To whom the office returns, for a while. */
  formerHolder: FormerHolderFacts
  name: string
}
export interface RegionModel extends Office {
  admin: string
  status: bigint
  parent: bigint
  /** One from an admission or reinstatement on, zero from a retirement on. */
  membership: DatedModel[]
  pausedUntil: bigint
  pausedAt: bigint
  successor: bigint
}
export interface AgencyModel extends Office {
  operator: string
  region: bigint
  status: bigint
  indexCount: bigint
  hasPassedOver: boolean
  successor: string
}
export interface NotesModel {
  standing: bigint
  suspensionEnd: bigint
  restrictionEnd: bigint
  count: bigint
  lastBlock: bigint
}
interface Link {
  issuer: string
  index: bigint
  since: bigint
}
interface NameModel {
  readonly since: bigint
  readonly lines: string
}

export class Model {
  authority = NOBODY
  readonly regions = new Map<bigint, RegionModel>()
  readonly agencies = new Map<string, AgencyModel>()
  readonly keys = new Map<string, readonly (bigint | string)[]>()
  readonly anchors = new Map<string, readonly (bigint | boolean)[]>()
  readonly passedOver = new Map<string, [bigint, bigint][]>()
  readonly statuses = new Map<string, StatusName>()
  readonly words = new Map<string, { count: bigint; block: bigint; hasEnds: boolean }>()
  readonly notes = new Map<string, NotesModel>()
  readonly successors = new Map<string, Link>()
  readonly origins = new Map<string, Link & { depth: bigint }>()
  readonly rulebooks: { rulebook: string; from: bigint }[] = []
  readonly proposals = new Map<string, { proposer: string; proposedAt: bigint }>()
  /** By who follows whom: `region/430103/430102`. */
  readonly acceptedSuccessions = new Map<string, { account: string; acceptedAt: bigint }>()
  /** All names of each agency and region, by its code. */
  readonly names = new Map<string, NameModel[]>()
  /** Which name in Chinese is whose. */
  readonly nameHolders = new Map<string, string>()

  region(code: bigint): RegionModel {
    return known(this.regions.get(code))
  }

  agency(uscc: string): AgencyModel {
    return known(this.agencies.get(uscc))
  }

  notesOf(key: string): NotesModel {
    const none = { standing: 0n, suspensionEnd: 0n, restrictionEnd: 0n, count: 0n, lastBlock: 0n }
    const found = this.notes.get(key) ?? none
    this.notes.set(key, found)
    return found
  }

  word(issuer: string, index: bigint): { count: bigint; block: bigint; hasEnds: boolean } {
    const key = `${issuer}/${index / 48n}`
    const found = this.words.get(key) ?? { count: 0n, block: 0n, hasEnds: false }
    this.words.set(key, found)
    return found
  }

  rename(holder: string, name: Name, since: bigint): void {
    const names = this.names.get(holder) ?? []
    const before = names.at(-1)?.lines.split('\n')[0]
    if (before !== undefined) this.nameHolders.delete(before)
    this.nameHolders.set(name.zh, holder)
    this.names.set(holder, [...names, { since, lines: lines(name) }])
  }

  /** The region that governs what lies in another: itself, or what follows it. */
  governing(code: bigint, hops = 0): bigint {
    const { status, successor, parent } = this.region(code)
    if (status !== RegionStatus.Retired) return code
    return this.governing(successor === 0n || hops >= MOST_HOPS ? parent : successor, hops + 1)
  }

  membersOf(code: bigint): bigint {
    const agencies = [...this.agencies.values()].filter((one) => one.status !== AgencyStatus.Retired)
    const regions = [...this.regions.values()].filter((one) => one.status !== RegionStatus.Retired)
    const inside = [...agencies.map(({ region }) => region), ...regions.map(({ parent }) => parent)]
    return BigInt(inside.filter((one) => one === code).length)
  }
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('an event speaks of something no event brought in')
  return value
}

type Apply = (model: Model, args: EventLog['args'], time: bigint, block: bigint) => void

const lines = ({ zh, en, contact }: Name): string => `${zh}\n${en}\n${contact}`
const NOBODY_BEFORE: FormerHolderFacts = { account: NOBODY, leftAt: 0n, yields: false, holderLeftAt: 0n }
const unnamed = { candidate: NOBODY, nominatedAt: 0n, nominatedBy: NOBODY }
const office = (appointedBy: string, time: bigint, name: Name): Office => ({
  appointedBy,
  heldSince: time,
  statusSince: time,
  former: [],
  nomination: unnamed,
  formerHolder: NOBODY_BEFORE,
  name: lines(name),
})

const admit = (model: Model, code: bigint, facts: { admin: string; parent: bigint }, held: Office): unknown =>
  model.regions.set(code, {
    ...facts,
    ...held,
    status: RegionStatus.Active,
    membership: [{ since: held.heldSince, fact: 1n }],
    pausedUntil: 0n,
    pausedAt: 0n,
    successor: 0n,
  })
const rename = (model: Model, holder: bigint | string, name: Name, time: bigint): void => {
  const renamed = typeof holder === 'string' ? model.agency(holder) : model.region(holder)
  renamed.name = lines(name)
  model.rename(String(holder), name, time)
}
const setRegion =
  (status: bigint): Apply =>
  (model, { region }, statusSince) =>
    Object.assign(model.region(region), { status, statusSince })
const setAgency =
  (status: bigint): Apply =>
  (model, { agency }, statusSince) =>
    Object.assign(model.agency(agency), { status, statusSince })

/** Whoever stops an agency takes back whom its region nominated. */
const stopAgency =
  (status: bigint): Apply =>
  (model, { agency }, statusSince) =>
    Object.assign(model.agency(agency), { status, statusSince, nomination: unnamed })

/** To whom an office returns at a time, as the ledger tells it. */
export function returningTo(former: FormerHolderFacts, time: bigint): FormerHolderFacts {
  return time < former.leftAt + LONGEST_ABSENCE ? former : NOBODY_BEFORE
}

/** Who has the claim is remembered, whoever follows. */
function afterNomination(office: Office, holder: string, follower: string, time: bigint): FormerHolderFacts {
  const { formerHolder } = office
  const remembered = returningTo(formerHolder, time).account
  if (follower === holder) return afterResignation(office, time)
  if (follower === remembered) return afterReturn(office, holder, time)
  const hasClaim = remembered === NOBODY || formerHolder.yields || isLong(office, time)
  if (holder !== NOBODY && hasClaim) return { ...NOBODY_BEFORE, account: holder, leftAt: time }
  return { ...formerHolder, holderLeftAt: 0n }
}
/** Its claim falls to whoever is named next. */
function afterResignation(office: Office, time: bigint): FormerHolderFacts {
  const { formerHolder } = office
  const yields = formerHolder.yields || (formerHolder.account !== NOBODY && isLong(office, time))
  return { ...formerHolder, yields }
}
/** The next return gives the office back to whom this one puts out; the claim stays whose it was. */
function afterReturn(office: Office, holder: string, time: bigint): FormerHolderFacts {
  const { yields, holderLeftAt, leftAt } = office.formerHolder
  if (holder === NOBODY) return NOBODY_BEFORE
  const hasClaim = yields || isLong(office, time)
  const firstLeft = hasClaim || holderLeftAt === 0n ? time : holderLeftAt
  return { account: holder, leftAt: firstLeft, yields: !hasClaim, holderLeftAt: leftAt }
}
const isLong = ({ heldSince }: Office, time: bigint): boolean => heldSince + LONG_TENURE <= time

/** By place: a result of ethers has a method `entries` of its own. */
const anchorAll =
  (backfilled: boolean): Apply =>
  (model, [issuer, firstIndex, batches], time, block) => {
    let next: bigint = firstIndex
    for (const { root, size } of batches) {
      model.anchors.set(`${issuer}/${root}`, [time, block, size, next, backfilled])
      next += size
    }
    model.agency(issuer).indexCount = next
  }

const noteAll =
  (stands: boolean): Apply =>
  (model, { issuer, code, indices, previousBlocks }, _time, block) => {
    for (const [place, index] of [...indices].entries()) {
      const notes = model.notesOf(`${issuer}/${index}`)
      expect(previousBlocks[place]).to.equal(notes.lastBlock)
      const bit = 1n << code
      notes.standing = stands ? notes.standing | bit : notes.standing & ~bit
      notes.lastBlock = block
      notes.count++
    }
  }

/** An end belongs to the act that set it. */
function setEnds(notes: NotesModel, act: ActName, endsAt: bigint): void {
  if (act !== 'Restrict' && act !== 'Lift') notes.suspensionEnd = act === 'Suspend' ? endsAt : 0n
  if (act !== 'Suspend' && act !== 'Reinstate') notes.restrictionEnd = act === 'Restrict' ? endsAt : 0n
}

/** A re-made licence takes a restriction on before a suspension, each as by an act. */
const takenOn = (status: StatusName): ActName => (status === 'Restricted' ? 'Restrict' : 'Suspend')

const isOfLink = (status: StatusName): boolean =>
  status === 'Superseded' || status === 'TransferredOut' || status === 'Transferred'

const actOn: Apply = (model, { issuer, act, to, indices, previousBlocks, decision }, _time, block) => {
  const name = known(STATUS_ACTS[Number(act)])
  const setsStatus = name === 'Correct' || name === 'Inherit'
  const named = setsStatus ? known(LEGAL_STATUSES[Number(to)]) : undefined
  expect(setsStatus || to === NO_STATUS).to.equal(true)
  const touched = new Map<bigint, bigint>()
  for (const index of indices as bigint[]) {
    const key = `${issuer}/${index}`
    const notes = model.notesOf(key)
    const word = model.word(issuer, index)
    if (decision.endsAt !== 0n) word.hasEnds = true
    if (word.hasEnds && name !== 'Dissolve') {
      setEnds(notes, name === 'Inherit' ? takenOn(known(named)) : name, decision.endsAt)
    }
    model.statuses.set(key, named ?? lawful(name, model.statuses.get(key) ?? 'Valid'))
    if (name === 'Correct' && !isOfLink(known(named))) model.successors.delete(key)
    touched.set(index / 48n, index)
  }
  expect([...previousBlocks]).to.deep.equal(
    [...touched.values()].map((index) => model.word(issuer, index).block),
  )
  for (const index of touched.values()) {
    const word = model.word(issuer, index)
    word.count++
    word.block = block
  }
}

/** A transferred origin is in transit again, which a correction in the same call says of its status. */
const dissolve: Apply = (model, { originIssuer, originIndex, issuer, index }) => {
  const [origin, successor] = [`${originIssuer}/${originIndex}`, `${issuer}/${index}`]
  model.origins.delete(successor)
  const link = model.successors.get(origin)
  if (!link || link.since === 0n || `${link.issuer}/${link.index}` !== successor) return
  if (model.statuses.get(origin) === 'Transferred')
    model.successors.set(origin, { issuer, index: 0n, since: 0n })
  else model.successors.delete(origin)
}

function lawful(act: ActName, from: StatusName): StatusName {
  if (act === 'Dissolve') return from
  return act === 'TransferIn' ? 'Transferred' : known(LAW[act][from])
}

function link(model: Model, origin: [string, bigint], successor: [string, bigint], since: bigint): void {
  const behind = model.origins.get(origin.join('/'))?.depth ?? 0n
  model.successors.set(origin.join('/'), { issuer: successor[0], index: successor[1], since })
  model.origins.set(successor.join('/'), {
    issuer: origin[0],
    index: origin[1],
    since,
    depth: behind + 1n,
  })
}

/** One line an event. */
export const APPLY: Readonly<Record<string, Apply>> = {
  RegionAdmitted: (model, { region, admin, appointedBy, name }, time) => {
    admit(model, region, { admin, parent: 0n }, office(appointedBy, time, name))
    rename(model, region, name, time)
  },
  RegionAccredited: (model, { region, parent, admin, name }, time) => {
    admit(model, region, { admin, parent }, office(model.region(parent).admin, time, name))
    rename(model, region, name, time)
  },
  RegionRenamed: (model, { region, name }, time) => rename(model, region, name, time),
  RegionSuspended: (model, args, time, block) => {
    const isClosed = model.region(args['region']).status === RegionStatus.Closed
    setRegion(isClosed ? RegionStatus.ClosedSuspended : RegionStatus.Suspended)(model, args, time, block)
  },
  RegionResumed: (model, args, time, block) => {
    const isClosed = model.region(args['region']).status === RegionStatus.ClosedSuspended
    setRegion(isClosed ? RegionStatus.Closed : RegionStatus.Active)(model, args, time, block)
  },
  RegionClosedForAnchors: setRegion(RegionStatus.Closed),
  RegionReopened: setRegion(RegionStatus.Active),
  RegionRetired: (model, args, time, block) => {
    setRegion(RegionStatus.Retired)(model, args, time, block)
    model.region(args['region']).membership.push({ since: time, fact: 0n })
    model.region(args['region']).successor = args['successor']
    model.acceptedSuccessions.delete(`region/${args['region']}/${args['successor']}`)
  },
  RegionReinstated: (model, args, time, block) => {
    setRegion(RegionStatus.Closed)(model, args, time, block)
    model.region(args['region']).membership.push({ since: time, fact: 1n })
    model.region(args['region']).successor = 0n
  },
  RegionMoved: (model, { region, from, to }, statusSince) => {
    const facts = model.region(region)
    facts.former.push({ since: statusSince, fact: from })
    Object.assign(facts, { parent: to, statusSince, nomination: unnamed })
  },
  RegionPaused: (model, { region, until }, time) => {
    const facts = model.region(region)
    facts.pausedUntil = until
    // The first of a pause: what prolongs or ends one follows within fourteen days.
    if (time >= facts.pausedAt + BigInt(PAUSES_APART)) facts.pausedAt = time
  },
  RegionAdminNominated: (model, { region, candidate, nominatedBy }, nominatedAt) =>
    Object.assign(model.region(region), { nomination: { candidate, nominatedAt, nominatedBy } }),
  RegionAdminChanged: (model, { region, admin }, heldSince) => {
    const facts = model.region(region)
    const formerHolder = afterNomination(facts, facts.admin, admin, heldSince)
    const appointedBy = facts.nomination.nominatedBy
    Object.assign(facts, { admin, appointedBy, heldSince, formerHolder, nomination: unnamed })
  },
  RegionAdminResigned: (model, { region, admin }, heldSince) => {
    const facts = model.region(region)
    const formerHolder = afterResignation(facts, heldSince)
    Object.assign(facts, { admin: NOBODY, appointedBy: NOBODY, heldSince, formerHolder })
    if (facts.nomination.nominatedBy === admin) facts.nomination = unnamed
  },
  RegionAdminReturned: (model, { region, admin, appointedBy }, heldSince) => {
    const facts = model.region(region)
    const formerHolder = afterReturn(facts, facts.admin, heldSince)
    Object.assign(facts, { admin, appointedBy, heldSince, formerHolder, nomination: unnamed })
  },
  RegionSuccessionAccepted: (model, { region, successor }, acceptedAt) =>
    model.acceptedSuccessions.set(`region/${region}/${successor}`, {
      account: model.region(successor).admin,
      acceptedAt,
    }),
  AgencyAccredited: (model, { agency, region, operator, name }, time) => {
    model.agencies.set(agency, {
      operator,
      region,
      status: AgencyStatus.Active,
      indexCount: 0n,
      hasPassedOver: false,
      successor: NO_AGENCY,
      ...office(model.region(region).admin, time, name),
    })
    rename(model, agency, name, time)
  },
  AgencyRenamed: (model, { agency, name }, time) => rename(model, agency, name, time),
  AgencySuspended: stopAgency(AgencyStatus.Suspended),
  AgencyResumed: setAgency(AgencyStatus.Active),
  AgencyPaused: stopAgency(AgencyStatus.Paused),
  AgencyUnpaused: setAgency(AgencyStatus.Suspended),
  AgencyRetired: (model, args, time, block) => {
    stopAgency(AgencyStatus.Retired)(model, args, time, block)
    model.agency(args['agency']).successor = args['successor']
    model.acceptedSuccessions.delete(`agency/${args['agency']}/${args['successor']}`)
  },
  AgencyReinstated: (model, args, time, block) => {
    setAgency(AgencyStatus.Suspended)(model, args, time, block)
    const agency = model.agency(args['agency'])
    const region = model.governing(agency.region)
    if (region !== agency.region) agency.former.push({ since: time, fact: agency.region })
    Object.assign(agency, { region, successor: NO_AGENCY })
  },
  AgencyMoved: (model, { agency, from, to }, since) => {
    const facts = model.agency(agency)
    facts.former.push({ since, fact: from })
    Object.assign(facts, { region: to, nomination: unnamed })
  },
  AgencyOperatorNominated: (model, { agency, candidate, nominatedBy }, nominatedAt) =>
    Object.assign(model.agency(agency), { nomination: { candidate, nominatedAt, nominatedBy } }),
  AgencyOperatorChanged: (model, { agency, operator }, heldSince) => {
    const facts = model.agency(agency)
    const formerHolder = afterNomination(facts, facts.operator, operator, heldSince)
    const appointedBy = facts.nomination.nominatedBy
    Object.assign(facts, { operator, appointedBy, heldSince, formerHolder, nomination: unnamed })
  },
  AgencyOperatorResigned: (model, { agency }, heldSince) => {
    const facts = model.agency(agency)
    const formerHolder = afterResignation(facts, heldSince)
    Object.assign(facts, { operator: NOBODY, appointedBy: NOBODY, heldSince, formerHolder })
  },
  AgencyOperatorReturned: (model, { agency, operator, appointedBy }, heldSince) => {
    const facts = model.agency(agency)
    const formerHolder = afterReturn(facts, facts.operator, heldSince)
    Object.assign(facts, { operator, appointedBy, heldSince, formerHolder, nomination: unnamed })
  },
  AgencySuccessionAccepted: (model, { agency, successor }, acceptedAt) =>
    model.acceptedSuccessions.set(`agency/${agency}/${successor}`, {
      account: model.agency(successor).operator,
      acceptedAt,
    }),
  KeyRegistered: (model, { kid, agency, algorithm, x, y, validFrom, validUntil }) =>
    model.keys.set(`${agency}/${kid}`, [algorithm, validFrom, validUntil, KEY_TIME_NEVER, x, y]),
  KeyEnded: (model, { kid, agency, validUntil }) => replaceAt(model, `${agency}/${kid}`, 2, validUntil),
  KeyCompromised: (model, { kid, agency, compromisedFrom }) =>
    replaceAt(model, `${agency}/${kid}`, 3, compromisedFrom),
  KeyCompromiseNarrowed: (model, { kid, agency, compromisedFrom }) =>
    replaceAt(model, `${agency}/${kid}`, 3, compromisedFrom),
  Proposed: (model, { call, proposer }, proposedAt) => model.proposals.set(call, { proposer, proposedAt }),
  Confirmed: (model, { call }) => model.proposals.delete(call),
  ProposalWithdrawn: (model, { call }) => model.proposals.delete(call),
  Anchored: anchorAll(false),
  Backfilled: anchorAll(true),
  IndicesPassedOver: (model, { issuer, firstIndex, size }) => {
    Object.assign(model.agency(issuer), { indexCount: firstIndex + size, hasPassedOver: true })
    const ranges = model.passedOver.get(issuer) ?? []
    model.passedOver.set(issuer, [...ranges, [firstIndex, firstIndex + size]])
  },
  StatusActed: actOn,
  Noted: noteAll(true),
  NoticeLifted: noteAll(false),
  Superseded: (model, { issuer, index, successor }, time) =>
    link(model, [issuer, index], [issuer, successor], time),
  TransferredOut: (model, { issuer, indices, destination }) => {
    for (const index of indices) {
      model.successors.set(`${issuer}/${index}`, { issuer: destination, index: 0n, since: 0n })
    }
  },
  SuccessionDissolved: dissolve,
  RulebookChanged: (model, { rulebook, from }) => model.rulebooks.push({ rulebook, from }),
  TransferredIn: (model, { originIssuer, originIndex, issuer, index }, time) =>
    link(model, [originIssuer, originIndex], [issuer, index], time),
}

function replaceAt(model: Model, key: string, place: number, value: bigint): void {
  const facts = [...known(model.keys.get(key))]
  facts[place] = value
  model.keys.set(key, facts)
}

/** Of OpenZeppelin's part: which access manager there is, told by the deployment. */
const AUTHORITY_UPDATED = ethers.id('AuthorityUpdated(address)')

export async function replay(ledger: Ledger): Promise<Model> {
  const model = new Model()
  const times = new Map<number, bigint>()
  for (const event of (await ledger.queryFilter('*')) as unknown as EventLog[]) {
    const time = times.get(event.blockNumber) ?? BigInt((await event.getBlock()).timestamp)
    times.set(event.blockNumber, time)
    if (event.topics[0] === AUTHORITY_UPDATED)
      model.authority = ethers.getAddress(ethers.dataSlice(event.data, 12))
    else known(APPLY[event.eventName])(model, event.args, time, BigInt(event.blockNumber))
  }
  return model
}
