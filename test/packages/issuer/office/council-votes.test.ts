/** What is put to the council's vote, and whose voice counts in it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Contract } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { readArtifact } from '../../../../scripts/deploy/artifact.ts'
import { LEDGER_INTERFACE } from '../../../../scripts/deploy/deployment-plan.ts'
import { HUNAN_HOUSING } from '../../../../scripts/sandbox/provinces.ts'
import { startRpcProxy } from '../../../fixtures/rpc-proxy.ts'
import {
  type CouncilAtWork,
  createCouncilAtWork,
  DAY,
  GUANGDONG,
  JILIN,
} from '../fixtures/council-at-work.ts'

describe('What the council votes on', function () {
  this.timeout(240_000)
  let world: CouncilAtWork

  before(async () => {
    world = await createCouncilAtWork()
  })
  after(() => world?.stop())

  const votes = async (): Promise<string> => (await world.run(null, 'votes')).stdout
  const countOf = async (): Promise<number> => {
    const { events } = await world.run(null, 'votes', '--json')
    return ((events[0]?.['votes'] ?? []) as readonly unknown[]).length
  }
  const expectRefused = async (code: string, said: string, ...args: readonly string[]): Promise<void> => {
    const before = await countOf()
    const refused = await world.run('hunan', ...args)
    expect(refused.stderr).to.include(`[${code}]`).and.include(said)
    expect(refused.code).to.equal(5)
    expect(await countOf(), 'nothing is put to the vote').to.equal(before)
  }

  describe('a call that is a keeper’s', () => {
    for (const [args, keeper] of [
      [['pause-region', GUANGDONG], '应急保管者'],
      [['pause-agency', HUNAN_HOUSING], '应急保管者'],
      [['register-item', 'KSTB-1', '--demand', 'teacher=licenceNumber'], '目录保管者'],
      [['retire-type', 'teacher'], '目录保管者'],
    ] as const) {
      it(`${args[0]} is refused to a province with the name of the keeper, and not put to the vote`, () =>
        expectRefused('keepers-power', `这是${keeper}的职权`, ...args))
    }

    it('is the keeper’s own way: at once, or announced', async () => {
      expect((await world.run('emergency', 'pause-agency', HUNAN_HOUSING)).stdout).to.include('已办理')
      expect((await world.run('emergency', 'unpause-agency', HUNAN_HOUSING)).code).to.equal(0)
      expect((await world.run('catalogue', 'retire-type', 'teacher')).stdout).to.include('已公告')
      expect((await world.run('emergency', 'cancel', '1')).code).to.equal(0)
    })

    it('what the council may do is refused to who has no seat, and put to the vote by who has one', async () => {
      const refused = await world.run('stranger', 'close-region', GUANGDONG)
      expect(refused.code).to.equal(5)
      expect(refused.stderr).to.include('[no-power]')
      const put = await world.run('hunan', 'close-region', GUANGDONG, '--json')
      expect(put.code, put.stderr).to.equal(0)
      expect(put.events[0]).to.include({ event: 'put-to-vote', number: 1 })
    })
  })

  describe('what the contract would refuse today', () => {
    it('is told with its sentence before the vote is put', async () => {
      await expectRefused('vote-in-vain', '并未暂停，无需恢复', 'resume-region', GUANGDONG)
      await expectRefused(
        'vote-in-vain',
        '此前已登记',
        'admit',
        GUANGDONG,
        '--admin',
        world.wallets.stranger.address,
        '--name',
        '广东',
      )
      await expectRefused('vote-in-vain', '没有可以交还职务的前任账户', 'return-region', GUANGDONG)
      await expectRefused('vote-in-vain', '不在目录中', 'set-baseline', '11100000000013127D999')
      await expectRefused(
        'vote-in-vain',
        '不是互认链合约',
        'register-ledger',
        '9',
        `0x${'00'.repeat(20)}`,
        '--from',
        '2026-01-01',
      )
    })

    it('is put all the same where that is said to be meant', async () => {
      const put = await world.run('hunan', 'resume-region', GUANGDONG, '--anyway', '--json')
      expect(put.code, put.stderr).to.equal(0)
      expect(put.events[0]).to.include({ event: 'put-to-vote', number: 2 })
    })

    it('is not told by a node that cannot try it, and the vote is put', async () => {
      const { folder, network } = world.sandbox
      const isOverridden = (method: string, params: readonly unknown[]): boolean =>
        method === 'eth_call' && params.length > 2
      const proxy = await startRpcProxy(network.rpcUrl, () => undefined, isOverridden)
      const file = join(folder.keys, 'without-overrides.json')
      writeFileSync(file, JSON.stringify({ ...world.deployment, rpcUrl: proxy.rpcUrl }))
      const args = ['resume-region', JILIN, '--reason', 'untried', '--network', file, '--json']
      const put = await world.run('hunan', ...args)
      await proxy.close()
      expect(put.code, put.stderr).to.equal(0)
      expect(put.events[0]).to.include({ event: 'put-to-vote', number: 3 })
      expect((await world.run('hunan', 'withdraw', '3')).code).to.equal(0)
    })

    it('and what it would take is put without a word', async () => {
      const put = await world.run('guangdong', 'end-baseline', 'teacher', '--at', '2099-12-31', '--json')
      expect(put.code, put.stderr).to.equal(0)
      expect(put.events[0]).to.include({ event: 'put-to-vote', number: 4 })
    })
  })

  describe('what was put by mistake', () => {
    it('is taken back by who put it, and by nobody else, before it is voted on', async () => {
      const other = await world.run('hunan', 'withdraw', '4')
      expect(other.code).to.equal(5)
      expect(other.stderr).to.include('[GovernorUnableToCancel]').and.include('只有提案人可以')
      const own = await world.run('guangdong', 'withdraw', '4')
      expect(own.code, own.stderr).to.equal(0)
      expect(await votes()).to.match(/第 4 号：已撤回/)
    })
  })

  describe('a voice', () => {
    const TALLY = { weight: 1, inFavour: 1, against: 0, abstaining: 0, quorum: 2, missing: 1 }

    before(async () => {
      // A province whose admin changed since: its seat is taken anew once the vote has begun.
      const { address } = world.wallets.successor
      const nominated = await world.region('jilin', 'nominate-admin', JILIN, address)
      expect(nominated.code, nominated.stderr).to.equal(0)
      await world.pass(DAY + 60)
      expect((await world.region('successor', 'accept', JILIN)).code).to.equal(0)
      expect((await world.run('successor', 'take-seat', JILIN)).code).to.equal(0)
    })

    for (const [who, what] of [
      ['superior', 'the superior, who has no seat'],
      ['stranger', 'an account that holds nothing'],
      ['successor', 'an admin whose seat was taken after the vote began'],
      ['jilin', 'an admin of before'],
    ] as const) {
      it(`of ${what} is not sent, and told whose count`, async () => {
        const nonce = await world.wallets[who].getNonce()
        const { code, stderr } = await world.run(who, 'vote', '1', 'for')
        expect(code).to.equal(5)
        expect(stderr)
          .to.include('[no-voice]')
          .and.include('开始表决时没有席位')
          .and.include('计票的席位：430000 湖南省、440000 广东省')
        expect(await world.wallets[who].getNonce()).to.equal(nonce)
      })
    }

    it('of a seat is told with how many it counted for, and what is missing to the quorum', async () => {
      const first = await world.run('hunan', 'vote', '1', 'for', '--json')
      expect(first.code, first.stderr).to.equal(0)
      expect(first.events[0]).to.include({ event: 'done', ...TALLY })
      const second = await world.run('guangdong', 'vote', '1', 'against')
      expect(second.stdout).to.include('本次计 1 票；现赞成 1，反对 1，弃权 0').and.include('已经达到')
      expect((await world.run('hunan', 'vote', '2', 'for')).stdout).to.include('还差 1 席')
    })

    it('that counted nothing, sent by other means, is listed as that', async () => {
      const sent = world.contract.connect(world.wallets.stranger) as Contract
      const { events } = await world.run(null, 'votes', '--json')
      const [{ id }] = (events[0]?.['votes'] ?? [{}]) as [{ id: string }]
      await (await sent.getFunction('castVote')(id, 1)).wait()
      const address = world.wallets.stranger.address.toLowerCase()
      expect(await votes()).to.include(`${address} 赞成（表决开始时没有席位，不计票）`)
      expect(await votes()).to.match(/第 1 号：正在表决；赞成 1，反对 1/)
    })
  })

  describe('a vote that was won for what the council may not do', () => {
    it('is told as that when it is carried out, and no other vote advised', async () => {
      const { ledger } = world.deployment
      const data = readArtifact(LEDGER_INTERFACE).abi.encodeFunctionData('pauseRegion', [Number(GUANGDONG)])
      const propose = (world.contract.connect(world.wallets.hunan) as Contract).getFunction('propose')
      await (await propose([ledger], [0], [data], 'by other means')).wait()
      await world.pass(DAY + 60)
      for (const who of ['hunan', 'guangdong'] as const)
        expect((await world.run(who, 'vote', '5', 'for')).code).to.equal(0)
      await world.pass(7 * DAY + 60)
      expect((await world.run('stranger', 'queue', '5')).code).to.equal(0)
      await world.pass(2 * DAY + 60)
      const { code, stderr } = await world.run('stranger', 'execute', '5')
      expect(code).to.equal(5)
      expect(stderr)
        .to.include('[vote-powerless]')
        .and.include('理事会没有此项职权')
        .and.not.include('提交理事会表决')
    })
  })
})
