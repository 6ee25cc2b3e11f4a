/** Finding 7: a province whose admin key is stolen is stopped at once, and for as long as a vote on it takes. */
import { expect } from 'chai'
import type { BaseContract } from 'ethers'
import { beforeEach, describe, it } from 'mocha'
import {
  accessManagerOf,
  type Branch,
  CHANGSHA,
  DAY,
  deployBranch,
  expectRefusal,
  FURONG,
} from './branch-fixture.ts'
import {
  blockTime,
  chain,
  decided,
  ethers,
  GUANGDONG,
  HUNAN,
  HUNAN_HOUSING,
  type Ledger,
  named,
  rootOf,
  StatusAct,
} from './ledger-fixture.ts'

const HOUR = 3600
/** The council's, as this test deploys it. */
const VOTING = { delay: DAY, period: 7 * DAY }
const ADMISSION = 1n
const For = 1
const Against = 0
const REASON = '湖南省管理员密钥失窃'

interface Assembly extends Branch {
  assembly: BaseContract
  seats: BaseContract
}

/** The branch, with a council of its two provinces that suspends and resumes regions. */
async function deployAssembly(): Promise<Assembly> {
  const branch = await deployBranch()
  const { ledger, council } = branch
  const manager = await accessManagerOf(ledger)
  const seats = await ethers.deployContract('Seats', [await ledger.getAddress()], council)
  const assembly = await ethers.deployContract(
    'Council',
    [await seats.getAddress(), await manager.getAddress(), VOTING.delay, VOTING.period],
    council,
  )
  const selectors = ['suspendRegion', 'resumeRegion'].map(
    (name) => ledger.interface.getFunction(name)?.selector,
  )
  await manager.getFunction('setTargetFunctionRole')(await ledger.getAddress(), selectors, ADMISSION)
  await manager.getFunction('grantRole')(ADMISSION, await assembly.getAddress(), 2 * DAY)
  for (const [province, admin] of [
    [HUNAN, branch.hunanAdmin],
    [GUANGDONG, branch.guangdongAdmin],
  ] as const)
    await (seats.connect(admin) as BaseContract).getFunction('take')(province)
  await chain.time.increase(10)
  return { ...branch, assembly, seats }
}

describe('The pause of a province', () => {
  let fixture: Assembly
  let ledger: Ledger
  let asKeeper: Ledger
  let pausedAt: number
  const refused = (attempt: Promise<unknown>, error: string, ...values: readonly unknown[]): Promise<void> =>
    expectRefusal(fixture, attempt, error, ...values)
  const anchor = async (): Promise<unknown> => {
    const { indexCount } = await ledger.agency(HUNAN_HOUSING)
    const entry = { root: rootOf(Number(indexCount) + 1), size: 1 }
    return ledger.connect(fixture.operator).anchor(HUNAN_HOUSING, indexCount, entry)
  }
  const pausedUntil = async (): Promise<number> => Number((await ledger.region(HUNAN)).pausedUntil)

  beforeEach(async () => {
    fixture = await chain.loadFixture(deployAssembly)
    ledger = fixture.ledger
    asKeeper = ledger.connect(fixture.keeper)
  })

  /** A proposal to call one function of the ledger. */
  async function motion(name: string, values: readonly unknown[], text = REASON) {
    const data = ledger.interface.encodeFunctionData(name, values)
    return { call: [[await ledger.getAddress()], [0], [data]] as const, text }
  }
  async function propose(name = 'suspendRegion', values: readonly unknown[] = [HUNAN], text = REASON) {
    const { call } = await motion(name, values, text)
    const asProvince = fixture.assembly.connect(fixture.guangdongAdmin) as BaseContract
    await asProvince.getFunction('propose')(...call, text)
    return (await fixture.assembly.getFunction('hashProposal')(...call, ethers.id(text))) as bigint
  }
  async function vote(number: bigint, voices: readonly number[]): Promise<void> {
    for (const [place, voice] of voices.entries()) {
      const voter = place === 0 ? fixture.guangdongAdmin : fixture.hunanAdmin
      await (fixture.assembly.connect(voter) as BaseContract).getFunction('castVote')(number, voice)
    }
  }
  const extend = async (text = REASON): Promise<unknown> =>
    asKeeper.extendPause(HUNAN, await fixture.assembly.getAddress(), ethers.id(text))
  async function pause(): Promise<void> {
    await asKeeper.pauseRegion(HUNAN)
    pausedAt = await blockTime()
  }

  describe('by one key, without a vote', () => {
    it('stops the province and all that lies in it at once, for 72 hours to the second', async () => {
      const at = (await blockTime()) + 10
      await chain.time.setNextBlockTimestamp(at)
      await expect(asKeeper.pauseRegion(HUNAN))
        .to.emit(ledger, 'RegionPaused')
        .withArgs(HUNAN, at + 72 * HOUR)
      const until = await pausedUntil()
      await refused(anchor(), 'RegionNotActive', HUNAN)
      const deed = ledger
        .connect(fixture.operator)
        .act(HUNAN_HOUSING, StatusAct.Suspend, [0], await decided())
      await refused(deed, 'RegionNotActive', HUNAN)
      const someone = fixture.spare[0].address
      for (const attempt of [
        ledger.connect(fixture.hunanAdmin).suspendAgency(HUNAN_HOUSING),
        ledger.connect(fixture.hunanAdmin).nominateRegionAdmin(HUNAN, someone),
        ledger.connect(fixture.hunanAdmin).suspendRegion(CHANGSHA),
        ledger.connect(fixture.changshaAdmin).suspendRegion(FURONG),
        ledger.connect(fixture.furongAdmin).accreditRegion(430102002, FURONG, someone, named('某街道')),
      ])
        await refused(attempt, 'RegionNotActive', HUNAN)
      expect(await ledger.isAdminOf(HUNAN, fixture.hunanAdmin.address)).to.equal(false)
      expect(await ledger.isAdminOf(GUANGDONG, fixture.guangdongAdmin.address)).to.equal(true)

      await chain.time.setNextBlockTimestamp(until - 1)
      await refused(anchor(), 'RegionNotActive', HUNAN)
      await chain.time.setNextBlockTimestamp(until)
      await anchor()
    })

    it('keeps the province its seat and its voice', async () => {
      await pause()
      await fixture.seats.getFunction('sync')(HUNAN)
      expect(await fixture.seats.getFunction('seatOf')(HUNAN)).to.equal(fixture.hunanAdmin.address)
      const number = await propose()
      await chain.time.increase(VOTING.delay + 1)
      await vote(number, [For, Against])
      const { againstVotes } = await fixture.assembly.getFunction('proposalVotes')(number)
      expect(againstVotes).to.equal(1n)
    })

    it('ends earlier by the same key, and its province goes on', async () => {
      await pause()
      await chain.time.setNextBlockTimestamp(pausedAt + 10)
      await expect(asKeeper.endPause(HUNAN))
        .to.emit(ledger, 'RegionPaused')
        .withArgs(HUNAN, pausedAt + 10)
      await anchor()
      await refused(asKeeper.endPause(HUNAN), 'RegionNotPaused', HUNAN)
    })

    it('does not come again within thirty days, ended early or not', async () => {
      await pause()
      await refused(asKeeper.pauseRegion(HUNAN), 'RegionPausedLately', HUNAN, pausedAt)
      await asKeeper.endPause(HUNAN)
      await chain.time.setNextBlockTimestamp(pausedAt + 30 * DAY - 1)
      await refused(asKeeper.pauseRegion(HUNAN), 'RegionPausedLately', HUNAN, pausedAt)
      await chain.time.setNextBlockTimestamp(pausedAt + 30 * DAY)
      await asKeeper.pauseRegion(HUNAN)
    })

    it('is the keeper’s alone to begin, to extend and to end', async () => {
      const council = await fixture.assembly.getAddress()
      for (const caller of [fixture.hunanAdmin, fixture.guangdongAdmin, fixture.superior, fixture.council]) {
        const asCaller = ledger.connect(caller)
        for (const attempt of [
          asCaller.pauseRegion(HUNAN),
          asCaller.extendPause(HUNAN, council, ethers.id(REASON)),
          asCaller.endPause(HUNAN),
        ])
          await refused(attempt, 'AccessManagedUnauthorized', caller.address)
      }
    })

    it('is of a known province, and of no city, county or street', async () => {
      for (const code of [CHANGSHA, FURONG, 430102001, 110000, 0])
        await refused(asKeeper.pauseRegion(code), 'RegionUnknown', code)
    })

    it('lets the council name another admin meanwhile, who governs when it ends', async () => {
      await pause()
      const [rightful] = fixture.spare
      await ledger.nominateRegionAdmin(HUNAN, rightful.address)
      await ledger.connect(rightful).acceptRegionAdmin(HUNAN)
      const early = ledger.connect(rightful).suspendAgency(HUNAN_HOUSING)
      await refused(early, 'RegionNotActive', HUNAN)
      await asKeeper.endPause(HUNAN)
      await ledger.connect(rightful).suspendAgency(HUNAN_HOUSING)
    })

    it('leaves to whom the council named what the province’s admin did: to annul, and to move', async () => {
      await ledger.connect(fixture.operator).anchor(HUNAN_HOUSING, 0, { root: rootOf(1), size: 1 })
      await pause()
      const annul = async (as: Ledger): Promise<unknown> =>
        as.act(HUNAN_HOUSING, StatusAct.Annul, [0], await decided())
      await refused(annul(ledger.connect(fixture.hunanAdmin)), 'RegionNotActive', HUNAN)
      await annul(ledger.connect(fixture.superior))
      await ledger.connect(fixture.superior).moveAgency(HUNAN_HOUSING, GUANGDONG)
    })
  })

  describe('while a vote on the suspension runs', () => {
    it('lasts until three days after the vote', async () => {
      await pause()
      const number = await propose()
      const deadline = Number(await fixture.assembly.getFunction('proposalDeadline')(number))
      await extend()
      expect(await pausedUntil()).to.equal(deadline + 3 * DAY)
      await chain.time.increase(8 * DAY)
      await refused(anchor(), 'RegionNotActive', HUNAN)
      expect(await blockTime()).to.be.greaterThan(pausedAt + 72 * HOUR)
    })

    it('lasts no longer than fourteen days in all, whatever is voted on', async () => {
      await pause()
      await chain.time.increase(71 * HOUR)
      await propose()
      await extend()
      expect(await pausedUntil()).to.be.lessThan(pausedAt + 14 * DAY)
      await chain.time.increase(9 * DAY)
      await propose('suspendRegion', [HUNAN], 'once more')
      await extend('once more')
      expect(await pausedUntil()).to.equal(pausedAt + 14 * DAY)
      await chain.time.setNextBlockTimestamp(pausedAt + 14 * DAY)
      await anchor()
    })

    it('goes over into the suspension that the vote decided', async () => {
      await pause()
      const number = await propose()
      await extend()
      await chain.time.increase(VOTING.delay + 1)
      await vote(number, [For, For])
      await chain.time.increase(VOTING.period)
      await extend()
      const { call } = await motion('suspendRegion', [HUNAN])
      await fixture.assembly.getFunction('queue')(...call, ethers.id(REASON))
      await chain.time.increase(2 * DAY)
      await refused(anchor(), 'RegionNotActive', HUNAN)
      await fixture.assembly.getFunction('execute')(...call, ethers.id(REASON))
      await chain.time.increase(30 * DAY)
      await refused(anchor(), 'RegionNotActive', HUNAN)
      expect(await pausedUntil()).to.be.lessThan(await blockTime())
    })

    it('is extended by no vote that was never proposed, is of another call or region, or failed', async () => {
      await pause()
      await refused(extend(), 'RegionVoteNotRunning', HUNAN)
      await propose('resumeRegion', [HUNAN], 'resume')
      await propose('suspendRegion', [GUANGDONG], 'the other')
      await refused(extend('resume'), 'RegionVoteNotRunning', HUNAN)
      await refused(extend('the other'), 'RegionVoteNotRunning', HUNAN)

      await propose()
      const { call } = await motion('suspendRegion', [HUNAN])
      const asProvince = fixture.assembly.connect(fixture.guangdongAdmin) as BaseContract
      await asProvince.getFunction('cancel')(...call, ethers.id(REASON))
      await refused(extend(), 'RegionVoteNotRunning', HUNAN)

      const number = await propose('suspendRegion', [HUNAN], 'defeated')
      await extend('defeated')
      await chain.time.increase(VOTING.delay + 1)
      await vote(number, [Against, Against])
      await chain.time.increase(VOTING.period)
      await refused(extend('defeated'), 'RegionVoteNotRunning', HUNAN)
    })

    it('is extended by no council that could not suspend the region', async () => {
      await pause()
      await propose()
      const impostor = await ethers.deployContract('Council', [
        await fixture.seats.getAddress(),
        await ledger.authority(),
        VOTING.delay,
        VOTING.period,
      ])
      const { call } = await motion('suspendRegion', [HUNAN])
      const asProvince = impostor.connect(fixture.guangdongAdmin) as BaseContract
      await asProvince.getFunction('propose')(...call, REASON)
      for (const council of [await impostor.getAddress(), fixture.keeper.address]) {
        const attempt = asKeeper.extendPause(HUNAN, council, ethers.id(REASON))
        await refused(attempt, 'RegionVoteNotRunning', HUNAN)
      }
    })

    it('lasts as long as it may once the vote is won, whatever the council’s delay, and no other makes it shorter', async () => {
      const number = await propose()
      await chain.time.increase(VOTING.delay + 1)
      await vote(number, [For, For])
      await chain.time.increase(VOTING.period + HOUR)
      await pause()
      await extend()
      expect(await pausedUntil()).to.equal(pausedAt + 14 * DAY)
      await propose('suspendRegion', [HUNAN], 'once more')
      await extend('once more')
      expect(await pausedUntil()).to.equal(pausedAt + 14 * DAY)
      await chain.time.increase(11 * DAY)
      await refused(anchor(), 'RegionNotActive', HUNAN)
    })

    it('is not extended when it is over, nor where there is none', async () => {
      await propose()
      await refused(extend(), 'RegionNotPaused', HUNAN)
      await pause()
      await chain.time.increase(72 * HOUR)
      await refused(extend(), 'RegionNotPaused', HUNAN)
    })
  })
})
