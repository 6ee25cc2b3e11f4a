/**
 * One stolen key: for each key of the system an adversary does all it can, and for each thing it did two other keys
 * undo it from then on. Excepted are anchors, ended keys and used-up indices, which stay and block nobody.
 */
import { expect } from 'chai'
import type { FunctionFragment } from 'ethers'
import { before, beforeEach, describe, it } from 'mocha'
import {
  AgencyStatus,
  blockTime,
  chain,
  decided,
  ethers,
  KEY_TIME_NEVER,
  LegalStatus,
  named,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'
import {
  adminKey,
  agree,
  bodyOf,
  CHANGSHA,
  createWorld,
  EMERGENCY_ROLE,
  FURONG,
  GUANGDONG,
  GUANGDONG_AGENCY,
  HUNAN,
  LEVELS,
  type Level,
  type LevelName,
  LICENCES,
  operatorKey,
  PLACES,
  STREET,
  SUPERIOR_ROLE,
  stateOf,
  TIANXIN,
  type World,
  ZHUZHOU,
} from './one-key-world.ts'

const NOBODY = `0x${'00'.repeat(18)}`

/** Refusals that say "you may not", by any name. */
const NOT_YOURS = new Set([
  'AccessManagedUnauthorized',
  'CallerNotRegionAdmin',
  'CallerNotSuperior',
  'CallerNotOperator',
  'CallerNotNominated',
  'ProposalNotOfCaller',
])

/** What one or two keys do together to put something right. */
interface Step {
  readonly by: readonly [string] | readonly [string, string]
  readonly how: (world: World) => Promise<unknown>
}

/** Something a thief can do, and who undoes it; without steps, nothing had changed that matters. */
interface Deed {
  readonly name: string
  /** Function of the ledger. */
  readonly calls: string
  /** What stood before the theft. */
  readonly given?: (world: World) => Promise<unknown>
  readonly does: (world: World) => Promise<unknown>
  readonly steps?: readonly Step[]
  /** An anchor, an ended key, a used-up index: it stays, and the steps show that it blocks nobody. */
  readonly isExcepted?: true
}

interface StolenKey {
  readonly key: string
  /** Ends the theft: the office passes to another account. */
  readonly oust: Step
  readonly deeds: readonly Deed[]
}

const superiorKey = (region: number, parent: number): string =>
  region === HUNAN || region === GUANGDONG ? 'superior of provinces' : adminKey(parent)
const aboveKey = (level: Level): string => (level.parent === 0 ? 'council' : adminKey(level.parent))

const step = (by: Step['by'], how: Step['how']): Step => ({ by, how })

/** Corrects one licence, by two keys. */
const correction = (keys: readonly [string, string], agency: string, index: number, status: bigint): Step =>
  step(keys, async (world) => {
    const decision = await decided('更正')
    await agree(world, keys, (ledger) => ledger.correct(agency, [index], status, decision))
  })

const acts =
  (key: string, agency: string, act: bigint, index: number, endsAt = 0) =>
  async (world: World): Promise<unknown> =>
    world.by(key).act(agency, act, [index], await decided('1', { endsAt }))

/** Puts an account of the name of a key into a region's or an agency's office. */
async function appointAdmin(world: World, by: string, region: number, key: string): Promise<void> {
  await world.by(by).nominateRegionAdmin(region, world.holder(key).address)
  await world.by(key).acceptRegionAdmin(region)
}
async function appointOperator(world: World, by: string, agency: string, key: string): Promise<void> {
  await world.by(by).nominateOperator(agency, world.holder(key).address)
  await world.by(key).acceptOperator(agency)
}

function operatorDeeds({ region, parent, agency }: Level, place: number): readonly Deed[] {
  const key = operatorKey(agency)
  const two = [key, superiorKey(region, parent)] as const
  const proposed = async (world: World): Promise<unknown> =>
    world.by(key).correct(agency, [0], LegalStatus.Annulled, await decided('假'))
  let endsAt = 0
  return [
    {
      name: 'annuls a licence',
      calls: 'act',
      does: acts(key, agency, StatusAct.Annul, PLACES.valid),
      steps: [correction(two, agency, PLACES.valid, LegalStatus.Valid)],
    },
    {
      name: 'annuls a licence whose successor stands',
      calls: 'act',
      does: acts(key, agency, StatusAct.Annul, PLACES.superseded),
      steps: [correction(two, agency, PLACES.superseded, LegalStatus.Superseded)],
    },
    {
      name: 'deregisters a licence',
      calls: 'act',
      does: acts(key, agency, StatusAct.Deregister, PLACES.valid),
      steps: [correction(two, agency, PLACES.valid, LegalStatus.Valid)],
    },
    {
      name: 'suspends a licence',
      calls: 'act',
      does: acts(key, agency, StatusAct.Suspend, PLACES.valid),
      steps: [step([key], acts(key, agency, StatusAct.Reinstate, PLACES.valid))],
    },
    {
      name: 'reinstates a licence suspended for a term',
      calls: 'act',
      does: async (world) => {
        endsAt = Number((await world.ledger.notesOf(agency, PLACES.suspended)).suspensionEnd)
        await acts(key, agency, StatusAct.Reinstate, PLACES.suspended)(world)
      },
      steps: [
        step([key], async (world) => acts(key, agency, StatusAct.Suspend, PLACES.suspended, endsAt)(world)),
      ],
    },
    {
      name: 'makes a licence inactive, and thousands that are not anchored yet',
      calls: 'act',
      does: async (world) => {
        await acts(key, agency, StatusAct.Defer, PLACES.valid)(world)
        await acts(key, agency, StatusAct.Defer, LICENCES + 1000)(world)
      },
      steps: [
        step([key], acts(key, agency, StatusAct.Activate, PLACES.valid)),
        step([key], async (world) => {
          const { indexCount } = await world.ledger.agency(agency)
          await world.by(key).anchor(agency, indexCount, { root: rootOf(2), size: 2000 })
          await acts(key, agency, StatusAct.Activate, LICENCES + 1000)(world)
        }),
      ],
    },
    {
      name: 'cancels a transfer out',
      calls: 'act',
      does: acts(key, agency, StatusAct.CancelTransferOut, PLACES.transferredOut),
      steps: [
        step([key], async (world) =>
          world.by(key).transferOut(agency, [PLACES.transferredOut], GUANGDONG_AGENCY, await decided()),
        ),
      ],
    },
    {
      name: 'supersedes a licence by that of another holder',
      calls: 'supersede',
      does: async (world) =>
        world.by(key).supersede(agency, [PLACES.valid], [PLACES.another], await decided()),
      steps: [
        step([key], acts(key, agency, StatusAct.Annul, PLACES.another)),
        correction(two, agency, PLACES.valid, LegalStatus.Valid),
        correction(two, agency, PLACES.another, LegalStatus.Valid),
      ],
    },
    {
      name: 'transfers a licence out',
      calls: 'transferOut',
      does: async (world) =>
        world.by(key).transferOut(agency, [PLACES.valid], GUANGDONG_AGENCY, await decided()),
      steps: [step([key], acts(key, agency, StatusAct.CancelTransferOut, PLACES.valid))],
    },
    {
      name: 'takes a licence in, in the place of that of another holder',
      calls: 'transferIn',
      does: async (world) =>
        world
          .by(key)
          .transferIn(
            { issuer: agency, index: PLACES.takenIn },
            GUANGDONG_AGENCY,
            [10 + place],
            await decided(),
          ),
      steps: [
        step([key], acts(key, agency, StatusAct.Annul, PLACES.takenIn)),
        correction(
          [operatorKey(GUANGDONG_AGENCY), 'superior of provinces'],
          GUANGDONG_AGENCY,
          10 + place,
          LegalStatus.Valid,
        ),
        step([operatorKey(GUANGDONG_AGENCY)], async (world) =>
          world
            .by(operatorKey(GUANGDONG_AGENCY))
            .transferOut(GUANGDONG_AGENCY, [10 + place], agency, await decided()),
        ),
        correction(two, agency, PLACES.takenIn, LegalStatus.Valid),
      ],
    },
    {
      name: 'enters a notice',
      calls: 'note',
      does: async (world) => world.by(key).note(agency, 5, [PLACES.valid], await decided()),
      steps: [
        step([key], async (world) => world.by(key).liftNotice(agency, 5, [PLACES.valid], await decided())),
      ],
    },
    {
      name: 'lifts a notice',
      calls: 'liftNotice',
      does: async (world) => world.by(key).liftNotice(agency, 3, [PLACES.noted], await decided()),
      steps: [step([key], async (world) => world.by(key).note(agency, 3, [PLACES.noted], await decided()))],
    },
    ...anchorDeeds(key, agency),
    { name: 'proposes a correction', calls: 'correct', does: proposed },
    {
      name: 'proposes an old act',
      calls: 'actLate',
      does: async (world) =>
        world.by(key).actLate(agency, StatusAct.Annul, [0], await decided('假', { effectiveAt: 1 })),
    },
    {
      name: 'withdraws what was proposed',
      calls: 'withdrawProposal',
      given: proposed,
      does: async (world) => {
        const [event] = (await world.ledger.queryFilter('Proposed')).slice(-1)
        await world.by(key).withdrawProposal(event?.topics[1] ?? '')
      },
    },
    {
      name: 'agrees to succeed another agency',
      calls: 'acceptAgencySuccession',
      does: async (world) => world.by(key).acceptAgencySuccession(GUANGDONG_AGENCY, agency),
    },
  ]
}

/** What stays, and blocks nobody: the next batch begins behind it. */
function anchorDeeds(key: string, agency: string): readonly Deed[] {
  const next = step([key], async (world) => {
    const { indexCount } = await world.ledger.agency(agency)
    await world.by(key).anchor(agency, indexCount, { root: rootOf(99), size: 1 })
    expect(await world.ledger.isAnchoredIndex(agency, indexCount)).to.equal(true)
  })
  const batch = { root: rootOf(50), size: 3 }
  const deed = (calls: string, ...args: readonly unknown[]): Deed => ({
    name: `uses up indices by ${calls}`,
    calls,
    does: async (world) => world.by(key).getFunction(calls)(agency, LICENCES, ...args),
    steps: [next],
    isExcepted: true,
  })
  return [
    deed('anchor', batch),
    deed('anchorMany', [batch]),
    deed('backfill', [batch]),
    deed('passOver', 2 ** 24),
  ]
}

/** What an admin of any level can do to what lies directly in its region. */
function adminDeeds(level: Level): readonly Deed[] {
  const { region, agency, retired, parent } = level
  const key = adminKey(region)
  const superior = superiorKey(region, parent)
  return [
    {
      name: 'registers a key of its own',
      calls: 'registerKey',
      does: async (world) =>
        world.by(key).registerKey(agency, 2n, ethers.id('false key'), ethers.ZeroHash, 1, KEY_TIME_NEVER),
      steps: [step([key], async (world) => world.by(key).reportKeyCompromised(agency, world.falseKid, 0))],
    },
    {
      name: 'ends a key (excepted)',
      calls: 'endKey',
      does: async (world) => world.by(key).endKey(agency, world.kid, (await blockTime()) + 86_400),
    },
    {
      name: 'declares a key compromised since for ever',
      calls: 'reportKeyCompromised',
      does: async (world) => world.by(key).reportKeyCompromised(agency, world.kid, 0),
      steps: [
        step([key, superior], async (world) =>
          agree(world, [key, superior], (ledger) =>
            ledger.narrowKeyCompromise(agency, world.kid, KEY_TIME_NEVER),
          ),
        ),
      ],
    },
    {
      name: 'proposes to narrow a report',
      calls: 'narrowKeyCompromise',
      given: async (world) => world.by(key).reportKeyCompromised(agency, world.kid, 1000),
      does: async (world) => world.by(key).narrowKeyCompromise(agency, world.kid, KEY_TIME_NEVER),
    },
    {
      name: 'renames its agency',
      calls: 'renameAgency',
      does: async (world) => world.by(key).renameAgency(agency, named('公安部')),
      steps: [step([key], async (world) => world.by(key).renameAgency(agency, named(`局${agency}`)))],
    },
    {
      name: 'suspends its agency',
      calls: 'suspendAgency',
      does: async (world) => world.by(key).suspendAgency(agency),
      steps: [step([key], async (world) => world.by(key).resumeAgency(agency))],
    },
    {
      name: 'resumes a suspended agency',
      calls: 'resumeAgency',
      given: async (world) => world.by(key).suspendAgency(agency),
      does: async (world) => world.by(key).resumeAgency(agency),
      steps: [step([key], async (world) => world.by(key).suspendAgency(agency))],
    },
    {
      name: 'proposes to retire its agency',
      calls: 'retireAgency',
      does: async (world) => world.by(key).retireAgency(agency, NOBODY),
    },
    {
      name: 'proposes to reinstate a retired agency',
      calls: 'reinstateAgency',
      does: async (world) => world.by(key).reinstateAgency(retired),
    },
    {
      name: 'makes an accomplice the operator',
      calls: 'nominateOperator',
      does: async (world) => appointOperator(world, key, agency, 'accomplice'),
      steps: [
        step([key, operatorKey(agency)], async (world) =>
          appointOperator(world, key, agency, operatorKey(agency)),
        ),
      ],
    },
    {
      name: 'hands its region to an accomplice',
      calls: 'nominateRegionAdmin',
      does: async (world) => appointAdmin(world, key, region, 'accomplice'),
      steps: [],
    },
    {
      name: 'agrees to succeed another region',
      calls: 'acceptRegionSuccession',
      does: async (world) => world.by(key).acceptRegionSuccession(GUANGDONG, region),
    },
    accreditationDeed(level),
    ...custodianDeeds(level),
    ...superiorDeeds(level),
  ]
}

function accreditationDeed({ region, parent }: Level): Deed {
  const key = adminKey(region)
  const superior = superiorKey(region, parent)
  const body = bodyOf(region > 1_000_000 ? FURONG : region, 99)
  const does = async (world: World): Promise<unknown> =>
    world.by(key).accreditAgency(body, region, world.holder('accomplice').address, named('假局'))
  const deed = { name: 'accredits an agency of an accomplice', calls: 'accreditAgency', does }
  // A code names no street: there it is only proposed.
  if (region === STREET) return deed
  const retirement = step([key, superior], async (world) =>
    agree(world, [key, superior], (ledger) => ledger.retireAgency(body, NOBODY)),
  )
  return { ...deed, steps: [step([key], async (world) => world.by(key).suspendAgency(body)), retirement] }
}

/** On the licences of an agency that was retired without a successor. */
function custodianDeeds({ region, agency, retired, parent }: Level): readonly Deed[] {
  const key = adminKey(region)
  const two = [key, superiorKey(region, parent)] as const
  return [
    {
      name: 'annuls a licence in its custody',
      calls: 'act',
      does: acts(key, retired, StatusAct.Annul, PLACES.valid),
      steps: [correction(two, retired, PLACES.valid, LegalStatus.Valid)],
    },
    {
      name: 'transfers a licence in its custody out',
      calls: 'transferOut',
      does: async (world) =>
        world.by(key).transferOut(retired, [PLACES.valid], GUANGDONG_AGENCY, await decided()),
      steps: [step([key], acts(key, retired, StatusAct.CancelTransferOut, PLACES.valid))],
    },
    {
      name: 'enters a notice in its custody',
      calls: 'note',
      does: async (world) => world.by(key).note(retired, 5, [PLACES.valid], await decided()),
      steps: [
        step([key], async (world) => world.by(key).liftNotice(retired, 5, [PLACES.valid], await decided())),
      ],
    },
    {
      name: 'lifts a notice in its custody',
      calls: 'liftNotice',
      does: async (world) => world.by(key).liftNotice(retired, 3, [PLACES.noted], await decided()),
      steps: [step([key], async (world) => world.by(key).note(retired, 3, [PLACES.noted], await decided()))],
    },
    {
      name: 'proposes a correction in its custody',
      calls: 'correct',
      does: async (world) => world.by(key).correct(retired, [0], LegalStatus.Revoked, await decided()),
    },
    {
      name: 'proposes an old act in its custody',
      calls: 'actLate',
      does: async (world) =>
        world.by(key).actLate(retired, StatusAct.Revoke, [0], await decided('假', { effectiveAt: 1 })),
    },
    {
      name: 'withdraws what was proposed',
      calls: 'withdrawProposal',
      given: async (world) => world.by(key).retireAgency(agency, NOBODY),
      does: async (world) => {
        const [event] = (await world.ledger.queryFilter('Proposed')).slice(-1)
        await world.by(key).withdrawProposal(event?.topics[1] ?? '')
      },
    },
  ]
}

const LEVEL_OF: Readonly<Record<number, Level>> = Object.fromEntries(
  Object.values(LEVELS).map((level) => [level.region, level]),
)

const FALSE_REGION: Readonly<Record<number, number>> = {
  [HUNAN]: 430300,
  [CHANGSHA]: 430104,
  [FURONG]: 430102002,
}

/** To the region directly inside, as its superior. */
function superiorDeeds(level: Level): readonly Deed[] {
  const { region, child } = level
  const below = child === undefined ? undefined : LEVEL_OF[child]
  if (child === undefined || below === undefined) return []
  const key = adminKey(region)
  const falseRegion = FALSE_REGION[region] ?? 0
  const back = step([key, adminKey(child)], async (world) => appointAdmin(world, key, child, adminKey(child)))
  return [
    {
      name: 'annuls in the stead of an agency below',
      calls: 'act',
      does: acts(key, below.agency, StatusAct.Annul, PLACES.valid),
      steps: [correction([operatorKey(below.agency), key], below.agency, PLACES.valid, LegalStatus.Valid)],
    },
    {
      name: 'accredits a region of an accomplice',
      calls: 'accreditRegion',
      does: async (world) =>
        world.by(key).accreditRegion(falseRegion, region, world.holder('accomplice').address, named('假区')),
      steps: [
        step([key, 'bystander'], async (world) => appointAdmin(world, key, falseRegion, 'bystander')),
        step(['bystander', key], async (world) =>
          agree(world, ['bystander', key], (ledger) => ledger.retireRegion(falseRegion, 0)),
        ),
      ],
    },
    {
      name: 'renames a region inside',
      calls: 'renameRegion',
      does: async (world) => world.by(key).renameRegion(child, named('北京市')),
      steps: [step([key], async (world) => world.by(key).renameRegion(child, named(`区${child}`)))],
    },
    {
      name: 'makes an accomplice the admin of a region inside',
      calls: 'nominateRegionAdmin',
      does: async (world) => appointAdmin(world, key, child, 'accomplice'),
      steps: [back],
    },
    {
      name: 'makes itself the admin of a region inside',
      calls: 'acceptRegionAdmin',
      does: async (world) => appointAdmin(world, key, child, key),
      steps: [back],
    },
    {
      name: 'suspends a region inside',
      calls: 'suspendRegion',
      does: async (world) => world.by(key).suspendRegion(child),
      steps: [step([key], async (world) => world.by(key).resumeRegion(child))],
    },
    {
      name: 'resumes a suspended region inside',
      calls: 'resumeRegion',
      given: async (world) => world.by(key).suspendRegion(child),
      does: async (world) => world.by(key).resumeRegion(child),
      steps: [step([key], async (world) => world.by(key).suspendRegion(child))],
    },
    {
      name: 'closes a region inside for anchors',
      calls: 'closeRegion',
      does: async (world) => world.by(key).closeRegion(child),
      steps: [step([key], async (world) => world.by(key).reopenRegion(child))],
    },
    {
      name: 'opens a closed region inside',
      calls: 'reopenRegion',
      given: async (world) => world.by(key).closeRegion(child),
      does: async (world) => world.by(key).reopenRegion(child),
      steps: [step([key], async (world) => world.by(key).closeRegion(child))],
    },
    {
      name: 'moves an agency out of a region inside',
      calls: 'moveAgency',
      does: async (world) => world.by(key).moveAgency(below.agency, region),
      steps: [step([key], async (world) => world.by(key).moveAgency(below.agency, child))],
    },
    ...moveRegionDeeds(key, region, below),
    {
      name: 'corrects falsely, with accomplices in the offices below',
      calls: 'correct',
      does: async (world) => {
        await appointAdmin(world, key, child, 'accomplice')
        await appointOperator(world, 'accomplice', below.agency, 'second accomplice')
        const decision = await decided('假')
        await agree(world, ['second accomplice', key], (ledger) =>
          ledger.correct(below.agency, [0], LegalStatus.Annulled, decision),
        )
      },
      steps: [
        back,
        step([adminKey(child), operatorKey(below.agency)], async (world) =>
          appointOperator(world, adminKey(child), below.agency, operatorKey(below.agency)),
        ),
        correction([operatorKey(below.agency), key], below.agency, 0, LegalStatus.Valid),
      ],
    },
    {
      name: 'retires an agency, with an accomplice in the office below',
      calls: 'retireAgency',
      does: async (world) => {
        await appointAdmin(world, key, child, 'accomplice')
        await agree(world, ['accomplice', key], (ledger) => ledger.retireAgency(below.agency, NOBODY))
      },
      steps: [
        back,
        step([adminKey(child), key], async (world) =>
          agree(world, [adminKey(child), key], (ledger) => ledger.reinstateAgency(below.agency)),
        ),
        step([adminKey(child)], async (world) => world.by(adminKey(child)).resumeAgency(below.agency)),
      ],
    },
  ]
}

/** A county's streets can lie in it alone; a city's counties in the province, a county's streets in the city. */
function moveRegionDeeds(key: string, region: number, { region: from, child }: Level): readonly Deed[] {
  if (child === undefined) return []
  return [
    {
      name: 'takes a region out of the one it lies in',
      calls: 'moveRegion',
      does: async (world) => world.by(key).moveRegion(child, region),
      steps: [step([key], async (world) => world.by(key).moveRegion(child, from))],
    },
  ]
}

const KEEPER = 'emergency keeper'
const SECOND = 'second superior of provinces'

const keeperDeeds: readonly Deed[] = [
  {
    name: 'pauses a province',
    calls: 'pauseRegion',
    does: async (world) => world.by(KEEPER).pauseRegion(GUANGDONG),
    steps: [],
  },
  {
    name: 'ends the pause of a province',
    calls: 'endPause',
    given: async (world) => world.by(KEEPER).pauseRegion(HUNAN),
    does: async (world) => world.by(KEEPER).endPause(HUNAN),
    steps: [
      step(['council'], async (world) => {
        await world.by('council').suspendRegion(HUNAN)
        expect(await world.ledger.isAdminOf(HUNAN, world.holder(adminKey(HUNAN)).address)).to.equal(false)
        await world.by('council').resumeRegion(HUNAN)
      }),
    ],
  },
  {
    name: 'prolongs a pause without a vote',
    calls: 'extendPause',
    given: async (world) => world.by(KEEPER).pauseRegion(HUNAN),
    does: async (world) => {
      const extended = world.by(KEEPER).extendPause(HUNAN, world.holder(KEEPER).address, ethers.ZeroHash)
      await expect(extended).to.be.revertedWithCustomError(world.ledger, 'RegionVoteNotRunning')
    },
  },
  {
    name: 'pauses an agency',
    calls: 'pauseAgency',
    does: async (world) => world.by(KEEPER).pauseAgency(GUANGDONG_AGENCY),
    steps: [
      step([KEEPER, adminKey(GUANGDONG)], async (world) => {
        await world.by(KEEPER).unpauseAgency(GUANGDONG_AGENCY)
        await world.by(adminKey(GUANGDONG)).resumeAgency(GUANGDONG_AGENCY)
      }),
    ],
  },
  {
    name: 'ends the pause of an agency',
    calls: 'unpauseAgency',
    given: async (world) => world.by(KEEPER).pauseAgency(GUANGDONG_AGENCY),
    does: async (world) => world.by(KEEPER).unpauseAgency(GUANGDONG_AGENCY),
    steps: [step([KEEPER], async (world) => world.by(KEEPER).pauseAgency(GUANGDONG_AGENCY))],
  },
]

const superiorOfProvincesDeeds: readonly Deed[] = [
  {
    name: 'annuls in the stead of an agency of a province',
    calls: 'act',
    does: acts('superior of provinces', GUANGDONG_AGENCY, StatusAct.Annul, PLACES.valid),
    steps: [
      correction([operatorKey(GUANGDONG_AGENCY), SECOND], GUANGDONG_AGENCY, PLACES.valid, LegalStatus.Valid),
    ],
  },
  {
    name: 'moves an agency into another province',
    calls: 'moveAgency',
    does: async (world) => world.by('superior of provinces').moveAgency(GUANGDONG_AGENCY, CHANGSHA),
    steps: [step([SECOND], async (world) => world.by(SECOND).moveAgency(GUANGDONG_AGENCY, GUANGDONG))],
  },
]

function operatorOf(level: Level, place: number): StolenKey {
  const [key, admin] = [operatorKey(level.agency), adminKey(level.region)]
  const oust = step([admin, key], async (world) => {
    await world.by(admin).suspendAgency(level.agency)
    await world.fresh(key)
    await appointOperator(world, admin, level.agency, key)
    await world.by(admin).resumeAgency(level.agency)
  })
  return { key, oust, deeds: operatorDeeds(level, place) }
}

function adminOf(level: Level): StolenKey {
  const [key, above] = [adminKey(level.region), aboveKey(level)]
  const oust = step([above, key], async (world) => {
    await world.by(above).suspendRegion(level.region)
    await world.fresh(key)
    await appointAdmin(world, above, level.region, key)
    await world.by(above).resumeRegion(level.region)
  })
  return { key, oust, deeds: adminDeeds(level) }
}

function namedByCouncil(key: string, role: bigint, deeds: readonly Deed[]): StolenKey {
  const oust = step(['council'], async (world) => {
    await world.setRole(role, key, false)
    await world.fresh(key)
    await world.setRole(role, key, true)
  })
  return { key, oust, deeds }
}

const LEVEL_NAMES = Object.keys(LEVELS) as readonly LevelName[]
const STOLEN: readonly (readonly [string, StolenKey])[] = [
  ...LEVEL_NAMES.map((name, place) => [`operator in a ${name}`, operatorOf(LEVELS[name], place)] as const),
  ...LEVEL_NAMES.map((name) => [`admin of a ${name}`, adminOf(LEVELS[name])] as const),
  ['emergency keeper', namedByCouncil(KEEPER, EMERGENCY_ROLE, keeperDeeds)],
  ['superior of provinces', namedByCouncil('superior of provinces', SUPERIOR_ROLE, superiorOfProvincesDeeds)],
]

/** Of every function, arguments that its rightful caller could use: on Furong, its agencies, and what is beside it. */
async function argumentsOf(world: World): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const { agency } = LEVELS.county
  const someone = world.holder('bystander').address
  const batch = { root: rootOf(77), size: 1 }
  const decision = await decided()
  const { compromisedFrom } = await world.ledger.key(agency, world.kid)
  if (compromisedFrom > 1000n) await world.by(adminKey(FURONG)).reportKeyCompromised(agency, world.kid, 1000)
  const point = [ethers.id('other'), ethers.ZeroHash]
  return {
    admitRegion: [110000, someone, named('北京市')],
    accreditRegion: [430102003, FURONG, someone, named('某街道')],
    renameRegion: [FURONG, named('某区')],
    nominateRegionAdmin: [FURONG, someone],
    acceptRegionAdmin: [FURONG],
    suspendRegion: [FURONG],
    resumeRegion: [FURONG],
    closeRegion: [FURONG],
    reopenRegion: [FURONG],
    moveRegion: [STREET, CHANGSHA],
    retireRegion: [TIANXIN, 0],
    reinstateRegion: [ZHUZHOU],
    acceptRegionSuccession: [TIANXIN, FURONG],
    pauseRegion: [GUANGDONG],
    extendPause: [GUANGDONG, someone, ethers.ZeroHash],
    endPause: [GUANGDONG],
    accreditAgency: [bodyOf(FURONG, 55), FURONG, someone, named('某局')],
    renameAgency: [agency, named('某局')],
    suspendAgency: [agency],
    resumeAgency: [agency],
    retireAgency: [agency, NOBODY],
    reinstateAgency: [LEVELS.county.retired],
    acceptAgencySuccession: [GUANGDONG_AGENCY, agency],
    moveAgency: [agency, TIANXIN],
    pauseAgency: [agency],
    unpauseAgency: [agency],
    nominateOperator: [agency, someone],
    acceptOperator: [agency],
    withdrawProposal: [ethers.ZeroHash],
    registerKey: [agency, 2n, ...point, 1, KEY_TIME_NEVER],
    endKey: [agency, world.kid, (await blockTime()) + 86_400],
    reportKeyCompromised: [agency, world.kid, 1],
    narrowKeyCompromise: [agency, world.kid, KEY_TIME_NEVER],
    correct: [agency, [0], LegalStatus.Revoked, decision],
    actLate: [agency, StatusAct.Revoke, [0], decision],
    anchor: [agency, LICENCES, batch],
    anchorMany: [agency, LICENCES, [batch]],
    backfill: [agency, LICENCES, [batch]],
    passOver: [agency, LICENCES, 1],
    act: [agency, StatusAct.Revoke, [0], decision],
    note: [agency, 1, [0], decision],
    liftNotice: [agency, 3, [PLACES.noted], decision],
    supersede: [agency, [0], [1], decision],
    transferOut: [agency, [0], GUANGDONG_AGENCY, decision],
    transferIn: [{ issuer: agency, index: 0 }, GUANGDONG_AGENCY, [12], decision],
  }
}

/** `done`, or the name of the refusal. Nothing is sent. */
async function outcomeOf(world: World, key: string, name: string, args: readonly unknown[]): Promise<string> {
  try {
    await world.ledger
      .connect(world.holder(key))
      .getFunction(name)
      .staticCall(...args)
    return 'done'
  } catch (error) {
    const data = (error as { data?: string }).data ?? '0x'
    return world.ledger.interface.parseError(data)?.name ?? `without a name: ${(error as Error).message}`
  }
}

/** Carries a step out; only the keys it names may sign. */
async function take(world: World, { by, how }: Step): Promise<void> {
  world.signed.clear()
  await how(world)
  expect(by.length).to.be.lessThanOrEqual(2)
  expect([...world.signed].toSorted(), 'signed by other keys than the step names').to.deep.equal(
    by.toSorted(),
  )
}

describe('One stolen key', () => {
  let world: World
  let functions: readonly string[]
  let restore: () => Promise<void>
  /** As the chain is put back, so are the holders. */
  let holders: ReadonlyMap<string, World['council']>

  before(async () => {
    world = await createWorld()
    functions = world.ledger.interface.fragments
      .filter(
        (one): one is FunctionFragment => one.type === 'function' && !(one as FunctionFragment).constant,
      )
      .map(({ name }) => name)
    const snapshot = await chain.takeSnapshot()
    restore = () => snapshot.restore()
    holders = new Map(world.holders)
  })

  beforeEach(async () => {
    await restore()
    for (const [key, account] of holders) world.holders.set(key, account)
  })

  it('is tried at every function that changes anything, and knows of no other', async () => {
    const tried = Object.keys(await argumentsOf(world)).toSorted()
    // Changed by the access manager alone, through the council's vote.
    expect(functions.filter((name) => name !== 'setAuthority').toSorted()).to.deep.equal(tried)
  })

  for (const [title, { key, oust, deeds }] of STOLEN) {
    describe(`of ${title}`, () => {
      it('is refused, because it is not its to do, whatever it is not known to do', async () => {
        const known = new Set(deeds.map(({ calls }) => calls))
        for (const [name, args] of Object.entries(await argumentsOf(world))) {
          if (known.has(name)) continue
          const outcome = await outcomeOf(world, key, name, args)
          expect(NOT_YOURS.has(outcome), `${name}: ${outcome}`).to.equal(true)
        }
        expect(known.size).to.be.greaterThan(1)
      })

      for (const { name, given, does, steps, isExcepted } of deeds) {
        it(steps ? `${name}: undone` : `${name}: nothing is changed`, async () => {
          await given?.(world)
          const thief = world.holder(key).address
          const thieves = new Set([
            thief,
            ...['accomplice', 'second accomplice'].map((one) => world.holder(one).address),
          ])
          const rightful = await stateOf(world)
          await does(world)
          const after = await stateOf(world)
          if (steps === undefined || isExcepted) expect(after).to.deep.equal(rightful)
          else expect(after).not.to.deep.equal(rightful)

          await take(world, oust)
          await chain.time.increase(8 * 86_400)
          for (const one of steps ?? []) await take(world, one)
          const { state, holders: offices } = await stateOf(world)
          expect(state).to.deep.equal(rightful.state)
          expect(Object.values(offices).filter((holder) => thieves.has(holder))).to.deep.equal([])
        })
      }
    })
  }

  it('of an operator annuls 6,400 licences, and two keys give them back', async () => {
    const { agency, region, parent } = LEVELS.county
    const [key, superior] = [operatorKey(agency), superiorKey(region, parent)]
    await world.by(key).anchor(agency, LICENCES, { root: rootOf(1), size: 6400 })
    const indices = Array.from({ length: 6400 }, (_, place) => LICENCES + place)
    const halves = [indices.slice(0, 3200), indices.slice(3200)]
    const statuses = async (): Promise<ReadonlySet<bigint>> => {
      const words = Array.from({ length: 132 }, (_, word) => LICENCES + 48 * word)
      return new Set(await Promise.all(words.map((index) => world.ledger.statusOf(agency, index))))
    }
    for (const half of halves) await world.by(key).act(agency, StatusAct.Annul, half, await decided('假'))
    expect(await statuses()).to.deep.equal(new Set([LegalStatus.Annulled]))

    await take(world, operatorOf(LEVELS.county, 2).oust)
    const decision = await decided('更正')
    world.signed.clear()
    for (const half of halves) {
      await agree(world, [key, superior], (ledger) =>
        ledger.correct(agency, half, LegalStatus.Valid, decision),
      )
    }
    expect(await statuses()).to.deep.equal(new Set([LegalStatus.Valid]))
    expect(world.signed.size).to.equal(2)
  })

  it('of an operator or admin leaves no proposal that bars its successor', async () => {
    const { agency, region, parent } = LEVELS.county
    const [key, admin, superior] = [operatorKey(agency), adminKey(region), superiorKey(region, parent)]
    const decision = await decided()
    const correct = (as: string): Promise<unknown> =>
      world.by(as).correct(agency, [0], LegalStatus.Revoked, decision)
    const retire = (as: string): Promise<unknown> => world.by(as).retireAgency(agency, NOBODY)
    await correct(key)
    await retire(admin)
    await take(world, operatorOf(LEVELS.county, 2).oust)
    await take(world, adminOf(LEVELS.county).oust)
    await chain.time.increase(8 * 86_400)
    await expect(correct(superior)).to.be.revertedWithCustomError(world.ledger, 'CallerNotOperator')
    await expect(retire(superior)).to.be.revertedWithCustomError(world.ledger, 'CallerNotRegionAdmin')
    await correct(key)
    await correct(superior)
    expect(await world.ledger.statusOf(agency, 0)).to.equal(LegalStatus.Revoked)
    await retire(admin)
    await retire(superior)
    expect((await world.ledger.agency(agency)).status).to.equal(AgencyStatus.Retired)
  })

  it('of a province is paused at once by the emergency keeper, with everything inside it', async () => {
    const [hunan, { agency }] = [adminKey(HUNAN), LEVELS.street]
    await world.by(hunan).nominateRegionAdmin(HUNAN, world.holder('accomplice').address)
    await world.by(KEEPER).pauseRegion(HUNAN)
    const refused = async (sent: Promise<unknown>, error: string): Promise<void> => {
      await expect(sent).to.be.revertedWithCustomError(world.ledger, error)
    }
    await refused(world.by('accomplice').acceptRegionAdmin(HUNAN), 'NominationOvertaken')
    await refused(world.by(hunan).suspendRegion(CHANGSHA), 'RegionNotActive')
    await refused(
      world.by(hunan).nominateRegionAdmin(HUNAN, NOBODY.slice(0, 2) + '11'.repeat(20)),
      'RegionNotActive',
    )
    await refused(
      world.by(operatorKey(agency)).anchor(agency, LICENCES, { root: rootOf(3), size: 1 }),
      'RegionNotActive',
    )
    // The council replaces the key meanwhile; the pause then ends by itself.
    await world.fresh(hunan)
    await appointAdmin(world, 'council', HUNAN, hunan)
    await chain.time.increase(72 * 3600)
    await world.by(hunan).suspendRegion(CHANGSHA)
  })

  it('of the catalogue keeper, and of the deployer after the hand-over, changes nothing here', async () => {
    // The catalogue is the rulebook's; of the deployer's powers the hand-over leaves none: both are a stranger's keys.
    for (const [name, args] of Object.entries(await argumentsOf(world))) {
      const outcome = await outcomeOf(world, 'bystander', name, args)
      expect(NOT_YOURS.has(outcome), `${name}: ${outcome}`).to.equal(true)
    }
  })
})
