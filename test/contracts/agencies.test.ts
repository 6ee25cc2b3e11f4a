import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  AgencyStatus,
  blockTime,
  chain,
  deployWithAgency,
  deployWithRegions,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  RESOURCES_MINISTRY,
  uscc,
} from './ledger-fixture.ts'

describe('Agencies', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let asAdmin: Ledger

  describe('accreditation', () => {
    beforeEach(async () => {
      fixture = await chain.loadFixture(deployWithRegions)
      ledger = fixture.ledger
      asAdmin = ledger.connect(fixture.hunanAdmin)
    })

    it('knows nothing of an agency never accredited', async () => {
      const agency = await ledger.agency(HUNAN_HOUSING)
      expect(agency.status).to.equal(AgencyStatus.None)
      expect(agency.operator).to.equal(ethers.ZeroAddress)
    })

    it('makes an agency active, with its region and operator, from now on', async () => {
      await expect(asAdmin.accreditAgency(HUNAN_HOUSING, HUNAN, fixture.operator.address))
        .to.emit(ledger, 'AgencyAccredited')
        .withArgs(HUNAN_HOUSING, HUNAN, fixture.operator.address)
      const agency = await ledger.agency(HUNAN_HOUSING)
      expect(agency.status).to.equal(AgencyStatus.Active)
      expect(agency.operator).to.equal(fixture.operator.address)
      expect(agency.region).to.equal(BigInt(HUNAN))
      expect(agency.since).to.equal(BigInt(await blockTime()))
    })

    it('is refused to everyone but the admin of that very region, the council included', async () => {
      for (const caller of [fixture.guangdongAdmin, fixture.council, fixture.operator, fixture.stranger]) {
        await expect(ledger.connect(caller).accreditAgency(HUNAN_HOUSING, HUNAN, fixture.operator.address))
          .to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
          .withArgs(HUNAN, caller.address)
      }
    })

    it('is refused in a region that is unknown, suspended or retired', async () => {
      const accredit = async (region: number): Promise<void> => {
        await expect(asAdmin.accreditAgency(HUNAN_HOUSING, region, fixture.operator.address))
          .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
          .withArgs(region)
      }
      await accredit(120_000)
      await ledger.suspendRegion(HUNAN)
      await accredit(HUNAN)
      await ledger.retireRegion(HUNAN)
      await accredit(HUNAN)
    })

    it('is refused without an operator and with the admin as operator', async () => {
      await expect(asAdmin.accreditAgency(HUNAN_HOUSING, HUNAN, ethers.ZeroAddress))
        .to.be.revertedWithCustomError(ledger, 'AgencyOperatorZero')
        .withArgs(HUNAN_HOUSING)
      await expect(asAdmin.accreditAgency(HUNAN_HOUSING, HUNAN, fixture.hunanAdmin.address))
        .to.be.revertedWithCustomError(ledger, 'AgencyOperatorIsAdmin')
        .withArgs(HUNAN_HOUSING, fixture.hunanAdmin.address)
    })

    it('is refused a second time, also to another region and after retirement', async () => {
      await asAdmin.accreditAgency(HUNAN_HOUSING, HUNAN, fixture.operator.address)
      const asGuangdong = ledger.connect(fixture.guangdongAdmin)
      const again = async (): Promise<void> => {
        for (const attempt of [
          asAdmin.accreditAgency(HUNAN_HOUSING, HUNAN, fixture.stranger.address),
          asGuangdong.accreditAgency(HUNAN_HOUSING, GUANGDONG, fixture.stranger.address),
        ]) {
          await expect(attempt)
            .to.be.revertedWithCustomError(ledger, 'AgencyAlreadyAccredited')
            .withArgs(HUNAN_HOUSING)
        }
      }
      await again()
      await asAdmin.retireAgency(HUNAN_HOUSING)
      await again()
    })

    it('takes codes of GB 32100 and refuses a wrong check character or alphabet', async () => {
      for (const code of [HOUSING_MINISTRY, RESOURCES_MINISTRY, uscc('91350100M000100Y43')]) {
        await asAdmin.accreditAgency(code, HUNAN, fixture.operator.address)
      }
      for (const code of [
        uscc('11430000006122244M'),
        uscc('91350100M000100Y4A'),
        uscc('91350100M0001TGQXM'),
        uscc('1143000000612224l4'),
        uscc('11430000006122244l'),
        uscc('I1430000006122244L'),
        uscc('11430000O06122244L'),
        uscc('11430000006122244 '),
        uscc('11430000006122244\0'),
        `0x${'00'.repeat(18)}`,
        `0x${'ff'.repeat(18)}`,
      ]) {
        await expect(asAdmin.accreditAgency(code, HUNAN, fixture.operator.address))
          .to.be.revertedWithCustomError(ledger, 'AgencyUsccInvalid')
          .withArgs(code)
      }
    })
  })

  describe('suspension and retirement', () => {
    beforeEach(async () => {
      fixture = await chain.loadFixture(deployWithAgency)
      ledger = fixture.ledger
      asAdmin = ledger.connect(fixture.hunanAdmin)
    })

    it('suspends, resumes and retires, each time dated anew', async () => {
      await expect(asAdmin.suspendAgency(HUNAN_HOUSING))
        .to.emit(ledger, 'AgencySuspended')
        .withArgs(HUNAN_HOUSING)
      expect((await ledger.agency(HUNAN_HOUSING)).status).to.equal(AgencyStatus.Suspended)

      await chain.time.increase(3600)
      await expect(asAdmin.resumeAgency(HUNAN_HOUSING))
        .to.emit(ledger, 'AgencyResumed')
        .withArgs(HUNAN_HOUSING)
      const resumed = await ledger.agency(HUNAN_HOUSING)
      expect(resumed.status).to.equal(AgencyStatus.Active)
      expect(resumed.since).to.equal(BigInt(await blockTime()))
      expect(resumed.operator).to.equal(fixture.operator.address)

      await expect(asAdmin.retireAgency(HUNAN_HOUSING))
        .to.emit(ledger, 'AgencyRetired')
        .withArgs(HUNAN_HOUSING)
      expect((await ledger.agency(HUNAN_HOUSING)).status).to.equal(AgencyStatus.Retired)
    })

    it('retires a suspended agency', async () => {
      await asAdmin.suspendAgency(HUNAN_HOUSING)
      await expect(asAdmin.retireAgency(HUNAN_HOUSING)).to.emit(ledger, 'AgencyRetired')
    })

    it('is refused to everyone but the admin of its region', async () => {
      for (const caller of [fixture.guangdongAdmin, fixture.council, fixture.operator, fixture.stranger]) {
        const asCaller = ledger.connect(caller)
        for (const send of [asCaller.suspendAgency, asCaller.resumeAgency, asCaller.retireAgency]) {
          await expect(send(HUNAN_HOUSING))
            .to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
            .withArgs(HUNAN, caller.address)
        }
      }
    })

    it('is refused while the region is not active', async () => {
      await ledger.suspendRegion(HUNAN)
      for (const send of [asAdmin.suspendAgency, asAdmin.resumeAgency, asAdmin.retireAgency]) {
        await expect(send(HUNAN_HOUSING))
          .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
          .withArgs(HUNAN)
      }
    })

    it('refuses every change that does not fit the status', async () => {
      const refused = async (
        change: Promise<unknown>,
        error: string,
        agency = HUNAN_HOUSING,
      ): Promise<void> => {
        await expect(change).to.be.revertedWithCustomError(ledger, error).withArgs(agency)
      }
      await refused(asAdmin.resumeAgency(HUNAN_HOUSING), 'AgencyNotSuspended')
      await asAdmin.suspendAgency(HUNAN_HOUSING)
      await refused(asAdmin.suspendAgency(HUNAN_HOUSING), 'AgencyNotActive')
      await asAdmin.retireAgency(HUNAN_HOUSING)
      await refused(asAdmin.suspendAgency(HUNAN_HOUSING), 'AgencyNotActive')
      await refused(asAdmin.resumeAgency(HUNAN_HOUSING), 'AgencyNotSuspended')
      await refused(asAdmin.retireAgency(HUNAN_HOUSING), 'AgencyAlreadyRetired')
      for (const send of [asAdmin.suspendAgency, asAdmin.resumeAgency, asAdmin.retireAgency]) {
        await refused(send(HOUSING_MINISTRY), 'AgencyUnknown', HOUSING_MINISTRY)
      }
    })
  })
})
