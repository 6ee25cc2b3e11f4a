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

  describe('an emergency', () => {
    beforeEach(async () => {
      fixture = await chain.loadFixture(deployWithAgency)
      ledger = fixture.ledger
      asAdmin = ledger.connect(fixture.hunanAdmin)
    })

    it('pauses an agency; its region can retire it but not resume it', async () => {
      await expect(ledger.pauseAgency(HUNAN_HOUSING)).to.emit(ledger, 'AgencyPaused').withArgs(HUNAN_HOUSING)
      expect((await ledger.agency(HUNAN_HOUSING)).status).to.equal(AgencyStatus.Paused)
      await expect(
        ledger.connect(fixture.operator).anchor(HUNAN_HOUSING, { root: ethers.id('root'), size: 1 }),
      )
        .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
        .withArgs(HUNAN_HOUSING)
      await expect(asAdmin.resumeAgency(HUNAN_HOUSING))
        .to.be.revertedWithCustomError(ledger, 'AgencyNotSuspended')
        .withArgs(HUNAN_HOUSING)
      await expect(asAdmin.suspendAgency(HUNAN_HOUSING))
        .to.be.revertedWithCustomError(ledger, 'AgencyNotActive')
        .withArgs(HUNAN_HOUSING)
      await asAdmin.retireAgency(HUNAN_HOUSING)
    })

    it('once over leaves the agency suspended, for its region to resume', async () => {
      await asAdmin.suspendAgency(HUNAN_HOUSING)
      await ledger.pauseAgency(HUNAN_HOUSING)
      await expect(ledger.unpauseAgency(HUNAN_HOUSING))
        .to.emit(ledger, 'AgencyUnpaused')
        .withArgs(HUNAN_HOUSING)
      expect((await ledger.agency(HUNAN_HOUSING)).status).to.equal(AgencyStatus.Suspended)
      await asAdmin.resumeAgency(HUNAN_HOUSING)
      expect((await ledger.agency(HUNAN_HOUSING)).status).to.equal(AgencyStatus.Active)
    })

    it('is not declared twice, nor for an agency that is unknown or retired', async () => {
      await ledger.pauseAgency(HUNAN_HOUSING)
      const refused = async (agency: string): Promise<void> => {
        await expect(ledger.pauseAgency(agency))
          .to.be.revertedWithCustomError(ledger, 'AgencyNotPausable')
          .withArgs(agency)
      }
      await refused(HUNAN_HOUSING)
      await refused(HOUSING_MINISTRY)
      await asAdmin.retireAgency(HUNAN_HOUSING)
      await refused(HUNAN_HOUSING)
      await expect(ledger.unpauseAgency(HUNAN_HOUSING))
        .to.be.revertedWithCustomError(ledger, 'AgencyNotPaused')
        .withArgs(HUNAN_HOUSING)
    })

    it('is not for the region’s admin nor for the operator to declare or end', async () => {
      for (const caller of [fixture.hunanAdmin, fixture.operator, fixture.stranger]) {
        const asCaller = ledger.connect(caller)
        for (const attempt of [asCaller.pauseAgency(HUNAN_HOUSING), asCaller.unpauseAgency(HUNAN_HOUSING)]) {
          await expect(attempt)
            .to.be.revertedWithCustomError(ledger, 'AccessManagedUnauthorized')
            .withArgs(caller.address)
        }
      }
    })
  })

  describe('change of operator', () => {
    beforeEach(async () => {
      fixture = await chain.loadFixture(deployWithAgency)
      ledger = fixture.ledger
      asAdmin = ledger.connect(fixture.hunanAdmin)
    })

    it('takes a nomination by the region’s admin and the acceptance of the nominated', async () => {
      const { stranger, operator } = fixture
      await expect(asAdmin.nominateOperator(HUNAN_HOUSING, stranger.address))
        .to.emit(ledger, 'AgencyOperatorNominated')
        .withArgs(HUNAN_HOUSING, stranger.address)
      expect((await ledger.agency(HUNAN_HOUSING)).operator, 'not yet').to.equal(operator.address)
      expect(await ledger.nominatedOperator(HUNAN_HOUSING)).to.equal(stranger.address)
      await expect(ledger.connect(operator).acceptOperator(HUNAN_HOUSING))
        .to.be.revertedWithCustomError(ledger, 'CallerNotNominatedOperator')
        .withArgs(HUNAN_HOUSING, operator.address)
      await expect(ledger.connect(stranger).acceptOperator(HUNAN_HOUSING))
        .to.emit(ledger, 'AgencyOperatorChanged')
        .withArgs(HUNAN_HOUSING, stranger.address)
      expect((await ledger.agency(HUNAN_HOUSING)).operator).to.equal(stranger.address)
      await expect(ledger.connect(operator).anchor(HUNAN_HOUSING, { root: ethers.id('root'), size: 1 }))
        .to.be.revertedWithCustomError(ledger, 'CallerNotOperator')
        .withArgs(HUNAN_HOUSING, operator.address)
      await expect(ledger.connect(stranger).acceptOperator(HUNAN_HOUSING)).to.be.revertedWithCustomError(
        ledger,
        'CallerNotNominatedOperator',
      )
    })

    it('can be taken back', async () => {
      await asAdmin.nominateOperator(HUNAN_HOUSING, fixture.stranger.address)
      await asAdmin.nominateOperator(HUNAN_HOUSING, ethers.ZeroAddress)
      await expect(ledger.connect(fixture.stranger).acceptOperator(HUNAN_HOUSING))
        .to.be.revertedWithCustomError(ledger, 'CallerNotNominatedOperator')
        .withArgs(HUNAN_HOUSING, fixture.stranger.address)
    })

    it('never ends with the region’s admin, by whichever way, holding the power to register keys too', async () => {
      const { hunanAdmin, operator } = fixture
      await expect(asAdmin.nominateOperator(HUNAN_HOUSING, hunanAdmin.address))
        .to.be.revertedWithCustomError(ledger, 'AgencyOperatorIsAdmin')
        .withArgs(HUNAN_HOUSING, hunanAdmin.address)
      await asAdmin.nominateRegionAdmin(HUNAN, operator.address)
      await ledger.connect(operator).acceptRegionAdmin(HUNAN)
      const register = ledger
        .connect(operator)
        .registerKey(HUNAN_HOUSING, ethers.id('kid'), 2n, 0, 1, Buffer.of())
      await expect(register)
        .to.be.revertedWithCustomError(ledger, 'AgencyOperatorIsAdmin')
        .withArgs(HUNAN_HOUSING, operator.address)
    })

    it('is not for a retired agency, and not for others to nominate', async () => {
      for (const caller of [fixture.operator, fixture.guangdongAdmin, fixture.council]) {
        await expect(ledger.connect(caller).nominateOperator(HUNAN_HOUSING, fixture.stranger.address))
          .to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
          .withArgs(HUNAN, caller.address)
      }
      await asAdmin.retireAgency(HUNAN_HOUSING)
      await expect(asAdmin.nominateOperator(HUNAN_HOUSING, fixture.stranger.address))
        .to.be.revertedWithCustomError(ledger, 'AgencyAlreadyRetired')
        .withArgs(HUNAN_HOUSING)
    })
  })
})
