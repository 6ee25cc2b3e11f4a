/** Trial: the superior of provinces of a deployment handed over as planned, while a province is paused or suspended. */
import { expect } from 'chai'
import { before, beforeEach, describe, it } from 'mocha'
import { chain, decided, LegalStatus, StatusAct } from '../ledger-fixture.ts'
import {
  adminKey,
  COUNCIL,
  createWorld,
  EMERGENCY,
  GUANGDONG,
  HUNAN,
  LEVELS,
  operatorKey,
  SUPERIOR,
  type World,
} from '../one-key-world.ts'

describe('Trial: one key of the deployed alliance', () => {
  let world: World
  let restore: () => Promise<void>
  before(async function () {
    this.timeout(120_000)
    world = await createWorld()
    const snapshot = await chain.takeSnapshot()
    restore = () => snapshot.restore()
  })
  beforeEach(() => restore())

  /** The superior proposes, and confirms by way of the access manager. */
  async function bothKeys(name: string, values: readonly unknown[]): Promise<void> {
    await world.by(SUPERIOR).getFunction(name)(...values)
    const manager = world.planned.manager.connect(world.holder(SUPERIOR)) as typeof world.planned.manager
    const data = world.ledger.interface.encodeFunctionData(name, values)
    await manager
      .getFunction('execute')(await world.ledger.getAddress(), data)
      .catch(() => {})
  }

  it('the superior corrects alone what a retired agency of a suspended province left', async () => {
    const { retired } = LEVELS.province
    await world.by(COUNCIL).suspendRegion(HUNAN)
    const before = await world.ledger.statusOf(retired, 0)
    await bothKeys('correct', [retired, [0], LegalStatus.Annulled, await decided('伪1')])
    await bothKeys('correct', [retired, [0], LegalStatus.Restricted, await decided('伪2')])
    expect(await world.ledger.statusOf(retired, 0)).to.equal(before)
  })

  it('the superior enters late alone what only two may, for a province that is paused', async () => {
    const { retired } = LEVELS.city
    await world.by(EMERGENCY).pauseRegion(HUNAN)
    const past = await decided('伪3', { effectiveAt: 1_600_000_000 })
    await bothKeys('actLate', [retired, StatusAct.Revoke, [0], past])
    expect(await world.ledger.statusOf(retired, 0)).to.equal(LegalStatus.Valid)
  })

  it('the emergency keeper stops the whole alliance, and spends for a month what could stop a thief', async () => {
    for (const province of [HUNAN, GUANGDONG]) {
      await world.by(EMERGENCY).pauseRegion(province)
      await world.by(EMERGENCY).endPause(province)
    }
    // The council takes the role away and gives it to another, who finds a thief in Hunan.
    await chain.time.increase(8 * 86_400)
    await world
      .by(EMERGENCY)
      .pauseRegion(HUNAN)
      .catch(() => {})
    expect((await world.ledger.region(HUNAN)).pausedUntil).to.be.greaterThan(
      BigInt(await chain.time.latest()),
    )
  })

  it('an admin of a province is both keys for a department of its own, deployed as planned', async () => {
    const { agency } = LEVELS.province
    const operator = operatorKey(agency)
    await world.by(operator).act(agency, StatusAct.Annul, [0], await decided())
    await world.by(adminKey(HUNAN)).nominateOperator(agency, world.holder('accomplice').address)
    await world.by('accomplice').acceptOperator(agency)
    await world.by(adminKey(HUNAN)).moveAgency(agency, LEVELS.city.region)
    const decision = await decided('伪4')
    await world.by('accomplice').correct(agency, [0], LegalStatus.Valid, decision)
    await world
      .by(adminKey(HUNAN))
      .correct(agency, [0], LegalStatus.Valid, decision)
      .catch(() => {})
    expect(await world.ledger.statusOf(agency, 0)).to.equal(LegalStatus.Annulled)
  })
})
