/** Whose body is accredited by whom: by the region that characters 3–8 of its code name, or one above it. */
import { expect } from 'chai'
import type { ContractTransactionResponse } from 'ethers'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  bodyOf,
  byTwoKeys,
  CHANGSHA,
  callHash,
  DAY,
  deployBranch,
  dismissSuperior,
  expectRefusal,
  FURONG,
  nameSuperior,
  STREET,
  YUEYANG,
} from './branch-fixture.ts'
import {
  AgencyStatus,
  chain,
  ethers,
  GUANGDONG,
  HOUSING_MINISTRY,
  HUNAN,
  type Ledger,
  named,
  RESOURCES_MINISTRY,
  uscc,
} from './ledger-fixture.ts'

/** A county of Changsha's by its digits. */
const LIUYANG = 430181

describe('Accreditation of agencies', () => {
  let branch: Branch
  let ledger: Ledger
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(branch, attempt, error, ...values)
  const name = named('某局')
  /** The call that accredits a body in a region, with an operator that is nobody else's. */
  const accredit = (as: Ledger, body: string, region: number): Promise<ContractTransactionResponse> =>
    as.accreditAgency(body, region, branch.spare[3].address, name)
  const isAccredited = async (body: string): Promise<boolean> =>
    (await ledger.agency(body)).status !== AgencyStatus.None

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
  })

  it('makes an agency active, with its region, name and operator, by whose word and since when', async () => {
    const body = bodyOf(FURONG, 9)
    await expect(accredit(ledger.connect(branch.furongAdmin), body, FURONG))
      .to.emit(ledger, 'AgencyAccredited')
      .withArgs(body, FURONG, branch.spare[3].address, Object.values(name))
    const { operator, region, status, indexCount } = await ledger.agency(body)
    expect([operator, region, status, indexCount]).to.deep.equal([
      branch.spare[3].address,
      BigInt(FURONG),
      AgencyStatus.Active,
      0n,
    ])
    expect((await ledger.tenureOfAgency(body)).appointedBy).to.equal(branch.furongAdmin.address)
    expect((await ledger.region(FURONG)).members).to.equal(4n)
  })

  it('is refused to everyone but the admin of that very region, the council and its superiors included', async () => {
    const body = bodyOf(FURONG, 9)
    for (const caller of [branch.changshaAdmin, branch.council, branch.superior, branch.streetAdmin]) {
      await refused(
        accredit(ledger.connect(caller), body, FURONG),
        'CallerNotRegionAdmin',
        FURONG,
        caller.address,
      )
    }
  })

  it('is refused in a region that is unknown or not active, and in none', async () => {
    const asHunan = ledger.connect(branch.hunanAdmin)
    await refused(accredit(asHunan, bodyOf(HUNAN, 9), 120_000), 'RegionNotActive', 120_000)
    await refused(accredit(asHunan, bodyOf(HUNAN, 9), 0), 'RegionNotActive', 0)
    await ledger.suspendRegion(HUNAN)
    await refused(accredit(asHunan, bodyOf(HUNAN, 9), HUNAN), 'RegionNotActive', HUNAN)
  })

  it('takes codes of GB 32100 and refuses a wrong check character or alphabet', async () => {
    const asHunan = ledger.connect(branch.hunanAdmin)
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
    ])
      await refused(accredit(asHunan, code, HUNAN), 'AgencyUsccInvalid', code)
  })

  it('is refused without an operator, and a second time, also to another region', async () => {
    const body = bodyOf(FURONG, 9)
    const asFurong = ledger.connect(branch.furongAdmin)
    await refused(asFurong.accreditAgency(body, FURONG, ethers.ZeroAddress, name), 'OfficeHolderZero')
    for (const account of [await ledger.getAddress(), await ledger.authority()])
      await refused(asFurong.accreditAgency(body, FURONG, account, name), 'AccountActsForOthers', account)
    await accredit(asFurong, body, FURONG)
    await refused(accredit(asFurong, body, FURONG), 'AgencyAlreadyAccredited', body)
    await refused(
      accredit(ledger.connect(branch.guangdongAdmin), body, GUANGDONG),
      'AgencyAlreadyAccredited',
      body,
    )
  })

  describe('by one key', () => {
    it('is of a body of the region itself', async () => {
      await accredit(ledger.connect(branch.furongAdmin), bodyOf(FURONG, 9), FURONG)
      expect(await isAccredited(bodyOf(FURONG, 9))).to.equal(true)
    })

    it('is of a body of a region below, member or not', async () => {
      const asChangsha = ledger.connect(branch.changshaAdmin)
      await accredit(asChangsha, bodyOf(FURONG, 9), CHANGSHA)
      await ledger
        .connect(branch.hunanAdmin)
        .accreditAgency(bodyOf(LIUYANG, 9), HUNAN, branch.spare[3].address, named('浏阳市某局'))
      expect(await isAccredited(bodyOf(FURONG, 9))).to.equal(true)
      expect(await isAccredited(bodyOf(LIUYANG, 9))).to.equal(true)
    })

    it('is of a ministry for who governs 100000, should that be a member', async () => {
      await ledger.admitRegion(100_000, branch.spare[0].address, named('中央'))
      await accredit(ledger.connect(branch.spare[0]), HOUSING_MINISTRY, 100_000)
      expect(await isAccredited(HOUSING_MINISTRY)).to.equal(true)
    })
  })

  describe('finding 1: of a body whose code names no region within', () => {
    /** Whoever tries, its region, and a body that is another's. */
    const squats = (): [Branch['hunanAdmin'], number, string][] => [
      [branch.streetAdmin, STREET, HOUSING_MINISTRY],
      [branch.streetAdmin, STREET, RESOURCES_MINISTRY],
      [branch.streetAdmin, STREET, bodyOf(HUNAN, 9)],
      [branch.streetAdmin, STREET, bodyOf(CHANGSHA, 9)],
      [branch.streetAdmin, STREET, bodyOf(FURONG, 9)],
      [branch.furongAdmin, FURONG, bodyOf(430103, 9)],
      [branch.furongAdmin, FURONG, bodyOf(CHANGSHA, 9)],
      [branch.changshaAdmin, CHANGSHA, bodyOf(YUEYANG, 9)],
      [branch.changshaAdmin, CHANGSHA, bodyOf(HUNAN, 9)],
      [branch.hunanAdmin, HUNAN, bodyOf(GUANGDONG, 9)],
      [branch.hunanAdmin, HUNAN, HOUSING_MINISTRY],
      [branch.hunanAdmin, HUNAN, bodyOf('000000', 9)],
      [branch.hunanAdmin, HUNAN, bodyOf('43A000', 9)],
    ]

    it('accredits nothing by one key, at whatever level, however often it is called', async () => {
      for (const [admin, region, body] of squats()) {
        const as = ledger.connect(admin)
        await expect(accredit(as, body, region))
          .to.emit(ledger, 'Proposed')
          .and.not.emit(ledger, 'AgencyAccredited')
        await refused(accredit(as, body, region), 'ConfirmerIsProposer', admin.address)
        expect(await isAccredited(body)).to.equal(false)
      }
    })

    it('blocks the owner in nothing: the rightful region accredits the body meanwhile', async () => {
      const body = bodyOf(FURONG, 9)
      await accredit(ledger.connect(branch.streetAdmin), body, STREET)
      await accredit(ledger.connect(branch.furongAdmin), body, FURONG)
      expect((await ledger.agency(body)).region).to.equal(BigInt(FURONG))
      await refused(
        accredit(ledger.connect(branch.changshaAdmin), body, STREET),
        'AgencyAlreadyAccredited',
        body,
      )
    })

    it('is confirmed by a region that contains both, be it the next above or higher', async () => {
      const cases: [number, Branch['hunanAdmin'], string][] = [
        [STREET, branch.furongAdmin, bodyOf(FURONG, 11)],
        [STREET, branch.changshaAdmin, bodyOf(FURONG, 12)],
        [STREET, branch.changshaAdmin, bodyOf(CHANGSHA, 13)],
        [STREET, branch.hunanAdmin, bodyOf(YUEYANG, 14)],
        [STREET, branch.superior, HOUSING_MINISTRY],
      ]
      for (const [region, confirmer, body] of cases) {
        const call = (as: Ledger): Promise<ContractTransactionResponse> =>
          as.accreditAgency(body, region, branch.spare[3].address, named(body))
        await byTwoKeys(branch, call, branch.streetAdmin, confirmer)
        expect((await ledger.agency(body)).region).to.equal(BigInt(region))
        expect((await ledger.tenureOfAgency(body)).appointedBy).to.equal(branch.streetAdmin.address)
      }
    })

    it('is not confirmed by a region that contains but one of them, nor from beside', async () => {
      // By whom each would be: the admin of the nearest region above in which both lie.
      const cases: [string, number, readonly Branch['hunanAdmin'][]][] = [
        [bodyOf(CHANGSHA, 9), CHANGSHA, [branch.furongAdmin, branch.yueyangAdmin, branch.streetAdmin]],
        [bodyOf(YUEYANG, 9), HUNAN, [branch.furongAdmin, branch.changshaAdmin, branch.yueyangAdmin]],
        [HOUSING_MINISTRY, 0, [branch.furongAdmin, branch.changshaAdmin, branch.hunanAdmin, branch.council]],
      ]
      for (const [body, nearest, confirmers] of cases) {
        await accredit(ledger.connect(branch.streetAdmin), body, STREET)
        for (const confirmer of confirmers) {
          const confirm = accredit(ledger.connect(confirmer), body, STREET)
          if (confirmer === branch.streetAdmin)
            await refused(confirm, 'ConfirmerIsProposer', confirmer.address)
          else await refused(confirm, 'CallerNotSuperior', nearest, confirmer.address)
        }
      }
    })

    it('of a ministry is confirmed by whom the council named, and not by who lost the office', async () => {
      const asHunan = ledger.connect(branch.hunanAdmin)
      await accredit(asHunan, HOUSING_MINISTRY, HUNAN)
      await dismissSuperior(branch, branch.superior)
      await refused(
        accredit(ledger.connect(branch.superior), HOUSING_MINISTRY, HUNAN),
        'CallerNotSuperior',
        0,
        branch.superior.address,
      )
      await nameSuperior(branch, branch.spare[0])
      await accredit(ledger.connect(branch.spare[0]), HOUSING_MINISTRY, HUNAN)
      expect(await isAccredited(HOUSING_MINISTRY)).to.equal(true)
    })

    it('is of what was proposed alone: operator, name and region are those of the proposal', async () => {
      const body = bodyOf(CHANGSHA, 9)
      await accredit(ledger.connect(branch.streetAdmin), body, STREET)
      const asChangsha = ledger.connect(branch.changshaAdmin)
      const others = [
        asChangsha.accreditAgency(body, STREET, branch.spare[0].address, name),
        asChangsha.accreditAgency(body, STREET, branch.spare[3].address, named('别的局')),
      ]
      for (const other of others)
        await refused(other, 'CallerNotRegionAdmin', STREET, branch.changshaAdmin.address)
    })

    it('dies with the proposer’s office, after thirty days, and when it is taken back', async () => {
      const body = bodyOf(CHANGSHA, 9)
      const asStreet = ledger.connect(branch.streetAdmin)
      const confirm = (): Promise<unknown> => accredit(ledger.connect(branch.changshaAdmin), body, STREET)
      const notConfirmed = (): Promise<void> =>
        refused(confirm(), 'CallerNotRegionAdmin', STREET, branch.changshaAdmin.address)

      await accredit(asStreet, body, STREET)
      const hash = callHash(ledger, 'accreditAgency', [body, STREET, branch.spare[3].address, name])
      await expect(asStreet.withdrawProposal(hash)).to.emit(ledger, 'ProposalWithdrawn')
      await notConfirmed()

      await accredit(asStreet, body, STREET)
      await chain.time.increase(30 * DAY)
      await notConfirmed()

      await accredit(asStreet, body, STREET)
      await ledger.connect(branch.furongAdmin).nominateRegionAdmin(STREET, branch.spare[0].address)
      await ledger.connect(branch.spare[0]).acceptRegionAdmin(STREET)
      await notConfirmed()
      await byTwoKeys(branch, (as) => accredit(as, body, STREET), branch.spare[0], branch.changshaAdmin)
    })
  })

  it('goes by what was accredited, not by digits: a county of the province’s own is out of its city’s reach', async () => {
    const asHunan = ledger.connect(branch.hunanAdmin)
    await asHunan.accreditRegion(LIUYANG, HUNAN, branch.spare[0].address, named('浏阳市'))
    const body = bodyOf(LIUYANG, 9)
    await expect(accredit(ledger.connect(branch.changshaAdmin), body, CHANGSHA))
      .to.emit(ledger, 'Proposed')
      .and.not.emit(ledger, 'AgencyAccredited')
    await accredit(ledger.connect(branch.spare[0]), body, LIUYANG)
    expect((await ledger.agency(body)).region).to.equal(BigInt(LIUYANG))
  })
})
