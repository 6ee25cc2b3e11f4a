import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  bodyOf,
  byTwoKeys,
  type Call,
  CHANGSHA,
  DAY,
  deployBranch,
  expectRefusal,
  FURONG,
  FURONG_BUREAU,
  STREET,
  YUEYANG,
} from './branch-fixture.ts'
import {
  blockTime,
  chain,
  ethers,
  GUANGDONG,
  HUNAN,
  type Ledger,
  NOT_ASKED,
  named,
  RegionStatus,
  rootOf,
} from './ledger-fixture.ts'

/** A county of Changsha's by its digits. */
const LIUYANG = 430181

describe('Regions below a province', () => {
  let branch: Branch
  let ledger: Ledger
  let asHunan: Ledger
  let asChangsha: Ledger
  let asFurong: Ledger
  /** Address of an account that holds nothing. */
  let someone: string
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(branch, attempt, error, ...values)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    asHunan = ledger.connect(branch.hunanAdmin)
    asChangsha = ledger.connect(branch.changshaAdmin)
    asFurong = ledger.connect(branch.furongAdmin)
    someone = branch.spare[0].address
  })

  /** As after 65,535 accreditations: `members` are the highest two bytes of the region's slot. */
  async function fill(region: number): Promise<void> {
    const place = ethers.keccak256(
      ethers.AbiCoder.defaultAbiCoder().encode(['uint32', 'uint256'], [region, 1]),
    )
    const address = await ledger.getAddress()
    await chain.setStorageAt(
      address,
      place,
      BigInt(await ethers.provider.getStorage(address, place)) | (0xffffn << 240n),
    )
    expect((await ledger.region(region)).members).to.equal(0xffffn)
  }

  describe('accreditation', () => {
    it('is by the admin of what they lie in, level by level', async () => {
      await expect(asHunan.accreditRegion(430200, HUNAN, someone, named('株洲市')))
        .to.emit(ledger, 'RegionAccredited')
        .withArgs(430200, HUNAN, someone, Object.values(named('株洲市')))
      const { admin, status, parent } = await ledger.region(430200)
      expect([admin, status, parent]).to.deep.equal([someone, RegionStatus.Active, BigInt(HUNAN)])
      expect((await ledger.tenureOfRegion(430200)).appointedBy).to.equal(branch.hunanAdmin.address)
    })

    it('may skip a level: a county or a street directly in its province', async () => {
      await asHunan.accreditRegion(439004, HUNAN, someone, named('某省直辖县级市'))
      await asHunan.accreditRegion(LIUYANG, HUNAN, someone, named('浏阳市'))
      await asHunan.accreditRegion(430103001, HUNAN, someone, named('某街道'))
      expect((await ledger.region(HUNAN)).members).to.equal(6n)
    })

    it('is refused in what holds as many as it can count, and a move into it, until one is moved out', async () => {
      await fill(CHANGSHA)
      await refused(
        asChangsha.accreditRegion(LIUYANG, CHANGSHA, someone, named('浏阳市')),
        'RegionFull',
        CHANGSHA,
      )
      await refused(
        asChangsha.accreditAgency(bodyOf(CHANGSHA, 3), CHANGSHA, someone, named('某局')),
        'RegionFull',
        CHANGSHA,
      )
      await refused(asHunan.moveAgency(FURONG_BUREAU, CHANGSHA), 'RegionFull', CHANGSHA)
      await refused(asHunan.moveRegion(STREET, CHANGSHA), 'RegionFull', CHANGSHA)
      await asHunan.moveRegion(FURONG, HUNAN)
      await asChangsha.accreditRegion(LIUYANG, CHANGSHA, someone, named('浏阳市'))
    })

    it('is inside their parent: refused otherwise, and for the parent itself', async () => {
      const cases: [Ledger, number, number][] = [
        [asHunan, HUNAN, HUNAN],
        [asHunan, GUANGDONG, HUNAN],
        [asHunan, 440100, HUNAN],
        [asHunan, 0, HUNAN],
        [asHunan, 43, HUNAN],
        [asHunan, 440102001, HUNAN],
        [asHunan, 43010200, HUNAN],
        [asHunan, 4294967295, HUNAN],
        [asChangsha, 430200, CHANGSHA],
        [asChangsha, 430202, CHANGSHA],
        [asChangsha, HUNAN, CHANGSHA],
        [asChangsha, 430200001, CHANGSHA],
        [asFurong, 430103, FURONG],
        [asFurong, 430103001, FURONG],
        [asFurong, CHANGSHA, FURONG],
        [ledger.connect(branch.streetAdmin), STREET + 1, STREET],
      ]
      for (const [caller, code, parent] of cases) {
        const accredit = caller.accreditRegion(code, parent, someone, named('某地'))
        await refused(accredit, 'RegionNotPartOf', code, parent)
      }
    })

    it('finding 15: refuses a street code ending in 000, an alias of its county, at every level above', async () => {
      const aliases: [Ledger, number, number][] = [
        [asFurong, 430102000, FURONG],
        [asChangsha, 430102000, CHANGSHA],
        [asChangsha, 430103000, CHANGSHA],
        [asHunan, 430102000, HUNAN],
        [asHunan, 430100000, HUNAN],
        [asHunan, 430000000, HUNAN],
      ]
      for (const [caller, alias, parent] of aliases) {
        const accredit = caller.accreditRegion(alias, parent, someone, named('某街道'))
        await refused(accredit, 'RegionNotPartOf', alias, parent)
      }
      await refused(ledger.admitRegion(430000000, someone, named('某省')), 'RegionCodeInvalid', 430000000)
      await asFurong.accreditRegion(430102999, FURONG, someone, named('末街道'))
    })

    it('is refused without an admin, in no region, and a second time by whomever', async () => {
      await refused(
        asHunan.accreditRegion(430200, HUNAN, ethers.ZeroAddress, named('株洲市')),
        'OfficeHolderZero',
      )
      await refused(asHunan.accreditRegion(430200, 0, someone, named('株洲市')), 'RegionNotActive', 0)
      await refused(
        asHunan.accreditRegion(FURONG, HUNAN, someone, named('别的区')),
        'RegionAlreadyAdmitted',
        FURONG,
      )
    })

    it('is by nobody else, the council and the superior of provinces included', async () => {
      for (const caller of [branch.council, branch.superior, branch.guangdongAdmin, branch.changshaAdmin]) {
        const accredit = ledger.connect(caller).accreditRegion(430200, HUNAN, someone, named('株洲市'))
        await refused(accredit, 'CallerNotRegionAdmin', HUNAN, caller.address)
      }
    })
  })

  it('stand and fall with all they lie in, and so do their agencies', async () => {
    const entry = { root: rootOf(1), size: 1 }
    const isActive = async (): Promise<boolean> =>
      (
        await ledger.lookup({
          issuer: FURONG_BUREAU,
          root: rootOf(1),
          kid: rootOf(9),
          statusIndex: 0,
          ...NOT_ASKED,
        })
      ).regionActive
    const suspensions: [Ledger, number][] = [
      [ledger, HUNAN],
      [asHunan, CHANGSHA],
      [asChangsha, FURONG],
    ]
    for (const [superior, code] of suspensions) {
      await superior.suspendRegion(code)
      const anchor = ledger.connect(branch.furongOperator).anchor(FURONG_BUREAU, 0, entry)
      await refused(anchor, 'RegionNotActive', code)
      await refused(asFurong.suspendAgency(FURONG_BUREAU), 'RegionNotActive', code)
      expect(await ledger.isAdminOf(FURONG, branch.furongAdmin.address)).to.equal(false)
      expect(await isActive()).to.equal(false)
      await superior.resumeRegion(code)
    }
    expect(await isActive()).to.equal(true)
    await ledger.connect(branch.furongOperator).anchor(FURONG_BUREAU, 0, entry)
  })

  it('are suspended, resumed, renamed and given an admin by the admin of the parent alone', async () => {
    for (const caller of [branch.council, branch.superior, branch.hunanAdmin, branch.guangdongAdmin]) {
      const asCaller = ledger.connect(caller)
      for (const attempt of [
        asCaller.suspendRegion(FURONG),
        asCaller.resumeRegion(FURONG),
        asCaller.renameRegion(FURONG, named('别的区')),
        asCaller.nominateRegionAdmin(FURONG, someone),
      ])
        await refused(attempt, 'CallerNotRegionAdmin', CHANGSHA, caller.address)
    }
    await refused(
      asFurong.suspendRegion(FURONG),
      'CallerNotRegionAdmin',
      CHANGSHA,
      branch.furongAdmin.address,
    )
  })

  describe('a region accredited in the wrong place', () => {
    beforeEach(async () => {
      await asHunan.accreditRegion(LIUYANG, HUNAN, branch.spare[0].address, named('浏阳市'))
    })

    it('is put into the right one, with all that lies in it, by the admin above both', async () => {
      const before = await Promise.all(
        [HUNAN, CHANGSHA].map(async (code) => (await ledger.region(code)).members),
      )
      await expect(asHunan.moveRegion(LIUYANG, CHANGSHA))
        .to.emit(ledger, 'RegionMoved')
        .withArgs(LIUYANG, HUNAN, CHANGSHA)
      expect((await ledger.region(LIUYANG)).parent).to.equal(BigInt(CHANGSHA))
      const after = await Promise.all(
        [HUNAN, CHANGSHA].map(async (code) => (await ledger.region(code)).members),
      )
      expect(after).to.deep.equal([(before[0] ?? 0n) - 1n, (before[1] ?? 0n) + 1n])
      await asChangsha.suspendRegion(LIUYANG)
      await refused(
        asHunan.resumeRegion(LIUYANG),
        'CallerNotRegionAdmin',
        CHANGSHA,
        branch.hunanAdmin.address,
      )

      await asHunan.moveRegion(LIUYANG, HUNAN)
      expect((await ledger.region(LIUYANG)).parent).to.equal(BigInt(HUNAN))
      expect((await ledger.region(HUNAN)).members).to.equal(before[0])
    })

    it('is moved by nobody below, beside or outside', async () => {
      for (const caller of [branch.changshaAdmin, branch.spare[0], branch.guangdongAdmin, branch.council]) {
        const move = ledger.connect(caller).moveRegion(LIUYANG, CHANGSHA)
        await refused(move, 'CallerNotSuperior', HUNAN, caller.address)
      }
      await ledger.connect(branch.superior).moveRegion(LIUYANG, CHANGSHA)
    })

    it('lies in none but one that its code lies in, which is active, known and another', async () => {
      await refused(asHunan.moveRegion(LIUYANG, YUEYANG), 'RegionNotPartOf', LIUYANG, YUEYANG)
      await refused(asHunan.moveRegion(LIUYANG, LIUYANG), 'RegionNotPartOf', LIUYANG, LIUYANG)
      await refused(asHunan.moveRegion(CHANGSHA, FURONG), 'RegionNotPartOf', CHANGSHA, FURONG)
      await refused(asHunan.moveRegion(LIUYANG, HUNAN), 'RegionNotMoved', LIUYANG, HUNAN)
      await refused(asHunan.moveRegion(LIUYANG, 0), 'RegionNotActive', 0)
      await refused(asHunan.moveRegion(430199, CHANGSHA), 'RegionUnknown', 430199)
      await refused(
        ledger.connect(branch.superior).moveRegion(HUNAN, GUANGDONG),
        'RegionNotPartOf',
        HUNAN,
        GUANGDONG,
      )
      await asHunan.suspendRegion(CHANGSHA)
      await refused(asHunan.moveRegion(LIUYANG, CHANGSHA), 'RegionNotActive', CHANGSHA)
    })

    it('was no member while it was retired, also when it was moved meanwhile', async () => {
      const [admin] = branch.spare
      const retire: Call = (caller) => caller.retireRegion(LIUYANG, 0)
      await chain.time.increase(7 * DAY)
      await byTwoKeys(branch, retire, admin, branch.hunanAdmin)
      const retiredAt = await blockTime()
      await chain.time.increase(DAY)
      await asHunan.moveRegion(LIUYANG, CHANGSHA)
      for (const [time, isMember] of [
        [retiredAt - 1, true],
        [retiredAt, false],
        [await blockTime(), false],
      ] as const)
        expect(await ledger.isMemberAt(LIUYANG, time), `${time - retiredAt}`).to.equal(isMember)
    })

    it('takes no nomination along that was made before', async () => {
      const [admin, candidate] = branch.spare
      await ledger.connect(admin).nominateRegionAdmin(LIUYANG, candidate.address)
      await asHunan.moveRegion(LIUYANG, CHANGSHA)
      const accept = ledger.connect(candidate).acceptRegionAdmin(LIUYANG)
      await refused(accept, 'CallerNotNominated', candidate.address)
    })
  })
})
