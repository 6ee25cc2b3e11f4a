/** Another rulebook is compared with the one in force before anybody votes on it, and before it is named. */
import { expect } from 'chai'
import { Contract } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { readArtifact } from '../../../../scripts/deploy/artifact.ts'
import { RESTRICTED } from '../../../../scripts/deploy/deployment-plan.ts'
import { ROLES } from '../../../../scripts/deploy/roles.ts'
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
    ['a contract that is no rulebook', () => world.deployment.council, 'vote-in-vain', 5],
  ] as const) {
    it(`that is ${what} is refused before the vote is put`, async () => {
      const refused = await change(addressOf())
      expect(refused.code).to.equal(exit)
      expect(refused.stderr).to.include(`[${code}]`)
      if (code === 'vote-in-vain') expect(refused.stderr).to.include('不是本互认链的规则手册')
      expect(await votes()).to.include('理事会没有提案')
    })
  }

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

  it('with the whole catalogue lacks the responsibilities alone, which every region enters anew', async () => {
    const full = await world.deployRulebook()
    await fill(full)
    const held = await change(full)
    expect(held.stderr).to.not.include('缺少').and.not.include('没有交给')
    expect(held.stderr, 'who issues what is entered by every region').to.include('签发职责只有 0 项')
    expect(held.code).to.equal(2)
    const put = await change(full, '--fewer', '--json')
    expect(put.events[0]).to.include({ event: 'put-to-vote', number: 2 })
  })

  /** With the catalogue and the baseline of the one in force, as the deployer may before its functions have roles. */
  async function fill(address: string): Promise<void> {
    const { abi } = readArtifact(RESTRICTED.rulebook)
    const next = new Contract(address, abi, world.wallets.deployer)
    const current = new Contract(world.deployment.rulebook, abi, world.wallets.deployer)
    for (const event of await current.queryFilter('LicenceTypeRegistered')) {
      const { args } = abi.parseLog(event) ?? { args: [] }
      const [type, , rules] = args
      await (await next.getFunction('registerLicenceType')(type, [...rules])).wait()
      await (await next.getFunction('setBaseline')(type, 0, 2n ** 40n - 1n)).wait()
    }
    for (const { id, functions } of [ROLES.catalogue, ROLES.baseline]) {
      const selectors = functions.rulebook?.map((name) => abi.getFunction(name)?.selector)
      await world.administer('setTargetFunctionRole', address, selectors, id)
    }
  }
})
