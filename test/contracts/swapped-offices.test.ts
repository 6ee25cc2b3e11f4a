/** Of whoever left an office and whoever holds it one has the claim, and no return moves it: however often it is swapped. */
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { type Branch, DAY, deployBranch, expectRefusal, FURONG, FURONG_BUREAU } from './branch-fixture.ts'
import { blockTime, chain, ethers } from './ledger-fixture.ts'

type Signer = Branch['spare'][number]

async function seat({ ledger, changshaAdmin }: Branch, admin: Signer): Promise<void> {
  await ledger.connect(changshaAdmin).nominateRegionAdmin(FURONG, admin.address)
  await ledger.connect(admin).acceptRegionAdmin(FURONG)
}

describe('An office that was returned to and fro', () => {
  it('remembers the operator of years, whoever is named after it', async () => {
    const branch = await chain.loadFixture(deployBranch)
    const [one, other] = branch.spare
    const thief = branch.ledger.connect(branch.furongAdmin)
    const honest = branch.furongOperator.address
    await thief.nominateOperator(FURONG_BUREAU, one.address)
    await branch.ledger.connect(one).acceptOperator(FURONG_BUREAU)
    await thief.returnAgency(FURONG_BUREAU)
    await thief.returnAgency(FURONG_BUREAU)
    await thief.nominateOperator(FURONG_BUREAU, other.address)
    await branch.ledger.connect(other).acceptOperator(FURONG_BUREAU)
    expect((await branch.ledger.formerOperator(FURONG_BUREAU)).account).to.equal(honest)
  })

  it('goes back to the admin of years by the next admin above', async () => {
    const branch = await chain.loadFixture(deployBranch)
    const [one, other] = branch.spare
    const thief = branch.ledger.connect(branch.changshaAdmin)
    await seat(branch, one)
    await thief.returnRegion(FURONG)
    await thief.returnRegion(FURONG)
    await seat(branch, other)
    await branch.ledger.connect(branch.hunanAdmin).returnRegion(FURONG)
    expect((await branch.ledger.region(FURONG)).admin).to.equal(branch.furongAdmin.address)
  })

  it('never goes to a key that ended as stolen fifty days ago', async () => {
    const branch = await chain.loadFixture(deployBranch)
    const [lawful, accomplice] = branch.spare
    const thief = branch.ledger.connect(branch.changshaAdmin)
    await seat(branch, lawful)
    await chain.time.increase(50 * DAY)
    for (let times = 0; times < 3; times++) await thief.returnRegion(FURONG)
    await seat(branch, accomplice)
    await branch.ledger.connect(branch.hunanAdmin).returnRegion(FURONG)
    expect((await branch.ledger.region(FURONG)).admin).to.equal(lawful.address)
  })

  it('goes back for sixty days, and not for as long as somebody returns it twice in each', async () => {
    const branch = await chain.loadFixture(deployBranch)
    const [lawful] = branch.spare
    const thief = branch.ledger.connect(branch.changshaAdmin)
    await seat(branch, lawful)
    const leftAt = await blockTime()
    for (const days of [20, 30, 59]) {
      await chain.time.increaseTo(leftAt + days * DAY)
      await thief.returnRegion(FURONG)
      await thief.returnRegion(FURONG)
    }
    expect((await branch.ledger.formerRegionAdmin(FURONG)).account).to.equal(branch.furongAdmin.address)
    await chain.time.increaseTo(leftAt + 60 * DAY)
    expect((await branch.ledger.formerRegionAdmin(FURONG)).account).to.equal(ethers.ZeroAddress)
    await expectRefusal(branch, thief.returnRegion(FURONG), 'OfficeNotLeft')
  })

  it('goes back for sixty days to whom a return put out, however long ago the other had left', async () => {
    const branch = await chain.loadFixture(deployBranch)
    const [lawful] = branch.spare
    const thief = branch.ledger.connect(branch.changshaAdmin)
    await seat(branch, lawful)
    await chain.time.increase(59 * DAY)
    await thief.returnRegion(FURONG)
    await chain.time.increase(59 * DAY)
    await branch.ledger.connect(branch.hunanAdmin).returnRegion(FURONG)
    expect((await branch.ledger.region(FURONG)).admin).to.equal(lawful.address)
  })
})
