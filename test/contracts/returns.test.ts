/** Nobody keeps an office against its will, and nobody loses one to a thief for good. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  bodyOf,
  byTwoKeys,
  CHANGSHA,
  DAY,
  deployBranch,
  expectRefusal,
  FURONG,
  FURONG_BUREAU,
  NO_AGENCY,
  STREET,
} from './branch-fixture.ts'
import {
  blockTime,
  chain,
  decided,
  ethers,
  GUANGDONG,
  HUNAN,
  type Ledger,
  LegalStatus,
  named,
  rootOf,
} from './ledger-fixture.ts'

describe('Offices that are laid down, and that return', () => {
  let branch: Branch
  let ledger: Ledger
  let thief: HardhatEthersSigner
  let other: HardhatEthersSigner
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(branch, attempt, error, ...values)
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    ;[thief, other] = branch.spare
  })

  async function appointAdmin(by: HardhatEthersSigner, account: HardhatEthersSigner): Promise<void> {
    await as(by).nominateRegionAdmin(FURONG, account.address)
    await as(account).acceptRegionAdmin(FURONG)
  }
  async function appointOperator(by: HardhatEthersSigner, account: HardhatEthersSigner): Promise<void> {
    await as(by).nominateOperator(FURONG_BUREAU, account.address)
    await as(account).acceptOperator(FURONG_BUREAU)
  }

  describe('finding 16: an office that nobody asked for', () => {
    const sham = bodyOf(FURONG, 77)

    it('of an operator bars its holder from none of the other kind: it is laid down, in whatever standing', async () => {
      await ledger.nominateRegionAdmin(GUANGDONG, thief.address)
      await as(branch.furongAdmin).accreditAgency(sham, FURONG, thief.address, named('假局'))
      await byTwoKeys(
        branch,
        (one) => one.retireAgency(sham, NO_AGENCY),
        branch.furongAdmin,
        branch.changshaAdmin,
      )
      await refused(as(thief).acceptRegionAdmin(GUANGDONG), 'AccountIsOperator', thief.address)
      await expect(as(thief).resignAgency(sham))
        .to.emit(ledger, 'AgencyOperatorResigned')
        .withArgs(sham, thief.address)
      await as(thief).acceptRegionAdmin(GUANGDONG)
      expect((await ledger.region(GUANGDONG)).admin).to.equal(thief.address)
    })

    it('of an admin likewise', async () => {
      await as(branch.hunanAdmin).accreditRegion(430200, HUNAN, thief.address, named('株洲市'))
      await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, thief.address)
      await refused(as(thief).acceptOperator(FURONG_BUREAU), 'AccountIsAdmin', thief.address)
      await expect(as(thief).resignRegion(430200))
        .to.emit(ledger, 'RegionAdminResigned')
        .withArgs(430200, thief.address)
      await as(thief).acceptOperator(FURONG_BUREAU)
    })

    it('is laid down by nobody but its holder, and once', async () => {
      for (const caller of [branch.furongAdmin, branch.changshaAdmin, thief])
        await refused(
          as(caller).resignAgency(FURONG_BUREAU),
          'CallerNotOperator',
          FURONG_BUREAU,
          caller.address,
        )
      for (const caller of [branch.changshaAdmin, branch.furongOperator, thief])
        await refused(as(caller).resignRegion(FURONG), 'CallerNotRegionAdmin', FURONG, caller.address)
      await as(branch.furongAdmin).resignRegion(FURONG)
      await refused(
        as(branch.furongAdmin).resignRegion(FURONG),
        'CallerNotRegionAdmin',
        FURONG,
        branch.furongAdmin.address,
      )
    })
  })

  describe('an office that nobody holds', () => {
    it('speaks for nobody: what needs two keys has no first one', async () => {
      await as(branch.furongOperator).anchor(FURONG_BUREAU, 0, { root: rootOf(1), size: 1 })
      await as(branch.furongOperator).resignAgency(FURONG_BUREAU)
      await as(branch.furongAdmin).resignRegion(FURONG)
      await refused(
        as(branch.changshaAdmin).retireAgency(FURONG_BUREAU, NO_AGENCY),
        'CallerNotRegionAdmin',
        FURONG,
        branch.changshaAdmin.address,
      )
      const decision = await decided()
      // Proposed by the city, as it may; confirmed by no word of nobody's.
      await as(branch.changshaAdmin).correct(FURONG_BUREAU, [0], LegalStatus.Revoked, decision)
      await refused(
        as(branch.changshaAdmin).correct(FURONG_BUREAU, [0], LegalStatus.Revoked, decision),
        'CallerNotSuperior',
        HUNAN,
        branch.changshaAdmin.address,
      )
      expect(await ledger.statusOf(FURONG_BUREAU, 0)).to.equal(LegalStatus.Valid)
    })

    it('is filled by whoever is above, and what the superior had said stands', async () => {
      await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, other.address)
      await as(branch.furongAdmin).resignRegion(FURONG)
      expect((await ledger.region(FURONG)).admin).to.equal(ethers.ZeroAddress)
      await as(other).acceptRegionAdmin(FURONG)
      expect((await ledger.region(FURONG)).admin).to.equal(other.address)
    })

    it('takes along whom its holder had nominated', async () => {
      await as(branch.furongAdmin).nominateRegionAdmin(FURONG, thief.address)
      await as(branch.furongAdmin).resignRegion(FURONG)
      await refused(as(thief).acceptRegionAdmin(FURONG), 'CallerNotNominated', thief.address)
    })
  })

  describe('an office that was taken', () => {
    it('returns at the word of an admin above, without one of who held it', async () => {
      await appointAdmin(branch.changshaAdmin, thief)
      await appointOperator(thief, other)
      expect((await ledger.formerRegionAdmin(FURONG)).account).to.equal(branch.furongAdmin.address)
      expect((await ledger.formerOperator(FURONG_BUREAU)).account).to.equal(branch.furongOperator.address)
      await expect(as(branch.hunanAdmin).returnRegion(FURONG))
        .to.emit(ledger, 'RegionAdminReturned')
        .withArgs(FURONG, branch.furongAdmin.address, branch.hunanAdmin.address)
      await expect(as(branch.changshaAdmin).returnAgency(FURONG_BUREAU))
        .to.emit(ledger, 'AgencyOperatorReturned')
        .withArgs(FURONG_BUREAU, branch.furongOperator.address, branch.changshaAdmin.address)
      expect((await ledger.region(FURONG)).admin).to.equal(branch.furongAdmin.address)
      const { appointedBy, heldSince } = await ledger.tenureOfAgency(FURONG_BUREAU)
      expect([appointedBy, heldSince]).to.deep.equal([
        branch.changshaAdmin.address,
        BigInt(await blockTime()),
      ])
      await as(branch.furongOperator).anchor(FURONG_BUREAU, 0, { root: rootOf(1), size: 1 })
      await refused(as(branch.hunanAdmin).returnRegion(STREET), 'OfficeNotLeft')
    })

    it('is not forgotten while one accomplice follows another, but once somebody held it for fourteen days', async () => {
      await appointAdmin(branch.changshaAdmin, thief)
      const leftAt = await blockTime()
      await appointAdmin(thief, other)
      expect((await ledger.formerRegionAdmin(FURONG)).account).to.equal(branch.furongAdmin.address)
      await chain.time.increaseTo(leftAt + 13 * DAY)
      await appointAdmin(branch.changshaAdmin, thief)
      expect((await ledger.formerRegionAdmin(FURONG)).account).to.equal(branch.furongAdmin.address)
      await chain.time.increase(14 * DAY)
      await appointAdmin(thief, other)
      expect((await ledger.formerRegionAdmin(FURONG)).account).to.equal(thief.address)
    })

    it('returns to no key that was ended as stolen, when who followed it held the office for some weeks', async () => {
      await as(branch.changshaAdmin).suspendRegion(FURONG)
      await appointAdmin(branch.changshaAdmin, other)
      await as(branch.changshaAdmin).resumeRegion(FURONG)
      await chain.time.increase(20 * DAY)
      await appointAdmin(branch.changshaAdmin, thief)
      await as(branch.hunanAdmin).returnRegion(FURONG)
      expect((await ledger.region(FURONG)).admin).to.equal(other.address)
    })

    it('returns for sixty days: nobody who left it long ago comes back by a thief above', async () => {
      await appointAdmin(branch.changshaAdmin, other)
      await appointOperator(other, thief)
      const leftAt = await blockTime()
      await chain.time.increaseTo(leftAt + 60 * DAY)
      await refused(as(branch.changshaAdmin).returnAgency(FURONG_BUREAU), 'OfficeNotLeft')
      await refused(as(branch.changshaAdmin).returnRegion(FURONG), 'OfficeNotLeft')
      expect((await ledger.formerOperator(FURONG_BUREAU)).account).to.equal(ethers.ZeroAddress)
      expect((await ledger.formerRegionAdmin(FURONG)).account).to.equal(ethers.ZeroAddress)
    })

    it('returns again to who held it before the return, whatever the thief above did after it', async () => {
      await appointAdmin(branch.changshaAdmin, other)
      await chain.time.increase(20 * DAY)
      await as(branch.changshaAdmin).returnRegion(FURONG)
      expect((await ledger.formerRegionAdmin(FURONG)).account).to.equal(other.address)
      await appointAdmin(branch.changshaAdmin, thief)
      await as(branch.hunanAdmin).returnRegion(FURONG)
      expect((await ledger.region(FURONG)).admin).to.equal(other.address)
    })

    it('returns to its holder of an hour too, whom a return put out, and is remembered for who has the claim', async () => {
      await appointOperator(branch.furongAdmin, other)
      await as(branch.changshaAdmin).returnAgency(FURONG_BUREAU)
      await as(branch.furongAdmin).returnAgency(FURONG_BUREAU)
      expect((await ledger.agency(FURONG_BUREAU)).operator).to.equal(other.address)
      await appointOperator(branch.furongAdmin, thief)
      expect((await ledger.formerOperator(FURONG_BUREAU)).account).to.equal(branch.furongOperator.address)
    })

    it('tells whose the claim is, and since when the other was away', async () => {
      const { furongOperator } = branch
      const fields = async () => {
        const { account, leftAt, yields, holderLeftAt } = await ledger.formerOperator(FURONG_BUREAU)
        return { account, leftAt: Number(leftAt), yields, holderLeftAt: Number(holderLeftAt) }
      }
      await appointOperator(branch.furongAdmin, other)
      const taken = { leftAt: await blockTime(), yields: false, holderLeftAt: 0 }
      expect(await fields()).to.deep.equal({ account: furongOperator.address, ...taken })
      await as(branch.changshaAdmin).returnAgency(FURONG_BUREAU)
      const firstLeft = await blockTime()
      const given = { leftAt: firstLeft, yields: true, holderLeftAt: taken.leftAt }
      expect(await fields()).to.deep.equal({ account: other.address, ...given })
      for (let times = 0; times < 2; times++) await as(branch.changshaAdmin).returnAgency(FURONG_BUREAU)
      const { account, leftAt, yields } = await fields()
      expect({ account, leftAt, yields }).to.deep.equal({
        account: other.address,
        leftAt: firstLeft,
        yields: true,
      })
    })

    it('is its own again of who accepts it anew: nothing of before shortens its sixty days', async () => {
      const { furongOperator } = branch
      await appointOperator(branch.furongAdmin, thief)
      await chain.time.increase(13 * DAY)
      await appointOperator(branch.furongAdmin, furongOperator)
      expect((await ledger.formerOperator(FURONG_BUREAU)).account).to.equal(thief.address)
      await chain.time.increase(DAY)
      await appointOperator(branch.furongAdmin, other)
      const { account, leftAt } = await ledger.formerOperator(FURONG_BUREAU)
      expect([account, leftAt]).to.deep.equal([furongOperator.address, BigInt(await blockTime())])
    })

    it('is taken from nobody who accepts it once more, and stays its own', async () => {
      await appointOperator(branch.furongAdmin, other)
      await chain.time.increase(20 * DAY)
      await appointOperator(branch.furongAdmin, other)
      const { account, yields } = await ledger.formerOperator(FURONG_BUREAU)
      expect([account, yields]).to.deep.equal([branch.furongOperator.address, true])
      await appointOperator(branch.furongAdmin, thief)
      expect((await ledger.formerOperator(FURONG_BUREAU)).account).to.equal(other.address)
    })

    it('that its holder of weeks laid down is who is named next’s, not that of a key replaced before', async () => {
      await appointAdmin(branch.changshaAdmin, other)
      await chain.time.increase(20 * DAY)
      await as(other).resignRegion(FURONG)
      const [, , lawful, accomplice] = branch.spare
      await appointAdmin(branch.changshaAdmin, lawful)
      await as(branch.changshaAdmin).returnRegion(FURONG)
      await appointAdmin(branch.changshaAdmin, accomplice)
      await as(branch.hunanAdmin).returnRegion(FURONG)
      expect((await ledger.region(FURONG)).admin).to.equal(lawful.address)
    })

    it('after a return is remembered for its holder, not for the accomplice whom that put out', async () => {
      await appointOperator(branch.furongAdmin, thief)
      await as(branch.changshaAdmin).returnAgency(FURONG_BUREAU)
      await appointOperator(branch.furongAdmin, other)
      await as(branch.changshaAdmin).returnAgency(FURONG_BUREAU)
      expect((await ledger.agency(FURONG_BUREAU)).operator).to.equal(branch.furongOperator.address)
    })

    it('was taken from nobody who laid it down', async () => {
      await as(branch.furongAdmin).resignRegion(FURONG)
      await appointAdmin(branch.changshaAdmin, other)
      await refused(as(branch.changshaAdmin).returnRegion(FURONG), 'OfficeNotLeft')
      await as(branch.furongOperator).resignAgency(FURONG_BUREAU)
      await refused(as(branch.changshaAdmin).returnAgency(FURONG_BUREAU), 'OfficeNotLeft')
    })

    it('of a province returns at the word of the council', async () => {
      await ledger.nominateRegionAdmin(GUANGDONG, thief.address)
      await as(thief).acceptRegionAdmin(GUANGDONG)
      await refused(
        as(branch.hunanAdmin).returnRegion(GUANGDONG),
        'AccessManagedUnauthorized',
        branch.hunanAdmin.address,
      )
      await ledger.returnRegion(GUANGDONG)
      expect((await ledger.region(GUANGDONG)).admin).to.equal(branch.guangdongAdmin.address)
    })

    it('returns at nobody else’s word: not of its holder, not from below or beside', async () => {
      await appointAdmin(branch.changshaAdmin, thief)
      for (const caller of [
        thief,
        branch.furongAdmin,
        branch.streetAdmin,
        branch.yueyangAdmin,
        branch.superior,
      ])
        await refused(as(caller).returnRegion(FURONG), 'CallerNotSuperior', CHANGSHA, caller.address)
      for (const caller of [branch.streetAdmin, branch.yueyangAdmin, branch.furongOperator])
        await refused(as(caller).returnAgency(FURONG_BUREAU), 'CallerNotSuperior', FURONG, caller.address)
      await refused(
        as(branch.furongAdmin).returnRegion(STREET),
        'CallerNotSuperior',
        FURONG,
        branch.furongAdmin.address,
      )
    })

    it('returns to nobody who holds one of the other kind by now', async () => {
      await appointAdmin(branch.changshaAdmin, thief)
      await as(thief).nominateOperator(FURONG_BUREAU, branch.furongAdmin.address)
      await as(branch.furongAdmin).acceptOperator(FURONG_BUREAU)
      await refused(
        as(branch.changshaAdmin).returnRegion(FURONG),
        'AccountIsOperator',
        branch.furongAdmin.address,
      )
    })
  })
})
