import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  Capacity,
  chain,
  decided,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
  named,
  STATUS_ACTS,
  StatusAct,
} from './ledger-fixture.ts'
import {
  byTwoKeys,
  CHANGSHA,
  CHANGSHA_HOUSING,
  deployWithLicences,
  enter,
  GUANGDONG_HOUSING,
  GUANGDONG_RESOURCES,
  invented,
  type Licences,
  retireByTwo,
} from './licence-fixture.ts'

const NEXT = invented('430000', 8)

/** In what right an account acts on licences that are in nobody else's hands. */
describe('Capacities', () => {
  let fixture: Licences
  let ledger: Ledger
  let asOperator: Ledger
  let asHunan: Ledger
  let asCity: Ledger
  let asBureau: Ledger

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithLicences)
    ledger = fixture.ledger
    asOperator = ledger.connect(fixture.operator)
    asHunan = ledger.connect(fixture.hunanAdmin)
    asCity = ledger.connect(fixture.cityAdmin)
    asBureau = ledger.connect(fixture.cityOperator)
  })

  /** One call of every kind that only who acts on the agency's licences makes, on a licence that was never touched. */
  async function everyCall(as: Ledger, issuer: string, index: number) {
    const decision = await decided()
    const destination = issuer === GUANGDONG_HOUSING ? HUNAN_HOUSING : GUANGDONG_HOUSING
    return [
      () => as.act(issuer, StatusAct.Suspend, [index], decision),
      () => as.note(issuer, 2, [index], decision),
      () => as.transferOut(issuer, [index], destination, decision),
      () => as.correct(issuer, [index], LegalStatus.Valid, decision),
      () => as.actLate(issuer, StatusAct.Revoke, [index], { ...decision, effectiveAt: 1 }),
    ]
  }

  async function refused(as: Ledger, issuer: string, error: string, ...values: unknown[]): Promise<void> {
    const annul = async () => await enter(as, issuer, 'Annul', [77])
    for (const call of [...(await everyCall(as, issuer, 77)), annul]) {
      await expect(call())
        .to.be.revertedWithCustomError(ledger, error)
        .withArgs(...values)
    }
    expect(await ledger.statusWordOf(issuer, 77)).to.equal(0n)
  }

  /** The capacity that the newest act's event names. */
  async function capacityToldOf(issuer: string): Promise<bigint> {
    const filter = ledger.filters['StatusActed']?.(issuer)
    if (filter === undefined) throw new Error('the ledger has no such event')
    const log = (await ledger.queryFilter(filter)).at(-1)
    if (log === undefined || !('args' in log)) throw new Error('no act was told')
    return log.args['capacity'] as bigint
  }

  describe('of a live agency', () => {
    it('is its operator’s, and told as such', async () => {
      await enter(asOperator, HUNAN_HOUSING, 'Suspend', [1])
      expect(await capacityToldOf(HUNAN_HOUSING)).to.equal(Capacity.Operator)
      for (const call of await everyCall(asOperator, HUNAN_HOUSING, 2)) {
        const snapshot = await chain.takeSnapshot()
        await call()
        await snapshot.restore()
      }
    })

    it('is nobody’s who governs it: no admin is custodian of a live agency, and no superior acts but to annul and to propose', async () => {
      const { hunanAdmin, guangdongAdmin, stranger, cityAdmin } = fixture
      for (const caller of [hunanAdmin, guangdongAdmin, cityAdmin, stranger]) {
        const values = [HUNAN_HOUSING, caller.address]
        await refused(ledger.connect(caller), HUNAN_HOUSING, 'CallerNotOperator', ...values)
      }
      for (const [superior, issuer] of [
        [fixture.council, HUNAN_HOUSING],
        [hunanAdmin, CHANGSHA_HOUSING],
      ] as const) {
        const calls = await everyCall(ledger.connect(superior), issuer, 77)
        // What two keys do may be proposed from above, by the admin of a region.
        const heard = issuer === CHANGSHA_HOUSING ? calls.splice(3) : []
        for (const call of calls) {
          await expect(call())
            .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
            .withArgs(issuer, superior.address)
        }
        for (const call of heard) await expect(call()).to.emit(ledger, 'Proposed')
        expect(await ledger.statusWordOf(issuer, 77)).to.equal(0n)
      }
    })

    it('is not that of an operator of another agency, of the same region or another', async () => {
      const asReceiver = ledger.connect(fixture.receiver)
      await refused(asReceiver, HUNAN_HOUSING, 'CallerNotOperator', HUNAN_HOUSING, fixture.receiver.address)
      await refused(asBureau, HUNAN_HOUSING, 'CallerNotOperator', HUNAN_HOUSING, fixture.cityOperator.address)
    })

    it('is not its former operator’s', async () => {
      await asHunan.nominateOperator(HUNAN_HOUSING, fixture.spare.address)
      const asSpare = ledger.connect(fixture.spare)
      await refused(asSpare, HUNAN_HOUSING, 'CallerNotOperator', HUNAN_HOUSING, fixture.spare.address)
      await asSpare.acceptOperator(HUNAN_HOUSING)
      await refused(asOperator, HUNAN_HOUSING, 'CallerNotOperator', HUNAN_HOUSING, fixture.operator.address)
      await enter(asSpare, HUNAN_HOUSING, 'Suspend', [1])
    })

    it('rests while the agency is suspended or paused', async () => {
      await asHunan.suspendAgency(HUNAN_HOUSING)
      await refused(asOperator, HUNAN_HOUSING, 'AgencyNotActive', HUNAN_HOUSING)
      await ledger.pauseAgency(HUNAN_HOUSING)
      await refused(asOperator, HUNAN_HOUSING, 'AgencyNotActive', HUNAN_HOUSING)
    })

    it('rests while the region, or one it lies in, is suspended or paused, and goes on where it is closed', async () => {
      await ledger.suspendRegion(HUNAN)
      await refused(asOperator, HUNAN_HOUSING, 'RegionNotActive', HUNAN)
      await refused(asBureau, CHANGSHA_HOUSING, 'RegionNotActive', HUNAN)
      await ledger.resumeRegion(HUNAN)
      await ledger.pauseRegion(HUNAN)
      await refused(asBureau, CHANGSHA_HOUSING, 'RegionNotActive', HUNAN)
      await ledger.endPause(HUNAN)
      await ledger.closeRegion(HUNAN)
      await enter(asBureau, CHANGSHA_HOUSING, 'Suspend', [1])
    })

    it('is nobody’s for an agency never accredited', async () => {
      const unknown = `0x${Buffer.from('11440000000000099X', 'ascii').toString('hex')}`
      const decision = await decided()
      await expect(asOperator.act(unknown, StatusAct.Suspend, [0], decision))
        .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
        .withArgs(unknown)
      await expect(ledger.act(unknown, StatusAct.Annul, [0], decision))
        .to.be.revertedWithCustomError(ledger, 'StatusIndexNotAnchored')
        .withArgs(unknown, 0)
    })
  })

  // 行政许可法 art. 69.
  describe('of the superior, who annuls in the agency’s stead', () => {
    it('is the admin’s of the region above, above a province whom the council named, and told as such', async () => {
      await enter(asHunan, CHANGSHA_HOUSING, 'Annul', [1])
      expect(await ledger.statusOf(CHANGSHA_HOUSING, 1)).to.equal(LegalStatus.Annulled)
      expect(await capacityToldOf(CHANGSHA_HOUSING)).to.equal(Capacity.Superior)
      await enter(ledger, HUNAN_HOUSING, 'Annul', [1])
      expect(await capacityToldOf(HUNAN_HOUSING)).to.equal(Capacity.Superior)
    })

    it('reaches to nothing but annulment, and no further than the next region', async () => {
      for (const name of STATUS_ACTS.filter((one) => one !== 'Annul')) {
        await expect(enter(asHunan, CHANGSHA_HOUSING, name, [1]), name)
          .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
          .withArgs(CHANGSHA_HOUSING, fixture.hunanAdmin.address)
      }
      for (const [caller, issuer] of [
        [fixture.council, CHANGSHA_HOUSING],
        [fixture.guangdongAdmin, CHANGSHA_HOUSING],
        [fixture.cityAdmin, CHANGSHA_HOUSING],
        [fixture.hunanAdmin, HUNAN_HOUSING],
      ] as const) {
        await expect(enter(ledger.connect(caller), issuer, 'Annul', [1]))
          .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
          .withArgs(issuer, caller.address)
      }
    })

    it('needs no agency that can act itself: suspended, paused or retired, it is annulled for', async () => {
      await asCity.suspendAgency(CHANGSHA_HOUSING)
      await enter(asHunan, CHANGSHA_HOUSING, 'Annul', [1])
      await ledger.pauseAgency(CHANGSHA_HOUSING)
      await enter(asHunan, CHANGSHA_HOUSING, 'Annul', [2])
      await ledger.unpauseAgency(CHANGSHA_HOUSING)
      await retireByTwo(asCity, asHunan, CHANGSHA_HOUSING)
      await enter(asHunan, CHANGSHA_HOUSING, 'Annul', [3])
      await asHunan.suspendRegion(CHANGSHA)
      await enter(asHunan, CHANGSHA_HOUSING, 'Annul', [4])
    })

    it('is whom the council named while the region above is paused or suspended, and not that region’s admin', async () => {
      for (const [rest, wake] of [
        [() => ledger.pauseRegion(HUNAN), () => ledger.endPause(HUNAN)],
        [() => ledger.suspendRegion(HUNAN), () => ledger.resumeRegion(HUNAN)],
      ] as const) {
        const snapshot = await chain.takeSnapshot()
        await rest()
        await expect(enter(asHunan, CHANGSHA_HOUSING, 'Annul', [1]))
          .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
          .withArgs(HUNAN)
        await enter(ledger, CHANGSHA_HOUSING, 'Annul', [1])
        await enter(ledger, HUNAN_HOUSING, 'Annul', [1])
        await wake()
        await expect(enter(ledger, CHANGSHA_HOUSING, 'Annul', [2])).to.be.revertedWithCustomError(
          ledger,
          'CallerNotOperator',
        )
        await enter(asHunan, CHANGSHA_HOUSING, 'Annul', [2])
        await snapshot.restore()
      }
    })
  })

  // Finding 5: retiring an agency or the region above it froze its licences.
  describe('of a retired agency with a successor', () => {
    let asSuccessor: Ledger

    beforeEach(async () => {
      asSuccessor = ledger.connect(fixture.receiver)
      await asSuccessor.acceptAgencySuccession(HUNAN_HOUSING, GUANGDONG_HOUSING)
      await retireByTwo(asHunan, ledger, HUNAN_HOUSING, GUANGDONG_HOUSING)
    })

    it('is the successor’s operator’s, for everything on the old licences, and told as such', async () => {
      for (const [place, call] of (await everyCall(asSuccessor, HUNAN_HOUSING, 20)).entries()) {
        const snapshot = await chain.takeSnapshot()
        await call()
        if (place === 0) expect(await capacityToldOf(HUNAN_HOUSING)).to.equal(Capacity.Successor)
        await snapshot.restore()
      }
      await enter(asSuccessor, HUNAN_HOUSING, 'Annul', [1])
      expect(await ledger.responsibleFor(HUNAN_HOUSING)).to.deep.equal([
        Capacity.Successor,
        GUANGDONG_HOUSING,
        BigInt(GUANGDONG),
        '广东省住房和城乡建设厅\n\n',
      ])
    })

    it('is no longer its operator’s, nor the admin’s who would be custodian', async () => {
      const { operator, hunanAdmin, guangdongAdmin } = fixture
      for (const caller of [operator, hunanAdmin, guangdongAdmin]) {
        const values = [HUNAN_HOUSING, caller.address]
        await refused(ledger.connect(caller), HUNAN_HOUSING, 'CallerNotOperator', ...values)
      }
    })

    it('rests with the successor: suspended, or its region, it acts on nothing, the superior still annuls', async () => {
      await ledger.connect(fixture.guangdongAdmin).suspendAgency(GUANGDONG_HOUSING)
      const values = [HUNAN_HOUSING, fixture.receiver.address]
      await refused(asSuccessor, HUNAN_HOUSING, 'CallerNotOperator', ...values)
      await enter(ledger, HUNAN_HOUSING, 'Annul', [1])
      await ledger.connect(fixture.guangdongAdmin).resumeAgency(GUANGDONG_HOUSING)
      await ledger.suspendRegion(GUANGDONG)
      await refused(asSuccessor, HUNAN_HOUSING, 'CallerNotOperator', ...values)
    })

    it('does not depend on the old region: with that suspended the successor acts on', async () => {
      await ledger.suspendRegion(HUNAN)
      await enter(asSuccessor, HUNAN_HOUSING, 'Suspend', [1])
    })

    it('follows the successor’s successor', async () => {
      await asHunan.accreditAgency(NEXT, HUNAN, fixture.spare.address, named('湖南省建设厅'))
      const asNext = ledger.connect(fixture.spare)
      await asNext.acceptAgencySuccession(GUANGDONG_HOUSING, NEXT)
      await retireByTwo(ledger.connect(fixture.guangdongAdmin), ledger, GUANGDONG_HOUSING, NEXT)
      await enter(asNext, HUNAN_HOUSING, 'Suspend', [1])
      await enter(asNext, GUANGDONG_HOUSING, 'Suspend', [1])
      const values = [HUNAN_HOUSING, fixture.receiver.address]
      await refused(asSuccessor, HUNAN_HOUSING, 'CallerNotOperator', ...values)
    })

    it('falls to the custodian of the last one when that has no successor', async () => {
      const asGuangdong = ledger.connect(fixture.guangdongAdmin)
      await retireByTwo(asGuangdong, ledger, GUANGDONG_HOUSING)
      await enter(asGuangdong, HUNAN_HOUSING, 'Suspend', [1])
      expect(await capacityToldOf(HUNAN_HOUSING)).to.equal(Capacity.Custodian)
      await refused(asHunan, HUNAN_HOUSING, 'CallerNotOperator', HUNAN_HOUSING, fixture.hunanAdmin.address)
    })

    it('is its own again after the two keys that retired it brought it back', async () => {
      await byTwoKeys(asHunan, ledger, async (as) => await as.reinstateAgency(HUNAN_HOUSING))
      await refused(asSuccessor, HUNAN_HOUSING, 'AgencyNotActive', HUNAN_HOUSING)
      await asHunan.resumeAgency(HUNAN_HOUSING)
      await enter(asOperator, HUNAN_HOUSING, 'Suspend', [1])
      await refused(asSuccessor, HUNAN_HOUSING, 'CallerNotOperator', HUNAN_HOUSING, fixture.receiver.address)
    })
  })

  describe('of a retired agency without a successor', () => {
    beforeEach(async () => {
      await retireByTwo(asCity, asHunan, CHANGSHA_HOUSING)
    })

    it('is the admin’s of its region, as custodian, for everything on its licences, and told as such', async () => {
      for (const [place, call] of (await everyCall(asCity, CHANGSHA_HOUSING, 20)).entries()) {
        const snapshot = await chain.takeSnapshot()
        await call()
        if (place === 0) expect(await capacityToldOf(CHANGSHA_HOUSING)).to.equal(Capacity.Custodian)
        await snapshot.restore()
      }
      expect(await ledger.responsibleFor(CHANGSHA_HOUSING)).to.deep.equal([
        Capacity.Custodian,
        `0x${'00'.repeat(18)}`,
        BigInt(CHANGSHA),
        '长沙市\n\n',
      ])
    })

    it('is not its operator’s, nor that of any other agency or admin', async () => {
      const { cityOperator, operator, receiver, guangdongAdmin } = fixture
      for (const caller of [cityOperator, operator, receiver, guangdongAdmin]) {
        const values = [CHANGSHA_HOUSING, caller.address]
        await refused(ledger.connect(caller), CHANGSHA_HOUSING, 'CallerNotOperator', ...values)
      }
    })

    it('is the next region’s above that is active, in the end whom the council named', async () => {
      await asHunan.suspendRegion(CHANGSHA)
      await refused(
        asCity,
        CHANGSHA_HOUSING,
        'CallerNotOperator',
        CHANGSHA_HOUSING,
        fixture.cityAdmin.address,
      )
      await enter(asHunan, CHANGSHA_HOUSING, 'Suspend', [1])
      await ledger.suspendRegion(HUNAN)
      await refused(
        asHunan,
        CHANGSHA_HOUSING,
        'CallerNotOperator',
        CHANGSHA_HOUSING,
        fixture.hunanAdmin.address,
      )
      await enter(ledger, CHANGSHA_HOUSING, 'Suspend', [2])
      expect((await ledger.responsibleFor(CHANGSHA_HOUSING)).region).to.equal(0n)
    })

    it('goes to the successor of the region when that retires too, and to its parent without one', async () => {
      const [zhuzhou] = (await ethers.getSigners()).slice(12)
      if (!zhuzhou) throw new Error('too few accounts')
      const asZhuzhou = ledger.connect(zhuzhou)
      await asHunan.accreditRegion(430200, HUNAN, zhuzhou.address, named('株洲市'))
      const retire = async (successor: number) => {
        if (successor !== 0) await asZhuzhou.acceptRegionSuccession(CHANGSHA, successor)
        await byTwoKeys(asCity, asHunan, async (as) => await as.retireRegion(CHANGSHA, successor))
      }
      const snapshot = await chain.takeSnapshot()
      await retire(430200)
      await enter(asZhuzhou, CHANGSHA_HOUSING, 'Suspend', [1])
      await refused(
        asCity,
        CHANGSHA_HOUSING,
        'CallerNotOperator',
        CHANGSHA_HOUSING,
        fixture.cityAdmin.address,
      )
      await snapshot.restore()
      await retire(0)
      await enter(asHunan, CHANGSHA_HOUSING, 'Suspend', [1])
    })

    it('does not let the custodian make licences anew or take any in', async () => {
      const decision = await decided()
      await expect(
        asCity.supersede(
          { issuer: CHANGSHA_HOUSING, index: 2 },
          { issuer: CHANGSHA_HOUSING, index: 1 },
          decision,
        ),
      )
        .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
        .withArgs(CHANGSHA_HOUSING)
      await asOperator.transferOut(HUNAN_HOUSING, [1], CHANGSHA_HOUSING, decision)
      await expect(
        asCity.transferIn(
          { issuer: CHANGSHA_HOUSING, index: 1 },
          { issuer: HUNAN_HOUSING, index: 1 },
          decision,
        ),
      )
        .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
        .withArgs(CHANGSHA_HOUSING)
    })
  })

  it('of an operator reaches every agency it operates, and ends with each', async () => {
    const asReceiver = ledger.connect(fixture.receiver)
    await enter(asReceiver, GUANGDONG_HOUSING, 'Suspend', [1])
    await enter(asReceiver, GUANGDONG_RESOURCES, 'Suspend', [1])
    await ledger.connect(fixture.guangdongAdmin).suspendAgency(GUANGDONG_RESOURCES)
    await refused(asReceiver, GUANGDONG_RESOURCES, 'AgencyNotActive', GUANGDONG_RESOURCES)
    await enter(asReceiver, GUANGDONG_HOUSING, 'Suspend', [2])
  })
})
