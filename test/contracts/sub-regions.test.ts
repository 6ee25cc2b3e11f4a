import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  blockTime,
  chain,
  deployWithAgency,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  NOT_ASKED,
  RegionStatus,
  rootOf,
} from './ledger-fixture.ts'

const CHANGSHA = 430100
const FURONG = 430102
const STREET = 430102001

describe('Regions below a province', () => {
  let fixture: EmptyLedger
  let ledger: Ledger
  let asHunan: Ledger
  let accounts: Awaited<ReturnType<typeof ethers.getSigners>>
  /** Admins of city, county and street, and the operator of the street's agency. */
  let as: (place: number) => Ledger
  let addressOf: (place: number) => string

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployWithAgency)
    ledger = fixture.ledger
    asHunan = ledger.connect(fixture.hunanAdmin)
    accounts = (await ethers.getSigners()).slice(6)
    const account = (place: number) => {
      const found = accounts[place]
      if (!found) throw new Error('too few accounts')
      return found
    }
    as = (place) => ledger.connect(account(place))
    addressOf = (place) => account(place).address
  })

  async function accreditDown(): Promise<void> {
    await asHunan.accreditRegion(CHANGSHA, HUNAN, addressOf(0))
    await as(0).accreditRegion(FURONG, CHANGSHA, addressOf(1))
    await as(1).accreditRegion(STREET, FURONG, addressOf(2))
    await as(2).accreditAgency(HOUSING_MINISTRY, STREET, addressOf(3))
  }

  it('are accredited by the admin of what they lie in, level by level', async () => {
    await expect(asHunan.accreditRegion(CHANGSHA, HUNAN, addressOf(0)))
      .to.emit(ledger, 'RegionAccredited')
      .withArgs(CHANGSHA, HUNAN, addressOf(0))
    const { admin, status, since, parent } = await ledger.region(CHANGSHA)
    expect([admin, status, since, parent]).to.deep.equal([
      addressOf(0),
      RegionStatus.Active,
      BigInt(await blockTime()),
      BigInt(HUNAN),
    ])
  })

  it('may skip a level: a county or a street directly under its province', async () => {
    await asHunan.accreditRegion(429004 + 10_000, HUNAN, addressOf(0))
    await asHunan.accreditRegion(STREET, HUNAN, addressOf(1))
    await asHunan.accreditRegion(430181, HUNAN, addressOf(2))
  })

  it('lie inside their parent: refused otherwise, and for the parent itself', async () => {
    await asHunan.accreditRegion(CHANGSHA, HUNAN, addressOf(0))
    await as(0).accreditRegion(FURONG, CHANGSHA, addressOf(1))
    const cases: [Ledger, number, number][] = [
      [asHunan, HUNAN, HUNAN],
      [asHunan, GUANGDONG, HUNAN],
      [asHunan, 440100, HUNAN],
      [asHunan, 0, HUNAN],
      [asHunan, 43, HUNAN],
      [asHunan, 440102001, HUNAN],
      [asHunan, 43010200, HUNAN],
      [as(0), 430200, CHANGSHA],
      [as(0), 430202, CHANGSHA],
      [as(0), HUNAN, CHANGSHA],
      [as(0), 430200001, CHANGSHA],
      [as(1), 430103, FURONG],
      [as(1), 430103001, FURONG],
      [as(1), CHANGSHA, FURONG],
    ]
    for (const [caller, code, parent] of cases) {
      await expect(caller.accreditRegion(code, parent, addressOf(5)), `${code} in ${parent}`)
        .to.be.revertedWithCustomError(ledger, 'RegionNotPartOf')
        .withArgs(code, parent)
    }
    await as(1).accreditRegion(STREET, FURONG, addressOf(2))
    await expect(as(2).accreditRegion(STREET + 1, STREET, addressOf(5)))
      .to.be.revertedWithCustomError(ledger, 'RegionNotPartOf')
      .withArgs(STREET + 1, STREET)
  })

  it('are refused without an admin, and a second time by whomever', async () => {
    await expect(asHunan.accreditRegion(CHANGSHA, HUNAN, ethers.ZeroAddress))
      .to.be.revertedWithCustomError(ledger, 'RegionAdminZero')
      .withArgs(CHANGSHA)
    await accreditDown()
    await expect(asHunan.accreditRegion(FURONG, HUNAN, addressOf(5)))
      .to.be.revertedWithCustomError(ledger, 'RegionAlreadyAdmitted')
      .withArgs(FURONG)
  })

  it('are accredited by nobody else, the council included', async () => {
    for (const caller of [fixture.council, fixture.guangdongAdmin, fixture.operator, fixture.stranger]) {
      await expect(ledger.connect(caller).accreditRegion(CHANGSHA, HUNAN, addressOf(0)))
        .to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
        .withArgs(HUNAN, caller.address)
    }
  })

  it('stand and fall with all they lie in, and so do their agencies', async () => {
    await accreditDown()
    const entry = { root: rootOf(1), size: 1 }
    const lookup = () =>
      ledger.lookup({
        issuer: HOUSING_MINISTRY,
        root: rootOf(1),
        kid: rootOf(9),
        statusIndex: 0,
        ...NOT_ASKED,
      })
    const suspensions: [Ledger, number][] = [
      [ledger, HUNAN],
      [asHunan, CHANGSHA],
      [as(0), FURONG],
      [as(1), STREET],
    ]
    for (const [superior, code] of suspensions) {
      await superior.suspendRegion(code)
      await expect(as(3).anchor(HOUSING_MINISTRY, entry), String(code))
        .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
        .withArgs(code)
      await expect(as(2).suspendAgency(HOUSING_MINISTRY), String(code))
        .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
        .withArgs(code)
      expect((await lookup()).regionActive).to.equal(false)
      await superior.resumeRegion(code)
    }
    expect((await lookup()).regionActive).to.equal(true)
    await as(3).anchor(HOUSING_MINISTRY, entry)
    await asHunan.retireRegion(CHANGSHA)
    await expect(as(3).anchor(HOUSING_MINISTRY, { root: rootOf(2), size: 1 }))
      .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
      .withArgs(CHANGSHA)
  })

  it('are suspended, resumed and retired by the admin of the parent alone', async () => {
    await accreditDown()
    for (const caller of [fixture.council, fixture.hunanAdmin, accounts[1], fixture.guangdongAdmin]) {
      if (!caller) throw new Error('too few accounts')
      const asCaller = ledger.connect(caller)
      for (const attempt of [
        asCaller.suspendRegion(FURONG),
        asCaller.resumeRegion(FURONG),
        asCaller.retireRegion(FURONG),
        ...(caller === accounts[1] ? [] : [asCaller.nominateRegionAdmin(FURONG, addressOf(5))]),
      ]) {
        await expect(attempt)
          .to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
          .withArgs(CHANGSHA, caller.address)
      }
    }
  })

  describe('change of a region’s admin', () => {
    it('takes a nomination by the admin and the acceptance of the nominated', async () => {
      await expect(asHunan.nominateRegionAdmin(HUNAN, addressOf(5)))
        .to.emit(ledger, 'RegionAdminNominated')
        .withArgs(HUNAN, addressOf(5))
      expect((await ledger.region(HUNAN)).admin, 'not yet').to.equal(fixture.hunanAdmin.address)
      expect(await ledger.nominatedRegionAdmin(HUNAN)).to.equal(addressOf(5))
      await expect(as(5).acceptRegionAdmin(HUNAN))
        .to.emit(ledger, 'RegionAdminChanged')
        .withArgs(HUNAN, addressOf(5))
      expect((await ledger.region(HUNAN)).admin).to.equal(addressOf(5))
      expect(await ledger.nominatedRegionAdmin(HUNAN)).to.equal(ethers.ZeroAddress)
      await as(5).suspendAgency(HUNAN_HOUSING)
      await expect(asHunan.resumeAgency(HUNAN_HOUSING))
        .to.be.revertedWithCustomError(ledger, 'CallerNotRegionAdmin')
        .withArgs(HUNAN, fixture.hunanAdmin.address)
    })

    it('is accepted by the nominated alone, once, and not after it was taken back', async () => {
      await asHunan.nominateRegionAdmin(HUNAN, addressOf(5))
      await expect(as(4).acceptRegionAdmin(HUNAN))
        .to.be.revertedWithCustomError(ledger, 'CallerNotNominatedAdmin')
        .withArgs(HUNAN, addressOf(4))
      await asHunan.nominateRegionAdmin(HUNAN, ethers.ZeroAddress)
      await expect(as(5).acceptRegionAdmin(HUNAN)).to.be.revertedWithCustomError(
        ledger,
        'CallerNotNominatedAdmin',
      )
      await asHunan.nominateRegionAdmin(HUNAN, addressOf(5))
      await as(5).acceptRegionAdmin(HUNAN)
      await expect(as(5).acceptRegionAdmin(HUNAN)).to.be.revertedWithCustomError(
        ledger,
        'CallerNotNominatedAdmin',
      )
    })

    it('can be set going by the superior: the council for a province, the parent’s admin below', async () => {
      await accreditDown()
      await ledger.nominateRegionAdmin(HUNAN, addressOf(5))
      await as(0).nominateRegionAdmin(FURONG, addressOf(6))
      await as(6).acceptRegionAdmin(FURONG)
      expect((await ledger.region(FURONG)).admin).to.equal(addressOf(6))
      expect((await ledger.region(FURONG)).parent).to.equal(BigInt(CHANGSHA))
    })

    it('is not the admin’s while the region is suspended, but its superior’s', async () => {
      await ledger.suspendRegion(HUNAN)
      await expect(asHunan.nominateRegionAdmin(HUNAN, addressOf(5)))
        .to.be.revertedWithCustomError(ledger, 'RegionNotActive')
        .withArgs(HUNAN)
      await ledger.nominateRegionAdmin(HUNAN, addressOf(5))
    })

    it('is refused to others, and for a region that was never admitted', async () => {
      await expect(ledger.connect(fixture.guangdongAdmin).nominateRegionAdmin(HUNAN, addressOf(5)))
        .to.be.revertedWithCustomError(ledger, 'AccessManagedUnauthorized')
        .withArgs(fixture.guangdongAdmin.address)
      await expect(ledger.nominateRegionAdmin(110000, addressOf(5)))
        .to.be.revertedWithCustomError(ledger, 'RegionUnknown')
        .withArgs(110000)
    })
  })
})
