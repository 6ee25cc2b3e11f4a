/** What the admin of a region can do, as its superior, to the region directly inside. */
import {
  chain,
  decided,
  KEY_TIME_NEVER,
  LegalStatus,
  named,
  SAFETY_MANAGER,
  StatusAct,
  TERM_OPEN,
} from '../ledger-fixture.ts'
import {
  adminKey,
  agree,
  CHANGSHA,
  LEVELS,
  type Level,
  operatorKey,
  PLACES,
  TIANXIN,
  type World,
} from '../one-key-world.ts'
import {
  ACCOMPLICE,
  act,
  appointAdmin,
  appointOperator,
  BYSTANDER,
  correction,
  type Deed,
  endSoon,
  NOBODY,
  refused,
  SECOND_ACCOMPLICE,
  step,
  superiorKey,
  undone,
} from './deed.ts'
import { FALSE_REGIONS } from './writes.ts'

/** As long as an admin must be in office before anything is confirmed for it. */
const UNNOTICED = 8 * 86_400

/** None of the street's, in which no region lies. */
export function superiorDeeds(level: Level): readonly Deed[] {
  const below = Object.values<Level>(LEVELS).find(({ region }) => region === level.child)
  if (below === undefined) return []
  const key = adminKey(level.region)
  return [
    ...standingDeeds(key, below),
    ...officeDeeds(key, level.region, below),
    ...accompliceDeeds(key, superiorKey(level), below),
    ...delegationDeeds(key, below),
    ...moveDeeds(key, level.region, below),
    ...(level.region === CHANGSHA ? [retirementDeed(key)] : []),
  ]
}

function standingDeeds(key: string, { region }: Level): readonly Deed[] {
  const sends =
    (name: 'suspendRegion' | 'resumeRegion' | 'closeRegion' | 'reopenRegion') =>
    async (world: World): Promise<unknown> =>
      world.by(key)[name](region)
  const undo = (name: Parameters<typeof sends>[0]) => step([key], sends(name))
  return [
    undone(
      'suspends a region inside',
      'suspendRegion',
      { does: sends('suspendRegion') },
      undo('resumeRegion'),
    ),
    undone(
      'resumes a suspended region inside',
      'resumeRegion',
      { given: sends('suspendRegion'), does: sends('resumeRegion') },
      undo('suspendRegion'),
    ),
    undone(
      'closes a region inside for anchors',
      'closeRegion',
      { does: sends('closeRegion') },
      undo('reopenRegion'),
    ),
    undone(
      'opens a closed region inside',
      'reopenRegion',
      { given: sends('closeRegion'), does: sends('reopenRegion') },
      undo('closeRegion'),
    ),
    undone(
      'renames a region inside',
      'renameRegion',
      { does: async (world) => world.by(key).renameRegion(region, named('北京市')) },
      step([key], async (world) => world.by(key).renameRegion(region, named(`区${region}`))),
    ),
  ]
}

/** Names an honest admin again. */
const reappointment = (key: string, region: number) =>
  step([key, adminKey(region)], async (world) => appointAdmin(world, key, region, adminKey(region)))

function officeDeeds(key: string, parent: number, { region, agency }: Level): readonly Deed[] {
  const falseRegion = FALSE_REGIONS[parent] ?? 0
  return [
    undone(
      'accredits a region of an accomplice',
      'accreditRegion',
      {
        does: async (world) =>
          world.by(key).accreditRegion(falseRegion, parent, world.holder(ACCOMPLICE).address, named('假区')),
      },
      step([key, BYSTANDER], async (world) => appointAdmin(world, key, falseRegion, BYSTANDER)),
      step([BYSTANDER, key], async (world) => {
        await chain.time.increase(UNNOTICED)
        await agree(world, [BYSTANDER, key], (ledger) => ledger.retireRegion(falseRegion, 0))
      }),
    ),
    undone(
      'makes an accomplice the admin of a region inside',
      'nominateRegionAdmin',
      { does: async (world) => appointAdmin(world, key, region, ACCOMPLICE) },
      reappointment(key, region),
    ),
    undone(
      'makes itself the admin of a region inside',
      'acceptRegionAdmin',
      { does: async (world) => appointAdmin(world, key, region, key) },
      reappointment(key, region),
    ),
    undone(
      'returns an office inside to who held it before',
      'returnRegion',
      {
        given: async (world) => appointAdmin(world, key, region, BYSTANDER),
        does: async (world) => world.by(key).returnRegion(region),
      },
      step([key], async (world) => world.by(key).returnRegion(region)),
    ),
    undone(
      'annuls in the stead of an agency below',
      'act',
      { does: act(key, agency, StatusAct.Annul, PLACES.valid) },
      correction([operatorKey(agency), key], agency, PLACES.valid, LegalStatus.Valid),
    ),
  ]
}

/** The second key is its own, and the first an accomplice's whom it put into the office below. */
function accompliceDeeds(key: string, above: string, { region, agency }: Level): readonly Deed[] {
  const [admin, operator] = [adminKey(region), operatorKey(agency)]
  const infiltrates = async (world: World): Promise<void> => {
    await appointAdmin(world, key, region, ACCOMPLICE)
    await appointOperator(world, ACCOMPLICE, agency, SECOND_ACCOMPLICE)
    await chain.time.increase(UNNOTICED)
  }
  // Without a word of theirs, by who is above.
  const officesAgain = [
    step([key], async (world) => world.by(key).returnRegion(region)),
    step([key], async (world) => world.by(key).returnAgency(agency)),
  ]
  const { superseded, itsSuccessor } = PLACES
  const two = [key, above] as const
  return [
    undone(
      'corrects falsely, with accomplices in the offices below',
      'correct',
      {
        does: async (world) => {
          await infiltrates(world)
          const decision = await decided('假')
          await agree(world, [SECOND_ACCOMPLICE, key], (ledger) =>
            ledger.correct(agency, [0], LegalStatus.Annulled, decision),
          )
        },
      },
      ...officesAgain,
      correction(two, agency, 0, LegalStatus.Valid),
    ),
    undone(
      'dissolves a succession falsely, with accomplices in the offices below',
      'dissolveSuccession',
      {
        does: async (world) => {
          await infiltrates(world)
          const [successor, decision] = [{ issuer: agency, index: itsSuccessor }, await decided('假')]
          await agree(world, [SECOND_ACCOMPLICE, key], (ledger) =>
            ledger.dissolveSuccession(successor, { issuer: agency, index: superseded }, decision),
          )
        },
      },
      ...officesAgain,
      // By whoever links the two again; an admin to whom its office returned is new in it.
      step([operator, key], async (world) => {
        await chain.time.increase(UNNOTICED)
        const decision = await decided('更正')
        await agree(world, [operator, key], (ledger) =>
          ledger.correct(agency, [superseded], LegalStatus.Valid, decision),
        )
      }),
      step([operator], async (world) =>
        world
          .by(operator)
          .supersede(
            { issuer: agency, index: itsSuccessor },
            { issuer: agency, index: superseded },
            await decided(),
          ),
      ),
    ),
    undone(
      'retires an agency, with an accomplice in the office below',
      'retireAgency',
      {
        does: async (world) => {
          await appointAdmin(world, key, region, ACCOMPLICE)
          await chain.time.increase(UNNOTICED)
          await agree(world, [ACCOMPLICE, key], (ledger) => ledger.retireAgency(agency, NOBODY))
        },
      },
      reappointment(key, region),
      step([admin, key], async (world) => {
        await chain.time.increase(UNNOTICED)
        await agree(world, [admin, key], (ledger) => ledger.reinstateAgency(agency))
      }),
      step([admin], async (world) => world.by(admin).resumeAgency(agency)),
    ),
    undone(
      'narrows a report, with an accomplice in the office below',
      'narrowKeyCompromise',
      {
        given: async (world) => world.by(admin).reportKeyCompromised(agency, world.kid, 1000),
        does: async (world) => {
          await appointAdmin(world, key, region, ACCOMPLICE)
          await chain.time.increase(UNNOTICED)
          await agree(world, [ACCOMPLICE, key], (ledger) =>
            ledger.narrowKeyCompromise(agency, world.kid, KEY_TIME_NEVER),
          )
        },
      },
      reappointment(key, region),
      step([admin], async (world) => world.by(admin).reportKeyCompromised(agency, world.kid, 1000)),
    ),
  ]
}

function delegationDeeds(key: string, { region }: Level): readonly Deed[] {
  const ends = async (world: World): Promise<unknown> =>
    endSoon((until) => world.ruledBy(key).endTypeDelegation(region, SAFETY_MANAGER, until))
  const delegates =
    (from = 0, until = TERM_OPEN) =>
    async (world: World): Promise<unknown> =>
      world.ruledBy(key).delegateType(region, SAFETY_MANAGER, from, until)
  return [
    undone(
      'takes a type from a region inside',
      'endTypeDelegation',
      { does: ends },
      step([key], delegates()),
    ),
    undone(
      'fills the years to come with delegations',
      'delegateType',
      {
        does: async (world) => {
          await ends(world)
          for (const year of [4_200_000_000, 4_300_000_000]) await delegates(year, year + 1)(world)
        },
      },
      step([key], async (world) => {
        await ends(world)
        await delegates()(world)
      }),
    ),
  ]
}

function moveDeeds(key: string, parent: number, { region, agency, child }: Level): readonly Deed[] {
  const agencyMoved = undone(
    'moves an agency out of a region inside',
    'moveAgency',
    { does: async (world) => world.by(key).moveAgency(agency, parent) },
    step([key], async (world) => world.by(key).moveAgency(agency, region)),
  )
  const bothKeys = refused(
    'is no second key for an accomplice in an agency that it moved down',
    'correct',
    'AgencyMovedLately',
    async (world) => {
      await world.by(key).moveAgency(agency, parent)
      await appointOperator(world, key, agency, ACCOMPLICE)
      await world.by(key).moveAgency(agency, region)
      const decision = await decided('假')
      await agree(world, [ACCOMPLICE, key], (ledger) =>
        ledger.correct(agency, [PLACES.valid], LegalStatus.Annulled, decision),
      )
    },
  )
  if (child === undefined) return [agencyMoved, bothKeys]
  const regionMoved = undone(
    'takes a region out of the one it lies in',
    'moveRegion',
    { does: async (world) => world.by(key).moveRegion(child, parent) },
    step([key], async (world) => world.by(key).moveRegion(child, region)),
  )
  return [agencyMoved, bothKeys, regionMoved]
}

/** An empty region, by an accomplice in its office; its admin asks for its return, though it is retired. */
function retirementDeed(key: string): Deed {
  const admin = adminKey(TIANXIN)
  return undone(
    'retires a region, with an accomplice in its office',
    'retireRegion',
    {
      does: async (world) => {
        await appointAdmin(world, key, TIANXIN, ACCOMPLICE)
        await chain.time.increase(UNNOTICED)
        await agree(world, [ACCOMPLICE, key], (ledger) => ledger.retireRegion(TIANXIN, 0))
      },
    },
    reappointment(key, TIANXIN),
    step([admin, key], async (world) => {
      await chain.time.increase(UNNOTICED)
      await agree(world, [admin, key], (ledger) => ledger.reinstateRegion(TIANXIN))
      await world.by(key).reopenRegion(TIANXIN)
    }),
  )
}
