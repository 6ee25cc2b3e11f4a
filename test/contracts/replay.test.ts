/** Everything the ledger holds can be rebuilt from its events alone: a random history, replayed, against storage. */
import { createHash } from 'node:crypto'
import { expect } from 'chai'
import type { EventLog } from 'ethers'
import { before, describe, it } from 'mocha'
import { LAW } from './law.ts'
import {
  type ActName,
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
})

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('an event speaks of something no event brought in')
  return value
}

type Args = EventLog['args']
type Apply = (model: Model, args: Args, time: number, block: number) => void

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
  RegionAdmitted: (model, { region, admin }, since) =>
    model.regions.set(Number(region), { admin, status: 1n, since, parent: 0, nominated: ethers.ZeroAddress }),
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
  LicenceTypeRegistered: (model, { licenceType, version, rules }, since) =>
    model.types.set(licenceType, { version: Number(version), status: 1n, since, schema: rules.schemaDigest }),
  LicenceTypeRetired: (model, { licenceType }, since) => {
    Object.assign(must(model.types.get(licenceType)), { status: 2n, since })
  },
  ServiceItemRegistered: (model, { item, version, demands }) => {
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
  NegativeEntered: addTerm(ofNegative),
  NegativeEnded: endTerm(ofNegative),
  AgreementProposed: () => undefined,
  AgreementJoined: (model, { agreement, region }, joined) =>
    model.members.set(`${agreement}/${region}`, { joined, leaves: TERM_OPEN }),
  AgreementLeft: (model, { agreement, region, leavesAt }) => {
    must(model.members.get(`${agreement}/${region}`)).leaves = Number(leavesAt)
  },
  AuthorityUpdated: () => undefined,
}

async function replay(ledger: Ledger): Promise<Model> {
  const model = emptyModel()
  const times = new Map<number, number>()
  for (const event of (await ledger.queryFilter('*')) as unknown as EventLog[]) {
    const time = times.get(event.blockNumber) ?? Number((await event.getBlock()).timestamp)
    times.set(event.blockNumber, time)
    must(APPLY[event.eventName])(model, event.args, time, event.blockNumber)
  }
  return model
}

describe('Events', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let model: Model
  let kid: string
  let lawful = 0

  before(async () => {
    fixture = await deployWithCatalogue()
    ledger = fixture.ledger
    await live(createRandom(7))
    model = await replay(ledger)
  })

  /** A random history; what the ledger refuses is part of life and leaves no trace. */
  async function live(random: (below: number) => number): Promise<void> {
    const { hunanAdmin, guangdongAdmin, operator, stranger, council } = fixture
    const [changshaAdmin] = (await ethers.getSigners()).slice(8)
    if (!changshaAdmin) throw new Error('too few accounts')
    const by = (who: typeof council): Ledger => ledger.connect(who)
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
      async () => ledger.amendLicenceType(pick(TYPES), { ...RULES, schemaDigest: rootOf(random(9)) }),
      async () => ledger.registerServiceItem(ITEM, demands()),
      async () => ledger.amendServiceItem(ITEM, demands()),
      async () => by(hunanAdmin).delegateType(CHANGSHA, pick(TYPES), await soon(), (await soon()) + 500),
      async () => by(hunanAdmin).endTypeDelegation(CHANGSHA, pick(TYPES), await soon()),
      async () =>
        by(hunanAdmin).assignResponsibility(HUNAN_HOUSING, pick(TYPES), await soon(), (await soon()) + 500),
      async () => by(hunanAdmin).endResponsibility(HUNAN_HOUSING, pick(TYPES), await soon()),
      async () => ledger.setBaseline(pick(TYPES), await soon(), (await soon()) + 500),
      async () => ledger.endBaseline(pick(TYPES), await soon()),
      async () =>
        by(guangdongAdmin).enterNegative(GUANGDONG, negative(), await soon(), (await soon()) + 300, '1'),
      async () => by(guangdongAdmin).endNegative(GUANGDONG, negative(), await soon()),
      async () => {
        const [from, until] = [await soon(), (await soon()) + 3000]
        const draft = {
          partners: [HUNAN],
          licenceTypes: [pick(TYPES)],
          from,
          until,
          noticeSeconds: random(900),
        }
        return by(guangdongAdmin).proposeAgreement(GUANGDONG, draft)
      },
      async () => by(hunanAdmin).joinAgreement(1 + random(4), HUNAN),
      async () =>
        by(pick([hunanAdmin, guangdongAdmin])).leaveAgreement(1 + random(4), pick([HUNAN, GUANGDONG])),
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
    const names = ledger.interface.fragments.flatMap((one) =>
      one.type === 'event' ? [(one as never as { name: string }).name] : [],
    )
    expect(names.toSorted()).to.deep.equal(Object.keys(APPLY).toSorted())
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
    const base = 7 // contracts/snapshots/storage-layout.txt
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
      const { version, status, since, rules } = await ledger.licenceType(type)
      const stored = { version: Number(version), status, since: Number(since), schema: rules.schemaDigest }
      expect(must(model.types.get(type))).to.deep.equal(stored)
    }
    const item = must(model.items.get(ITEM))
    expect(Number((await ledger.serviceItem(ITEM)).version)).to.equal(item.version)
    for (const type of TYPES) {
      expect(await ledger.demandOf(ITEM, type)).to.equal(item.demands.get(type) ?? ethers.ZeroHash)
    }
  })

  it('tell responsibilities, delegations and what is recognised at any time', async () => {
    const now = await blockTime()
    const covering = (key: string, time: number): Term =>
      (model.terms.get(key) ?? []).findLast(({ from, until }) => from <= time && time < until) ?? {
        from: 0,
        until: 0,
      }
    const recognisedAt = (type: string, time: number): number => {
      const negative = [
        `${HUNAN}/${type}/${ITEM}`,
        `${HUNAN}/${type}/${ethers.ZeroHash}`,
        `0/${type}/${ITEM}`,
        `0/${type}/${ethers.ZeroHash}`,
      ]
      if (negative.some((key) => covering(`negative/${GUANGDONG}/${key}`, time).until !== 0)) return 4
      return covering(`baseline/${type}`, time).until !== 0 ? 2 : 0
    }
    for (let time = now - 60_000; time < now + 3000; time += 700) {
      for (const type of TYPES) {
        const plain = ({ from, until }: { from: bigint; until: bigint }): Term => ({
          from: Number(from),
          until: Number(until),
        })
        expect(plain(await ledger.responsibilityAt(HUNAN_HOUSING, type, time))).to.deep.equal(
          covering(`responsibility/${HUNAN_HOUSING}/${type}`, time),
        )
        expect(plain(await ledger.delegationAt(CHANGSHA, type, time))).to.deep.equal(
          covering(`delegation/${CHANGSHA}/${type}`, time),
        )
        const question = { receiving: GUANGDONG, issuing: HUNAN, licenceType: type, item: ITEM }
        const { rule } = await ledger.recognised(question, time)
        const told = recognisedAt(type, time)
        expect(Number(rule === 3n ? 0n : rule), `${time - now}`).to.equal(told)
      }
    }
    for (const [key, { joined, leaves }] of model.members) {
      const [agreement, region] = key.split('/').map(Number)
      const { term } = await ledger.membership(agreement ?? 0, region ?? 0)
      expect([Number(term.from), Number(term.until)]).to.deep.equal([joined, leaves])
    }
  })
})
