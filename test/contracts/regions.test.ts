import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { type Branch, bodyOf, DAY, deployBranch, expectRefusal, FURONG } from './branch-fixture.ts'
import {
  blockTime,
  chain,
  decided,
  deployEmptyLedger,
  deployWithAgency,
  deployWithRegions,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  named,
  RegionStatus,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'

describe('Regions', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(fixture, attempt, error, ...values)

  describe('admission', () => {
    beforeEach(async () => {
      fixture = await chain.loadFixture(deployEmptyLedger)
      ledger = fixture.ledger
    })

    it('knows nothing of a region never admitted', async () => {
      const { admin, status, parent, pausedUntil, members } = await ledger.region(HUNAN)
      expect([admin, status, parent, pausedUntil, members]).to.deep.equal([
        ethers.ZeroAddress,
        RegionStatus.None,
        0n,
        0n,
        0n,
      ])
      expect(await ledger.isAdminOf(HUNAN, ethers.ZeroAddress)).to.equal(false)
      expect(await ledger.isAdminOf(0, ethers.ZeroAddress)).to.equal(false)
    })

    it('makes a region active, with its name and its admin, who is in office from now on', async () => {
      const name = { zh: '湖南省', en: 'Hunan', contact: '0731-12345' }
      await expect(ledger.admitRegion(HUNAN, fixture.hunanAdmin.address, name))
        .to.emit(ledger, 'RegionAdmitted')
        .withArgs(HUNAN, fixture.hunanAdmin.address, fixture.council.address, Object.values(name))
      const region = await ledger.region(HUNAN)
      expect(region.status).to.equal(RegionStatus.Active)
      expect(region.admin).to.equal(fixture.hunanAdmin.address)
      expect(region.parent).to.equal(0n)
      const now = BigInt(await blockTime())
      const { appointedBy, heldSince, statusSince } = await ledger.tenureOfRegion(HUNAN)
      expect([appointedBy, heldSince, statusSince]).to.deep.equal([fixture.council.address, now, now])
      expect(await ledger.regionNameAt(HUNAN, now)).to.equal('湖南省\nHunan\n0731-12345')
      expect(await ledger.regionNameAt(HUNAN, now - 1n)).to.equal('')
      expect(await ledger.isAdminOf(HUNAN, fixture.hunanAdmin.address)).to.equal(true)
    })

    it('is refused to everyone but the council', async () => {
      for (const caller of [fixture.hunanAdmin, fixture.operator, fixture.stranger]) {
        const admit = ledger.connect(caller).admitRegion(HUNAN, caller.address, named('湖南省'))
        await refused(admit, 'AccessManagedUnauthorized', caller.address)
      }
    })

    it('is refused by the parts of the ledger alone, which have no authority and no state', async () => {
      const members = await ethers.deployContract('Members')
      const admit = members.getFunction('admitRegion')
      await expect(admit(HUNAN, fixture.hunanAdmin.address, named('湖南省')))
        .to.be.revertedWithCustomError(ledger, 'AccessManagedUnauthorized')
        .withArgs(fixture.council.address)
    })

    it('is refused by no ledger whose parts are not there: such a one is not made', async () => {
      const authority = await ledger.authority()
      const parts = await Promise.all(
        ['members', 'remedies', 'appointments'].map((part) => ledger.getFunction(part)()),
      )
      for (const place of parts.keys()) {
        const missing = parts.with(place, fixture.stranger.address)
        await expect(ethers.deployContract('Ledger', [authority, ...missing]))
          .to.be.revertedWithCustomError(ledger, 'LedgerPartMissing')
          .withArgs(fixture.stranger.address)
      }
    })

    it('takes the first and the last code of province level and refuses what lies beside them', async () => {
      for (const code of [100_000, 660_000, 990_000])
        await ledger.admitRegion(code, fixture.hunanAdmin.address, named(String(code)))
      for (const code of [0, 43, 90_000, 430_100, 430_001, 1_000_000, 4_300_000, 430_000_000, 0xffffffff]) {
        const admit = ledger.admitRegion(code, fixture.hunanAdmin.address, named('别的省'))
        await refused(admit, 'RegionCodeInvalid', code)
      }
    })

    it('is refused without an admin', async () => {
      await refused(ledger.admitRegion(HUNAN, ethers.ZeroAddress, named('湖南省')), 'OfficeHolderZero')
      for (const account of [await ledger.getAddress(), await ledger.authority()])
        await refused(ledger.admitRegion(HUNAN, account, named('湖南省')), 'AccountActsForOthers', account)
    })

    it('is refused a second time, whatever became of the region', async () => {
      const admitAgain = () => ledger.admitRegion(HUNAN, fixture.stranger.address, named('别的省'))
      await ledger.admitRegion(HUNAN, fixture.hunanAdmin.address, named('湖南省'))
      await refused(admitAgain(), 'RegionAlreadyAdmitted', HUNAN)
      await ledger.suspendRegion(HUNAN)
      await refused(admitAgain(), 'RegionAlreadyAdmitted', HUNAN)
      await ledger.resumeRegion(HUNAN)
      await chain.time.increase(8 * DAY)
      await ledger.connect(fixture.hunanAdmin).retireRegion(HUNAN, 0)
      await ledger.retireRegion(HUNAN, 0)
      expect((await ledger.region(HUNAN)).status).to.equal(RegionStatus.Retired)
      await refused(admitAgain(), 'RegionAlreadyAdmitted', HUNAN)
    })
  })

  describe('suspension', () => {
    beforeEach(async () => {
      fixture = await chain.loadFixture(deployWithAgency)
      ledger = fixture.ledger
    })

    it('stops a region and lets it go on, each time dated anew, and leaves the others alone', async () => {
      await expect(ledger.suspendRegion(HUNAN)).to.emit(ledger, 'RegionSuspended').withArgs(HUNAN)
      expect((await ledger.region(HUNAN)).status).to.equal(RegionStatus.Suspended)
      expect((await ledger.tenureOfRegion(HUNAN)).statusSince).to.equal(BigInt(await blockTime()))
      expect(await ledger.isAdminOf(HUNAN, fixture.hunanAdmin.address)).to.equal(false)

      await chain.time.increase(3600)
      await expect(ledger.resumeRegion(HUNAN)).to.emit(ledger, 'RegionResumed').withArgs(HUNAN)
      const resumed = await ledger.region(HUNAN)
      expect(resumed.status).to.equal(RegionStatus.Active)
      expect(resumed.admin).to.equal(fixture.hunanAdmin.address)
      expect((await ledger.tenureOfRegion(HUNAN)).statusSince).to.equal(BigInt(await blockTime()))
      expect((await ledger.region(GUANGDONG)).status).to.equal(RegionStatus.Active)
    })

    it('is refused to everyone but the council, the admin of the region included', async () => {
      for (const caller of [fixture.hunanAdmin, fixture.stranger]) {
        const asCaller = ledger.connect(caller)
        for (const send of [
          asCaller.suspendRegion,
          asCaller.resumeRegion,
          asCaller.closeRegion,
          asCaller.reopenRegion,
        ])
          await refused(send(HUNAN), 'AccessManagedUnauthorized', caller.address)
      }
    })

    it('refuses every change that does not fit the status', async () => {
      await refused(ledger.resumeRegion(HUNAN), 'RegionNotSuspended', HUNAN)
      await refused(ledger.reopenRegion(HUNAN), 'RegionNotClosed', HUNAN)
      await ledger.suspendRegion(HUNAN)
      await refused(ledger.suspendRegion(HUNAN), 'RegionNotActive', HUNAN)
      await refused(ledger.closeRegion(HUNAN), 'RegionNotActive', HUNAN)
      const unknown = 120_000
      await refused(ledger.suspendRegion(unknown), 'RegionNotActive', unknown)
      await refused(ledger.resumeRegion(unknown), 'RegionNotSuspended', unknown)
      await refused(ledger.closeRegion(unknown), 'RegionNotActive', unknown)
      await refused(ledger.reopenRegion(unknown), 'RegionNotClosed', unknown)
    })
  })

  describe('a region closed for anchors', () => {
    let branch: Branch
    const BUREAU = bodyOf(FURONG, 3)

    beforeEach(async () => {
      branch = await chain.loadFixture(deployBranch)
      fixture = branch
      ledger = branch.ledger
      const { furongAdmin, spare } = branch
      await ledger
        .connect(furongAdmin)
        .accreditAgency(BUREAU, FURONG, spare[0].address, named('芙蓉区教育局'))
      await ledger.connect(spare[0]).anchor(BUREAU, 0, { root: rootOf(1), size: 4 })
    })

    const anchorOnce = (): Promise<unknown> =>
      ledger.connect(branch.spare[0]).anchor(BUREAU, 4, { root: rootOf(2), size: 1 })

    it('anchors nothing more, in it and in all that lies in it, while everything else goes on', async () => {
      await expect(ledger.closeRegion(HUNAN)).to.emit(ledger, 'RegionClosedForAnchors').withArgs(HUNAN)
      await refused(anchorOnce(), 'RegionClosed', HUNAN)
      const asOperator = ledger.connect(branch.spare[0])
      await refused(asOperator.anchorMany(BUREAU, 4, [{ root: rootOf(2), size: 1 }]), 'RegionClosed', HUNAN)
      await refused(asOperator.backfill(BUREAU, 4, [{ root: rootOf(2), size: 1 }]), 'RegionClosed', HUNAN)
      await refused(asOperator.passOver(BUREAU, 4, 1), 'RegionClosed', HUNAN)
      await asOperator.act(BUREAU, StatusAct.Suspend, [0], await decided())
      const asAdmin = ledger.connect(branch.furongAdmin)
      await asAdmin.suspendAgency(BUREAU)
      await asAdmin.resumeAgency(BUREAU)
      expect(await ledger.isAdminOf(FURONG, branch.furongAdmin.address)).to.equal(true)
    })

    it('stays closed through a suspension, and is opened by its superior alone', async () => {
      await ledger.closeRegion(HUNAN)
      await ledger.suspendRegion(HUNAN)
      expect((await ledger.region(HUNAN)).status).to.equal(RegionStatus.ClosedSuspended)
      const deed = ledger.connect(branch.spare[0]).act(BUREAU, StatusAct.Suspend, [0], await decided())
      await refused(deed, 'RegionNotActive', HUNAN)
      await refused(ledger.reopenRegion(HUNAN), 'RegionNotClosed', HUNAN)
      await refused(ledger.suspendRegion(HUNAN), 'RegionNotActive', HUNAN)
      await ledger.resumeRegion(HUNAN)
      expect((await ledger.region(HUNAN)).status).to.equal(RegionStatus.Closed)
      await refused(anchorOnce(), 'RegionClosed', HUNAN)
      await refused(ledger.closeRegion(HUNAN), 'RegionNotActive', HUNAN)

      await expect(ledger.reopenRegion(HUNAN)).to.emit(ledger, 'RegionReopened').withArgs(HUNAN)
      await anchorOnce()
    })

    it('below a province is closed and opened by the admin of what it lies in', async () => {
      const asCity = ledger.connect(branch.changshaAdmin)
      for (const caller of [branch.furongAdmin, branch.hunanAdmin, branch.council]) {
        const close = ledger.connect(caller).closeRegion(FURONG)
        await refused(close, 'CallerNotRegionAdmin', 430100, caller.address)
      }
      await asCity.closeRegion(FURONG)
      await refused(anchorOnce(), 'RegionClosed', FURONG)
      await asCity.reopenRegion(FURONG)
      await anchorOnce()
    })

    it('lets its agencies succeed others: that takes no anchor', async () => {
      await ledger.closeRegion(HUNAN)
      await expect(ledger.connect(branch.operator).acceptAgencySuccession(BUREAU, HUNAN_HOUSING)).to.emit(
        ledger,
        'AgencySuccessionAccepted',
      )
    })
  })

  describe('as others ask about them', () => {
    let fixture: EmptyLedger
    let ledger: Ledger

    beforeEach(async () => {
      fixture = await chain.loadFixture(deployWithRegions)
      ledger = fixture.ledger
    })

    it('tells who is the admin of a region that is active, and of no other', async () => {
      const { hunanAdmin, guangdongAdmin, stranger } = fixture
      await ledger.connect(hunanAdmin).accreditRegion(430100, HUNAN, stranger.address, named('长沙市'))
      expect(await ledger.isAdminOf(HUNAN, hunanAdmin.address)).to.equal(true)
      expect(await ledger.isAdminOf(430100, stranger.address)).to.equal(true)
      for (const [region, account] of [
        [HUNAN, guangdongAdmin.address],
        [430100, hunanAdmin.address],
        [120_000, ethers.ZeroAddress],
        [0, ethers.ZeroAddress],
      ] as const) {
        expect(await ledger.isAdminOf(region, account), `${region}`).to.equal(false)
      }
      await ledger.suspendRegion(HUNAN)
      expect(await ledger.isAdminOf(HUNAN, hunanAdmin.address), 'suspended').to.equal(false)
      expect(await ledger.isAdminOf(430100, stranger.address), 'lies in it').to.equal(false)
    })

    it('tells who was a member at a time: from the admission to the retirement, also while suspended', async () => {
      const { heldSince } = await ledger.tenureOfRegion(HUNAN)
      const admittedAt = Number(heldSince)
      await chain.time.increase(8 * DAY)
      const suspendedAt = (await blockTime()) + 1000
      const retiredAt = suspendedAt + 1000
      await chain.time.setNextBlockTimestamp(suspendedAt)
      await ledger.suspendRegion(HUNAN)
      await ledger.resumeRegion(HUNAN)
      await ledger.connect(fixture.hunanAdmin).retireRegion(HUNAN, 0)
      await chain.time.setNextBlockTimestamp(retiredAt)
      await ledger.retireRegion(HUNAN, 0)
      for (const [time, isMember] of [
        [admittedAt - 1, false],
        [admittedAt, true],
        [suspendedAt, true],
        [retiredAt - 1, true],
        [retiredAt, false],
      ] as const) {
        expect(await ledger.isMemberAt(HUNAN, time), `${time - admittedAt}`).to.equal(isMember)
      }
      expect(await ledger.isMemberAt(120_000, retiredAt)).to.equal(false)
      expect(await ledger.isMemberAt(0, retiredAt)).to.equal(false)
    })

    it('tells so of the time between a retirement and a reinstatement too, however often there were both', async () => {
      await chain.time.increase(8 * DAY)
      const asHunan = ledger.connect(fixture.hunanAdmin)
      const turns: [number, boolean][] = []
      for (let turn = 0; turn < 5; ++turn) {
        for (const isMember of [false, true]) {
          await chain.time.increase(1000)
          for (const as of [asHunan, ledger])
            await (isMember ? as.reinstateRegion(HUNAN) : as.retireRegion(HUNAN, 0))
          turns.push([await blockTime(), isMember])
        }
      }
      for (const [since, isMember] of turns) {
        expect(await ledger.isMemberAt(HUNAN, since - 1), `before ${since}`).to.equal(!isMember)
        expect(await ledger.isMemberAt(HUNAN, since), `${since}`).to.equal(isMember)
      }
    })
  })
})
