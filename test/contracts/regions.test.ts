import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  blockTime,
  chain,
  deployEmptyLedger,
  deployWithRegions,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HUNAN,
  type Ledger,
  RegionStatus,
} from './ledger-fixture.ts'

describe('Regions', () => {
  describe('admission', () => {
    let fixture: EmptyLedger
    let ledger: Ledger

    beforeEach(async () => {
      fixture = await chain.loadFixture(deployEmptyLedger)
      ledger = fixture.ledger
    })

    it('knows nothing of a region never admitted', async () => {
      const region = await ledger.region(HUNAN)
      expect(region.status).to.equal(RegionStatus.None)
      expect(region.admin).to.equal(ethers.ZeroAddress)
      expect(region.since).to.equal(0n)
    })

    it('makes a region active, with its admin, from now on', async () => {
      await expect(ledger.admitRegion(HUNAN, fixture.hunanAdmin.address))
        .to.emit(ledger, 'RegionAdmitted')
        .withArgs(HUNAN, fixture.hunanAdmin.address)
      const region = await ledger.region(HUNAN)
      expect(region.status).to.equal(RegionStatus.Active)
      expect(region.admin).to.equal(fixture.hunanAdmin.address)
      expect(region.since).to.equal(BigInt(await blockTime()))
      expect(region.parent).to.equal(0n)
    })

    it('is refused to everyone but the council', async () => {
      for (const caller of [fixture.hunanAdmin, fixture.operator, fixture.stranger]) {
        await expect(ledger.connect(caller).admitRegion(HUNAN, caller.address))
          .to.be.revertedWithCustomError(ledger, 'AccessManagedUnauthorized')
          .withArgs(caller.address)
      }
    })

    it('takes the first and the last code of province level and refuses what lies beside them', async () => {
      for (const code of [100_000, 660_000, 990_000])
        await ledger.admitRegion(code, fixture.hunanAdmin.address)
      for (const code of [0, 43, 90_000, 430_100, 430_001, 1_000_000, 4_300_000, 0xffffffff]) {
        await expect(ledger.admitRegion(code, fixture.hunanAdmin.address))
          .to.be.revertedWithCustomError(ledger, 'RegionCodeInvalid')
          .withArgs(code)
      }
    })

    it('is refused without an admin', async () => {
      await expect(ledger.admitRegion(HUNAN, ethers.ZeroAddress))
        .to.be.revertedWithCustomError(ledger, 'RegionAdminZero')
        .withArgs(HUNAN)
    })

    it('is refused a second time, whatever became of the region', async () => {
      await ledger.admitRegion(HUNAN, fixture.hunanAdmin.address)
      const admitAgain = async (): Promise<void> => {
        await expect(ledger.admitRegion(HUNAN, fixture.stranger.address))
          .to.be.revertedWithCustomError(ledger, 'RegionAlreadyAdmitted')
          .withArgs(HUNAN)
      }
      await admitAgain()
      await ledger.suspendRegion(HUNAN)
      await admitAgain()
      await ledger.retireRegion(HUNAN)
      await admitAgain()
    })
  })

  describe('suspension and retirement', () => {
    let fixture: EmptyLedger
    let ledger: Ledger

    beforeEach(async () => {
      fixture = await chain.loadFixture(deployWithRegions)
      ledger = fixture.ledger
    })

    it('suspends, resumes and retires, each time dated anew, and leaves the other regions alone', async () => {
      await expect(ledger.suspendRegion(HUNAN)).to.emit(ledger, 'RegionSuspended').withArgs(HUNAN)
      expect((await ledger.region(HUNAN)).status).to.equal(RegionStatus.Suspended)

      await chain.time.increase(3600)
      await expect(ledger.resumeRegion(HUNAN)).to.emit(ledger, 'RegionResumed').withArgs(HUNAN)
      const resumed = await ledger.region(HUNAN)
      expect(resumed.status).to.equal(RegionStatus.Active)
      expect(resumed.since).to.equal(BigInt(await blockTime()))
      expect(resumed.admin).to.equal(fixture.hunanAdmin.address)

      await expect(ledger.retireRegion(HUNAN)).to.emit(ledger, 'RegionRetired').withArgs(HUNAN)
      expect((await ledger.region(HUNAN)).status).to.equal(RegionStatus.Retired)
      expect((await ledger.region(GUANGDONG)).status).to.equal(RegionStatus.Active)
    })

    it('retires a suspended region', async () => {
      await ledger.suspendRegion(HUNAN)
      await expect(ledger.retireRegion(HUNAN)).to.emit(ledger, 'RegionRetired').withArgs(HUNAN)
    })

    it('is refused to everyone but the council, the admin of the region included', async () => {
      for (const caller of [fixture.hunanAdmin, fixture.stranger]) {
        const asCaller = ledger.connect(caller)
        for (const send of [asCaller.suspendRegion, asCaller.resumeRegion, asCaller.retireRegion]) {
          await expect(send(HUNAN))
            .to.be.revertedWithCustomError(ledger, 'AccessManagedUnauthorized')
            .withArgs(caller.address)
        }
      }
    })

    it('refuses every change that does not fit the status', async () => {
      const refused = async (change: Promise<unknown>, error: string, region: number): Promise<void> => {
        await expect(change).to.be.revertedWithCustomError(ledger, error).withArgs(region)
      }
      await refused(ledger.resumeRegion(HUNAN), 'RegionNotSuspended', HUNAN)
      await ledger.suspendRegion(HUNAN)
      await refused(ledger.suspendRegion(HUNAN), 'RegionNotActive', HUNAN)
      await ledger.retireRegion(HUNAN)
      await refused(ledger.suspendRegion(HUNAN), 'RegionNotActive', HUNAN)
      await refused(ledger.resumeRegion(HUNAN), 'RegionNotSuspended', HUNAN)
      await refused(ledger.retireRegion(HUNAN), 'RegionNotRetirable', HUNAN)

      const unknown = 120_000
      await refused(ledger.suspendRegion(unknown), 'RegionNotActive', unknown)
      await refused(ledger.resumeRegion(unknown), 'RegionNotSuspended', unknown)
      await refused(ledger.retireRegion(unknown), 'RegionNotRetirable', unknown)
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
      const { hunanAdmin, guangdongAdmin, council } = fixture
      await ledger.connect(hunanAdmin).accreditRegion(430100, HUNAN, council.address)
      expect(await ledger.isAdminOf(HUNAN, hunanAdmin.address)).to.equal(true)
      expect(await ledger.isAdminOf(430100, council.address)).to.equal(true)
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
      expect(await ledger.isAdminOf(430100, council.address), 'lies in it').to.equal(false)
    })

    it('tells who was a member at a time: from the admission to the retirement, also while suspended', async () => {
      const { since } = await ledger.region(HUNAN)
      const admittedAt = Number(since)
      const [suspendedAt, retiredAt] = [admittedAt + 1000, admittedAt + 2000]
      await chain.time.setNextBlockTimestamp(suspendedAt)
      await ledger.suspendRegion(HUNAN)
      await chain.time.setNextBlockTimestamp(retiredAt)
      await ledger.retireRegion(HUNAN)
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
  })
})
