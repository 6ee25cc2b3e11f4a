/** What the keys beside the council can do alone: the superior of provinces, and the two keepers. */
import { expect } from 'chai'
import type { Contract } from 'ethers'
import { DEFAULT_DELAYS } from '../../../scripts/deploy/holders.ts'
import { ROLES, type Role } from '../../../scripts/deploy/roles.ts'
import {
  chain,
  decided,
  ethers,
  itemCode,
  LegalStatus,
  RULES,
  SAFETY_MANAGER,
  StatusAct,
} from '../ledger-fixture.ts'
import {
  adminKey,
  CATALOGUE,
  CHANGSHA,
  COUNCIL,
  DEMANDS,
  EMERGENCY,
  FURONG,
  GUANGDONG,
  GUANGDONG_AGENCY,
  HUNAN,
  LEVELS,
  OPEN_ITEM,
  operatorKey,
  PLACES,
  SECOND_SUPERIOR,
  SUPERIOR,
  type World,
} from '../one-key-world.ts'
import { act, correction, type Deed, passing, refused, type StolenKey, step, undone, vain } from './deed.ts'
import { CATALOGUE_HEARINGS, EMERGENCY_HEARINGS, SUPERIOR_HEARINGS } from './hearings.ts'

/** The council takes the role from the thief and gives it to another account. */
function namedByCouncil(
  key: string,
  role: Role,
  hears: StolenKey['hears'],
  deeds: readonly Deed[],
): StolenKey {
  const oust = step([COUNCIL], async (world) => {
    await world.revoke(role, key)
    await world.fresh(key)
    await world.grant(role, key)
  })
  return { key, oust, hears, deeds: [...deeds, renunciation(key, role)] }
}

/** The council gives it to another anyhow. */
function renunciation(key: string, { id }: Role): Deed {
  return vain('gives its role up', 'renounceRole', {
    does: async (world) => {
      const account = world.holder(key)
      await managerFor(world, key).getFunction('renounceRole')(id, account.address)
    },
  })
}

/** Without the delay that is between an announcement and what it announces. */
function managerFor(world: World, key: string): Contract {
  world.signed.add(key)
  return world.planned.manager.connect(world.holder(key)) as Contract
}

const pauses = async (world: World): Promise<unknown> => world.by(EMERGENCY).pauseRegion(HUNAN)
const pausesAgency = async (world: World): Promise<unknown> =>
  world.by(EMERGENCY).pauseAgency(GUANGDONG_AGENCY)
const retirement = (world: World): string =>
  world.rulebook.interface.encodeFunctionData('retireServiceItem', [OPEN_ITEM])
const announces = async (world: World): Promise<unknown> => {
  const announce = managerFor(world, CATALOGUE).getFunction('schedule')
  return await announce(world.rulebook.target, retirement(world), 0)
}

export const EMERGENCY_KEEPER: StolenKey = namedByCouncil(EMERGENCY, ROLES.emergency, EMERGENCY_HEARINGS, [
  undone('pauses a province', 'pauseRegion', { does: pauses }),
  passing(
    'ends the pause of a province',
    'endPause',
    { given: pauses, does: async (world) => world.by(EMERGENCY).endPause(HUNAN) },
    // Not paused again within thirty days: the council suspends instead.
    step([COUNCIL, adminKey(HUNAN)], async (world) => {
      await world.by(COUNCIL).suspendRegion(HUNAN)
      expect(await world.ledger.isAdminOf(HUNAN, world.holder(adminKey(HUNAN)).address)).to.equal(false)
      await world.by(COUNCIL).resumeRegion(HUNAN)
      await world.at('seats', adminKey(HUNAN)).getFunction('take')(HUNAN)
    }),
  ),
  refused('prolongs a pause without a vote', 'extendPause', 'RegionNotPaused', async (world) =>
    world.by(EMERGENCY).extendPause(HUNAN, world.holder(EMERGENCY).address, ethers.ZeroHash),
  ),
  undone(
    'pauses an agency',
    'pauseAgency',
    { does: pausesAgency },
    step([EMERGENCY, adminKey(GUANGDONG)], async (world) => {
      await world.by(EMERGENCY).unpauseAgency(GUANGDONG_AGENCY)
      await world.by(adminKey(GUANGDONG)).resumeAgency(GUANGDONG_AGENCY)
    }),
  ),
  undone(
    'ends the pause of an agency',
    'unpauseAgency',
    { given: pausesAgency, does: async (world) => world.by(EMERGENCY).unpauseAgency(GUANGDONG_AGENCY) },
    step([EMERGENCY], pausesAgency),
  ),
  vain('stops what the catalogue keeper announced, which announces it again', 'cancel', {
    given: announces,
    does: async (world) =>
      world.at('manager', EMERGENCY).getFunction('cancel')(
        world.holder(CATALOGUE).address,
        world.rulebook.target,
        retirement(world),
      ),
  }),
])

const inStead = (code: bigint): Deed['does'] => act(SUPERIOR, GUANGDONG_AGENCY, code, PLACES.valid)
const { retired } = LEVELS.province
/** Nobody acts on the licences of a province that is suspended, but whom the council named. */
const suspended = async (world: World): Promise<unknown> => world.by(COUNCIL).suspendRegion(HUNAN)
export const SUPERIOR_OF_PROVINCES: StolenKey = namedByCouncil(SUPERIOR, ROLES.superior, SUPERIOR_HEARINGS, [
  undone(
    'annuls in the stead of an agency of a province',
    'act',
    { does: inStead(StatusAct.Annul) },
    correction([operatorKey(GUANGDONG_AGENCY), SUPERIOR], GUANGDONG_AGENCY, PLACES.valid, LegalStatus.Valid),
  ),
  undone(
    'moves an agency into another province',
    'moveAgency',
    { does: async (world) => world.by(SUPERIOR).moveAgency(GUANGDONG_AGENCY, CHANGSHA) },
    step([SECOND_SUPERIOR], async (world) =>
      world.by(SECOND_SUPERIOR).moveAgency(GUANGDONG_AGENCY, GUANGDONG),
    ),
  ),
  undone(
    'takes a county out of its city',
    'moveRegion',
    { does: async (world) => world.by(SUPERIOR).moveRegion(FURONG, HUNAN) },
    step([SECOND_SUPERIOR], async (world) => world.by(SECOND_SUPERIOR).moveRegion(FURONG, CHANGSHA)),
  ),
  ...custodyDeeds(),
])

/** On the licences of a retired agency while its province is suspended: the council lets others act. */
function custodyDeeds(): readonly Deed[] {
  const { valid, noted, superseded, itsSuccessor } = PLACES
  const by = (key: string) => ({
    notes: (code: number, index: number) => async (world: World) =>
      world.by(key).note(retired, code, [index], await decided()),
    lifts: (code: number, index: number) => async (world: World) =>
      world.by(key).liftNotice(retired, code, [index], await decided()),
  })
  const second = SECOND_SUPERIOR
  const successor = { issuer: retired, index: itsSuccessor }
  return [
    bothKeys('correct', async () => [retired, [0], LegalStatus.Annulled, await decided('假')]),
    bothKeys('actLate', async () => [
      retired,
      StatusAct.Revoke,
      [0],
      await decided('假', { effectiveAt: 1 }),
    ]),
    bothKeys('dissolveSuccession', async () => [
      successor,
      { issuer: retired, index: superseded },
      await decided('假'),
    ]),
    undone(
      'transfers a licence in its custody out',
      'transferOut',
      {
        given: suspended,
        does: async (world) =>
          world.by(SUPERIOR).transferOut(retired, [valid], GUANGDONG_AGENCY, await decided()),
      },
      step([second], act(second, retired, StatusAct.CancelTransferOut, valid)),
    ),
    undone(
      'deregisters a licence in its custody',
      'act',
      { given: suspended, does: act(SUPERIOR, retired, StatusAct.Deregister, valid) },
      correction([SUPERIOR, second], retired, valid, LegalStatus.Valid),
    ),
    undone(
      'enters a notice in its custody',
      'note',
      { given: suspended, does: by(SUPERIOR).notes(5, valid) },
      step([second], by(second).lifts(5, valid)),
    ),
    undone(
      'lifts a notice in its custody',
      'liftNotice',
      { given: suspended, does: by(SUPERIOR).lifts(3, noted) },
      step([second], by(second).notes(3, noted)),
    ),
    vain('proposes a correction in its custody', 'correct', {
      given: suspended,
      does: async (world) =>
        world.by(SUPERIOR).correct(retired, [0], LegalStatus.Revoked, await decided('假')),
    }),
    vain('proposes an old act in its custody', 'actLate', {
      given: suspended,
      does: async (world) =>
        world.by(SUPERIOR).actLate(retired, StatusAct.Revoke, [0], await decided('假', { effectiveAt: 1 })),
    }),
    vain('proposes to dissolve a succession in its custody', 'dissolveSuccession', {
      given: suspended,
      does: async (world) =>
        world
          .by(SUPERIOR)
          .dissolveSuccession(
            { issuer: retired, index: itsSuccessor },
            { issuer: retired, index: superseded },
            await decided('假'),
          ),
    }),
  ]
}

/** The manager is the ledger's caller then, and no second key. */
function bothKeys(name: string, valuesOf: () => Promise<readonly unknown[]>): Deed {
  return refused(
    `confirms by way of the access manager what it proposed: ${name}`,
    name,
    'CallerNotSuperior',
    async (world) => {
      await suspended(world)
      const values = await valuesOf()
      await world.by(SUPERIOR).getFunction(name)(...values)
      const data = world.ledger.interface.encodeFunctionData(name, values)
      await managerFor(world, SUPERIOR).getFunction('execute')(await world.ledger.getAddress(), data)
    },
  )
}

const FALSE_RULES = { ...RULES, schemaDigest: ethers.id('false schema') }
const FALSE_DEMANDS = [{ licenceType: SAFETY_MANAGER, fields: Buffer.from('holderName\nphone') }]
const NEW_TYPE = `0x${Buffer.from('11100000000013338W055').toString('hex')}`
const keeper = (how: (rulebook: World['rulebook']) => Promise<unknown>) => async (world: World) =>
  how(world.ruledBy(CATALOGUE))
const again = (how: (rulebook: World['rulebook']) => Promise<unknown>) => step([CATALOGUE], keeper(how))

export const CATALOGUE_KEEPER: StolenKey = namedByCouncil(CATALOGUE, ROLES.catalogue, CATALOGUE_HEARINGS, [
  undone(
    'retires a licence type',
    'retireLicenceType',
    { does: keeper((rulebook) => rulebook.retireLicenceType(SAFETY_MANAGER)) },
    again((rulebook) => rulebook.registerLicenceType(SAFETY_MANAGER, RULES)),
  ),
  undone(
    'gives a licence type other rules',
    'amendLicenceType',
    { does: keeper((rulebook) => rulebook.amendLicenceType(SAFETY_MANAGER, FALSE_RULES)) },
    again((rulebook) => rulebook.amendLicenceType(SAFETY_MANAGER, RULES)),
  ),
  vain('registers a licence type that there is not', 'registerLicenceType', {
    does: keeper((rulebook) => rulebook.registerLicenceType(NEW_TYPE, FALSE_RULES)),
  }),
  undone(
    'retires a service item',
    'retireServiceItem',
    { does: keeper((rulebook) => rulebook.retireServiceItem(OPEN_ITEM)) },
    again((rulebook) => rulebook.registerServiceItem(OPEN_ITEM, DEMANDS)),
  ),
  undone(
    'has a service item demand more',
    'amendServiceItem',
    { does: keeper((rulebook) => rulebook.amendServiceItem(OPEN_ITEM, FALSE_DEMANDS)) },
    again((rulebook) => rulebook.amendServiceItem(OPEN_ITEM, DEMANDS)),
  ),
  vain('registers a service item that there is not', 'registerServiceItem', {
    does: keeper((rulebook) => rulebook.registerServiceItem(itemCode('3'), FALSE_DEMANDS)),
  }),
  undone(
    'does what was announced in its name',
    'execute',
    {
      given: async (world) => {
        await announces(world)
        await chain.time.increase(DEFAULT_DELAYS.catalogue)
      },
      does: async (world) =>
        managerFor(world, CATALOGUE).getFunction('execute')(world.rulebook.target, retirement(world)),
    },
    again((rulebook) => rulebook.registerServiceItem(OPEN_ITEM, DEMANDS)),
  ),
  vain('announces what it does not do', 'schedule', { does: announces }),
  refused('does what it announced, before the time', 'execute', 'AccessManagerNotReady', async (world) => {
    await announces(world)
    return managerFor(world, CATALOGUE).getFunction('execute')(world.rulebook.target, retirement(world))
  }),
  vain('stops what it announced', 'cancel', {
    given: announces,
    does: async (world) => {
      const stop = managerFor(world, CATALOGUE).getFunction('cancel')
      await stop(world.holder(CATALOGUE).address, world.rulebook.target, retirement(world))
    },
  }),
])
