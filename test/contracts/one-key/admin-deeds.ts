/** What the admin of a region can do alone to what lies directly in it, and the two that undo it. */
import { expect } from 'chai'
import {
  blockTime,
  decided,
  ethers,
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
  bodyOf,
  FURONG,
  GUANGDONG,
  GUANGDONG_AGENCY,
  type Level,
  operatorKey,
  PLACES,
  STREET,
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
  excepted,
  NOBODY,
  oustAdmin,
  refused,
  type StolenKey,
  step,
  superiorKey,
  undone,
  vain,
} from './deed.ts'
import { adminHearings } from './hearings.ts'
import { newestProposal } from './operator-deeds.ts'
import { provinceDeeds } from './province-deeds.ts'
import { seatDeeds } from './seat-deeds.ts'
import { superiorDeeds } from './superior-deeds.ts'

export function adminOf(level: Level): StolenKey {
  const deeds = [
    ...keyDeeds(level),
    ...agencyDeeds(level),
    ...regionDeeds(level),
    ...responsibilityDeeds(level),
    ...custodianDeeds(level),
    ...(level.child === undefined ? STREET_REFUSALS : superiorDeeds(level)),
    ...(level.parent === 0 ? [...provinceDeeds(level), ...seatDeeds()] : []),
  ]
  return { key: adminKey(level.region), oust: oustAdmin(level), hears: adminHearings(level), deeds }
}

function keyDeeds({ region, agency, parent }: Level): readonly Deed[] {
  const key = adminKey(region)
  const two = [key, superiorKey({ region, parent })] as const
  const registers = (point: string) => async (world: World) =>
    world.by(key).registerKey(agency, 2n, ethers.id(point), ethers.ZeroHash, 1, KEY_TIME_NEVER)
  const reports = (since: number) => async (world: World) =>
    world.by(key).reportKeyCompromised(agency, world.kid, since)
  return [
    undone(
      'registers a key of its own',
      'registerKey',
      { does: registers('false key') },
      step([key], async (world) => world.by(key).reportKeyCompromised(agency, world.falseKid, 0)),
    ),
    excepted(
      'ends a key',
      'endKey',
      { does: async (world) => world.by(key).endKey(agency, world.kid, (await blockTime()) + 86_400) },
      step([key], async (world) => {
        await registers('next key')(world)
        const [event] = (await world.ledger.queryFilter('KeyRegistered')).slice(-1)
        const facts = await world.ledger.key(agency, event?.topics[1] ?? '')
        expect([facts.validUntil, facts.compromisedFrom]).to.deep.equal([KEY_TIME_NEVER, KEY_TIME_NEVER])
      }),
    ),
    undone(
      'declares a key compromised since for ever',
      'reportKeyCompromised',
      { does: reports(0) },
      step(two, async (world) =>
        agree(world, two, (ledger) => ledger.narrowKeyCompromise(agency, world.kid, KEY_TIME_NEVER)),
      ),
    ),
    vain('proposes to narrow a report', 'narrowKeyCompromise', {
      given: reports(1000),
      does: async (world) => world.by(key).narrowKeyCompromise(agency, world.kid, KEY_TIME_NEVER),
    }),
  ]
}

function agencyDeeds({ region, agency, retired }: Level): readonly Deed[] {
  const key = adminKey(region)
  const suspends = async (world: World): Promise<unknown> => world.by(key).suspendAgency(agency)
  const resumes = async (world: World): Promise<unknown> => world.by(key).resumeAgency(agency)
  return [
    undone(
      'renames its agency',
      'renameAgency',
      { does: async (world) => world.by(key).renameAgency(agency, named('公安部')) },
      step([key], async (world) => world.by(key).renameAgency(agency, named(`局${agency}`))),
    ),
    undone(
      'gives the name of one agency to another',
      'renameAgency',
      {
        does: async (world) => {
          await world.by(key).renameAgency(agency, named('公安部'))
          await world.by(key).renameAgency(retired, named(`局${agency}`))
        },
      },
      step([key], async (world) => {
        await world.by(key).renameAgency(retired, named(`局${retired}`))
        await world.by(key).renameAgency(agency, named(`局${agency}`))
      }),
    ),
    undone('suspends its agency', 'suspendAgency', { does: suspends }, step([key], resumes)),
    undone(
      'resumes a suspended agency',
      'resumeAgency',
      { given: suspends, does: resumes },
      step([key], suspends),
    ),
    vain('proposes to retire its agency', 'retireAgency', {
      does: async (world) => world.by(key).retireAgency(agency, NOBODY),
    }),
    vain('proposes to reinstate a retired agency', 'reinstateAgency', {
      does: async (world) => world.by(key).reinstateAgency(retired),
    }),
    undone(
      'makes an accomplice the operator',
      'nominateOperator',
      { does: async (world) => appointOperator(world, key, agency, ACCOMPLICE) },
      step([key, operatorKey(agency)], async (world) =>
        appointOperator(world, key, agency, operatorKey(agency)),
      ),
    ),
    undone(
      'returns the office of its agency to who held it before',
      'returnAgency',
      {
        given: async (world) => appointOperator(world, key, agency, BYSTANDER),
        does: async (world) => world.by(key).returnAgency(agency),
      },
      step([key], async (world) => world.by(key).returnAgency(agency)),
    ),
    vain('withdraws what was proposed', 'withdrawProposal', {
      given: async (world) => world.by(key).retireAgency(agency, NOBODY),
      does: async (world) => world.by(key).withdrawProposal(await newestProposal(world)),
    }),
  ]
}

function regionDeeds(level: Level): readonly Deed[] {
  const { region } = level
  const key = adminKey(region)
  return [
    undone('hands its region to an accomplice', 'nominateRegionAdmin', {
      does: async (world) => appointAdmin(world, key, region, ACCOMPLICE),
    }),
    undone('lays its office down', 'resignRegion', {
      does: async (world) => world.by(key).resignRegion(region),
    }),
    vain('nominates an accomplice who waits', 'nominateRegionAdmin', {
      does: async (world) => world.by(key).nominateRegionAdmin(region, world.holder(ACCOMPLICE).address),
    }),
    vain('agrees to succeed another region', 'acceptRegionSuccession', {
      does: async (world) => world.by(key).acceptRegionSuccession(GUANGDONG, region),
    }),
    accreditation(level),
  ]
}

function accreditation({ region, parent }: Level): Deed {
  const key = adminKey(region)
  const two = [key, superiorKey({ region, parent })] as const
  const body = bodyOf(region === STREET ? FURONG : region, 99)
  const name = 'accredits an agency of an accomplice'
  const does = async (world: World): Promise<unknown> =>
    world.by(key).accreditAgency(body, region, world.holder(ACCOMPLICE).address, named('假局'))
  // A code names no street: there it is only proposed.
  if (region === STREET) return vain(name, 'accreditAgency', { does })
  return undone(
    name,
    'accreditAgency',
    { does },
    step([key], async (world) => world.by(key).suspendAgency(body)),
    step(two, async (world) => agree(world, two, (ledger) => ledger.retireAgency(body, NOBODY))),
  )
}

function responsibilityDeeds({ region, agency }: Level): readonly Deed[] {
  const key = adminKey(region)
  const ends = async (world: World): Promise<unknown> =>
    endSoon((until) => world.ruledBy(key).endResponsibility(agency, SAFETY_MANAGER, until))
  const assigns =
    (from = 0, until = TERM_OPEN) =>
    async (world: World): Promise<unknown> =>
      world.ruledBy(key).assignResponsibility(agency, SAFETY_MANAGER, from, until)
  return [
    undone('takes a type from its agency', 'endResponsibility', { does: ends }, step([key], assigns())),
    undone(
      'fills the years to come with terms',
      'assignResponsibility',
      {
        does: async (world) => {
          await ends(world)
          for (const year of [4_200_000_000, 4_300_000_000, 4_400_000_000]) {
            await assigns(year, year + 1)(world)
          }
        },
      },
      step([key], async (world) => {
        await ends(world)
        await assigns()(world)
      }),
    ),
    undone(
      'makes its agency responsible for what it should not be',
      'assignResponsibility',
      {
        given: ends,
        does: assigns(),
      },
      step([key], ends),
    ),
  ]
}

/** On the licences of an agency that was retired without a successor. */
function custodianDeeds({ region, retired, parent }: Level): readonly Deed[] {
  const key = adminKey(region)
  const two = [key, superiorKey({ region, parent })] as const
  const { valid, noted, superseded, itsSuccessor } = PLACES
  const notes = (code: number, index: number) => async (world: World) =>
    world.by(key).note(retired, code, [index], await decided())
  const lifts = (code: number, index: number) => async (world: World) =>
    world.by(key).liftNotice(retired, code, [index], await decided())
  return [
    undone(
      'annuls a licence in its custody',
      'act',
      { does: act(key, retired, StatusAct.Annul, valid) },
      correction(two, retired, valid, LegalStatus.Valid),
    ),
    undone(
      'transfers a licence in its custody out',
      'transferOut',
      {
        does: async (world) => world.by(key).transferOut(retired, [valid], GUANGDONG_AGENCY, await decided()),
      },
      step([key], act(key, retired, StatusAct.CancelTransferOut, valid)),
    ),
    undone('enters a notice in its custody', 'note', { does: notes(5, valid) }, step([key], lifts(5, valid))),
    undone(
      'lifts a notice in its custody',
      'liftNotice',
      { does: lifts(3, noted) },
      step([key], notes(3, noted)),
    ),
    vain('proposes a correction in its custody', 'correct', {
      does: async (world) => world.by(key).correct(retired, [0], LegalStatus.Revoked, await decided()),
    }),
    vain('proposes an old act in its custody', 'actLate', {
      does: async (world) =>
        world.by(key).actLate(retired, StatusAct.Revoke, [0], await decided('假', { effectiveAt: 1 })),
    }),
    vain('proposes to dissolve a succession in its custody', 'dissolveSuccession', {
      does: async (world) =>
        world
          .by(key)
          .dissolveSuccession(
            { issuer: retired, index: itsSuccessor },
            { issuer: retired, index: superseded },
            await decided('假'),
          ),
    }),
  ]
}

/** Nothing lies in a street. */
export const STREET_REFUSALS: readonly Deed[] = [
  refused('accredits a region in its street', 'accreditRegion', 'RegionNotPartOf', async (world) =>
    world
      .by(adminKey(STREET))
      .accreditRegion(430102009, STREET, world.holder(ACCOMPLICE).address, named('假区')),
  ),
]
