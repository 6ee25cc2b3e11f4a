/** Everything the ledger holds can be rebuilt from its events alone: a random history, replayed, against storage. */
import { createHash } from 'node:crypto'
import { expect } from 'chai'
import type { EventLog } from 'ethers'
import { before, describe, it } from 'mocha'
import { LAW } from './law.ts'
import {
  type ActName,
  APPROVAL,
  BASIS,
  blockTime,
  chain,
  deployWithCatalogue,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  itemCode,
  KEY_TIME_NEVER,
  LEGAL_STATUSES,
  type Ledger,
  LegalStatus,
  RULES,
  type Rulebook,
  rootOf,
  SAFETY_MANAGER,
  SPECIAL_OPERATION,
  STATUS_ACTS,
  type StatusName,
  TERM_OPEN,
} from './ledger-fixture.ts'

const ISSUERS = [HUNAN_HOUSING, HOUSING_MINISTRY] as const
const TYPES = [SAFETY_MANAGER, SPECIAL_OPERATION] as const
const CHANGSHA = 430100
const REGIONS = [HUNAN, GUANGDONG, CHANGSHA]
const ITEM = itemCode('000117001000')
const STEPS = 400
const INDICES = 130

/** A small seeded generator: the same history at every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

interface Term {
  from: number
  until: number
  /** Of a negative entry: the reference of its approval. */
  approval?: string
}
/** What something was from a time on. */
interface Dated {
  since: number
  fact: number
}

/** What a replica knows: nothing but what events said. */
interface Model {
  regions: Map<number, { admin: string; status: bigint; since: number; parent: number; nominated: string }>
  agencies: Map<
    string,
    { operator: string; region: number; status: bigint; since: number; nominated: string }
  >
  keys: Map<string, { agency: string; validFrom: number; validUntil: number; compromisedFrom: number }>
  anchors: Map<string, { at: number; block: number; size: bigint; backfilled: boolean }>
  statuses: Map<string, StatusName>
  successors: Map<string, string>
  types: Map<string, { version: number; status: bigint; since: number; schema: string }>
  items: Map<string, { version: number; status: bigint; demands: Map<string, string> }>
  terms: Map<string, Term[]>
  members: Map<string, { joined: number; leaves: number }>
  agreements: Map<number, Term & { types: string[] }>
  /** By type: the agreements by which Guangdong and Hunan are both bound, in the order in which they count. */
  bonds: Map<string, Dated[]>
  /** Regions, types, versions and rulebooks: each since when. */
  dated: Map<string, Dated[]>
}

const emptyModel = (): Model => ({
  regions: new Map(),
  agencies: new Map(),
  keys: new Map(),
  anchors: new Map(),
  statuses: new Map(),
  successors: new Map(),
  types: new Map(),
  items: new Map(),
  terms: new Map(),
  members: new Map(),
  agreements: new Map(),
  bonds: new Map(),
  dated: new Map(),
})

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('an event speaks of something no event brought in')
  return value
}

type Args = EventLog['args']
type Apply = (model: Model, args: Args, time: number, block: number) => void

function append(map: Map<string, Dated[]>, key: string, since: number, fact: number | bigint): void {
  map.set(key, [...(map.get(key) ?? []), { since, fact: Number(fact) }])
}
/** The newest at a time, and all before it. */
const untilTime = (entries: readonly Dated[] | undefined, time: number): Dated[] =>
  (entries ?? []).filter(({ since }) => since <= time)

const setRegion =
  (status: bigint): Apply =>
  (model, { region }, since) => {
    Object.assign(must(model.regions.get(Number(region))), { status, since })
  }
const setAgency =
  (status: bigint): Apply =>
  (model, { agency }, since) => {
    Object.assign(must(model.agencies.get(agency)), { status, since })
  }
const addTerm =
  (keyOf: (args: Args) => string): Apply =>
  (model, args) => {
    const terms = model.terms.get(keyOf(args)) ?? []
    model.terms.set(keyOf(args), [...terms, { from: Number(args['from']), until: Number(args['until']) }])
  }
const addRefusal: Apply = (model, args) => {
  const term = { from: Number(args['from']), until: Number(args['until']), approval: args['approval'].number }
  model.terms.set(ofNegative(args), [...(model.terms.get(ofNegative(args)) ?? []), term])
}
const bind = (model: Model, agreement: number, types: readonly string[], since: number): void => {
  for (const type of types) append(model.bonds, type, since, agreement)
}
const endTerm =
  (keyOf: (args: Args) => string): Apply =>
  (model, args) => {
    must(must(model.terms.get(keyOf(args))).at(-1)).until = Number(args['until'])
  }
/** By place: a result of ethers has a method `entries` of its own. */
const anchorAll =
  (backfilled: boolean): Apply =>
  (model, [issuer, batches], at, block) => {
    for (const { root, size } of batches)
      model.anchors.set(`${issuer}/${root}`, { at, block, size, backfilled })
  }
const ofRegion = (a: Args): string => `delegation/${a['region']}/${a['licenceType']}`
const ofAgency = (a: Args): string => `responsibility/${a['agency']}/${a['licenceType']}`
const ofType = (a: Args): string => `baseline/${a['licenceType']}`
const ofNegative = (a: Args): string => `negative/${a['receiving']}/${[...a['entry']].join('/')}`

/** One line an event. */
const APPLY: Readonly<Record<string, Apply>> = {
  RegionAdmitted: (model, { region, admin }, since) => {
    append(model.dated, `region/${region}`, since, 1)
    model.regions.set(Number(region), { admin, status: 1n, since, parent: 0, nominated: ethers.ZeroAddress })
  },
  RegionAccredited: (model, { region, parent, admin }, since) =>
    model.regions.set(Number(region), {
      admin,
      status: 1n,
      since,
      parent: Number(parent),
      nominated: ethers.ZeroAddress,
    }),
  RegionSuspended: setRegion(2n),
  RegionResumed: setRegion(1n),
  RegionRetired: setRegion(3n),
  RegionAdminNominated: (model, { region, candidate }) => {
    must(model.regions.get(Number(region))).nominated = candidate
  },
  RegionAdminChanged: (model, { region, admin }) => {
    Object.assign(must(model.regions.get(Number(region))), { admin, nominated: ethers.ZeroAddress })
  },
  AgencyAccredited: (model, { agency, region, operator }, since) =>
    model.agencies.set(agency, {
      operator,
      region: Number(region),
      status: 1n,
      since,
      nominated: ethers.ZeroAddress,
    }),
  AgencySuspended: setAgency(2n),
  AgencyResumed: setAgency(1n),
  AgencyRetired: setAgency(3n),
  AgencyPaused: setAgency(4n),
  AgencyUnpaused: setAgency(2n),
  AgencyOperatorNominated: (model, { agency, candidate }) => {
    must(model.agencies.get(agency)).nominated = candidate
  },
  AgencyOperatorChanged: (model, { agency, operator }) => {
    Object.assign(must(model.agencies.get(agency)), { operator, nominated: ethers.ZeroAddress })
  },
  KeyRegistered: (model, { kid, agency, validFrom, validUntil }) =>
    model.keys.set(kid, {
      agency,
      validFrom: Number(validFrom),
      validUntil: Number(validUntil),
      compromisedFrom: Number(KEY_TIME_NEVER),
    }),
  KeyEnded: (model, { kid, validUntil }) => {
    must(model.keys.get(kid)).validUntil = Number(validUntil)
  },
  KeyCompromised: (model, { kid, compromisedFrom }) => {
    must(model.keys.get(kid)).compromisedFrom = Number(compromisedFrom)
  },
  Anchored: anchorAll(false),
  Backfilled: anchorAll(true),
  StatusActed: (model, { issuer, act, indices }) => {
    for (const index of indices) {
      const key = `${issuer}/${index}`
      const from = model.statuses.get(key) ?? 'Valid'
      model.statuses.set(key, must(LAW[STATUS_ACTS[Number(act)] as ActName][from]))
    }
  },
  TransferredIn: (model, { originIssuer, originIndex, issuer, index }) => {
    model.statuses.set(`${originIssuer}/${originIndex}`, 'Transferred')
    model.successors.set(`${originIssuer}/${originIndex}`, `${issuer}/${index}`)
  },
  LicenceTypeRegistered: (model, { licenceType, version, rules }, since) => {
    append(model.dated, `type/${licenceType}`, since, version)
    model.types.set(licenceType, { version: Number(version), status: 1n, since, schema: rules.schemaDigest })
  },
  LicenceTypeRetired: (model, { licenceType }, since) => {
    Object.assign(must(model.types.get(licenceType)), { status: 2n, since })
  },
  ServiceItemRegistered: (model, { item, version, demands }, since) => {
    append(model.dated, `item/${item}`, since, version)
    const digests = [...demands].map(({ licenceType, fields }): [string, string] => [
      licenceType,
      `0x${createHash('sha256').update(ethers.getBytes(fields)).digest('hex')}`,
    ])
    model.items.set(item, { version: Number(version), status: 1n, demands: new Map(digests) })
  },
  ServiceItemRetired: (model, { item }) => {
    must(model.items.get(item)).status = 2n
  },
  TypeDelegated: addTerm(ofRegion),
  TypeDelegationEnded: endTerm(ofRegion),
  ResponsibilityAssigned: addTerm(ofAgency),
  ResponsibilityEnded: endTerm(ofAgency),
  BaselineSet: addTerm(ofType),
  BaselineEnded: endTerm(ofType),
  NegativeEntered: addRefusal,
  NegativeEnded: endTerm(ofNegative),
  AgreementProposed: (model, { agreement, draft }) => {
    const { licenceTypes, from, until } = draft
    const term = { from: Number(from), until: Number(until) }
    model.agreements.set(Number(agreement), { ...term, types: [...licenceTypes] })
  },
  AgreementJoined: (model, { agreement, region }, joined) => {
    model.members.set(`${agreement}/${region}`, { joined, leaves: TERM_OPEN })
    if (![HUNAN, GUANGDONG].every((one) => model.members.has(`${agreement}/${one}`))) return
    bind(model, Number(agreement), must(model.agreements.get(Number(agreement))).types, joined)
  },
  AgreementRenewed: (model, { agreement, licenceType }, since) =>
    bind(model, Number(agreement), [licenceType], since),
  RulebookChanged: (model, { from }) => append(model.dated, 'rulebook', Number(from), 1),
  AgreementLeft: (model, { agreement, region, leavesAt }) => {
    must(model.members.get(`${agreement}/${region}`)).leaves = Number(leavesAt)
  },
  AuthorityUpdated: () => undefined,
}

async function replay(contracts: readonly (Ledger | Rulebook)[]): Promise<Model> {
  const model = emptyModel()
  const times = new Map<number, number>()
  const events = await Promise.all(contracts.map((contract) => contract.queryFilter('*')))
  const inOrder = (events.flat() as unknown as EventLog[]).toSorted(
    (a, b) => a.blockNumber - b.blockNumber || a.index - b.index,
  )
  for (const event of inOrder) {
    const time = times.get(event.blockNumber) ?? Number((await event.getBlock()).timestamp)
    times.set(event.blockNumber, time)
    must(APPLY[event.eventName])(model, event.args, time, event.blockNumber)
  }
  return model
}

describe('Events', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let rulebook: Rulebook
  let model: Model
  let kid: string
  let lawful = 0

  before(async () => {
    fixture = await deployWithCatalogue()
    ;({ ledger, rulebook } = fixture)
    await live(createRandom(7))
    model = await replay([ledger, rulebook])
  })

  /** A random history; what the ledger refuses is part of life and leaves no trace. */
  async function live(random: (below: number) => number): Promise<void> {
    const { hunanAdmin, guangdongAdmin, operator, stranger, council } = fixture
    const [changshaAdmin] = (await ethers.getSigners()).slice(8)
    if (!changshaAdmin) throw new Error('too few accounts')
    const by = (who: typeof council): Ledger => ledger.connect(who)
    const rule = (who: typeof council): Rulebook => rulebook.connect(who)
    await by(hunanAdmin).accreditRegion(CHANGSHA, HUNAN, changshaAdmin.address)
    await by(guangdongAdmin).accreditAgency(HOUSING_MINISTRY, GUANGDONG, stranger.address)
    const jwk = Buffer.from('{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}')
    kid = ethers.sha256(jwk)
    await by(hunanAdmin).registerKey(HUNAN_HOUSING, kid, 2n, 1, KEY_TIME_NEVER, jwk)
    const operators = [operator, stranger] as const
    const pick = <Value>(values: readonly Value[]): Value => must(values[random(values.length)])
    const soon = async (): Promise<number> => (await blockTime()) + random(2000)
    const negative = () => ({
      issuing: pick([0, HUNAN]),
      licenceType: pick(TYPES),
      item: pick([ethers.ZeroHash, ITEM]),
    })
    const demands = () =>
      TYPES.slice(random(2)).map((licenceType) => ({ licenceType, fields: Buffer.from(`f${random(9)}`) }))
    const steps: (() => Promise<unknown>)[] = [
      ...Array.from({ length: 12 }, () => async () => {
        const who = random(2)
        const indices = [...new Set([random(INDICES), random(INDICES), random(INDICES)])].toSorted(
          (a, b) => a - b,
        )
        const act = BigInt(random(STATUS_ACTS.length))
        return by(must(operators[who])).act(must(ISSUERS[who]), act, indices, await blockTime(), BASIS, '1')
      }),
      ...Array.from({ length: 6 }, () => async () => {
        const who = random(2)
        const origin = { issuer: must(ISSUERS[1 - who]), index: random(INDICES) }
        const index = random(INDICES)
        if (random(2) === 0) {
          const args = [origin.issuer, 9n, [origin.index], await blockTime(), BASIS, '1'] as const
          await by(must(operators[1 - who])).act(args[0], args[1], [...args[2]], args[3], args[4], args[5])
        }
        return by(must(operators[who])).transferIn({ issuer: must(ISSUERS[who]), index }, origin, '1')
      }),
      ...(['anchor', 'backfill'] as const).map((name) => async () => {
        const who = random(2)
        const entries = [1, 2].map(() => ({ root: rootOf(random(60)), size: 1 + random(1000) }))
        const as = by(must(operators[who]))
        return name === 'anchor'
          ? as.anchorMany(must(ISSUERS[who]), entries)
          : as.backfill(must(ISSUERS[who]), entries)
      }),
      async () => by(hunanAdmin).suspendAgency(HUNAN_HOUSING),
      ...Array.from({ length: 3 }, () => async () => by(hunanAdmin).resumeAgency(HUNAN_HOUSING)),
      async () => by(council).pauseAgency(HUNAN_HOUSING),
      ...Array.from({ length: 3 }, () => async () => by(council).unpauseAgency(HUNAN_HOUSING)),
      async () => by(hunanAdmin).nominateOperator(HUNAN_HOUSING, changshaAdmin.address),
      async () => by(hunanAdmin).suspendRegion(CHANGSHA),
      async () => by(hunanAdmin).resumeRegion(CHANGSHA),
      async () => by(hunanAdmin).nominateRegionAdmin(CHANGSHA, council.address),
      async () => by(hunanAdmin).endKey(kid, (await blockTime()) + 10_000 - random(9000)),
      async () => by(hunanAdmin).reportKeyCompromised(kid, (await blockTime()) - random(90_000)),
      async () => rulebook.amendLicenceType(pick(TYPES), { ...RULES, schemaDigest: rootOf(random(9)) }),
      async () => rulebook.registerServiceItem(ITEM, demands()),
      async () => rulebook.amendServiceItem(ITEM, demands()),
      async () => rule(hunanAdmin).delegateType(CHANGSHA, pick(TYPES), await soon(), (await soon()) + 500),
      async () => rule(hunanAdmin).endTypeDelegation(CHANGSHA, pick(TYPES), await soon()),
      async () =>
        rule(hunanAdmin).assignResponsibility(HUNAN_HOUSING, pick(TYPES), await soon(), (await soon()) + 500),
      async () => rule(hunanAdmin).endResponsibility(HUNAN_HOUSING, pick(TYPES), await soon()),
      async () => rulebook.setBaseline(pick(TYPES), await soon(), (await soon()) + 500),
      async () => rulebook.endBaseline(pick(TYPES), await soon()),
      async () =>
        rule(guangdongAdmin).enterNegative(
          GUANGDONG,
          negative(),
          await soon(),
          (await soon()) + 300,
          APPROVAL,
        ),
      async () => rule(guangdongAdmin).endNegative(GUANGDONG, negative(), await soon()),
      async () => {
        const [from, until] = [await soon(), (await soon()) + 3000]
        const draft = {
          partners: [HUNAN],
          licenceTypes: [pick(TYPES)],
          from,
          until,
          noticeSeconds: random(900),
        }
        return rule(guangdongAdmin).proposeAgreement(GUANGDONG, draft)
      },
      ...Array.from({ length: 4 }, () => async () => rule(hunanAdmin).joinAgreement(1 + random(16), HUNAN)),
      async () => rule(hunanAdmin).renewAgreement(1 + random(4), HUNAN, GUANGDONG, pick(TYPES)),
      async () =>
        rule(pick([hunanAdmin, guangdongAdmin])).leaveAgreement(1 + random(4), pick([HUNAN, GUANGDONG])),
      async () => chain.time.increase(random(1500)),
    ]
    for (let step = 0; step < STEPS; step++) {
      await pick(steps)().then(
        () => lawful++,
        () => undefined,
      )
    }
  }

  it('are of every name that this replay knows, and a good part of the history was lawful', () => {
    const fragments = [...ledger.interface.fragments, ...rulebook.interface.fragments]
    const names = new Set(
      fragments.flatMap((one) => (one.type === 'event' ? [(one as never as { name: string }).name] : [])),
    )
    expect([...names].toSorted()).to.deep.equal(Object.keys(APPLY).toSorted())
    expect(lawful).to.be.greaterThan(STEPS / 4)
    expect(model.successors.size).to.be.greaterThan(0)
    expect(model.members.size).to.be.greaterThan(1)
  })

  it('tell all regions, agencies and keys', async () => {
    for (const code of REGIONS) {
      const { admin, status, since, parent } = await ledger.region(code)
      const nominated = await ledger.nominatedRegionAdmin(code)
      const stored = { admin, status, since: Number(since), parent: Number(parent), nominated }
      expect(must(model.regions.get(code)), String(code)).to.deep.equal(stored)
    }
    for (const uscc of ISSUERS) {
      const { operator, region, status, since } = await ledger.agency(uscc)
      const nominated = await ledger.nominatedOperator(uscc)
      const stored = { operator, region: Number(region), status, since: Number(since), nominated }
      expect(must(model.agencies.get(uscc)), uscc).to.deep.equal(stored)
    }
    const { agency, validFrom, validUntil, compromisedFrom } = await ledger.key(kid)
    expect(must(model.keys.get(kid))).to.deep.equal({
      agency,
      validFrom: Number(validFrom),
      validUntil: Number(validUntil),
      compromisedFrom: Number(compromisedFrom),
    })
  })

  it('tell all anchors, statuses and successors, and none that is not there', async () => {
    for (const issuer of ISSUERS) {
      for (let seed = 0; seed < 60; seed++) {
        const stored = await ledger.anchorOf(issuer, rootOf(seed))
        const told = model.anchors.get(`${issuer}/${rootOf(seed)}`)
        expect([
          Number(stored.anchoredAt),
          Number(stored.blockNumber),
          stored.size,
          stored.backfilled,
        ]).to.deep.equal(told ? [told.at, told.block, told.size, told.backfilled] : [0, 0, 0n, false])
      }
      for (let index = 0; index < INDICES; index++) {
        const told = model.statuses.get(`${issuer}/${index}`) ?? 'Valid'
        expect(LEGAL_STATUSES[Number(await ledger.statusOf(issuer, index))], `${index}`).to.equal(told)
        const successor = await ledger.successorOf(issuer, index)
        const name = successor.since === 0n ? undefined : `${successor.issuer}/${successor.index}`
        expect(model.successors.get(`${issuer}/${index}`)).to.equal(name)
      }
    }
  })

  it('tell every word of statuses as this side packs it', async () => {
    const base = 8 // contracts/snapshots/storage-layout.txt
    const coder = ethers.AbiCoder.defaultAbiCoder()
    for (const issuer of ISSUERS) {
      const words = ethers.keccak256(coder.encode(['bytes18', 'uint256'], [issuer, base]))
      for (let word = 0; word < 3; word++) {
        let packed = 0n
        for (let place = 0; place < 64; place++) {
          const status = model.statuses.get(`${issuer}/${64 * word + place}`) ?? 'Valid'
          packed |= LegalStatus[status] << BigInt(4 * place)
        }
        const slot = ethers.keccak256(coder.encode(['uint256', 'bytes32'], [word, words]))
        const stored = await ethers.provider.getStorage(await ledger.getAddress(), slot)
        expect(stored).to.equal(ethers.toBeHex(packed, 32))
      }
    }
  })

  it('tell the catalogue', async () => {
    for (const type of TYPES) {
      const { version, status, since, rules } = await rulebook.licenceType(type)
      const stored = { version: Number(version), status, since: Number(since), schema: rules.schemaDigest }
      expect(must(model.types.get(type))).to.deep.equal(stored)
    }
    const item = must(model.items.get(ITEM))
    expect(Number((await rulebook.serviceItem(ITEM)).version)).to.equal(item.version)
    for (const type of TYPES) {
      expect(await rulebook.demandOf(ITEM, type)).to.equal(item.demands.get(type) ?? ethers.ZeroHash)
    }
    const now = await blockTime()
    for (let time = now - 60_000; time <= now; time += 700) {
      for (const type of TYPES) {
        const versions = untilTime(model.dated.get(`type/${type}`), time)
        const told = Number((await rulebook.licenceTypeAt(type, time)).version)
        expect(told, `${time - now}`).to.equal(versions.at(-1)?.fact ?? 0)
      }
      const versions = untilTime(model.dated.get(`item/${ITEM}`), time)
      const told = Number((await rulebook.serviceItemAt(ITEM, time)).version)
      expect(told, `${time - now}`).to.equal(versions.at(-1)?.fact ?? 0)
    }
  })

  it('tell responsibilities, delegations and what is recognised at any time', async () => {
    const now = await blockTime()
    const covering = (key: string, time: number): Term =>
      (model.terms.get(key) ?? []).findLast(({ from, until }) => from <= time && time < until) ?? {
        from: 0,
        until: 0,
      }
    const began = (key: string, time: number): boolean => untilTime(model.dated.get(key), time).length > 0
    const holds = ({ from, until }: Term, time: number): boolean => from <= time && time < until
    const bindingAt = (type: string, time: number): number | undefined =>
      untilTime(model.bonds.get(type), time)
        .slice(-8)
        .toReversed()
        .map(({ fact }) => fact)
        .find((number) => {
          const joint = [HUNAN, GUANGDONG].map((one) => must(model.members.get(`${number}/${one}`)))
          const bound = joint.every(({ joined, leaves }) => holds({ from: joined, until: leaves }, time))
          return bound && holds(must(model.agreements.get(number)), time)
        })
    const recognisedAt = (
      type: string,
      time: number,
    ): [rule: number, agreement: number, approval: string] => {
      if (!began(`region/${GUANGDONG}`, time)) return [5, 0, '']
      if (!began(`region/${HUNAN}`, time)) return [6, 0, '']
      if (!began(`type/${type}`, time)) return [7, 0, '']
      const refusal = [
        `${HUNAN}/${type}/${ITEM}`,
        `${HUNAN}/${type}/${ethers.ZeroHash}`,
        `0/${type}/${ITEM}`,
        `0/${type}/${ethers.ZeroHash}`,
      ]
        .map((key) => covering(`negative/${GUANGDONG}/${key}`, time))
        .find(({ until }) => until !== 0)
      if (refusal !== undefined) return [4, 0, refusal.approval ?? '']
      if (covering(`baseline/${type}`, time).until !== 0) return [2, 0, '']
      const agreement = bindingAt(type, time)
      return agreement === undefined ? [0, 0, ''] : [3, agreement, '']
    }
    const rules = new Set<number>()
    for (let time = now - 60_000; time < now + 3000; time += 700) {
      for (const type of TYPES) {
        const plain = ({ from, until }: { from: bigint; until: bigint }): Term => ({
          from: Number(from),
          until: Number(until),
        })
        expect(plain(await rulebook.responsibilityAt(HUNAN_HOUSING, type, time))).to.deep.equal(
          covering(`responsibility/${HUNAN_HOUSING}/${type}`, time),
        )
        expect(plain(await rulebook.delegationAt(CHANGSHA, type, time))).to.deep.equal(
          covering(`delegation/${CHANGSHA}/${type}`, time),
        )
        const question = { receiving: GUANGDONG, issuing: HUNAN, licenceType: type, item: ITEM }
        const { rule, agreement, approval } = await rulebook.recognised(question, time)
        const told = [Number(rule), Number(agreement), approval.number]
        expect(told, `${time - now}`).to.deep.equal(recognisedAt(type, time))
        rules.add(Number(rule))
      }
    }
    for (const rule of [0, 2, 3, 4]) expect([...rules], `rule ${rule}`).to.include(rule)
    for (const [key, { joined, leaves }] of model.members) {
      const [agreement, region] = key.split('/').map(Number)
      const { term } = await rulebook.membership(agreement ?? 0, region ?? 0)
      expect([Number(term.from), Number(term.until)]).to.deep.equal([joined, leaves])
    }
  })
})
