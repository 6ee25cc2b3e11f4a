/** Everything the ledger holds can be rebuilt from its events alone: a random history, replayed, against the ledger. */
import { expect } from 'chai'
import { before, describe, it } from 'mocha'
import {
  chain,
  type Decision,
  decided,
  ethers,
  KEY_TIME_NEVER,
  LEGAL_STATUSES,
  type Ledger,
  LegalStatus,
  named,
  rootOf,
  STATUS_ACTS,
} from './ledger-fixture.ts'
import {
  adminKey,
  agree,
  CHANGSHA,
  createWorld,
  FURONG,
  GUANGDONG,
  GUANGDONG_AGENCY,
  HUNAN,
  LEVELS,
  operatorKey,
  PLACES,
  STREET,
  TIANXIN,
  type World,
  ZHUZHOU,
} from './one-key-world.ts'
import { APPLY, type Model, NO_AGENCY, replay } from './replay-model.ts'

const STEPS = 700
const INDICES = 130
const ROOTS = 90
const REGIONS = [HUNAN, CHANGSHA, FURONG, STREET, GUANGDONG, ZHUZHOU, TIANXIN]
const LIVE = [...Object.values(LEVELS).map(({ agency }) => agency), GUANGDONG_AGENCY]
const AGENCIES = [...LIVE, ...Object.values(LEVELS).map(({ retired }) => retired)]
const PARENTS: Readonly<Record<number, number>> = {
  [CHANGSHA]: HUNAN,
  [ZHUZHOU]: HUNAN,
  [FURONG]: CHANGSHA,
  [TIANXIN]: CHANGSHA,
  [STREET]: FURONG,
}

/** A small seeded generator: the same history at every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('Events', () => {
  let world: World
  let ledger: Ledger
  let model: Model
  let lawful = 0

  before(async () => {
    world = await createWorld()
    ledger = world.ledger
    await live(createRandom(7))
    model = await replay(ledger)
  })

  /** A random history; what the ledger refuses is part of life and leaves no trace. */
  async function live(random: (below: number) => number): Promise<void> {
    const pick = <Value>(values: readonly Value[]): Value => values[random(values.length)] as Value
    const someRegion = (): number => pick(REGIONS)
    const above = (region: number): string => {
      const parent = PARENTS[region]
      return parent === undefined ? 'council' : adminKey(parent)
    }
    const superior = (region: number): string =>
      PARENTS[region] === undefined ? 'superior of provinces' : above(region)
    const regionOf = async (agency: string): Promise<number> => Number((await ledger.agency(agency)).region)
    const indices = (): number[] =>
      [...new Set([random(INDICES), random(INDICES), random(INDICES)])].toSorted((a, b) => a - b)
    const decision = async (endsAt = 0): Promise<Decision> => await decided(`${random(9)}`, { endsAt })
    const soon = async (): Promise<number> => (await chain.time.latest()) + 50_000

    const steps: Readonly<Record<string, readonly [number, () => Promise<unknown>]>> = {
      act: [
        12,
        async () => {
          const agency = pick(AGENCIES)
          const custodian = adminKey(await regionOf(agency))
          const by = LIVE.includes(agency) ? operatorKey(agency) : custodian
          const act = BigInt(random(STATUS_ACTS.length))
          const endsAt = act === 0n || act === 3n ? pick([0, await soon()]) : 0
          return world.by(by).act(agency, act, indices(), await decision(endsAt))
        },
      ],
      restrictAndSupersede: [
        4,
        async () => {
          const agency = pick(LIVE)
          const [old, fresh] = [random(INDICES), random(INDICES)]
          const by = world.by(operatorKey(agency))
          await by.act(agency, pick([0n, 3n]), [old], await decision(await soon())).catch(() => undefined)
          return by.supersede(agency, [old], [fresh], await decision())
        },
      ],
      transfer: [
        6,
        async () => {
          const [origin, destination] = [pick(LIVE), pick(LIVE)]
          const index = random(INDICES)
          await world.by(operatorKey(origin)).transferOut(origin, [index], destination, await decision())
          const successor = { issuer: destination, index: random(INDICES) }
          return world.by(operatorKey(destination)).transferIn(successor, origin, [index], await decision())
        },
      ],
      note: [
        4,
        async () => {
          const agency = pick(LIVE)
          const by = world.by(operatorKey(agency))
          return random(2) === 0
            ? by.note(agency, random(3), indices(), await decision())
            : by.liftNotice(agency, 3, [PLACES.noted], await decision())
        },
      ],
      anchor: [
        4,
        async () => {
          const agency = pick(LIVE)
          const { indexCount } = await ledger.agency(agency)
          const by = world.by(operatorKey(agency))
          const entries = [1, 2].map(() => ({ root: rootOf(random(ROOTS)), size: 1 + random(50) }))
          if (random(3) === 0) return by.passOver(agency, indexCount, 1 + random(20))
          return random(2) === 0
            ? by.anchorMany(agency, indexCount, entries)
            : by.backfill(agency, indexCount, entries)
        },
      ],
      correct: [
        6,
        async () => {
          const agency = pick(LIVE)
          const keys = [operatorKey(agency), superior(await regionOf(agency))] as const
          const call = [agency, indices().slice(0, 2), BigInt(random(13)), await decision()] as const
          const late = [agency, BigInt(random(13)), [random(INDICES)], await decision()] as const
          if (random(3) === 0)
            return agree(world, keys, (one) => one.actLate(late[0], late[1], [...late[2]], late[3]))
          return agree(world, keys, (one) => one.correct(call[0], [...call[1]], call[2], call[3]))
        },
      ],
      annulSuccessorAndCorrectOrigin: [
        3,
        async () => {
          for (let index = 0; index < INDICES; index++) {
            const agency = LIVE[index % LIVE.length] ?? ''
            const successor = await ledger.successorOf(agency, index)
            if (successor.since === 0n) continue
            const by = operatorKey(successor.issuer)
            await world
              .by(by)
              .act(successor.issuer, 5n, [successor.index], await decision())
              .catch(() => undefined)
            const keys = [operatorKey(agency), superior(await regionOf(agency))] as const
            const call = await decision()
            return agree(world, keys, (one) => one.correct(agency, [index], LegalStatus.Valid, call))
          }
          return undefined
        },
      ],
      keys: [
        6,
        async () => {
          const agency = pick(LIVE)
          const region = await regionOf(agency)
          const by = world.by(adminKey(region))
          const what = random(4)
          const now = await chain.time.latest()
          if (what === 0) return by.registerKey(agency, 1n, rootOf(random(5)), rootOf(9), 1, now + 5000)
          if (what === 1) return by.endKey(agency, world.kid, now + 90_000_000 - random(9_000_000))
          await by.reportKeyCompromised(agency, world.kid, now - random(90_000)).catch(() => undefined)
          if (what === 2) return undefined
          return agree(world, [adminKey(region), superior(region)], (one) =>
            one.narrowKeyCompromise(agency, world.kid, KEY_TIME_NEVER),
          )
        },
      ],
      agencyStanding: [
        3,
        async () => {
          const agency = pick(LIVE)
          const by = world.by(adminKey(await regionOf(agency)))
          const what = random(5)
          if (what === 0) await by.suspendAgency(agency)
          if (what === 1) await world.by('emergency keeper').pauseAgency(agency)
          if (what === 1) await world.by('emergency keeper').unpauseAgency(agency)
          if (what === 2) return by.renameAgency(agency, named(`名${random(20)}`))
          return by.resumeAgency(agency)
        },
      ],
      agencyRetirement: [
        2,
        async () => {
          const [agency, successor] = [pick(LIVE), pick([NO_AGENCY, ...LIVE])]
          const region = await regionOf(agency)
          const keys = [adminKey(region), superior(region)] as const
          if (successor !== NO_AGENCY)
            await world.by(operatorKey(successor)).acceptAgencySuccession(agency, successor)
          await agree(world, keys, (one) => one.retireAgency(agency, successor))
          if (random(4) === 0) return undefined
          await agree(world, keys, (one) => one.reinstateAgency(agency))
          return world.by(keys[0]).resumeAgency(agency)
        },
      ],
      reinstateOld: [
        1,
        async () => {
          const agency = pick(AGENCIES)
          const region = await regionOf(agency)
          await agree(world, [adminKey(region), superior(region)], (one) => one.reinstateAgency(agency))
          return world.by(adminKey(region)).resumeAgency(agency)
        },
      ],
      moveAgency: [
        2,
        async () =>
          world.by(pick(['superior of provinces', adminKey(HUNAN)])).moveAgency(pick(AGENCIES), someRegion()),
      ],
      moveRegion: [
        1,
        async () => {
          await world.by(adminKey(HUNAN)).moveRegion(FURONG, HUNAN)
          return random(4) === 0 ? undefined : world.by(adminKey(HUNAN)).moveRegion(FURONG, CHANGSHA)
        },
      ],
      regionStanding: [
        3,
        async () => {
          const region = someRegion()
          const by = world.by(above(region))
          const what = random(5)
          if (what === 0) await by.suspendRegion(region)
          if (what === 1) await by.closeRegion(region)
          if (what === 2) return by.renameRegion(region, named(`名${random(20)}`))
          return random(2) === 0 ? by.reopenRegion(region) : by.resumeRegion(region)
        },
      ],
      regionRetirement: [
        1,
        async () => {
          const region = pick([TIANXIN, ZHUZHOU])
          const keys = [adminKey(region), superior(region)] as const
          await world.by(adminKey(FURONG)).acceptRegionSuccession(region, FURONG)
          if (random(2) === 0) return agree(world, keys, (one) => one.retireRegion(region, pick([0, FURONG])))
          return agree(world, keys, (one) => one.reinstateRegion(region))
        },
      ],
      pause: [
        1,
        async () => {
          await world.by('emergency keeper').pauseRegion(HUNAN)
          return world.by('emergency keeper').endPause(HUNAN)
        },
      ],
      offices: [
        3,
        async () => {
          const agency = pick(LIVE)
          if (random(2) === 0) {
            const region = someRegion()
            await world
              .by(pick([above(region), adminKey(region)]))
              .nominateRegionAdmin(region, world.holder(adminKey(region)).address)
            return random(3) === 0 ? undefined : world.by(adminKey(region)).acceptRegionAdmin(region)
          }
          const admin = world.by(adminKey(await regionOf(agency)))
          await admin.nominateOperator(agency, world.holder(operatorKey(agency)).address)
          return random(3) === 0 ? undefined : world.by(operatorKey(agency)).acceptOperator(agency)
        },
      ],
      proposal: [
        1,
        async () => {
          const agency = pick(LIVE)
          await world.by(operatorKey(agency)).correct(agency, [0], 0n, await decision())
          if (random(2) === 0) return undefined
          const [event] = (await ledger.queryFilter('Proposed')).slice(-1)
          return world.by(operatorKey(agency)).withdrawProposal(event?.topics[1] ?? '')
        },
      ],
      time: [2, async () => chain.time.increase(random(4 * 86_400))],
    }
    const often = Object.values(steps).flatMap(([weight, how]) => Array.from({ length: weight }, () => how))
    for (let step = 0; step < STEPS; step++) {
      await pick(often)().then(
        () => lawful++,
        () => undefined,
      )
    }
  }

  it('are of every name that this replay knows, and every one of them happened', async () => {
    const names = ledger.interface.fragments.flatMap((one) =>
      one.type === 'event' ? [(one as never as { name: string }).name] : [],
    )
    expect([...new Set(names)].toSorted()).to.deep.equal(Object.keys(APPLY).toSorted())
    const told = new Set(
      (await ledger.queryFilter('*')).map((event) => ('eventName' in event ? event.eventName : '')),
    )
    expect(names.filter((name) => !told.has(name))).to.deep.equal([])
    expect(lawful).to.be.greaterThan(STEPS / 4)
    expect(model.origins.size).to.be.greaterThan(5)
  })

  it('tell all regions, who holds them and what they are called', async () => {
    const now = await chain.time.latest()
    for (const code of REGIONS) {
      const { admin, status, parent, pausedUntil, members } = await ledger.region(code)
      const { appointedBy, heldSince, statusSince } = await ledger.tenureOfRegion(code)
      const [candidate, nominatedAt, nominatedBy] = Object.values(await ledger.nominatedRegionAdmin(code))
      const successor = await ledger.regionSuccessorOf(code)
      const name = await ledger.regionNameAt(code, now)
      const { pausedAt: _pausedAt, ...told } = model.region(BigInt(code))
      const nomination = { candidate, nominatedAt, nominatedBy }
      const stored = {
        admin,
        status,
        parent,
        pausedUntil,
        appointedBy,
        heldSince,
        statusSince,
        nomination,
        successor,
        name,
      }
      expect(told, String(code)).to.deep.equal(stored)
      expect(model.membersOf(BigInt(code)), String(code)).to.equal(members)
    }
  })

  it('tell all agencies, who operates them and what they are called', async () => {
    const now = await chain.time.latest()
    for (const uscc of AGENCIES) {
      const { operator, region, status, indexCount, hasPassedOver } = await ledger.agency(uscc)
      const { appointedBy, heldSince, statusSince } = await ledger.tenureOfAgency(uscc)
      const [candidate, nominatedAt, nominatedBy] = Object.values(await ledger.nominatedOperator(uscc))
      const successor = await ledger.agencySuccessorOf(uscc)
      const name = await ledger.agencyNameAt(uscc, now)
      const nomination = { candidate, nominatedAt, nominatedBy }
      const facts = { operator, region, status, indexCount, hasPassedOver }
      const stored = { ...facts, appointedBy, heldSince, statusSince, nomination, successor, name }
      expect(model.agency(uscc), uscc).to.deep.equal(stored)
    }
  })

  it('tell all keys and what waits for a second key', async () => {
    for (const [name, facts] of model.keys) {
      const [agency, kid] = name.split('/')
      expect(Object.values(await ledger.key(agency ?? '', kid ?? '')), name).to.deep.equal(facts)
    }
    for (const event of await ledger.queryFilter('Proposed')) {
      const call = event.topics[1] ?? ''
      const { proposer, proposedAt } = await ledger.proposal(call)
      const told = model.proposals.get(call) ?? { proposer: ethers.ZeroAddress, proposedAt: 0n }
      expect({ proposer, proposedAt }).to.deep.equal(told)
    }
  })

  it('tell all anchors, and which indices were passed over', async () => {
    for (const issuer of AGENCIES) {
      for (let seed = 0; seed < ROOTS; seed++) {
        const { anchoredAt, blockNumber, size, firstIndex, backfilled } = await ledger.anchorOf(
          issuer,
          rootOf(seed),
        )
        const told = model.anchors.get(`${issuer}/${rootOf(seed)}`) ?? [0n, 0n, 0n, 0n, false]
        expect([anchoredAt, blockNumber, size, firstIndex, backfilled]).to.deep.equal(told)
      }
      const { indexCount } = model.agency(issuer)
      const ranges = model.passedOver.get(issuer) ?? []
      for (let index = 190n; index <= indexCount; index += 3n) {
        const isPassedOver = ranges.some(([first, end]) => first <= index && index < end)
        expect(await ledger.isAnchoredIndex(issuer, index)).to.equal(index < indexCount && !isPassedOver)
      }
    }
  })

  it('tell every word of statuses as this side packs it, its count and its newest block', async () => {
    for (const issuer of AGENCIES) {
      for (let word = 0n; word < 3n; word++) {
        const { count, block, hasEnds } = model.word(issuer, 48n * word)
        let packed = (count << 232n) | (block << 192n) | (hasEnds ? 1n << 255n : 0n)
        for (let place = 0n; place < 48n; place++) {
          const status = model.statuses.get(`${issuer}/${48n * word + place}`) ?? 'Valid'
          packed |= BigInt(LEGAL_STATUSES.indexOf(status)) << (4n * place)
        }
        expect(await ledger.statusWordOf(issuer, 48n * word), `${issuer}, ${word}`).to.equal(packed)
      }
    }
  })

  it('tell what stands noted, all ends, origins and successors, and none that is not there', async () => {
    for (const issuer of AGENCIES) {
      for (let index = 0; index < INDICES; index++) {
        const key = `${issuer}/${index}`
        expect(Object.values(await ledger.notesOf(issuer, index)), key).to.deep.equal(
          Object.values(model.notesOf(key)),
        )
        const none = { issuer: NO_AGENCY, index: 0n, since: 0n }
        const successor = Object.values(await ledger.successorOf(issuer, index))
        expect(successor, key).to.deep.equal(Object.values(model.successors.get(key) ?? none))
        const origin = Object.values(await ledger.originOf(issuer, index))
        expect(origin, key).to.deep.equal(Object.values(model.origins.get(key) ?? { ...none, transfers: 0n }))
      }
    }
  })
})
