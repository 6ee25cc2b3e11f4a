/** The key of the admin of a region, at each level; of a province with its seat in the council. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { AgencyStatus, chain, decided, LegalStatus, rootOf } from '../ledger-fixture.ts'
import {
  adminKey,
  CHANGSHA,
  COUNCIL,
  EMERGENCY,
  HUNAN,
  LEVELS,
  LICENCES,
  operatorKey,
} from '../one-key-world.ts'
import { adminOf } from './admin-deeds.ts'
import { ACCOMPLICE, appointAdmin, NOBODY, oustAdmin, superiorKey } from './deed.ts'
import { oustOperator } from './operator-deeds.ts'
import { givenWorld, itIsUndone, take } from './theft.ts'

describe('The key of a region’s admin', () => {
  const worldOf = givenWorld()
  for (const [name, level] of Object.entries(LEVELS)) {
    itIsUndone(`of the admin of a ${name}`, adminOf(level), worldOf)
  }

  it('leaves no proposal that bars its successor, nor does the operator’s', async () => {
    const world = worldOf()
    const { agency, region } = LEVELS.county
    const [key, admin, superior] = [operatorKey(agency), adminKey(region), superiorKey(LEVELS.county)]
    const decision = await decided()
    const correct = (as: string): Promise<unknown> =>
      world.by(as).correct(agency, [0], LegalStatus.Revoked, decision)
    const retire = (as: string): Promise<unknown> => world.by(as).retireAgency(agency, NOBODY)
    await correct(key)
    await retire(admin)
    await take(world, oustOperator(LEVELS.county))
    await take(world, oustAdmin(LEVELS.county))
    await chain.time.increase(8 * 86_400)
    await expect(retire(superior)).to.be.revertedWithCustomError(world.ledger, 'CallerNotRegionAdmin')
    await correct(key)
    await correct(superior)
    expect(await world.ledger.statusOf(agency, 0)).to.equal(LegalStatus.Revoked)
    await retire(admin)
    await retire(superior)
    expect((await world.ledger.agency(agency)).status).to.equal(AgencyStatus.Retired)
  })

  it('of a province is stopped at once by the emergency keeper, with everything inside it', async () => {
    const world = worldOf()
    const [hunan, { agency }] = [adminKey(HUNAN), LEVELS.street]
    const refused = async (sent: Promise<unknown>, error: string): Promise<void> => {
      await expect(sent).to.be.revertedWithCustomError(world.ledger, error)
    }
    const accomplice = world.holder(ACCOMPLICE).address
    await world.by(hunan).nominateRegionAdmin(HUNAN, accomplice)
    await world.by(EMERGENCY).pauseRegion(HUNAN)
    await refused(world.by(ACCOMPLICE).acceptRegionAdmin(HUNAN), 'NominationOvertaken')
    await refused(world.by(hunan).suspendRegion(CHANGSHA), 'RegionNotActive')
    await refused(world.by(hunan).nominateRegionAdmin(HUNAN, accomplice), 'RegionNotActive')
    await refused(
      world.by(operatorKey(agency)).anchor(agency, LICENCES, { root: rootOf(3), size: 1 }),
      'RegionNotActive',
    )
    // The council replaces the key meanwhile; the pause then ends by itself.
    await world.fresh(hunan)
    await appointAdmin(world, COUNCIL, HUNAN, hunan)
    await chain.time.increase(72 * 3600)
    await world.by(hunan).suspendRegion(CHANGSHA)
  })
})
