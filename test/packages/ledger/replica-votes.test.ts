/** The council's votes, told by a replica of a real chain as the council has them. */
import { connectNodes, type LedgerQueries, Replica, type ReplicaStore } from '@hefu/ledger/replica'
import type { Hex } from '@hefu/protocol'
import { expect } from 'chai'
import { Contract, id as keccakOf, Wallet } from 'ethers'
import { after, before, describe, it } from 'mocha'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { COUNCIL } from '../../../scripts/deploy/deployment-plan.ts'
import { takeSeat } from '../../../scripts/deploy/take-seat.ts'
import { readOrCreateAccount, readOrCreatePassphrase } from '../../../scripts/sandbox/accounts.ts'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { nowSeconds } from '../../../scripts/sandbox/founded-sandbox.ts'
import {
  type AdministeredSandbox,
  createAdministeredSandbox,
  DAY,
  passTime,
} from './fixtures/administered-sandbox.ts'

type Saved = Parameters<ReplicaStore['save']>

const ALL = { most: 100 }
/** In the governor's order. */
const STATES = ['pending', 'active', 'canceled', 'defeated', 'succeeded', 'queued', 'expired', 'executed']
const [AGAINST, IN_FAVOUR] = [0, 1]

describe('Votes of the council, by a replica', function () {
  this.timeout(120_000)
  let world: AdministeredSandbox
  let council: Contract
  let hunan: Wallet
  let guangdong: Wallet
  let replica: Replica

  const open = (network: AdministeredSandbox['network']): Promise<Replica> => {
    const followed = { ...network, finality: 3, engine: 'ethereum' as const }
    return Replica.open(followed, connectNodes(followed, { clock: nowSeconds }))
  }

  before(async () => {
    world = await createAdministeredSandbox()
    const { folder, deployment, chain } = world
    const seated = async (region: string): Promise<Wallet> => {
      const { privateKey } = await readOrCreateAccount(
        folder,
        `region-${region}`,
        readOrCreatePassphrase(folder),
      )
      const admin = new Wallet(privateKey)
      await takeSeat({ rpcUrl: chain.rpcUrl, admin, deployment, region: Number(region) })
      return admin.connect(world.councilSigner.provider)
    }
    ;[hunan, guangdong] = [await seated('430000'), await seated('440000')]
    council = new Contract(deployment.council, readArtifact(COUNCIL).abi, world.councilSigner.provider)
    await passTime(chain.rpcUrl, 10)
    replica = await open(world.network)
  })
  after(() => world?.stop())

  const send = async (by: Wallet, name: string, ...args: readonly unknown[]): Promise<void> => {
    await (await (council.connect(by) as Contract).getFunction(name)(...args)).wait()
  }
  const refused = (by: Wallet, name: string, ...args: readonly unknown[]): Promise<boolean> =>
    send(by, name, ...args).then(
      () => false,
      () => true,
    )

  async function listed(): Promise<LedgerQueries> {
    await replica.advance()
    return replica.queries() ?? expect.fail('nothing was read')
  }
  const votes = async () => (await listed()).votes(ALL)?.items ?? expect.fail('there is no council')
  const newest = async () => (await votes()).at(-1) ?? expect.fail('there is none')
  /** As the governor says it now; of what is over the events do not say which way. */
  async function expectAlike(): Promise<void> {
    await rpc(world.chain.rpcUrl, 'evm_mine', [])
    for (const { id, state, inFavour, against } of await votes()) {
      const said = STATES[Number(await council.getFunction('state')(id))] ?? ''
      expect(state).to.equal(['defeated', 'succeeded'].includes(said) ? 'over' : said)
      const voices = await council.getFunction('proposalVotes')(id)
      expect([BigInt(against), BigInt(inFavour)]).to.deep.equal([voices[0], voices[1]])
    }
  }

  /** To have the vote begin after so many days. */
  const parts = (days: number, words: string) => {
    const data = council.interface.encodeFunctionData('setVotingDelay', [days * DAY]) as Hex
    const address = world.deployment.council
    return {
      data,
      address,
      proposed: [[address], [0], [data], words],
      hashed: [[address], [0], [data], keccakOf(words)],
    }
  }
  const propose = async (days: number, words: string, by = hunan): Promise<void> =>
    send(by, 'propose', ...parts(days, words).proposed)

  it('a proposal: by whom, of what, from when until when, and not what was written beside it', async () => {
    await propose(2, '张三的提案')
    const vote = await newest()
    const [begins, ends] = [
      await council.getFunction('proposalSnapshot')(vote.id),
      await council.getFunction('proposalDeadline')(vote.id),
    ]
    expect(vote).to.deep.include({
      number: 1,
      state: 'pending',
      council: world.deployment.council.toLowerCase(),
      proposer: hunan.address.toLowerCase(),
      descriptionHash: keccakOf('张三的提案'),
      beginsAt: Number(begins),
      endsAt: Number(ends),
      executableAt: null,
      endedAt: null,
    })
    const record = (await listed()).vote(1)
    expect(record?.calls).to.deep.equal([
      { target: world.deployment.council.toLowerCase(), data: parts(2, '').data },
    ])
    expect(JSON.stringify(record)).not.to.include('张三')
    expect((await listed()).vote(2)).to.equal(null)
    await expectAlike()
  })

  it('voices for and against, of whom and when; one that is refused is none', async () => {
    const { id } = await newest()
    expect(await refused(hunan, 'castVote', id, IN_FAVOUR), 'before it begins').to.equal(true)
    await passTime(world.chain.rpcUrl, DAY + 10)
    await expectAlike()
    await send(hunan, 'castVote', id, IN_FAVOUR)
    expect(await refused(hunan, 'castVote', id, AGAINST), 'twice').to.equal(true)
    await send(guangdong, 'castVoteWithReason', id, AGAINST, '李四反对')
    const record = (await listed()).vote(1)
    expect(record).to.deep.include({ state: 'active', inFavour: 1, against: 1, abstaining: 0 })
    expect(record?.voices.map(({ voter, support }) => [voter, support])).to.have.deep.members([
      [hunan.address.toLowerCase(), 'in-favour'],
      [guangdong.address.toLowerCase(), 'against'],
    ])
    expect(JSON.stringify(record)).not.to.include('李四')
    await expectAlike()
  })

  it('is over, and queued and executed by one that was decided for alone; one is cancelled', async () => {
    await propose(3, 'for')
    const { id } = await newest()
    const { hashed } = parts(3, 'for')
    await propose(4, 'taken back')
    expect(await refused(guangdong, 'cancel', ...parts(4, 'taken back').hashed)).to.equal(true)
    await send(hunan, 'cancel', ...parts(4, 'taken back').hashed)
    expect((await newest()).state).to.equal('canceled')
    await passTime(world.chain.rpcUrl, DAY + 10)
    for (const by of [hunan, guangdong]) await send(by, 'castVote', id, IN_FAVOUR)
    await passTime(world.chain.rpcUrl, 7 * DAY + 10)
    await expectAlike()
    expect((await votes()).map(({ state }) => state)).to.deep.equal(['over', 'over', 'canceled'])
    expect(await refused(hunan, 'queue', ...parts(2, '张三的提案').hashed), 'as many against').to.equal(true)
    await send(hunan, 'queue', ...hashed)
    const [, queued] = await votes()
    expect(queued).to.deep.include({
      state: 'queued',
      executableAt: Number(await council.getFunction('proposalEta')(id)),
    })
    await expectAlike()
    expect(await refused(hunan, 'execute', ...hashed), 'too early').to.equal(true)
    await passTime(world.chain.rpcUrl, 2 * DAY + 10)
    await send(hunan, 'execute', ...hashed)
    expect((await votes())[1]).to.deep.include({ state: 'executed', endedAt: await world.blockTime() })
    await expectAlike()
    const queries = await listed()
    expect(queries.votes(ALL, 'executed')?.items.map(({ number }) => number)).to.deep.equal([2])
    expect(queries.votes(ALL, 'active')?.items).to.deep.equal([])
  })

  it('is undone with the blocks that told of it, exactly', async () => {
    await rpc(world.chain.rpcUrl, 'anvil_mine', ['0x4'])
    const kept = await votes()
    await propose(5, 'lost')
    expect(await votes()).to.have.length(kept.length + 1)
    const head = replica.position?.newest.hash
    while (replica.position?.newest.hash === head) {
      await rpc(world.chain.rpcUrl, 'anvil_reorg', [1, []])
      await replica.advance()
    }
    expect(await votes()).to.deep.equal(kept)
  })

  it('is read from the first on by a replica that hears of the council later, and not at all by one that does not', async () => {
    const { council: named, ...unnamed } = world.network
    expect(named).to.equal(world.deployment.council.toLowerCase())
    const without = await open(unnamed)
    await without.advance()
    expect(without.queries()?.votes(ALL)).to.equal(null)
    const changes: Saved[0][number][] = []
    let block: Saved[1] | null = null
    const store: ReplicaStore = {
      position: async () => block,
      restore: async (facts) => {
        for (const change of changes) facts.put(change)
      },
      save: async (told, upTo) => {
        changes.push(...told)
        block = upTo
      },
    }
    const openStored = (network: AdministeredSandbox['network']): Promise<Replica> => {
      const followed = { ...network, finality: 0, engine: 'ethereum' as const }
      return Replica.open(followed, connectNodes(followed, { clock: nowSeconds }), store)
    }
    await (await openStored(unnamed)).advance()
    await rpc(world.chain.rpcUrl, 'evm_mine', [])
    const later = await openStored(world.network)
    await later.advance()
    expect(later.queries()?.votes(ALL)?.items).to.deep.equal(await votes())

    await propose(6, 'meanwhile')
    const deaf = await openStored(unnamed)
    await deaf.advance()
    expect(deaf.queries()?.votes(ALL)).to.equal(null)
    await rpc(world.chain.rpcUrl, 'evm_mine', [])
    const again = await openStored(world.network)
    await again.advance()
    expect(again.queries()?.votes(ALL)?.items).to.deep.equal(await votes())
    expect((await newest()).descriptionHash).to.equal(keccakOf('meanwhile'))
  })
})
