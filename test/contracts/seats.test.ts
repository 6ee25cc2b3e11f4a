/** One voice a province, taken by its admin itself and kept by nobody who lost its office. */
import { expect } from 'chai'
import { after, before, beforeEach, describe, it } from 'mocha'
import {
  type Alliance,
  account,
  as,
  deployer,
  foundAlliance,
  NOBODY,
  nameOf,
  provinces,
  refusal,
  send,
  stranger,
} from './governance-fixture.ts'

const [first, second] = provinces
const successor = account(8)

describe('Seats', () => {
  let alliance: Alliance
  const seatOf = (region: number): Promise<string> => alliance.seats.getFunction('seatOf')(region)
  const votesOf = (who: string): Promise<bigint> => alliance.seats.getFunction('getVotes')(who)
  const replaceAdmin = async (): Promise<void> => {
    await send(as(alliance.ledger, first.admin), 'nominateRegionAdmin', first.region, successor.address)
    await send(as(alliance.ledger, successor), 'acceptRegionAdmin', first.region)
  }

  before(async () => {
    alliance = await foundAlliance()
  })
  beforeEach(() => alliance.forget())
  after(() => alliance.close())

  it('are taken by the admin of the province alone: nobody fills one for another', async () => {
    await send(as(alliance.ledger, deployer), 'admitRegion', 110000, successor.address, nameOf(110000))
    for (const who of [deployer, stranger, first.admin]) {
      expect(await refusal(as(alliance.seats, who), 'take', 110000)).to.equal('SeatNotEntitled')
    }
    await send(as(alliance.seats, stranger), 'sync', 110000)
    await send(as(alliance.seats, stranger), 'syncAll')
    expect(await seatOf(110000), 'not by anybody’s sync').to.equal(NOBODY)
    await send(as(alliance.seats, successor), 'take', 110000)
    expect(await seatOf(110000)).to.equal(successor.address)
    expect(await votesOf(successor.address)).to.equal(1n)
  })

  it('are taken once: a second call changes nothing', async () => {
    await send(as(alliance.seats, first.admin), 'take', first.region)
    expect(await votesOf(first.admin.address)).to.equal(1n)
    expect((await alliance.seats.getFunction('seated')()).length).to.equal(provinces.length)
  })

  it('pass on with the office: the new admin takes what the old one loses', async () => {
    await replaceAdmin()
    expect(await alliance.seats.getFunction('isSeated')(first.admin.address)).to.equal(false)
    await send(as(alliance.seats, successor), 'take', first.region)
    expect(await seatOf(first.region)).to.equal(successor.address)
    expect(await votesOf(first.admin.address)).to.equal(0n)
    expect(await votesOf(successor.address)).to.equal(1n)
    expect((await alliance.seats.getFunction('seated')()).length).to.equal(provinces.length)
  })

  it('are vacated by anyone when dead, and by nobody while alive', async () => {
    await send(as(alliance.seats, stranger), 'syncAll')
    expect((await alliance.seats.getFunction('seated')()).length).to.equal(provinces.length)
    for (const { region } of [first, second]) {
      await send(as(alliance.ledger, deployer), 'suspendRegion', region)
    }
    await send(as(alliance.seats, stranger), 'sync', first.region)
    expect(await seatOf(first.region)).to.equal(NOBODY)
    expect(await seatOf(second.region)).to.equal(second.admin.address)
    await send(as(alliance.seats, stranger), 'syncAll')
    const left: bigint[] = await alliance.seats.getFunction('seated')()
    expect(left.map(Number).toSorted()).to.deep.equal([220000, 420000, 510000])
    expect(await refusal(as(alliance.seats, first.admin), 'take', first.region)).to.equal('SeatNotEntitled')
    await send(as(alliance.ledger, deployer), 'resumeRegion', first.region)
    expect(await seatOf(first.region), 'resumed, not seated').to.equal(NOBODY)
    await send(as(alliance.seats, first.admin), 'take', first.region)
    expect(await votesOf(first.admin.address)).to.equal(1n)
  })

  it('are one an account: not two provinces’ at once, but another’s after the first is lost', async () => {
    await send(as(alliance.ledger, first.admin), 'nominateRegionAdmin', first.region, second.admin.address)
    await send(as(alliance.ledger, second.admin), 'acceptRegionAdmin', first.region)
    expect(await refusal(as(alliance.seats, second.admin), 'take', first.region)).to.equal('SeatAccountTaken')
    await send(as(alliance.ledger, deployer), 'suspendRegion', second.region)
    await send(as(alliance.seats, second.admin), 'take', first.region)
    expect(await seatOf(first.region)).to.equal(second.admin.address)
    expect(await seatOf(second.region)).to.equal(NOBODY)
    expect(await votesOf(second.admin.address)).to.equal(1n)
  })

  it('are of provinces, not of what lies in them', async () => {
    await send(
      as(alliance.ledger, first.admin),
      'accreditRegion',
      430100,
      first.region,
      successor.address,
      nameOf(430100),
    )
    expect(await refusal(as(alliance.seats, successor), 'take', 430100)).to.equal('SeatNotEntitled')
  })

  it('cannot be delegated', async () => {
    const asFirst = as(alliance.seats, first.admin)
    expect(await refusal(asFirst, 'delegate', second.admin.address)).to.equal('SeatNotDelegable')
    const word = `0x${'11'.repeat(32)}`
    const bySig = [second.admin.address, 0, 2n ** 40n, 27, word, word]
    expect(await refusal(asFirst, 'delegateBySig', ...bySig)).to.equal('SeatNotDelegable')
    expect(await alliance.seats.getFunction('CLOCK_MODE')()).to.equal('mode=timestamp')
  })
})
