/** Where an agency was, and what a region was part of, is asked as it was at the time: a move is no act on old licences. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  byTwoKeys,
  CHANGSHA,
  DAY,
  deployBranch,
  FURONG,
  FURONG_BUREAU,
  FURONG_OFFICE,
  NO_AGENCY,
  STREET,
  YUEYANG,
} from './branch-fixture.ts'
import {
  blockTime,
  chain,
  deployRulebook,
  ethers,
  GUANGDONG,
  HUNAN,
  type Ledger,
  type LookupFacts,
  NOT_ASKED,
  named,
  RULES,
  Rule,
  type Rulebook,
  rootOf,
  SAFETY_MANAGER,
  TERM_OPEN,
  type TermFacts,
} from './ledger-fixture.ts'

/** Another county of Changsha. */
const TIANXIN = 430103
const NO_TERM = [0, 0]
const plain = ({ from, until }: TermFacts): [number, number] => [Number(from), Number(until)]

describe('What was moved', () => {
  let branch: Branch
  let ledger: Ledger
  let rulebook: Rulebook
  let anchoredAt: number

  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)
  const rules = (account: HardhatEthersSigner): Rulebook => rulebook.connect(account)

  /** Furong's bureau issues a type delegated down to its county, in which it alone is responsible for it. */
  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ;({ ledger, rulebook } = branch)
    await rulebook.registerLicenceType(SAFETY_MANAGER, RULES)
    await rulebook.setBaseline(SAFETY_MANAGER, 0, TERM_OPEN)
    await rules(branch.hunanAdmin).delegateType(CHANGSHA, SAFETY_MANAGER, 0, TERM_OPEN)
    await rules(branch.changshaAdmin).delegateType(FURONG, SAFETY_MANAGER, 0, TERM_OPEN)
    await rules(branch.furongAdmin).assignResponsibility(FURONG_BUREAU, SAFETY_MANAGER, 0, TERM_OPEN)
    await chain.time.increase(100)
    await as(branch.furongOperator).anchor(FURONG_BUREAU, 0, { root: rootOf(1), size: 1 })
    anchoredAt = await blockTime()
    await chain.time.increase(100)
  })

  const lookUp = async (recognisedAt = 0, root = rootOf(1)): Promise<LookupFacts> =>
    ledger.lookup({
      ...NOT_ASKED,
      issuer: FURONG_BUREAU,
      root,
      kid: rootOf(0),
      statusIndex: 0,
      licenceType: SAFETY_MANAGER,
      receiving: GUANGDONG,
      recognisedAt,
    })
  const responsibility = async (): Promise<[number, number]> => plain((await lookUp()).rules.responsibility)
  const today = async (): Promise<[number, number]> =>
    plain(await rulebook.responsibilityAt(FURONG_BUREAU, SAFETY_MANAGER, await blockTime()))
  /** A new county, to which the type is delegated from now on. */
  async function accreditTianxin(): Promise<void> {
    const [admin] = branch.spare
    await as(branch.changshaAdmin).accreditRegion(TIANXIN, CHANGSHA, admin.address, named('天心区'))
    await rules(branch.changshaAdmin).delegateType(TIANXIN, SAFETY_MANAGER, 0, TERM_OPEN)
  }

  describe('an agency', () => {
    it('moved to a county delegated to from now on stays responsible for what it had issued', async () => {
      const before = await responsibility()
      await accreditTianxin()
      await as(branch.changshaAdmin).moveAgency(FURONG_BUREAU, TIANXIN)
      expect(before[0]).to.be.greaterThan(0)
      expect(await responsibility()).to.deep.equal(before)
      expect(plain(await rulebook.responsibilityAt(FURONG_BUREAU, SAFETY_MANAGER, anchoredAt))).to.deep.equal(
        before,
      )
    })

    it('moved to where the type was not delegated is responsible no more from then on, and not before', async () => {
      const before = await responsibility()
      await as(branch.hunanAdmin).moveAgency(FURONG_BUREAU, YUEYANG)
      const movedAt = await blockTime()
      expect(await responsibility()).to.deep.equal(before)
      expect(await today()).to.deep.equal(NO_TERM)
      for (const [time, term] of [
        [movedAt - 1, before],
        [movedAt, NO_TERM],
      ] as const) {
        const answer = await rulebook.responsibilityAt(FURONG_BUREAU, SAFETY_MANAGER, time)
        expect(plain(answer), String(time - movedAt)).to.deep.equal(term)
      }
    })

    it('does not become responsible for a time before by being moved to where the type was delegated', async () => {
      await as(branch.hunanAdmin).moveAgency(FURONG_BUREAU, YUEYANG)
      await chain.time.increase(100)
      await as(branch.furongOperator).anchor(FURONG_BUREAU, 1, { root: rootOf(2), size: 1 })
      const at = await blockTime()
      await as(branch.hunanAdmin).moveAgency(FURONG_BUREAU, FURONG)
      expect(plain(await rulebook.responsibilityAt(FURONG_BUREAU, SAFETY_MANAGER, at))).to.deep.equal(NO_TERM)
      expect((await today())[0]).to.be.greaterThan(0)
    })

    it('is found where it was at any time, however often it was moved', async () => {
      const places = [FURONG, YUEYANG, CHANGSHA, STREET, FURONG, YUEYANG]
      const movedAt: number[] = [0]
      for (const to of places.slice(1)) {
        await chain.time.increase(100)
        await as(branch.hunanAdmin).moveAgency(FURONG_BUREAU, to)
        movedAt.push(await blockTime())
      }
      for (const [place, region] of places.entries()) {
        const from = movedAt[place] ?? 0
        const until = movedAt[place + 1] ?? from + 1000
        for (const time of [from, until - 1])
          expect(await ledger.agencyRegionAt(FURONG_BUREAU, time), `${place}`).to.equal(BigInt(region))
      }
      expect(await ledger.agencyRegionAt(FURONG_OFFICE, 1)).to.equal(BigInt(FURONG))
    })

    it('that came back from retirement to what followed its region was where it was before', async () => {
      const [admin] = branch.spare
      await accreditTianxin()
      await byTwoKeys(
        branch,
        (caller) => caller.retireAgency(FURONG_BUREAU, NO_AGENCY),
        branch.furongAdmin,
        branch.changshaAdmin,
      )
      await as(branch.changshaAdmin).moveAgency(FURONG_OFFICE, CHANGSHA)
      await as(branch.hunanAdmin).moveRegion(STREET, CHANGSHA)
      await as(admin).acceptRegionSuccession(FURONG, TIANXIN)
      await byTwoKeys(
        branch,
        (caller) => caller.retireRegion(FURONG, TIANXIN),
        branch.furongAdmin,
        branch.changshaAdmin,
      )
      await chain.time.increase(7 * DAY)
      await byTwoKeys(branch, (caller) => caller.reinstateAgency(FURONG_BUREAU), admin, branch.changshaAdmin)
      expect((await ledger.agency(FURONG_BUREAU)).region).to.equal(BigInt(TIANXIN))
      expect(await ledger.agencyRegionAt(FURONG_BUREAU, anchoredAt)).to.equal(BigInt(FURONG))
      expect((await responsibility())[0]).to.be.greaterThan(0)
    })

    it('is, by the rulebook of the time, responsible as it was when a later one has taken its place', async () => {
      const before = await responsibility()
      await as(branch.hunanAdmin).moveAgency(FURONG_BUREAU, YUEYANG)
      await ledger.changeRulebook(await (await deployRulebook(ledger, branch.council)).getAddress())
      expect(await responsibility()).to.deep.equal(before)
    })

    it('moved to another province is recognised as of that for what it anchors there, for nothing of before', async () => {
      await as(branch.superior).moveAgency(FURONG_BUREAU, GUANGDONG)
      const movedAt = await blockTime()
      for (const time of [movedAt - 1, movedAt])
        expect((await lookUp(time)).rules.recognition.rule).to.equal(Rule.Baseline)
      const { indexCount } = await ledger.agency(FURONG_BUREAU)
      await as(branch.furongOperator).anchor(FURONG_BUREAU, indexCount, { root: rootOf(77), size: 1 })
      const later = await lookUp(0, rootOf(77))
      expect(later.rules.recognition.rule).to.equal(Rule.SameProvince)
    })

    it('has nothing recognised by a move that was refused before it, nor the other way round', async () => {
      const approval = { number: '粤政务函〔2026〕12号', documentDigest: ethers.id('document') }
      const entry = { issuing: 0, licenceType: SAFETY_MANAGER, item: ethers.ZeroHash }
      await branch.rulebook
        .connect(branch.guangdongAdmin)
        .enterNegative(GUANGDONG, entry, 0, TERM_OPEN, approval)
      expect((await lookUp(await blockTime())).rules.recognition.rule).to.equal(Rule.Negative)
      await as(branch.superior).moveAgency(FURONG_BUREAU, GUANGDONG)
      expect((await lookUp(await blockTime())).rules.recognition.rule).to.equal(Rule.Negative)
    })

    it('is answered with its region of the anchor and the name of that, and its region of today', async () => {
      await as(branch.superior).moveAgency(FURONG_BUREAU, GUANGDONG)
      const facts = await lookUp()
      expect([facts.agency.region, facts.issuedIn].map(Number)).to.deep.equal([GUANGDONG, FURONG])
      expect(facts.regionName).to.equal('芙蓉区\n\n')
      expect(facts.region.admin).to.equal(branch.guangdongAdmin.address)
    })
  })

  describe('a region', () => {
    it('moved to another parent takes no responsibility from its agencies for what they had issued', async () => {
      const [admin] = branch.spare
      const before = await responsibility()
      await as(branch.hunanAdmin).moveRegion(FURONG, HUNAN)
      expect(await responsibility()).to.deep.equal(before)
      await rules(branch.hunanAdmin).endTypeDelegation(FURONG, SAFETY_MANAGER, (await blockTime()) + 1)
      await chain.time.increase(10)
      expect(await today()).to.deep.equal(NO_TERM)
      expect((await responsibility())[0]).to.equal(before[0])
      expect(admin.address).to.not.equal(branch.hunanAdmin.address)
    })

    it('moved from under one that lost the type has it from then on, and not before', async () => {
      await rules(branch.hunanAdmin).endTypeDelegation(CHANGSHA, SAFETY_MANAGER, (await blockTime()) + 1)
      await chain.time.increase(10)
      await as(branch.furongOperator).anchor(FURONG_BUREAU, 1, { root: rootOf(2), size: 1 })
      const at = await blockTime()
      await as(branch.hunanAdmin).moveRegion(FURONG, HUNAN)
      expect((await today())[0]).to.be.greaterThan(0)
      expect(plain(await rulebook.responsibilityAt(FURONG_BUREAU, SAFETY_MANAGER, at))).to.deep.equal(NO_TERM)
    })

    it('is found in what it was part of at any time', async () => {
      const parents = [CHANGSHA, HUNAN, CHANGSHA]
      const movedAt: number[] = [0]
      for (const to of parents.slice(1)) {
        await chain.time.increase(100)
        await as(branch.hunanAdmin).moveRegion(FURONG, to)
        movedAt.push(await blockTime())
      }
      for (const [place, parent] of parents.entries()) {
        const from = movedAt[place] ?? 0
        for (const time of [from, (movedAt[place + 1] ?? from + 1000) - 1])
          expect(await ledger.regionParentAt(FURONG, time), `${place}`).to.equal(BigInt(parent))
      }
      expect(await ledger.regionParentAt(HUNAN, 1)).to.equal(0n)
    })
  })
})
