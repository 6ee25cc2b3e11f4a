/** Several processes on one PostgreSQL keep one replica: one saves, the others go by it, and one of them saves on. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Network } from '@hefu/ledger'
import { type Change, connectNodes, Replica } from '@hefu/ledger/replica'
import { openPostgresDatabase } from '@hefu/service'
import { expect } from 'chai'
import type { Kysely } from 'kysely'
import { after, before, beforeEach, describe, it } from 'mocha'
import { createChangeFeed } from '#internal/verifier/replica/change-feed'
import type { ReplicaSchema } from '#internal/verifier/replica/schema'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { nowSeconds } from '../../../scripts/sandbox/founded-sandbox.ts'
import { startChild } from '../../fixtures/child.ts'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../fixtures/postgres-server.ts'
import { runs } from '../../fixtures/test-profile.ts'
import {
  type AnchoredSandbox,
  createAnchoredSandbox,
  decided,
  queryOf,
} from '../ledger/fixtures/anchored-sandbox.ts'
import { MemoryStore } from '../ledger/fixtures/three-nodes.ts'

const KILLS = runs(1, 40)
const SAVES_HERE = 'the replica is saved here'
const SAVES_ELSEWHERE = 'another process saves the replica'

type Child = ReturnType<typeof startChild>

describe('A replica of several processes', function () {
  this.timeout(KILLS * 60_000)
  let sandbox: AnchoredSandbox
  let network: Network
  let server: PostgresServer
  let url: string
  let nextIndex = 0

  before(async function () {
    const bin = findPostgres()
    if (bin === null) this.skip()
    server = await startPostgres(bin)
    sandbox = await createAnchoredSandbox()
    network = { ...sandbox.network, finality: 2 }
    await rpc(network.rpcUrl, 'evm_setIntervalMining', [0])
    await rpc(network.rpcUrl, 'evm_setAutomine', [true])
  })
  beforeEach(async () => {
    url = await createDatabase(server)
  })
  after(async () => {
    await sandbox?.stop()
    await server?.stop()
  })

  /** Suspends a licence, and lets that become final. */
  async function suspend(): Promise<void> {
    const { operator, agency } = sandbox
    const act = { ...decided('湘建罚〔2026〕1号'), act: 'suspend', indices: [nextIndex++] } as const
    await operator.confirm(await operator.submitAct(agency, act))
    await rpc(network.rpcUrl, 'anvil_mine', ['0x3'])
  }

  const newest = async (): Promise<number> => Number(await rpc(network.rpcUrl, 'eth_blockNumber', []))

  function start(): Child {
    const query = JSON.stringify(queryOf(sandbox, 0))
    const child = startChild(import.meta.resolve('./fixtures/follow-for-ever.ts'), [
      url,
      JSON.stringify(network),
      query,
    ])
    return child
  }

  /** Everything that the feed tells, in its order. */
  async function toldBy(db: Kysely<ReplicaSchema>): Promise<readonly Change[]> {
    const feed = createChangeFeed(db, { chainId: network.chainId, address: network.ledger })
    const told: Change[] = []
    for (let cursor: string | null = null; ; ) {
      const batch = await feed.read(cursor, 100)
      if (batch.changes.length === 0) return told
      told.push(...batch.changes)
      cursor = batch.cursor
    }
  }

  /** What the feed tells is what a replica is told that reads the chain from its beginning. */
  async function expectEachOnce(): Promise<void> {
    const truth = new MemoryStore()
    const reader = connectNodes(network, { clock: nowSeconds })
    await (await Replica.open(network, reader, truth)).advance()
    const until = (await truth.position())?.number
    const { db, close } = openPostgresDatabase(url)
    try {
      const own = db.withSchema('hefu_replica') as unknown as Kysely<ReplicaSchema>
      const saved = async () =>
        Number((await own.selectFrom('position').select('number').executeTakeFirst())?.number)
      for (const deadline = Date.now() + 20_000; (await saved()) !== until; await pause(50)) {
        expect(Date.now(), 'saved').to.be.below(deadline)
      }
      expect(await toldBy(own)).to.deep.equal(truth.changes)
    } finally {
      await close()
    }
  }

  it('is saved by one, and on by the next one when that is killed: nothing is lost and nothing told twice', async () => {
    const children = [start()]
    await children[0]?.saw(SAVES_HERE)
    children.push(start())
    await children[1]?.saw(SAVES_ELSEWHERE)
    for (let kill = 0; kill < KILLS; kill++) {
      await suspend()
      const [saving, other] = children
      if (saving === undefined || other === undefined) return expect.fail('there are two')
      // Also who does not save answers from the newest block.
      await other.saw(`at ${await newest()}`)
      await pause(Math.random() * 300)
      await saving.kill()
      await suspend()
      await other.saw(SAVES_HERE)
      await other.saw(`at ${await newest()}`)
      children.splice(0, 2, other, start())
      await children[1]?.saw(SAVES_ELSEWHERE)
    }
    await expectEachOnce()
    for (const child of children) await child.kill()
  })
})
