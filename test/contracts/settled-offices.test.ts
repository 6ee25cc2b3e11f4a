/** Who is above several regions is no second key at once for what it put into one of them, be it an agency or an operator. */
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
  type Decision,
  decided,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  LegalStatus,
  named,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'

const WEEK = 7 * DAY

describe('Acts of two keys, of an agency or by an operator that somebody above put there', () => {
  let branch: Branch
  let ledger: Ledger
  let accomplice: HardhatEthersSigner
  let decision: Decision
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(branch, attempt, error, ...values)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    accomplice = branch.spare[0]
  })

  /** Licence 0, annulled as the law has it: nothing but a correction brings it back. */
  async function annulled(issuer: string, operator: HardhatEthersSigner): Promise<void> {
    await as(operator).anchor(issuer, 0, { root: rootOf(1), size: 3 })
    await as(operator).act(issuer, StatusAct.Annul, [0], await decided())
    decision = await decided('伪〔2026〕1号')
  }
  async function appoint(by: HardhatEthersSigner, issuer: string): Promise<void> {
    await as(by).nominateOperator(issuer, accomplice.address)
    await as(accomplice).acceptOperator(issuer)
  }
  const revive = (account: HardhatEthersSigner, issuer: string): Promise<unknown> =>
    as(account).correct(issuer, [0], LegalStatus.Valid, decision)
  async function isRefusedAsMoved(issuer: string, thief: HardhatEthersSigner): Promise<void> {
    const movedAt = await blockTime()
    await revive(accomplice, issuer)
    await refused(revive(thief, issuer), 'AgencyMovedLately', issuer, movedAt)
    expect(await ledger.statusOf(issuer, 0)).to.equal(LegalStatus.Annulled)
  }

  it('are not confirmed by the admin of a county that moved its agency down into an old street', async () => {
    await annulled(FURONG_BUREAU, branch.furongOperator)
    await appoint(branch.furongAdmin, FURONG_BUREAU)
    await as(branch.furongAdmin).moveAgency(FURONG_BUREAU, STREET)
    await isRefusedAsMoved(FURONG_BUREAU, branch.furongAdmin)
  })

  it('are not confirmed by the admin of a city that moved a county’s agency up, appointed, and moved it down', async () => {
    await annulled(FURONG_BUREAU, branch.furongOperator)
    await as(branch.changshaAdmin).moveAgency(FURONG_BUREAU, CHANGSHA)
    await appoint(branch.changshaAdmin, FURONG_BUREAU)
    await as(branch.changshaAdmin).moveAgency(FURONG_BUREAU, FURONG)
    await isRefusedAsMoved(FURONG_BUREAU, branch.changshaAdmin)
  })

  it('are not confirmed by the admin of a province that moved its department into a city', async () => {
    await annulled(HUNAN_HOUSING, branch.operator)
    await appoint(branch.hunanAdmin, HUNAN_HOUSING)
    await as(branch.hunanAdmin).moveAgency(HUNAN_HOUSING, CHANGSHA)
    await isRefusedAsMoved(HUNAN_HOUSING, branch.hunanAdmin)
  })

  it('are not confirmed, when late, by who made the agency itself and moved it below an old region', async () => {
    const sham = bodyOf(FURONG, 99)
    await as(branch.changshaAdmin).accreditAgency(sham, CHANGSHA, accomplice.address, named('假局'))
    await as(accomplice).anchor(sham, 0, { root: rootOf(5), size: 3 })
    await as(branch.changshaAdmin).moveAgency(sham, FURONG)
    const movedAt = await blockTime()
    const old = await decided('伪〔2026〕2号', { effectiveAt: 1_700_000_000 })
    const suspend = (account: HardhatEthersSigner): Promise<unknown> =>
      as(account).actLate(sham, StatusAct.Suspend, [0], old)
    await suspend(accomplice)
    await refused(suspend(branch.changshaAdmin), 'AgencyMovedLately', sham, movedAt)
  })

  it('are not confirmed by who moved a region that the agency lies in to beneath another, whoever proposed them', async () => {
    await annulled(FURONG_BUREAU, branch.furongOperator)
    await as(branch.hunanAdmin).moveRegion(FURONG, HUNAN)
    await as(branch.hunanAdmin).moveRegion(FURONG, CHANGSHA)
    const movedAt = await blockTime()
    await revive(branch.changshaAdmin, FURONG_BUREAU)
    await chain.time.setNextBlockTimestamp(movedAt + WEEK - 1)
    await refused(revive(branch.hunanAdmin, FURONG_BUREAU), 'AgencyMovedLately', FURONG_BUREAU, movedAt)
    await chain.time.setNextBlockTimestamp(movedAt + WEEK)
    await revive(branch.hunanAdmin, FURONG_BUREAU)
  })

  it('retire and reinstate no agency within seven days of its move', async () => {
    await as(branch.changshaAdmin).moveAgency(FURONG_BUREAU, CHANGSHA)
    const movedAt = await blockTime()
    const retire = (account: HardhatEthersSigner): Promise<unknown> =>
      as(account).retireAgency(FURONG_BUREAU, NO_AGENCY)
    await retire(branch.changshaAdmin)
    await chain.time.setNextBlockTimestamp(movedAt + WEEK - 1)
    await refused(retire(branch.hunanAdmin), 'AgencyMovedLately', FURONG_BUREAU, movedAt)
    await chain.time.setNextBlockTimestamp(movedAt + WEEK)
    await retire(branch.hunanAdmin)
    await as(branch.hunanAdmin).moveAgency(FURONG_BUREAU, FURONG)
    const movedBackAt = await blockTime()
    const reinstate = (account: HardhatEthersSigner): Promise<unknown> =>
      as(account).reinstateAgency(FURONG_BUREAU)
    await reinstate(branch.furongAdmin)
    await refused(reinstate(branch.changshaAdmin), 'AgencyMovedLately', FURONG_BUREAU, movedBackAt)
  })

  it('are confirmed once the admin of the region has had a week to see what came into it', async () => {
    await annulled(FURONG_BUREAU, branch.furongOperator)
    await as(branch.furongAdmin).moveAgency(FURONG_BUREAU, STREET)
    const movedAt = await blockTime()
    await revive(branch.furongOperator, FURONG_BUREAU)
    await chain.time.setNextBlockTimestamp(movedAt + WEEK - 1)
    await refused(revive(branch.furongAdmin, FURONG_BUREAU), 'AgencyMovedLately', FURONG_BUREAU, movedAt)
    await chain.time.setNextBlockTimestamp(movedAt + WEEK)
    await revive(branch.furongAdmin, FURONG_BUREAU)
    expect(await ledger.statusOf(FURONG_BUREAU, 0)).to.equal(LegalStatus.Valid)
  })

  it('are not confirmed by who returned the operator to its office, over the head of the region', async () => {
    // Dismissed, its key is a thief's by now.
    const dismissed = branch.furongOperator
    await annulled(FURONG_BUREAU, dismissed)
    await appoint(branch.furongAdmin, FURONG_BUREAU)
    await chain.time.increase(20 * DAY)
    await as(branch.changshaAdmin).returnAgency(FURONG_BUREAU)
    const heldSince = await blockTime()
    await revive(dismissed, FURONG_BUREAU)
    await chain.time.setNextBlockTimestamp(heldSince + WEEK - 1)
    await refused(revive(branch.changshaAdmin, FURONG_BUREAU), 'OperatorTooNew', FURONG_BUREAU, heldSince)
    await chain.time.setNextBlockTimestamp(heldSince + WEEK)
    await revive(branch.changshaAdmin, FURONG_BUREAU)
  })

  it('are confirmed at once of an operator whom the admin of its region has just named', async () => {
    await annulled(FURONG_BUREAU, branch.furongOperator)
    await appoint(branch.furongAdmin, FURONG_BUREAU)
    await byTwoKeys(
      branch,
      (one) => one.correct(FURONG_BUREAU, [0], LegalStatus.Valid, decision),
      accomplice,
      branch.changshaAdmin,
    )
    expect(await ledger.statusOf(FURONG_BUREAU, 0)).to.equal(LegalStatus.Valid)
  })

  it('are confirmed at once above the provinces, by who appoints nobody in them', async () => {
    await annulled(HUNAN_HOUSING, branch.operator)
    await as(branch.hunanAdmin).moveAgency(HUNAN_HOUSING, CHANGSHA)
    await as(branch.hunanAdmin).moveAgency(HUNAN_HOUSING, HUNAN)
    await revive(branch.operator, HUNAN_HOUSING)
    await revive(branch.superior, HUNAN_HOUSING)
    expect(await ledger.statusOf(HUNAN_HOUSING, 0)).to.equal(LegalStatus.Valid)
  })
})
