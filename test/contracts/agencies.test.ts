import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  CHANGSHA,
  deployBranch,
  expectRefusal,
  FURONG,
  FURONG_BUREAU,
  NO_AGENCY,
  STREET,
  YUEYANG,
} from './branch-fixture.ts'
import {
  AgencyStatus,
  blockTime,
  chain,
  ethers,
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  named,
  rootOf,
} from './ledger-fixture.ts'

describe('Agencies', () => {
  let branch: Branch
  let ledger: Ledger
  let asFurong: Ledger
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(branch, attempt, error, ...values)
  const statusOf = async (agency: string): Promise<bigint> => (await ledger.agency(agency)).status

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    asFurong = ledger.connect(branch.furongAdmin)
  })

  it('are unknown before they are accredited', async () => {
    const { operator, status } = await ledger.agency(HOUSING_MINISTRY)
    expect([operator, status]).to.deep.equal([ethers.ZeroAddress, AgencyStatus.None])
    expect((await ledger.tenureOfAgency(HOUSING_MINISTRY)).heldSince).to.equal(0n)
  })

  describe('suspension', () => {
    it('stops an agency and lets it go on, each time dated anew', async () => {
      await expect(asFurong.suspendAgency(FURONG_BUREAU))
        .to.emit(ledger, 'AgencySuspended')
        .withArgs(FURONG_BUREAU)
      expect(await statusOf(FURONG_BUREAU)).to.equal(AgencyStatus.Suspended)
      const anchor = ledger
        .connect(branch.furongOperator)
        .anchor(FURONG_BUREAU, 0, { root: rootOf(1), size: 1 })
      await refused(anchor, 'AgencyNotActive', FURONG_BUREAU)

      await chain.time.increase(3600)
      await expect(asFurong.resumeAgency(FURONG_BUREAU))
        .to.emit(ledger, 'AgencyResumed')
        .withArgs(FURONG_BUREAU)
      expect(await statusOf(FURONG_BUREAU)).to.equal(AgencyStatus.Active)
      const { statusSince, heldSince } = await ledger.tenureOfAgency(FURONG_BUREAU)
      expect(statusSince).to.equal(BigInt(await blockTime()))
      expect(heldSince).to.be.lessThan(statusSince)
      expect((await ledger.agency(FURONG_BUREAU)).operator).to.equal(branch.furongOperator.address)
    })

    it('is refused to everyone but the admin of its region, above and beside included', async () => {
      for (const caller of [
        branch.changshaAdmin,
        branch.streetAdmin,
        branch.council,
        branch.superior,
        branch.keeper,
        branch.furongOperator,
      ]) {
        const asCaller = ledger.connect(caller)
        for (const attempt of [
          asCaller.suspendAgency(FURONG_BUREAU),
          asCaller.resumeAgency(FURONG_BUREAU),
          asCaller.renameAgency(FURONG_BUREAU, named('别的局')),
        ])
          await refused(attempt, 'CallerNotRegionAdmin', FURONG, caller.address)
      }
    })

    it('is refused while the region is not active', async () => {
      await ledger.connect(branch.changshaAdmin).suspendRegion(FURONG)
      for (const send of [asFurong.suspendAgency, asFurong.resumeAgency])
        await refused(send(FURONG_BUREAU), 'RegionNotActive', FURONG)
      await refused(asFurong.retireAgency(FURONG_BUREAU, NO_AGENCY), 'RegionNotActive', FURONG)
    })

    it('refuses every change that does not fit the status', async () => {
      await refused(asFurong.resumeAgency(FURONG_BUREAU), 'AgencyNotSuspended', FURONG_BUREAU)
      await asFurong.suspendAgency(FURONG_BUREAU)
      await refused(asFurong.suspendAgency(FURONG_BUREAU), 'AgencyNotActive', FURONG_BUREAU)
      for (const send of [asFurong.suspendAgency, asFurong.resumeAgency])
        await refused(send(HOUSING_MINISTRY), 'AgencyUnknown', HOUSING_MINISTRY)
      await refused(asFurong.renameAgency(HOUSING_MINISTRY, named('某部')), 'AgencyUnknown', HOUSING_MINISTRY)
    })
  })

  describe('in an emergency', () => {
    let asKeeper: Ledger
    beforeEach(() => {
      asKeeper = ledger.connect(branch.keeper)
    })

    it('are paused; their region cannot resume them', async () => {
      await expect(asKeeper.pauseAgency(FURONG_BUREAU))
        .to.emit(ledger, 'AgencyPaused')
        .withArgs(FURONG_BUREAU)
      expect(await statusOf(FURONG_BUREAU)).to.equal(AgencyStatus.Paused)
      const anchor = ledger
        .connect(branch.furongOperator)
        .anchor(FURONG_BUREAU, 0, { root: rootOf(1), size: 1 })
      await refused(anchor, 'AgencyNotActive', FURONG_BUREAU)
      await refused(asFurong.resumeAgency(FURONG_BUREAU), 'AgencyNotSuspended', FURONG_BUREAU)
      await refused(asFurong.suspendAgency(FURONG_BUREAU), 'AgencyNotActive', FURONG_BUREAU)
    })

    it('are suspended when the pause is over, for their region to resume', async () => {
      await asFurong.suspendAgency(FURONG_BUREAU)
      await asKeeper.pauseAgency(FURONG_BUREAU)
      await expect(asKeeper.unpauseAgency(FURONG_BUREAU))
        .to.emit(ledger, 'AgencyUnpaused')
        .withArgs(FURONG_BUREAU)
      expect(await statusOf(FURONG_BUREAU)).to.equal(AgencyStatus.Suspended)
      await asFurong.resumeAgency(FURONG_BUREAU)
      expect(await statusOf(FURONG_BUREAU)).to.equal(AgencyStatus.Active)
    })

    it('are not retired while paused: no retirement and return ends what the alliance stopped', async () => {
      await ledger.connect(branch.keeper).pauseAgency(FURONG_BUREAU)
      for (const caller of [branch.furongAdmin, branch.changshaAdmin])
        await refused(
          ledger.connect(caller).retireAgency(FURONG_BUREAU, NO_AGENCY),
          'AgencyIsPaused',
          FURONG_BUREAU,
        )
      await ledger.connect(branch.keeper).unpauseAgency(FURONG_BUREAU)
      await asFurong.retireAgency(FURONG_BUREAU, NO_AGENCY)
      await ledger.connect(branch.keeper).pauseAgency(FURONG_BUREAU)
      await refused(
        ledger.connect(branch.changshaAdmin).retireAgency(FURONG_BUREAU, NO_AGENCY),
        'AgencyIsPaused',
        FURONG_BUREAU,
      )
    })

    it('are not paused twice, nor when unknown, nor when retired', async () => {
      await asKeeper.pauseAgency(FURONG_BUREAU)
      await refused(asKeeper.pauseAgency(FURONG_BUREAU), 'AgencyNotPausable', FURONG_BUREAU)
      await refused(asKeeper.pauseAgency(HOUSING_MINISTRY), 'AgencyNotPausable', HOUSING_MINISTRY)
      await asKeeper.unpauseAgency(FURONG_BUREAU)
      await asFurong.retireAgency(FURONG_BUREAU, NO_AGENCY)
      await ledger.connect(branch.changshaAdmin).retireAgency(FURONG_BUREAU, NO_AGENCY)
      await refused(asKeeper.pauseAgency(FURONG_BUREAU), 'AgencyNotPausable', FURONG_BUREAU)
      await refused(asKeeper.unpauseAgency(FURONG_BUREAU), 'AgencyNotPaused', FURONG_BUREAU)
    })

    it('are paused and unpaused by the keeper alone, not by the council’s other keys', async () => {
      for (const caller of [branch.furongAdmin, branch.furongOperator, branch.superior, branch.council]) {
        const asCaller = ledger.connect(caller)
        for (const attempt of [asCaller.pauseAgency(FURONG_BUREAU), asCaller.unpauseAgency(FURONG_BUREAU)])
          await refused(attempt, 'AccessManagedUnauthorized', caller.address)
      }
    })
  })

  describe('moved to another region', () => {
    const membersOf = async (region: number): Promise<bigint> => (await ledger.region(region)).members

    it('are governed there, and count there, with their operator and their indices', async () => {
      await ledger.connect(branch.furongOperator).anchor(FURONG_BUREAU, 0, { root: rootOf(1), size: 3 })
      const before = [await membersOf(FURONG), await membersOf(YUEYANG)]
      await expect(ledger.connect(branch.hunanAdmin).moveAgency(FURONG_BUREAU, YUEYANG))
        .to.emit(ledger, 'AgencyMoved')
        .withArgs(FURONG_BUREAU, FURONG, YUEYANG)
      expect([await membersOf(FURONG), await membersOf(YUEYANG)]).to.deep.equal([
        (before[0] ?? 0n) - 1n,
        (before[1] ?? 0n) + 1n,
      ])
      const { operator, region, status, indexCount } = await ledger.agency(FURONG_BUREAU)
      expect([operator, region, status, indexCount]).to.deep.equal([
        branch.furongOperator.address,
        BigInt(YUEYANG),
        AgencyStatus.Active,
        3n,
      ])
      await refused(
        asFurong.suspendAgency(FURONG_BUREAU),
        'CallerNotRegionAdmin',
        YUEYANG,
        branch.furongAdmin.address,
      )
      await ledger.connect(branch.yueyangAdmin).suspendAgency(FURONG_BUREAU)
    })

    it('are so by the admin of a region in which both lie: up, down and across', async () => {
      await ledger.connect(branch.changshaAdmin).moveAgency(FURONG_BUREAU, CHANGSHA)
      await ledger.connect(branch.changshaAdmin).moveAgency(FURONG_BUREAU, STREET)
      await ledger.connect(branch.hunanAdmin).moveAgency(FURONG_BUREAU, YUEYANG)
      await ledger.connect(branch.superior).moveAgency(FURONG_BUREAU, GUANGDONG)
      await ledger.connect(branch.superior).moveAgency(FURONG_BUREAU, FURONG)
      expect((await ledger.agency(FURONG_BUREAU)).region).to.equal(BigInt(FURONG))
    })

    it('are so by none of the two alone, nor from above one of them, nor by the council’s other keys', async () => {
      // By whom each would be: the admin of the nearest region in which both lie.
      const cases: [string, number, number, readonly Branch['hunanAdmin'][]][] = [
        [
          FURONG_BUREAU,
          YUEYANG,
          HUNAN,
          [branch.furongAdmin, branch.yueyangAdmin, branch.changshaAdmin, branch.council],
        ],
        [FURONG_BUREAU, GUANGDONG, 0, [branch.furongAdmin, branch.hunanAdmin, branch.guangdongAdmin]],
        [FURONG_BUREAU, CHANGSHA, CHANGSHA, [branch.furongAdmin, branch.keeper, branch.furongOperator]],
        [HUNAN_HOUSING, CHANGSHA, HUNAN, [branch.changshaAdmin, branch.operator]],
      ]
      for (const [agency, to, nearest, callers] of cases) {
        for (const caller of callers) {
          const move = ledger.connect(caller).moveAgency(agency, to)
          await refused(move, 'CallerNotSuperior', nearest, caller.address)
        }
      }
    })

    it('are out of reach of a city that contains a county by digits alone', async () => {
      const liuyang = 430181
      const [admin] = branch.spare
      await ledger.connect(branch.hunanAdmin).accreditRegion(liuyang, HUNAN, admin.address, named('浏阳市'))
      await ledger.connect(branch.hunanAdmin).moveAgency(FURONG_BUREAU, liuyang)
      for (const to of [CHANGSHA, FURONG]) {
        const seize = ledger.connect(branch.changshaAdmin).moveAgency(FURONG_BUREAU, to)
        await refused(seize, 'CallerNotSuperior', HUNAN, branch.changshaAdmin.address)
      }
    })

    it('go to an active region that is another; none is outside all regions', async () => {
      const asSuperior = ledger.connect(branch.superior)
      await refused(asSuperior.moveAgency(FURONG_BUREAU, FURONG), 'AgencyNotMoved', FURONG_BUREAU, FURONG)
      await refused(asSuperior.moveAgency(FURONG_BUREAU, 0), 'RegionNotActive', 0)
      await refused(asSuperior.moveAgency(FURONG_BUREAU, 120_000), 'RegionNotActive', 120_000)
      await refused(asSuperior.moveAgency(HOUSING_MINISTRY, FURONG), 'AgencyUnknown', HOUSING_MINISTRY)
      await ledger.connect(branch.hunanAdmin).suspendRegion(YUEYANG)
      await refused(asSuperior.moveAgency(FURONG_BUREAU, YUEYANG), 'RegionNotActive', YUEYANG)
    })

    it('can be taken out of a region that is suspended or paused, by who stands above it', async () => {
      await ledger.connect(branch.hunanAdmin).suspendRegion(CHANGSHA)
      await refused(
        ledger.connect(branch.changshaAdmin).moveAgency(FURONG_BUREAU, CHANGSHA),
        'RegionNotActive',
        CHANGSHA,
      )
      await ledger.connect(branch.hunanAdmin).moveAgency(FURONG_BUREAU, YUEYANG)
      await ledger.connect(branch.keeper).pauseRegion(HUNAN)
      await refused(
        ledger.connect(branch.hunanAdmin).moveAgency(FURONG_BUREAU, GUANGDONG),
        'CallerNotSuperior',
        0,
        branch.hunanAdmin.address,
      )
      await ledger.connect(branch.superior).moveAgency(FURONG_BUREAU, GUANGDONG)
    })
  })
})
