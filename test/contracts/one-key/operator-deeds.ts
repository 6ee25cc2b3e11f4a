/** What the operator of an agency can do alone, and the two that undo it: the next operator and the superior. */
import { expect } from 'chai'
import { decided, LegalStatus, rootOf, StatusAct } from '../ledger-fixture.ts'
import {
  adminKey,
  GUANGDONG_AGENCY,
  type Level,
  LICENCES,
  operatorKey,
  PLACES,
  type World,
} from '../one-key-world.ts'
import {
  act,
  appointOperator,
  correction,
  type Deed,
  dissolution,
  excepted,
  type StolenKey,
  step,
  superiorKey,
  undone,
  vain,
} from './deed.ts'
import { operatorHearings } from './hearings.ts'

/** Of the licences in transit to the agencies of the levels, the place in the agency of Guangdong. */
const inTransitTo = (place: number): number => 10 + place

/** The region's admin suspends the agency, names another, and resumes it. */
export function oustOperator({ region, agency }: Pick<Level, 'region' | 'agency'>): StolenKey['oust'] {
  const [key, admin] = [operatorKey(agency), adminKey(region)]
  return step([admin, key], async (world) => {
    await world.by(admin).suspendAgency(agency)
    await world.fresh(key)
    await appointOperator(world, admin, agency, key)
    await world.by(admin).resumeAgency(agency)
  })
}

export function operatorOf(level: Level, place: number): StolenKey {
  const key = operatorKey(level.agency)
  const two = [key, superiorKey(level)] as const
  const deeds = [
    ...actDeeds(key, two, level.agency),
    ...transferDeeds(key, two, level.agency, inTransitTo(place)),
    ...supersessionDeeds(key, two, level.agency),
    ...noticeDeeds(key, level.agency),
    ...anchorDeeds(key, level.agency),
    ...proposalDeeds(key, level.agency),
    undone('lays its office down', 'resignAgency', {
      does: async (world) => world.by(key).resignAgency(level.agency),
    }),
  ]
  return { key, oust: oustOperator(level), hears: operatorHearings(level), deeds }
}

function actDeeds(key: string, two: readonly [string, string], agency: string): readonly Deed[] {
  const { valid, suspended, superseded, itsSuccessor } = PLACES
  let endsAt = 0
  const rememberEnd = async (world: World): Promise<void> => {
    endsAt = Number((await world.ledger.notesOf(agency, suspended)).suspensionEnd)
  }
  const suspendAgain = step([key], async (world) =>
    act(key, agency, StatusAct.Suspend, suspended, endsAt)(world),
  )
  const acts = (code: bigint, index: number) => ({ does: act(key, agency, code, index) })
  return [
    undone(
      'annuls a licence',
      'act',
      acts(StatusAct.Annul, valid),
      correction(two, agency, valid, LegalStatus.Valid),
    ),
    undone(
      'annuls a licence whose successor stands',
      'act',
      acts(StatusAct.Annul, superseded),
      correction(two, agency, superseded, LegalStatus.Superseded),
    ),
    undone(
      'annuls a successor',
      'act',
      acts(StatusAct.Annul, itsSuccessor),
      correction(two, agency, itsSuccessor, LegalStatus.Valid),
    ),
    undone(
      'deregisters a licence',
      'act',
      acts(StatusAct.Deregister, valid),
      correction(two, agency, valid, LegalStatus.Valid),
    ),
    undone('suspends a licence', 'act', acts(StatusAct.Suspend, valid), {
      by: [key],
      how: act(key, agency, StatusAct.Reinstate, valid),
    }),
    undone(
      'reinstates a licence suspended for a term',
      'act',
      { given: rememberEnd, ...acts(StatusAct.Reinstate, suspended) },
      suspendAgain,
    ),
    undone(
      'annuls a licence suspended for a term',
      'act',
      { given: rememberEnd, ...acts(StatusAct.Annul, suspended) },
      correction(two, agency, suspended, LegalStatus.Valid),
      suspendAgain,
    ),
    undone(
      'makes a licence inactive, and one that is not anchored yet',
      'act',
      {
        does: async (world) => {
          await act(key, agency, StatusAct.Defer, valid)(world)
          await act(key, agency, StatusAct.Defer, LICENCES + 1000)(world)
        },
      },
      step([key], act(key, agency, StatusAct.Activate, valid)),
      step([key], async (world) => {
        await world.by(key).anchor(agency, LICENCES, { root: rootOf(2), size: 2000 })
        await act(key, agency, StatusAct.Activate, LICENCES + 1000)(world)
        expect(await world.ledger.statusOf(agency, LICENCES + 1000)).to.equal(LegalStatus.Valid)
      }),
    ),
  ]
}

function transferDeeds(
  key: string,
  two: readonly [string, string],
  agency: string,
  origin: number,
): readonly Deed[] {
  const { valid, takenIn, transferredOut } = PLACES
  const sendAgain = step([key], async (world) =>
    world.by(key).transferOut(agency, [transferredOut], GUANGDONG_AGENCY, await decided()),
  )
  const takesIn = async (world: World): Promise<unknown> =>
    world
      .by(key)
      .transferIn(
        { issuer: agency, index: takenIn },
        { issuer: GUANGDONG_AGENCY, index: origin },
        await decided(),
      )
  /** It is void while the two are unlinked, and then in force again: another holder's. */
  const untaken = [
    step([key], act(key, agency, StatusAct.Annul, takenIn)),
    dissolution(two, { issuer: agency, index: takenIn }, { issuer: GUANGDONG_AGENCY, index: origin }),
    correction(two, agency, takenIn, LegalStatus.Valid),
  ]
  return [
    undone(
      'cancels a transfer out',
      'act',
      { does: act(key, agency, StatusAct.CancelTransferOut, transferredOut) },
      sendAgain,
    ),
    undone(
      'annuls a licence in transit',
      'act',
      { does: act(key, agency, StatusAct.Annul, transferredOut) },
      correction(two, agency, transferredOut, LegalStatus.Valid),
      sendAgain,
    ),
    undone(
      'transfers a licence out',
      'transferOut',
      {
        does: async (world) => world.by(key).transferOut(agency, [valid], GUANGDONG_AGENCY, await decided()),
      },
      step([key], act(key, agency, StatusAct.CancelTransferOut, valid)),
    ),
    undone(
      'takes a licence in, in the place of that of another holder',
      'transferIn',
      { does: takesIn },
      ...untaken,
    ),
    undone(
      'takes a licence in and annuls it',
      'transferIn',
      {
        does: async (world) => {
          await takesIn(world)
          await act(key, agency, StatusAct.Annul, takenIn)(world)
        },
      },
      ...untaken.slice(1),
    ),
    undone(
      'takes a licence in and sends it on',
      'transferIn',
      {
        does: async (world) => {
          await takesIn(world)
          await world.by(key).transferOut(agency, [takenIn], GUANGDONG_AGENCY, await decided())
        },
      },
      ...untaken,
    ),
  ]
}

function supersessionDeeds(key: string, two: readonly [string, string], agency: string): readonly Deed[] {
  const { valid, another, suspended, takenIn } = PLACES
  const supersedes = (index: number, successor: number) => async (world: World) =>
    world.by(key).supersede({ issuer: agency, index: successor }, { issuer: agency, index }, await decided())
  const dissolved = (successor: number, origin: number) =>
    dissolution(two, { issuer: agency, index: successor }, { issuer: agency, index: origin })
  let endsAt = 0
  return [
    undone(
      'supersedes a licence by that of another holder',
      'supersede',
      { does: supersedes(valid, another) },
      dissolved(another, valid),
      correction(two, agency, valid, LegalStatus.Valid),
    ),
    undone(
      'supersedes a licence by that of another, and that by a third',
      'supersede',
      {
        does: async (world) => {
          await supersedes(valid, another)(world)
          await supersedes(another, takenIn)(world)
        },
      },
      dissolved(takenIn, another),
      correction(two, agency, another, LegalStatus.Valid),
      dissolved(another, valid),
      correction(two, agency, valid, LegalStatus.Valid),
    ),
    undone(
      'has another holder inherit a suspension',
      'supersede',
      {
        given: async (world) => {
          endsAt = Number((await world.ledger.notesOf(agency, suspended)).suspensionEnd)
        },
        does: supersedes(suspended, another),
      },
      dissolved(another, suspended),
      correction(two, agency, another, LegalStatus.Valid),
      correction(two, agency, suspended, LegalStatus.Valid),
      step([key], async (world) => act(key, agency, StatusAct.Suspend, suspended, endsAt)(world)),
    ),
  ]
}

function noticeDeeds(key: string, agency: string): readonly Deed[] {
  const notes = (code: number, index: number) => async (world: World) =>
    world.by(key).note(agency, code, [index], await decided())
  const lifts = (code: number, index: number) => async (world: World) =>
    world.by(key).liftNotice(agency, code, [index], await decided())
  const { valid, noted } = PLACES
  return [
    undone('enters a notice', 'note', { does: notes(5, valid) }, step([key], lifts(5, valid))),
    undone('lifts a notice', 'liftNotice', { does: lifts(3, noted) }, step([key], notes(3, noted))),
  ]
}

/** The next batch begins behind what was used up. */
function anchorDeeds(key: string, agency: string): readonly Deed[] {
  const next = step([key], async (world) => {
    const { indexCount } = await world.ledger.agency(agency)
    await world.by(key).anchor(agency, indexCount, { root: rootOf(99), size: 1 })
    expect(await world.ledger.isAnchoredIndex(agency, indexCount)).to.equal(true)
  })
  const batch = { root: rootOf(50), size: 3 }
  const deed = (calls: string, ...args: readonly unknown[]): Deed =>
    excepted(
      `uses up indices by ${calls}`,
      calls,
      { does: async (world) => world.by(key).getFunction(calls)(agency, LICENCES, ...args) },
      next,
    )
  return [
    deed('anchor', batch),
    deed('anchorMany', [batch]),
    deed('backfill', [batch]),
    deed('passOver', 2 ** 24),
  ]
}

function proposalDeeds(key: string, agency: string): readonly Deed[] {
  const proposes = async (world: World): Promise<unknown> =>
    world.by(key).correct(agency, [0], LegalStatus.Annulled, await decided('假'))
  const successor = { issuer: agency, index: PLACES.itsSuccessor }
  return [
    vain('proposes a correction', 'correct', { does: proposes }),
    vain('proposes an old act', 'actLate', {
      does: async (world) =>
        world.by(key).actLate(agency, StatusAct.Annul, [0], await decided('假', { effectiveAt: 1 })),
    }),
    vain('proposes to dissolve a succession', 'dissolveSuccession', {
      does: async (world) =>
        world
          .by(key)
          .dissolveSuccession(successor, { issuer: agency, index: PLACES.superseded }, await decided('假')),
    }),
    vain('withdraws what was proposed', 'withdrawProposal', {
      given: proposes,
      does: async (world) => world.by(key).withdrawProposal(await newestProposal(world)),
    }),
    vain('agrees to succeed another agency', 'acceptAgencySuccession', {
      does: async (world) => world.by(key).acceptAgencySuccession(GUANGDONG_AGENCY, agency),
    }),
  ]
}

/** The call that was proposed last. */
export async function newestProposal({ ledger }: World): Promise<string> {
  const [event] = (await ledger.queryFilter('Proposed')).slice(-1)
  return event?.topics[1] ?? ''
}
