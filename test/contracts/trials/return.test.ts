/** Trial: an office returns to who last held it for thirty days, without a word of theirs. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  bodyOf,
  CHANGSHA,
  DAY,
  deployBranch,
  FURONG,
  FURONG_BUREAU,
  NO_AGENCY,
} from '../branch-fixture.ts'
import { chain, type Ledger, named } from '../ledger-fixture.ts'

describe('Trial: offices that return', () => {
  let branch: Branch
  let ledger: Ledger
  let incumbent: HardhatEthersSigner
  let thief: HardhatEthersSigner
  let next: HardhatEthersSigner
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
    ;[incumbent, thief, next] = branch.spare
  })

  /** Years ago the office passed on lawfully; the incumbent has held it for long. */
  async function passedOnLongAgo(): Promise<void> {
    await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, incumbent.address)
    await as(incumbent).acceptRegionAdmin(FURONG)
    await chain.time.increase(1_000 * DAY)
  }

  async function cityHasNext(): Promise<void> {
    await as(branch.hunanAdmin).suspendRegion(CHANGSHA)
    await as(branch.hunanAdmin).resumeRegion(CHANGSHA)
    await as(branch.hunanAdmin).nominateRegionAdmin(CHANGSHA, next.address)
    await as(next).acceptRegionAdmin(CHANGSHA)
  }

  it('a return by a thief above makes nobody forget the incumbent of a thousand days (region)', async () => {
    await passedOnLongAgo()
    await as(branch.changshaAdmin).returnRegion(FURONG)
    // In office is who left it a thousand days ago.
    expect((await ledger.region(FURONG)).admin).to.equal(branch.furongAdmin.address)
    await cityHasNext()
    await as(next)
      .returnRegion(FURONG)
      .catch(() => {})
    expect((await ledger.region(FURONG)).admin).to.equal(incumbent.address)
  })

  it('a return by a thief above makes nobody forget the incumbent of a thousand days (agency)', async () => {
    await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, incumbent.address)
    await as(incumbent).acceptOperator(FURONG_BUREAU)
    await chain.time.increase(1_000 * DAY)
    await as(branch.changshaAdmin).returnAgency(FURONG_BUREAU)
    await cityHasNext()
    await as(next)
      .returnAgency(FURONG_BUREAU)
      .catch(() => {})
    expect((await ledger.agency(FURONG_BUREAU)).operator).to.equal(incumbent.address)
  })

  it('formerRegionAdmin tells who last held it for thirty days, after a return too', async () => {
    await passedOnLongAgo()
    await as(branch.changshaAdmin).returnRegion(FURONG)
    expect(await ledger.formerRegionAdmin(FURONG)).to.equal(incumbent.address)
  })

  it('takes no word of who held it, though the thief made it operator of a sham', async () => {
    await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, thief.address)
    await as(thief).acceptRegionAdmin(FURONG)
    await as(thief).accreditAgency(bodyOf(FURONG, 77), FURONG, branch.furongAdmin.address, named('假局'))
    await cityHasNext()
    await as(next)
      .returnRegion(FURONG)
      .catch(() => {})
    expect((await ledger.region(FURONG)).admin).to.equal(branch.furongAdmin.address)
  })

  it('takes no word of an operator, though the thief made it admin of a sham region', async () => {
    await as(branch.furongAdmin).nominateOperator(FURONG_BUREAU, thief.address)
    await as(thief).acceptOperator(FURONG_BUREAU)
    await as(branch.furongAdmin).accreditRegion(
      430102099,
      FURONG,
      branch.furongOperator.address,
      named('假街道'),
    )
    await as(branch.changshaAdmin)
      .suspendRegion(430102)
      .catch(() => {})
    await as(branch.changshaAdmin).resumeRegion(430102)
    await as(branch.changshaAdmin)
      .returnAgency(FURONG_BUREAU)
      .catch(() => {})
    expect((await ledger.agency(FURONG_BUREAU)).operator).to.equal(branch.furongOperator.address)
  })

  it('an appointment is not washed off by the appointed one naming itself', async () => {
    const puppet = next
    // The proposer-to-be holds the city for a while, hands it to a puppet and keeps the county.
    await as(branch.furongAdmin).nominateRegionAdmin(FURONG, branch.changshaAdmin.address)
    await as(branch.changshaAdmin).acceptRegionAdmin(FURONG)
    await as(branch.changshaAdmin).nominateRegionAdmin(CHANGSHA, puppet.address)
    await as(puppet).acceptRegionAdmin(CHANGSHA)
    await as(puppet).nominateRegionAdmin(CHANGSHA, puppet.address)
    await as(puppet).acceptRegionAdmin(CHANGSHA)
    await chain.time.increase(100 * DAY)
    await as(branch.changshaAdmin).retireAgency(FURONG_BUREAU, NO_AGENCY)
    await expect(as(puppet).retireAgency(FURONG_BUREAU, NO_AGENCY)).to.be.revertedWithCustomError(
      ledger,
      'ConfirmerAppointedByProposer',
    )
  })
})
