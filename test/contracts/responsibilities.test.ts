import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import { bodyOf, byTwoKeys, CHANGSHA, FURONG, STREET } from './branch-fixture.ts'
import {
  blockTime,
  chain,
  deployWithCatalogue,
  type EmptyLedger,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  named,
  RESOURCES_MINISTRY,
  RULES,
  type Rulebook,
  SAFETY_MANAGER,
  SPECIAL_OPERATION,
  TERM_OPEN,
  type TermFacts,
  uscc,
} from './ledger-fixture.ts'

/** A body of the street, by its code the county's. */
const STREET_OFFICE = bodyOf(FURONG, 1)

interface Tree extends EmptyLedger {
  changshaAdmin: Awaited<ReturnType<typeof ethers.getSigners>>[number]
  furongAdmin: Awaited<ReturnType<typeof ethers.getSigners>>[number]
  streetAdmin: Awaited<ReturnType<typeof ethers.getSigners>>[number]
}

/** Hunan, in it Changsha, in it Furong, in it a street, whose agency is confirmed by the county that its code names. */
async function deployTree(): Promise<Tree> {
  const fixture = await deployWithCatalogue()
  const [, , , , , changshaAdmin, furongAdmin, streetAdmin, operator] = await ethers.getSigners()
  if (!changshaAdmin || !furongAdmin || !streetAdmin || !operator) throw new Error('too few accounts')
  const { ledger } = fixture
  await ledger
    .connect(fixture.hunanAdmin)
    .accreditRegion(CHANGSHA, HUNAN, changshaAdmin.address, named('长沙市'))
  await ledger.connect(changshaAdmin).accreditRegion(FURONG, CHANGSHA, furongAdmin.address, named('芙蓉区'))
  await ledger.connect(furongAdmin).accreditRegion(STREET, FURONG, streetAdmin.address, named('文艺路街道'))
  const accredit = async (as: Ledger) =>
    as.accreditAgency(STREET_OFFICE, STREET, operator.address, named('文艺路街道办事处'))
  await byTwoKeys(fixture, accredit, streetAdmin, furongAdmin)
  return { ...fixture, changshaAdmin, furongAdmin, streetAdmin }
}

const plain = ({ from, until }: TermFacts): [number, number] => [Number(from), Number(until)]
const NO_TERM: [number, number] = [0, 0]

describe('Responsibilities', () => {
  let tree: Tree
  let ledger: Ledger
  let rulebook: Rulebook
  let asHunan: Rulebook
  let now: number

  beforeEach(async () => {
    tree = await chain.loadFixture(deployTree)
    ledger = tree.ledger
    rulebook = tree.rulebook
    asHunan = rulebook.connect(tree.hunanAdmin)
    now = (await blockTime()) + 1000
    await chain.time.increaseTo(now)
  })

  const responsibility = async (time: number, agency = HUNAN_HOUSING): Promise<[number, number]> =>
    plain(await rulebook.responsibilityAt(agency, SAFETY_MANAGER, time))

  describe('of an agency of a province', () => {
    it('holds from its beginning to its end, and for this type and agency alone', async () => {
      await expect(asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, now + 100, now + 200))
        .to.emit(rulebook, 'ResponsibilityAssigned')
        .withArgs(HUNAN_HOUSING, SAFETY_MANAGER, now + 100, now + 200)
      const term = [now + 100, now + 200]
      expect(await responsibility(now + 99)).to.deep.equal(NO_TERM)
      expect(await responsibility(now + 100)).to.deep.equal(term)
      expect(await responsibility(now + 199)).to.deep.equal(term)
      expect(await responsibility(now + 200)).to.deep.equal(NO_TERM)
      expect(
        plain(await rulebook.responsibilityAt(HUNAN_HOUSING, SPECIAL_OPERATION, now + 150)),
      ).to.deep.equal(NO_TERM)
      expect(
        plain(await rulebook.responsibilityAt(RESOURCES_MINISTRY, SAFETY_MANAGER, now + 150)),
      ).to.deep.equal(NO_TERM)
    })

    it('never begins before the block that assigns it', async () => {
      await chain.time.setNextBlockTimestamp(now + 10)
      await asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, TERM_OPEN)
      expect(await responsibility(now + 9)).to.deep.equal(NO_TERM)
      expect(await responsibility(now + 10)).to.deep.equal([now + 10, TERM_OPEN])
    })

    it('ends early, and a later term leaves the earlier one on record', async () => {
      await chain.time.setNextBlockTimestamp(now + 10)
      await asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, TERM_OPEN)
      await expect(asHunan.endResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, now + 50))
        .to.emit(rulebook, 'ResponsibilityEnded')
        .withArgs(HUNAN_HOUSING, SAFETY_MANAGER, now + 50)
      await asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, now + 80, now + 90)
      expect(await responsibility(now + 49)).to.deep.equal([now + 10, now + 50])
      expect(await responsibility(now + 60)).to.deep.equal(NO_TERM)
      expect(await responsibility(now + 80)).to.deep.equal([now + 80, now + 90])
    })

    it('refuses a term that is empty or overlaps the one before', async () => {
      await chain.time.setNextBlockTimestamp(now + 10)
      await expect(asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, now + 10))
        .to.be.revertedWithCustomError(rulebook, 'TermEmpty')
        .withArgs(now + 10, now + 10)
      await asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, now + 100, now + 200)
      await expect(asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, now + 199, now + 300))
        .to.be.revertedWithCustomError(rulebook, 'TermOverlaps')
        .withArgs(now + 199, now + 200)
      await asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, now + 200, now + 300)
    })

    it('ends at once where the end lies in the past, or is none, and tells when that was', async () => {
      for (const until of [now - 1, 0]) {
        await asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, TERM_OPEN)
        const ended = asHunan.endResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, until)
        await expect(ended).to.emit(rulebook, 'ResponsibilityEnded')
        const time = await blockTime()
        await expect(ended)
          .to.emit(rulebook, 'ResponsibilityEnded')
          .withArgs(HUNAN_HOUSING, SAFETY_MANAGER, time)
        expect(await responsibility(time)).to.deep.equal(NO_TERM)
      }
    })

    it('refuses an end that is no earlier, or ends nothing', async () => {
      await expect(asHunan.endResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, now + 50))
        .to.be.revertedWithCustomError(rulebook, 'TermEndUnlawful')
        .withArgs(0, now + 50)
      await asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, now + 100)
      for (const until of [now + 100, now + 101]) {
        await expect(
          asHunan.endResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, until),
          String(until - now),
        ).to.be.revertedWithCustomError(rulebook, 'TermEndUnlawful')
      }
    })

    it('needs an active agency and a type that is neither unknown nor retired', async () => {
      await rulebook.retireLicenceType(SPECIAL_OPERATION)
      await expect(asHunan.assignResponsibility(HUNAN_HOUSING, SPECIAL_OPERATION, 0, TERM_OPEN))
        .to.be.revertedWithCustomError(rulebook, 'LicenceTypeNotActive')
        .withArgs(SPECIAL_OPERATION)
      await ledger.connect(tree.hunanAdmin).suspendAgency(HUNAN_HOUSING)
      await expect(asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, TERM_OPEN))
        .to.be.revertedWithCustomError(rulebook, 'AgencyNotActive')
        .withArgs(HUNAN_HOUSING)
      await expect(asHunan.assignResponsibility(RESOURCES_MINISTRY, SAFETY_MANAGER, 0, TERM_OPEN))
        .to.be.revertedWithCustomError(rulebook, 'AgencyUnknown')
        .withArgs(RESOURCES_MINISTRY)
    })

    it('is the region’s admin’s alone to assign and end', async () => {
      await asHunan.assignResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, 0, TERM_OPEN)
      for (const caller of [tree.council, tree.guangdongAdmin, tree.operator, tree.changshaAdmin]) {
        const asCaller = rulebook.connect(caller)
        for (const attempt of [
          asCaller.assignResponsibility(HUNAN_HOUSING, SPECIAL_OPERATION, 0, TERM_OPEN),
          asCaller.endResponsibility(HUNAN_HOUSING, SAFETY_MANAGER, now + 100),
        ]) {
          await expect(attempt)
            .to.be.revertedWithCustomError(rulebook, 'CallerNotRegionAdmin')
            .withArgs(HUNAN, caller.address)
        }
      }
    })
  })

  describe('of an agency below a province', () => {
    /** Hunan to Changsha for 1000 s, Changsha to Furong for 500, Furong to the street for 300. */
    async function delegateDown(): Promise<void> {
      await asHunan.delegateType(CHANGSHA, SAFETY_MANAGER, now + 100, now + 1000)
      await rulebook.connect(tree.changshaAdmin).delegateType(FURONG, SAFETY_MANAGER, now + 100, now + 500)
      await rulebook.connect(tree.furongAdmin).delegateType(STREET, SAFETY_MANAGER, now + 200, now + 300)
    }

    it('lies within what was delegated down to its region', async () => {
      await delegateDown()
      const asStreet = rulebook.connect(tree.streetAdmin)
      await asStreet.assignResponsibility(STREET_OFFICE, SAFETY_MANAGER, now + 200, now + 300)
      expect(await responsibility(now + 250, STREET_OFFICE)).to.deep.equal([now + 200, now + 300])
      expect(await responsibility(now + 300, STREET_OFFICE)).to.deep.equal(NO_TERM)
    })

    it('is refused beyond the delegation: in time, in type, and when nothing was delegated', async () => {
      const asStreet = rulebook.connect(tree.streetAdmin)
      const refused = async (type: string, from: number, until: number): Promise<void> => {
        await expect(asStreet.assignResponsibility(STREET_OFFICE, type, from, until))
          .to.be.revertedWithCustomError(rulebook, 'DelegationExceeded')
          .withArgs(STREET, type, from, until)
      }
      await refused(SAFETY_MANAGER, now + 200, now + 300)
      await delegateDown()
      await refused(SAFETY_MANAGER, now + 199, now + 300)
      await refused(SAFETY_MANAGER, now + 200, now + 301)
      await refused(SPECIAL_OPERATION, now + 200, now + 300)
    })

    it('is taken from all below when a parent loses the type', async () => {
      await delegateDown()
      const asStreet = rulebook.connect(tree.streetAdmin)
      await asStreet.assignResponsibility(STREET_OFFICE, SAFETY_MANAGER, now + 200, now + 300)
      await expect(asHunan.endTypeDelegation(CHANGSHA, SAFETY_MANAGER, now + 250))
        .to.emit(rulebook, 'TypeDelegationEnded')
        .withArgs(CHANGSHA, SAFETY_MANAGER, now + 250)
      expect(await responsibility(now + 249, STREET_OFFICE)).to.deep.equal([now + 200, now + 250])
      expect(await responsibility(now + 250, STREET_OFFICE)).to.deep.equal(NO_TERM)
      expect(plain(await rulebook.delegationAt(STREET, SAFETY_MANAGER, now + 250))).to.deep.equal(NO_TERM)
    })

    it('a region delegates no more than it has', async () => {
      await asHunan.delegateType(CHANGSHA, SAFETY_MANAGER, now + 100, now + 1000)
      await expect(
        rulebook.connect(tree.changshaAdmin).delegateType(FURONG, SAFETY_MANAGER, now + 100, now + 1001),
      )
        .to.be.revertedWithCustomError(rulebook, 'DelegationExceeded')
        .withArgs(CHANGSHA, SAFETY_MANAGER, now + 100, now + 1001)
    })

    it('a province has every type at any time and is delegated none', async () => {
      expect(plain(await rulebook.delegationAt(HUNAN, SAFETY_MANAGER, 0))).to.deep.equal([0, TERM_OPEN])
      for (const attempt of [
        asHunan.delegateType(GUANGDONG, SAFETY_MANAGER, 0, TERM_OPEN),
        asHunan.endTypeDelegation(HUNAN, SAFETY_MANAGER, now + 100),
      ]) {
        await expect(attempt).to.be.revertedWithCustomError(rulebook, 'DelegationToProvince')
      }
    })

    it('is delegated by the admin of the parent alone, for a type of the catalogue', async () => {
      for (const caller of [tree.hunanAdmin, tree.furongAdmin, tree.council, tree.guangdongAdmin]) {
        await expect(rulebook.connect(caller).delegateType(FURONG, SAFETY_MANAGER, 0, TERM_OPEN))
          .to.be.revertedWithCustomError(rulebook, 'CallerNotRegionAdmin')
          .withArgs(CHANGSHA, caller.address)
        await expect(rulebook.connect(caller).endTypeDelegation(FURONG, SAFETY_MANAGER, now))
          .to.be.revertedWithCustomError(rulebook, 'CallerNotRegionAdmin')
          .withArgs(CHANGSHA, caller.address)
      }
      const unknown = `0x${Buffer.from('11100000000013338W999').toString('hex')}`
      await expect(asHunan.delegateType(CHANGSHA, unknown, 0, TERM_OPEN))
        .to.be.revertedWithCustomError(rulebook, 'LicenceTypeNotActive')
        .withArgs(unknown)
    })

    it('does not depend on a type registered later', async () => {
      const later = `0x${Buffer.from('11100000000013338W777').toString('hex')}`
      await rulebook.registerLicenceType(later, RULES)
      expect(plain(await rulebook.delegationAt(STREET, later, now))).to.deep.equal(NO_TERM)
      expect(plain(await rulebook.responsibilityAt(uscc('12440000455858486X'), later, now))).to.deep.equal(
        NO_TERM,
      )
    })
  })
})
