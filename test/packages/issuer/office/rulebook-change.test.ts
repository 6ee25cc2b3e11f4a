/** Another rulebook is compared with the one in force before anybody votes on it, and before it is named. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LICENCE_TYPES } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { DeploymentMismatchError } from '../../../../scripts/deploy/artifact.ts'
import { HUNAN_HOUSING } from '../../../../scripts/sandbox/provinces.ts'
import type { Outcome } from '../fixtures/command.ts'
import { type CouncilAtWork, createCouncilAtWork, DAY } from '../fixtures/council-at-work.ts'

describe('Another rulebook', function () {
  this.timeout(240_000)
  let world: CouncilAtWork
  let empty: string

  before(async () => {
    world = await createCouncilAtWork()
    empty = await world.deployRulebook()
  })
  after(() => world?.stop())

  const change = (address: string, ...more: readonly string[]): Promise<Outcome> =>
    world.run('hunan', 'change-rulebook', address, ...more)
  const votes = async (): Promise<string> => (await world.run(null, 'votes')).stdout

  for (const [what, addressOf, code, exit] of [
    ['the one in force', () => world.deployment.rulebook.toLowerCase(), 'rulebook-in-force', 2],
    ['an address without code', () => `0x${'00'.repeat(19)}01`, 'rulebook-missing', 2],
    ['a contract that is no rulebook', () => world.deployment.council.toLowerCase(), 'rulebook-foreign', 2],
  ] as const) {
    it(`that is ${what} is refused before the vote is put`, async () => {
      const refused = await change(addressOf())
      expect(refused.code).to.equal(exit)
      expect(refused.stderr).to.include(`[${code}]`)
      expect((await change(addressOf(), '--anyway', '--fewer')).code).to.equal(exit)
      expect(await votes()).to.include('理事会没有提案')
    })
  }

  it('is deployed beside its ledger and nowhere else: on another chain, or without it, nothing is', async () => {
    const refusalOf = (otherwise: object): Promise<unknown> =>
      world.deployRulebook(otherwise).then(
        () => null,
        (reason: unknown) => reason,
      )
    for (const [otherwise, says] of [
      [{ chainId: 1 }, 'the record is of chain 1'],
      [{ ledger: `0x${'99'.repeat(20)}` }, 'does not stand at'],
    ] as const) {
      const refusal = await refusalOf(otherwise)
      expect(refusal).to.be.instanceOf(DeploymentMismatchError)
      expect(String((refusal as Error).message)).to.include(says)
    }
  })

  it('that is empty is shown beside the one in force, and not put to the vote unless that is meant', async () => {
    const refused = await change(empty)
    expect(refused.code).to.equal(2)
    expect(refused.stderr)
      .to.include('[rulebook-lacks]')
      .and.match(
        /现行规则手册 0x[0-9a-f]{40}：证照类型 [1-9]\d*，事项 \d+，全国互认清单 [1-9]\d*，签发职责 [1-9]\d*/,
      )
      .and.include(`拟改用的规则手册 ${empty}：证照类型 0，事项 0，全国互认清单 0，签发职责 0`)
      .and.match(/缺少现行手册中的证照类型：.*11100000000013127D001/)
      .and.include('签发职责只有 0 项')
      .and.match(/没有交给现行手册中持有它的职责，.*：registerLicenceType、amendLicenceType/)
    expect(await votes()).to.include('理事会没有提案')
  })

  it('with fewer, where that is said to be meant, is put, and told at every step what it holds', async () => {
    const put = await change(empty, '--fewer')
    expect(put.code, put.stderr).to.equal(0)
    expect(await votes())
      .to.include('拟改用的规则手册')
      .and.include('证照类型 0')
    await world.pass(DAY + 60)
    expect((await world.run('hunan', 'vote', '1', 'for')).stderr).to.include('缺少现行手册中的证照类型')
    expect((await world.run('guangdong', 'vote', '1', 'against')).code).to.equal(0)
    await world.pass(7 * DAY + 60)
    expect(await votes()).to.not.include('拟改用的规则手册')
  })

  describe('that is filled before it is named', () => {
    let next: string
    const expectDone = async (run: Promise<Outcome>): Promise<Outcome> => {
      const outcome = await run
      expect(outcome.code, outcome.stderr).to.equal(0)
      return outcome
    }
    /** Puts a vote, wins it, and carries it out. */
    const decide = async (number: number, ...args: readonly string[]): Promise<Outcome> => {
      await expectDone(world.run('hunan', ...args))
      await world.pass(DAY + 60)
      for (const who of ['hunan', 'guangdong'] as const)
        await expectDone(world.run(who, 'vote', String(number), 'for'))
      await world.pass(7 * DAY + 60)
      await expectDone(world.run('stranger', 'queue', String(number)))
      await world.pass(2 * DAY + 60)
      return expectDone(world.run('stranger', 'execute', String(number)))
    }
    const slugs = LICENCE_TYPES.map(({ slug }) => slug)
    const inNext = (...args: readonly string[]): readonly string[] => [...args, '--rulebook', next]

    before(async () => {
      const { folder, network } = world.sandbox
      const key = join(folder.keys, 'stranger')
      writeFileSync(key, world.wallets.stranger.privateKey)
      const words = ['--rpc', network.rpcUrl, '--key-file', key, '--record', folder.network]
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['scripts/deploy.ts', 'rulebook', ...words],
        { encoding: 'utf8' },
      )
      expect(status, stderr).to.equal(0)
      expect(stderr).to.include('空白，尚未改用').and.include('assign-rulebook')
      next = stdout.trim()
    })

    it('is nobody’s to fill before the council gave its functions to their roles', async () => {
      const early = await world.run('catalogue', ...inNext('register-type', 'teacher'))
      expect(early.code).to.equal(5)
      expect(early.stderr).to.include('[no-power]')
      const foreign = await world.run(
        'catalogue',
        'register-type',
        'teacher',
        '--rulebook',
        world.deployment.council,
      )
      expect(foreign.code).to.equal(2)
      expect(foreign.stderr).to.include('[rulebook-foreign]')
      const missing = await world.region(
        'hunan',
        'assign',
        HUNAN_HOUSING,
        'teacher',
        '--rulebook',
        `0x${'01'.repeat(20)}`,
      )
      expect(missing.stderr).to.include('[rulebook-missing]')
    })

    it('is given to its roles by two votes, which say what they give', async () => {
      const said = await decide(2, 'assign-rulebook', next, 'catalogue')
      expect(said.stdout).to.include('registerLicenceType、').and.include('交给职责“目录保管者”')
      await decide(3, 'assign-rulebook', next, 'baseline')
    })

    it('is filled by who does so in the one in force, and told as another', async () => {
      for (const slug of slugs) {
        const announced = await expectDone(world.run('catalogue', ...inNext('register-type', slug)))
        expect(announced.stdout).to.include(`在并非现行的规则手册 ${next} 中`)
      }
      expect((await world.run(null, 'announcements')).stdout).to.include(`在并非现行的规则手册 ${next} 中`)
      await world.pass(DAY + 60)
      for (const slug of slugs) await expectDone(world.run('catalogue', ...inNext('register-type', slug)))
      for (const slug of slugs) {
        const assigned = await world.region('hunan', ...inNext('assign', HUNAN_HOUSING, slug))
        expect(assigned.code, assigned.stderr).to.equal(0)
      }
      const baseline = await decide(4, ...inNext('set-baseline', slugs[0] ?? ''))
      expect(baseline.stdout).to.include(`在并非现行的规则手册 ${next} 中`)
    })

    it('and is named once it lacks nothing', async () => {
      const lacking = await change(next)
      expect(lacking.code).to.equal(2)
      expect(lacking.stderr)
        .to.include('全国互认清单：')
        .and.not.include('签发职责只有')
        .and.not.include('没有交给')
      for (const [place, slug] of slugs.slice(1).entries()) {
        const put = await world.run('hunan', ...inNext('set-baseline', slug), '--json')
        expect(put.events[0]).to.include({ event: 'put-to-vote', number: 5 + place })
      }
      const numbers = slugs.slice(1).map((_, place) => String(5 + place))
      await world.pass(DAY + 60)
      for (const number of numbers)
        for (const who of ['hunan', 'guangdong'] as const)
          await expectDone(world.run(who, 'vote', number, 'for'))
      await world.pass(7 * DAY + 60)
      for (const number of numbers) await expectDone(world.run('stranger', 'queue', number))
      await world.pass(2 * DAY + 60)
      for (const number of numbers) await expectDone(world.run('stranger', 'execute', number))
      await decide(5 + numbers.length, 'change-rulebook', next)
      expect((await change(next)).stderr).to.include('[rulebook-in-force]')
      const again = await world.run('catalogue', 'retire-type', slugs[0] ?? '')
      expect(again.stdout, 'its keeper works on in it').to.include('已公告').and.not.include('并非现行')
    })
  })
})
