/** A custodian speaks for the region whose admin it is: above a stopped one it waits for that office of its own. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  byTwoKeys,
  type Call,
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
  type Decision,
  decided,
  HUNAN,
  type Ledger,
  LegalStatus,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'

const WEEK = 7 * DAY
const LONG_AGO = 100 * DAY

/** Licence 0 was annulled, 1 is in force, 2 took the place of 3. */
async function issue({ ledger, furongOperator }: Branch): Promise<void> {
  const asOperator = ledger.connect(furongOperator)
  await asOperator.anchor(FURONG_BUREAU, 0, { root: rootOf(1), size: 4 })
  await asOperator.act(FURONG_BUREAU, StatusAct.Annul, [0], await decided())
  await asOperator.supersede(
    { issuer: FURONG_BUREAU, index: 2 },
    { issuer: FURONG_BUREAU, index: 3 },
    await decided(),
  )
}

/** The county's bureau, retired long ago without a successor. */
async function deployKept(): Promise<Branch> {
  const branch = await deployBranch()
  await issue(branch)
  await retire(branch, branch.furongAdmin, branch.changshaAdmin)
  return branch
}

/** As `deployKept`, after a move into the street. */
async function deployKeptInStreet(): Promise<Branch> {
  const branch = await deployBranch()
  await issue(branch)
  await branch.ledger.connect(branch.furongAdmin).moveAgency(FURONG_BUREAU, STREET)
  await chain.time.increase(WEEK)
  await retire(branch, branch.streetAdmin, branch.furongAdmin)
  return branch
}

async function retire(
  branch: Branch,
  proposer: HardhatEthersSigner,
  confirmer: HardhatEthersSigner,
): Promise<void> {
  await byTwoKeys(branch, (one) => one.retireAgency(FURONG_BUREAU, NO_AGENCY), proposer, confirmer)
  await chain.time.increase(LONG_AGO)
}

interface Kind {
  name: string
  by: (decision: Decision) => Call
  /** Whether it was carried out. */
  isDone: (ledger: Ledger) => Promise<boolean>
}

const KINDS: readonly Kind[] = [
  {
    name: 'a correction',
    by: (decision) => (one) => one.correct(FURONG_BUREAU, [0], LegalStatus.Valid, decision),
    isDone: async (ledger) => (await ledger.statusOf(FURONG_BUREAU, 0)) === LegalStatus.Valid,
  },
  {
    name: 'a late act',
    by: (decision) => {
      const late = { ...decision, effectiveAt: 1_700_000_000 }
      return (one) => one.actLate(FURONG_BUREAU, StatusAct.Revoke, [1], late)
    },
    isDone: async (ledger) => (await ledger.statusOf(FURONG_BUREAU, 1)) === LegalStatus.Revoked,
  },
  {
    name: 'a dissolved succession',
    by: (decision) => (one) =>
      one.dissolveSuccession(
        { issuer: FURONG_BUREAU, index: 2 },
        { issuer: FURONG_BUREAU, index: 3 },
        decision,
      ),
    isDone: async (ledger) => (await ledger.originOf(FURONG_BUREAU, 2)).since === 0n,
  },
]

for (const kind of KINDS) {
  describe(`By two keys, on what a custodian keeps: ${kind.name}`, () => {
    let branch: Branch
    let ledger: Ledger
    let call: Call
    const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)

    async function use(deploy: () => Promise<Branch>): Promise<void> {
      branch = await chain.loadFixture(deploy)
      ledger = branch.ledger
      call = kind.by(await decided('伪〔2026〕1号'))
      expect(await kind.isDone(ledger)).to.equal(false)
    }
    beforeEach(async () => await use(deployKept))

    /** Since when it is in office. */
    async function appoint(by: HardhatEthersSigner, region: number): Promise<number> {
      await as(by).nominateRegionAdmin(region, branch.spare[0].address)
      await as(branch.spare[0]).acceptRegionAdmin(region)
      return await blockTime()
    }
    /** Who named the custodian waits a week, in which its own superior sees it. */
    async function waitsAWeek(thief: HardhatEthersSigner, region: number, heldSince: number): Promise<void> {
      await expect(call(as(branch.spare[0]))).to.emit(ledger, 'Proposed')
      const isRefused = () => expectRefusal(branch, call(as(thief)), 'ProposerTooNew', region, heldSince)
      await isRefused()
      await chain.time.setNextBlockTimestamp(heldSince + WEEK - 1)
      await isRefused()
      expect(await kind.isDone(ledger)).to.equal(false)
      await chain.time.setNextBlockTimestamp(heldSince + WEEK)
      await expect(call(as(thief))).to.emit(ledger, 'Confirmed')
    }

    it('is not confirmed by the admin of a province that named a city’s, which stopped the county', async () => {
      const heldSince = await appoint(branch.hunanAdmin, CHANGSHA)
      await as(branch.spare[0]).suspendRegion(FURONG)
      await waitsAWeek(branch.hunanAdmin, CHANGSHA, heldSince)
    })

    it('is not confirmed by the admin of a city that named a county’s, which stopped the street', async () => {
      await use(deployKeptInStreet)
      const heldSince = await appoint(branch.changshaAdmin, FURONG)
      await as(branch.spare[0]).suspendRegion(STREET)
      await waitsAWeek(branch.changshaAdmin, FURONG, heldSince)
    })

    it('is not confirmed either by who named the custodian in the region itself', async () => {
      await waitsAWeek(branch.changshaAdmin, FURONG, await appoint(branch.changshaAdmin, FURONG))
    })

    it('is confirmed at once of a custodian long in office, above the stopped region, by its superior', async () => {
      await as(branch.changshaAdmin).suspendRegion(FURONG)
      await expect(call(as(branch.changshaAdmin))).to.emit(ledger, 'Proposed')
      for (const other of [branch.changshaAdmin, branch.furongAdmin, branch.superior])
        await expectRefusal(branch, call(as(other)), 'CallerNotSuperior', HUNAN, other.address)
      await expect(call(as(branch.hunanAdmin))).to.emit(ledger, 'Confirmed')
      expect(await kind.isDone(ledger)).to.equal(true)
    })
  })
}

describe('By two keys, on what the admin of a province keeps', () => {
  it('is confirmed at once by whom the council named, however new the admin is', async () => {
    const branch = await chain.loadFixture(deployKept)
    const { ledger, hunanAdmin, superior, spare } = branch
    await ledger.connect(hunanAdmin).suspendRegion(CHANGSHA)
    await ledger.connect(hunanAdmin).nominateRegionAdmin(HUNAN, spare[0].address)
    await ledger.connect(spare[0]).acceptRegionAdmin(HUNAN)
    const decision = await decided()
    const correct: Call = (one) => one.correct(FURONG_BUREAU, [0], LegalStatus.Valid, decision)
    await byTwoKeys(branch, correct, spare[0], superior)
    expect(await ledger.statusOf(FURONG_BUREAU, 0)).to.equal(LegalStatus.Valid)
  })
})
