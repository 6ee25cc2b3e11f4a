/** What needs two keys: proposed by one, confirmed by another that the proposer did not set up for it. */
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import { beforeEach, describe, it } from 'mocha'
import {
  type Branch,
  byTwoKeys,
  type Call,
  CHANGSHA,
  callHash,
  DAY,
  deployBranch,
  dismissSuperior,
  expectRefusal,
  FURONG,
  FURONG_BUREAU,
  NO_AGENCY,
  nameSuperior,
  STREET,
} from './branch-fixture.ts'
import {
  AgencyStatus,
  blockTime,
  chain,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  named,
  RegionStatus,
} from './ledger-fixture.ts'

describe('Acts of two keys', () => {
  let branch: Branch
  let ledger: Ledger
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(branch, attempt, error, ...values)
  const as = (account: HardhatEthersSigner): Ledger => ledger.connect(account)
  const retireBureau: Call = (caller) => caller.retireAgency(FURONG_BUREAU, NO_AGENCY)
  const retireStreet: Call = (caller) => caller.retireRegion(STREET, 0)
  const statusOf = async (agency: string): Promise<bigint> => (await ledger.agency(agency)).status

  beforeEach(async () => {
    branch = await chain.loadFixture(deployBranch)
    ledger = branch.ledger
  })

  it('are proposed with their call data and carried out by the second call', async () => {
    const values = [FURONG_BUREAU, NO_AGENCY]
    const hash = callHash(ledger, 'retireAgency', values)
    const data = ledger.interface.encodeFunctionData('retireAgency', values)
    await expect(retireBureau(as(branch.furongAdmin)))
      .to.emit(ledger, 'Proposed')
      .withArgs(hash, branch.furongAdmin.address, data)
    expect(await statusOf(FURONG_BUREAU)).to.equal(AgencyStatus.Active)
    const { proposer, proposedAt } = await ledger.proposal(hash)
    expect([proposer, proposedAt]).to.deep.equal([branch.furongAdmin.address, BigInt(await blockTime())])
    await expect(retireBureau(as(branch.changshaAdmin)))
      .to.emit(ledger, 'Confirmed')
      .withArgs(hash, branch.changshaAdmin.address)
      .and.to.emit(ledger, 'AgencyRetired')
      .withArgs(FURONG_BUREAU, NO_AGENCY)
    expect((await ledger.proposal(hash)).proposedAt).to.equal(0n)
  })

  it('are proposed by nobody but who governs, so that the second key comes second', async () => {
    for (const caller of [branch.changshaAdmin, branch.superior, branch.furongOperator, branch.streetAdmin])
      await refused(retireBureau(as(caller)), 'CallerNotRegionAdmin', FURONG, caller.address)
    for (const caller of [branch.furongAdmin, branch.superior])
      await refused(retireStreet(as(caller)), 'CallerNotRegionAdmin', STREET, caller.address)
  })

  it('are confirmed by the superior alone: not beside, not two levels above, not from below', async () => {
    await retireBureau(as(branch.furongAdmin))
    for (const caller of [
      branch.furongAdmin,
      branch.hunanAdmin,
      branch.yueyangAdmin,
      branch.streetAdmin,
      branch.superior,
      branch.council,
    ])
      await refused(retireBureau(as(caller)), 'CallerNotSuperior', CHANGSHA, caller.address)
    await retireStreet(as(branch.streetAdmin))
    await refused(
      retireStreet(as(branch.changshaAdmin)),
      'CallerNotSuperior',
      FURONG,
      branch.changshaAdmin.address,
    )
  })

  it('of who holds both offices are confirmed by the next above that is another, and not by itself', async () => {
    const { furongAdmin: both, changshaAdmin } = branch
    await as(branch.streetAdmin).nominateRegionAdmin(STREET, both.address)
    await as(both).acceptRegionAdmin(STREET)
    await chain.time.increase(7 * DAY)
    const reinstateStreet: Call = (caller) => caller.reinstateRegion(STREET)
    for (const [call, status] of [
      [retireStreet, RegionStatus.Retired],
      [reinstateStreet, RegionStatus.Closed],
    ] as const) {
      await call(as(both))
      await refused(call(as(both)), 'CallerNotSuperior', CHANGSHA, both.address)
      await call(as(changshaAdmin))
      expect((await ledger.region(STREET)).status).to.equal(status)
    }
  })

  it('are not confirmed by an account that the proposer appointed, however long ago', async () => {
    const [puppet] = branch.spare
    await as(branch.furongAdmin).nominateRegionAdmin(FURONG, branch.changshaAdmin.address)
    await as(branch.changshaAdmin).acceptRegionAdmin(FURONG)
    await as(branch.changshaAdmin).nominateRegionAdmin(CHANGSHA, puppet.address)
    await as(puppet).acceptRegionAdmin(CHANGSHA)
    await chain.time.increase(100 * DAY)
    await retireBureau(as(branch.changshaAdmin))
    await refused(
      retireBureau(as(puppet)),
      'ConfirmerAppointedByProposer',
      puppet.address,
      branch.changshaAdmin.address,
    )
  })

  it('are not confirmed by who was appointed and then named itself: an appointment is not washed off', async () => {
    const [puppet] = branch.spare
    await as(branch.furongAdmin).nominateRegionAdmin(FURONG, branch.changshaAdmin.address)
    await as(branch.changshaAdmin).acceptRegionAdmin(FURONG)
    await as(branch.changshaAdmin).nominateRegionAdmin(CHANGSHA, puppet.address)
    await as(puppet).acceptRegionAdmin(CHANGSHA)
    await as(puppet).nominateRegionAdmin(CHANGSHA, puppet.address)
    await refused(as(puppet).acceptRegionAdmin(CHANGSHA), 'CallerNotNominated', puppet.address)
    const { appointedBy } = await ledger.tenureOfRegion(CHANGSHA)
    expect(appointedBy).to.equal(branch.changshaAdmin.address)
  })

  it('are confirmed from the seventh day in office on, and not a second before', async () => {
    const [newcomer] = branch.spare
    await as(branch.hunanAdmin).nominateRegionAdmin(CHANGSHA, newcomer.address)
    await as(newcomer).acceptRegionAdmin(CHANGSHA)
    const { heldSince } = await ledger.tenureOfRegion(CHANGSHA)
    await retireBureau(as(branch.furongAdmin))
    await chain.time.setNextBlockTimestamp(heldSince + 7n * BigInt(DAY) - 1n)
    await refused(retireBureau(as(newcomer)), 'ConfirmerTooNew', newcomer.address, heldSince)
    await chain.time.setNextBlockTimestamp(heldSince + 7n * BigInt(DAY))
    await retireBureau(as(newcomer))
    expect(await statusOf(FURONG_BUREAU)).to.equal(AgencyStatus.Retired)
  })

  describe('of a region whose admin is new in office', () => {
    it('are confirmed by nobody who could have appointed it for that, before the seventh day', async () => {
      const [puppet] = branch.spare
      await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, puppet.address)
      await as(puppet).acceptRegionAdmin(FURONG)
      const { heldSince } = await ledger.tenureOfRegion(FURONG)
      await retireBureau(as(puppet))
      await chain.time.setNextBlockTimestamp(heldSince + 7n * BigInt(DAY) - 1n)
      await refused(retireBureau(as(branch.changshaAdmin)), 'ProposerTooNew', FURONG, heldSince)
      await chain.time.setNextBlockTimestamp(heldSince + 7n * BigInt(DAY))
      await retireBureau(as(branch.changshaAdmin))
      expect(await statusOf(FURONG_BUREAU)).to.equal(AgencyStatus.Retired)
    })

    it('are confirmed by the superior of provinces, who appoints nobody', async () => {
      const [next] = branch.spare
      await ledger.nominateRegionAdmin(HUNAN, next.address)
      await as(next).acceptRegionAdmin(HUNAN)
      await byTwoKeys(
        branch,
        (caller) => caller.retireAgency(HUNAN_HOUSING, NO_AGENCY),
        next,
        branch.superior,
      )
    })
  })

  it('are confirmed for no region that was accredited within seven days', async () => {
    const [city, county, operator] = branch.spare
    await as(branch.hunanAdmin).accreditRegion(430200, HUNAN, city.address, named('株洲市'))
    await as(city).accreditRegion(430202, 430200, county.address, named('荷塘区'))
    await as(branch.hunanAdmin).moveAgency(FURONG_BUREAU, 430202)
    await as(county).nominateOperator(FURONG_BUREAU, operator.address)
    await retireBureau(as(county))
    const { heldSince } = await ledger.tenureOfRegion(430202)
    await refused(retireBureau(as(city)), 'ProposerTooNew', 430202, heldSince)
  })

  it('expire after thirty days, and may be proposed again', async () => {
    await retireBureau(as(branch.furongAdmin))
    const proposedAt = BigInt(await blockTime())
    await chain.time.setNextBlockTimestamp(proposedAt + 30n * BigInt(DAY))
    await refused(
      retireBureau(as(branch.changshaAdmin)),
      'CallerNotRegionAdmin',
      FURONG,
      branch.changshaAdmin.address,
    )
    await retireBureau(as(branch.furongAdmin))
    const again = BigInt(await blockTime())
    await chain.time.setNextBlockTimestamp(again + 30n * BigInt(DAY) - 1n)
    await retireBureau(as(branch.changshaAdmin))
  })

  it('are taken back by their proposer alone, and then wait for no second key', async () => {
    await retireBureau(as(branch.furongAdmin))
    const hash = callHash(ledger, 'retireAgency', [FURONG_BUREAU, NO_AGENCY])
    for (const caller of [branch.changshaAdmin, branch.superior])
      await refused(as(caller).withdrawProposal(hash), 'ProposalNotOfCaller', hash, caller.address)
    await expect(as(branch.furongAdmin).withdrawProposal(hash))
      .to.emit(ledger, 'ProposalWithdrawn')
      .withArgs(hash, branch.furongAdmin.address)
    await refused(
      as(branch.furongAdmin).withdrawProposal(hash),
      'ProposalNotOfCaller',
      hash,
      branch.furongAdmin.address,
    )
    await refused(
      retireBureau(as(branch.changshaAdmin)),
      'CallerNotRegionAdmin',
      FURONG,
      branch.changshaAdmin.address,
    )
  })

  it('die with the proposer’s office, and keep the rightful admin out of nothing', async () => {
    const [rightful] = branch.spare
    await retireBureau(as(branch.furongAdmin))
    await as(branch.changshaAdmin).nominateRegionAdmin(FURONG, rightful.address)
    await as(rightful).acceptRegionAdmin(FURONG)
    await refused(
      retireBureau(as(branch.changshaAdmin)),
      'CallerNotRegionAdmin',
      FURONG,
      branch.changshaAdmin.address,
    )
    await chain.time.increase(7 * DAY)
    await byTwoKeys(branch, retireBureau, rightful, branch.changshaAdmin)
  })

  it('rest while the proposer’s region is stopped', async () => {
    await retireBureau(as(branch.furongAdmin))
    await as(branch.changshaAdmin).suspendRegion(FURONG)
    await refused(retireBureau(as(branch.changshaAdmin)), 'RegionNotActive', FURONG)
    await refused(retireBureau(as(branch.furongAdmin)), 'RegionNotActive', FURONG)
  })

  it('are confirmed once: the same call afterwards begins anew', async () => {
    await byTwoKeys(branch, retireBureau, branch.furongAdmin, branch.changshaAdmin)
    const reinstate: Call = (caller) => caller.reinstateAgency(FURONG_BUREAU)
    await byTwoKeys(branch, reinstate, branch.furongAdmin, branch.changshaAdmin)
    expect(await statusOf(FURONG_BUREAU)).to.equal(AgencyStatus.Suspended)
    await refused(
      retireBureau(as(branch.changshaAdmin)),
      'CallerNotRegionAdmin',
      FURONG,
      branch.changshaAdmin.address,
    )
  })

  describe('above a province', () => {
    const retireHousing: Call = (caller) => caller.retireAgency(HUNAN_HOUSING, NO_AGENCY)

    it('are confirmed by whom the council named, and by no one that holds another of its roles', async () => {
      await retireHousing(as(branch.hunanAdmin))
      for (const caller of [branch.council, branch.keeper, branch.guangdongAdmin, branch.hunanAdmin])
        await refused(retireHousing(as(caller)), 'CallerNotSuperior', 0, caller.address)
      await retireHousing(as(branch.superior))
      expect(await statusOf(HUNAN_HOUSING)).to.equal(AgencyStatus.Retired)
    })

    it('are not confirmed by who was named within seven days, nor by who lost the office', async () => {
      const [newcomer] = branch.spare
      await retireHousing(as(branch.hunanAdmin))
      await dismissSuperior(branch, branch.superior)
      await refused(retireHousing(as(branch.superior)), 'CallerNotSuperior', 0, branch.superior.address)
      await nameSuperior(branch, newcomer)
      const heldSince = BigInt(await blockTime())
      await refused(retireHousing(as(newcomer)), 'ConfirmerTooNew', newcomer.address, heldSince)
      await chain.time.increase(7 * DAY)
      await retireHousing(as(newcomer))
    })

    it('retire and reinstate a province', async () => {
      const retire: Call = (caller) => caller.retireRegion(440000, 0)
      await retire(as(branch.guangdongAdmin))
      await refused(retire(as(branch.council)), 'CallerNotSuperior', 0, branch.council.address)
      await retire(as(branch.superior))
      expect((await ledger.region(440000)).status).to.equal(RegionStatus.Retired)
      const reinstate: Call = (caller) => caller.reinstateRegion(440000)
      await refused(reinstate(as(branch.superior)), 'CallerNotRegionAdmin', 440000, branch.superior.address)
      await byTwoKeys(branch, reinstate, branch.guangdongAdmin, branch.superior)
      expect((await ledger.region(440000)).status).to.equal(RegionStatus.Closed)
      await ledger.reopenRegion(440000)
      expect((await ledger.region(440000)).status).to.equal(RegionStatus.Active)
    })
  })

  it('rest while a region above is stopped, for the superior of provinces too', async () => {
    await retireStreet(as(branch.streetAdmin))
    await ledger.suspendRegion(HUNAN)
    for (const caller of [branch.streetAdmin, branch.furongAdmin, branch.superior])
      await refused(retireStreet(as(caller)), 'RegionNotActive', HUNAN)
    await ledger.resumeRegion(HUNAN)
    await retireStreet(as(branch.furongAdmin))
    expect((await ledger.region(STREET)).status).to.equal(RegionStatus.Retired)
  })
})
