/** A day that is past is refused, and one that will be past in a vote told as what the contracts then enter. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LICENCE_TYPES } from '@hefu/protocol'
import { expect } from 'chai'
import { Contract } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { readArtifact } from '../../../../scripts/deploy/artifact.ts'
import { RESTRICTED } from '../../../../scripts/deploy/deployment-plan.ts'
import { HUNAN_HOUSING } from '../../../../scripts/sandbox/provinces.ts'
import type { Outcome } from '../fixtures/command.ts'
import {
  type CouncilAtWork,
  createCouncilAtWork,
  DAY,
  GUANGDONG,
  HUNAN,
} from '../fixtures/council-at-work.ts'

const TEACHER = LICENCE_TYPES.find(({ slug }) => slug === 'teacher')?.code ?? ''
const PAST = '2020-01-31'
const NOT_FOR_THE_PAST = '届时已过，不溯及既往'

describe('A day that is past', function () {
  this.timeout(240_000)
  let world: CouncilAtWork
  let rulebook: Contract
  let document: string

  before(async () => {
    world = await createCouncilAtWork()
    const { rulebook: address } = world.deployment
    rulebook = new Contract(address, readArtifact(RESTRICTED.rulebook).abi, world.wallets.hunan.provider)
    document = join(world.sandbox.folder.keys, 'document')
    writeFileSync(document, '批复')
  })
  after(() => world?.stop())

  type Term = { readonly from: number | null; readonly until: number | null }
  const termOf = ({ events }: Outcome): Term => {
    const [term = { from: null, until: null }] = (events[0]?.['terms'] ?? []) as readonly Term[]
    return term
  }
  const done = async (...args: readonly string[]): Promise<Outcome> => {
    const outcome = await world.region('hunan', ...args, '--json')
    expect(outcome.code, outcome.stderr).to.equal(0)
    return outcome
  }
  const responsibleAt = async (time: number): Promise<readonly bigint[]> =>
    rulebook.getFunction('responsibilityAt')(bytes(HUNAN_HOUSING), bytes(TEACHER), time)
  const now = async (): Promise<number> =>
    (await rulebook.runner?.provider?.getBlock('latest'))?.timestamp ?? 0
  const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)
  const bytes = (text: string): string => `0x${Buffer.from(text, 'latin1').toString('hex')}`
  const isNow = (outcome: Outcome, time: number | null): void => {
    expect(time).to.equal(outcome.events[0]?.['blockTime'])
  }

  for (const args of [
    ['assign', HUNAN_HOUSING, 'teacher', '--from', PAST],
    ['end-responsibility', HUNAN_HOUSING, 'teacher', '--at', PAST],
    ['end-refusal', GUANGDONG, 'teacher', '--at', PAST],
  ]) {
    it(`is refused by ${args[0]}, and nothing is sent`, async () => {
      const nonce = await world.wallets.hunan.getNonce()
      const refused = await world.region('hunan', ...args)
      expect(refused.code).to.equal(2)
      expect(refused.stderr).to.include('[day-past]')
      expect(await world.wallets.hunan.getNonce()).to.equal(nonce)
    })
  }

  it('ends now as of about the block, and the term is told as the event has it', async () => {
    const ended = await done('end-responsibility', HUNAN_HOUSING, 'teacher', '--at', 'now')
    const until = Number(termOf(ended).until)
    expect(until).to.be.at.least(Number(ended.events[0]?.['blockTime']))
    expect(await responsibleAt(until - 1)).to.not.deep.equal([0n, 0n])
    expect(await responsibleAt(until)).to.deep.equal([0n, 0n])
    await world.pass(120)
  })

  it('begun today begins as of its block, and is told so', async () => {
    const today = dayOf((await now()) + 8 * 3600)
    const assigned = await done('assign', HUNAN_HOUSING, 'teacher', '--from', today)
    expect(assigned.stderr).to.include('即时 起')
    isNow(assigned, termOf(assigned).from)
    const [from] = await responsibleAt(Number(termOf(assigned).from))
    expect(Number(from)).to.equal(termOf(assigned).from)
  })

  it('and one to come is entered and told as it is', async () => {
    await done('end-responsibility', HUNAN_HOUSING, 'teacher', '--at', 'now')
    await world.pass(120)
    const assigned = await world.region('hunan', 'assign', HUNAN_HOUSING, 'teacher', '--from', '2098-01-01')
    expect(assigned.code, assigned.stderr).to.equal(0)
    expect(assigned.stderr).to.not.include(NOT_FOR_THE_PAST)
    expect(assigned.stdout).to.include('链上所记：2098-01-01 00:00 起至 不限期')
  })

  it('an entry of a negative list and the end of a key are told by their events too', async () => {
    const refusal = [GUANGDONG, 'teacher', '--issuing', HUNAN]
    const papers = ['--approval', '粤府函〔2026〕1号', '--document', document]
    const entered = await world.region('guangdong', 'refuse', ...refusal, ...papers, '--json')
    expect(entered.code, entered.stderr).to.equal(0)
    isNow(entered, termOf(entered).from)
    const ended = await done('end-key', HUNAN_HOUSING, world.sandbox.issuingKey.kid, '--at', '2098-12-31')
    expect(ended.events[0]?.['terms']).to.deep.equal([
      { from: null, until: Date.parse('2099-01-01T00:00+08:00') / 1000 },
    ])
  })

  it('in a vote is told as the time of its execution, which then is what the ledger has', async () => {
    const soon = dayOf((await now()) + 3 * DAY)
    const put = await world.run('hunan', 'end-baseline', 'teacher', '--at', soon)
    expect(put.stdout, put.stderr).to.include(NOT_FOR_THE_PAST)
    await world.pass(DAY + 60)
    for (const who of ['hunan', 'guangdong'] as const) await world.run(who, 'vote', '1', 'for')
    await world.pass(7 * DAY + 60)
    expect((await world.run('hunan', 'queue', '1')).code).to.equal(0)
    await world.pass(2 * DAY + 60)
    expect((await world.run(null, 'votes')).stdout).to.include(NOT_FOR_THE_PAST)
    const executed = await world.run('hunan', 'execute', '1', '--json')
    expect(executed.code, executed.stderr).to.equal(0)
    isNow(executed, termOf(executed).until)
  })

  it('is no day of the calendar: nothing is sent', async () => {
    const nonce = await world.wallets.hunan.getNonce()
    const refused = await world.region('hunan', 'assign', HUNAN_HOUSING, 'teacher', '--from', '2020-02-30')
    expect(refused.code).to.equal(2)
    expect(await world.wallets.hunan.getNonce()).to.equal(nonce)
  })
})
