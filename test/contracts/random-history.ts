/** A random life of an alliance: what its members do on the ledger; what is refused is part of life. */
import {
  chain,
  type Decision,
  decided,
  KEY_TIME_NEVER,
  LegalStatus,
  named,
  rootOf,
  STATUS_ACTS,
  StatusAct,
} from './ledger-fixture.ts'
import {
  adminKey,
  agree,
  CHANGSHA,
  COUNCIL,
  EMERGENCY,
  FURONG,
  GUANGDONG,
  GUANGDONG_AGENCY,
  HUNAN,
  LEVELS,
  operatorKey,
  PLACES,
  STREET,
  SUPERIOR,
  TIANXIN,
  type World,
  ZHUZHOU,
} from './one-key-world.ts'
import { NO_AGENCY } from './replay-model.ts'

export const INDICES = 130
export const ROOTS = 90
export const REGIONS = [HUNAN, CHANGSHA, FURONG, STREET, GUANGDONG, ZHUZHOU, TIANXIN]
export const LIVE = [...Object.values(LEVELS).map(({ agency }) => agency), GUANGDONG_AGENCY]
export const AGENCIES = [...LIVE, ...Object.values(LEVELS).map(({ retired }) => retired)]
const PARENTS: Readonly<Record<number, number>> = {
  [CHANGSHA]: HUNAN,
  [ZHUZHOU]: HUNAN,
  [FURONG]: CHANGSHA,
  [TIANXIN]: CHANGSHA,
  [STREET]: FURONG,
}

/** Below a number. */
export type Random = (below: number) => number
/** How often it happens, and how. */
export type Steps = Readonly<Record<string, readonly [number, () => Promise<unknown>]>>

/** A small seeded generator: the same history at every run. */
export function createRandom(seed: number): Random {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export function pickFrom(random: Random): <Value>(values: readonly Value[]) => Value {
  return (values) => values[random(values.length)] as (typeof values)[number]
}

/**
 * Lets so many of the steps happen.
 *
 * @returns how many of them were lawful
 */
export async function live(steps: Steps, random: Random, count: number): Promise<number> {
  const often = Object.values(steps).flatMap(([weight, how]) => Array.from({ length: weight }, () => how))
  let lawful = 0
  for (let step = 0; step < count; step++) {
    await pickFrom(random)(often)().then(
      () => lawful++,
      () => undefined,
    )
  }
  return lawful
}

export function ledgerSteps(world: World, random: Random): Steps {
  const { ledger } = world
  const pick = pickFrom(random)
  const someRegion = (): number => pick(REGIONS)
  const above = (region: number): string => {
    const parent = PARENTS[region]
    return parent === undefined ? COUNCIL : adminKey(parent)
  }
  const superior = (region: number): string => (PARENTS[region] === undefined ? SUPERIOR : above(region))
  const regionOf = async (agency: string): Promise<number> => Number((await ledger.agency(agency)).region)
  const indices = (): number[] =>
    [...new Set([random(INDICES), random(INDICES), random(INDICES)])].toSorted((a, b) => a - b)
  const decision = async (endsAt = 0): Promise<Decision> => await decided(`${random(9)}`, { endsAt })
  const soon = async (): Promise<number> => (await chain.time.latest()) + 50_000
  // An odd number of returns leaves the office with whom it was.
  const times = (): number => pick([1, 3])
  const deputiseOperator = async (agency: string): Promise<void> => {
    const [admin, key] = [world.by(adminKey(await regionOf(agency))), `deputy of ${agency}`]
    const deputy = await world.fresh(key)
    await admin.nominateOperator(agency, deputy.address)
    await world.by(key).acceptOperator(agency)
    for (let left = times(); left > 0; left--) await admin.returnAgency(agency)
  }
  const deputiseAdmin = async (region: number): Promise<void> => {
    const [superiorOf, key] = [world.by(above(region)), `deputy of ${region}`]
    const deputy = await world.fresh(key)
    await superiorOf.nominateRegionAdmin(region, deputy.address)
    await world.by(key).acceptRegionAdmin(region)
    for (let left = times(); left > 0; left--) await superiorOf.returnRegion(region)
  }

  return {
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
        return by.supersede(
          { issuer: agency, index: fresh },
          { issuer: agency, index: old },
          await decision(),
        )
      },
    ],
    transfer: [
      6,
      async () => {
        const [origin, destination] = [pick(LIVE), pick(LIVE)]
        const index = random(INDICES)
        await world.by(operatorKey(origin)).transferOut(origin, [index], destination, await decision())
        const successor = { issuer: destination, index: random(INDICES) }
        return world
          .by(operatorKey(destination))
          .transferIn(successor, { issuer: origin, index }, await decision())
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
      8,
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
        const old = { ...(await decision()), effectiveAt: 1 }
        const late = [agency, BigInt(random(13)), [random(INDICES)], old] as const
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
    dissolve: [
      2,
      async () => {
        const agency = pick(LIVE)
        for (let index = 0; index < INDICES; index++) {
          const origin = await ledger.originOf(agency, index)
          if (origin.since === 0n) continue
          const keys = [operatorKey(agency), superior(await regionOf(agency))] as const
          const call = await decision()
          const pair = { issuer: agency, index }
          const isTakenIn = (await ledger.statusOf(origin.issuer, origin.index)) === LegalStatus.Transferred
          if (isTakenIn)
            await world
              .by(keys[0])
              .act(agency, StatusAct.Annul, [index], call)
              .catch(() => undefined)
          return agree(world, keys, (one) =>
            one.dissolveSuccession(pair, { issuer: origin.issuer, index: origin.index }, call),
          )
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
      6,
      async () => {
        const agency = pick(LIVE)
        const by = world.by(adminKey(await regionOf(agency)))
        const what = random(5)
        if (what === 0) await by.suspendAgency(agency)
        if (what === 1) await world.by(EMERGENCY).pauseAgency(agency)
        if (what === 1) await world.by(EMERGENCY).unpauseAgency(agency)
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
      async () => world.by(pick([SUPERIOR, adminKey(HUNAN)])).moveAgency(pick(AGENCIES), someRegion()),
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
        if (what === 2) return by.renameRegion(region, named(`名${random(90)}`))
        return random(2) === 0 ? by.reopenRegion(region) : by.resumeRegion(region)
      },
    ],
    /** Else what one suspends keeps all others from doing anything. */
    resumption: [
      5,
      async () => {
        for (const region of REGIONS) {
          await world
            .by(above(region))
            .resumeRegion(region)
            .catch(() => undefined)
        }
        for (const agency of LIVE) {
          const admin = world.by(adminKey(await regionOf(agency)))
          await admin.resumeAgency(agency).catch(() => undefined)
        }
      },
    ],
    regionRetirement: [
      3,
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
        await world.by(EMERGENCY).pauseRegion(HUNAN)
        return world.by(EMERGENCY).endPause(HUNAN)
      },
    ],
    offices: [
      6,
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
    deputies: [2, async () => (random(2) === 0 ? deputiseOperator(pick(LIVE)) : deputiseAdmin(someRegion()))],
    returns: [
      2,
      async () => {
        const [agency, region] = [pick(LIVE), someRegion()]
        const what = random(4)
        if (what === 0) await world.by(operatorKey(agency)).resignAgency(agency)
        if (what <= 1) return world.by(adminKey(await regionOf(agency))).returnAgency(agency)
        if (what === 2) await world.by(adminKey(region)).resignRegion(region)
        return world.by(above(region)).returnRegion(region)
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
}
