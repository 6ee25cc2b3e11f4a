/** Several processes on one PostgreSQL keep one replica: one saves, the others go by it, and one of them saves on. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Network } from '@hefu/ledger'
import { type Change, connectNodes, Replica } from '@hefu/ledger/replica'
import { openPostgresDatabase, openStore } from '@hefu/service'
import { expect } from 'chai'
import type { Kysely } from 'kysely'
import { after, before, beforeEach, describe, it } from 'mocha'
import { createChangeFeed } from '#internal/verifier/replica/change-feed'
import { asOneState } from '#internal/verifier/replica/one-state'
import { openPlace } from '#internal/verifier/replica/replica-place'
import { type ReplicaSchema, replicaStore } from '#internal/verifier/replica/schema'
import { openReplicaStore } from '#internal/verifier/replica/shared-store'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { nowSeconds } from '../../../scripts/sandbox/founded-sandbox.ts'
import { startChild } from '../../fixtures/child.ts'
import { frozenAt, startFaultProxy } from '../../fixtures/fault-proxy.ts'
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

const DEFINITION = replicaStore('hefu_replica')

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
    const feed = createChangeFeed((read) => asOneState(db, read), {
      chainId: network.chainId,
      address: network.ledger,
    })
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

  /** One replica of this process over the database. */
  async function openOne(rpcUrl = network.rpcUrl): Promise<{ replica: Replica; close: () => Promise<void> }> {
    const own = { ...network, rpcUrl }
    const { store, close } = await openReplicaStore({
      open: () => openPlace(url),
      definition: DEFINITION,
      ledger: { chainId: network.chainId, address: network.ledger },
      mostUnread: { pages: 1, characters: 1 },
    })
    return { replica: await Replica.open(own, connectNodes(own, { clock: nowSeconds }), store), close }
  }

  it('is given up by who holds it where it was set back, and says so: whoever begins anew saves on', async () => {
    const { replica, close } = await openOne()
    const database = openPostgresDatabase(url)
    try {
      await suspend()
      await replica.advance()
      const own = database.db.withSchema(DEFINITION.schema) as unknown as Kysely<ReplicaSchema>
      await own.deleteFrom('position').execute()
      await own.deleteFrom('page').execute()
      await close()
      const fault = await replica.advance().catch((error: Error) => error)
      expect(fault).to.have.nested.property('cause.code', 'replica-continued')
      await (await openStore(database, DEFINITION)).close()
    } finally {
      await database.close()
      await close()
    }
  })

  it('is gone by of nobody who needs the word of more nodes than who saves it: that is said, and nothing is answered', async () => {
    const saver = await openOne()
    try {
      await suspend()
      await saver.replica.advance()
      const needing = openReplicaStore({
        open: () => openPlace(url),
        definition: DEFINITION,
        ledger: { chainId: network.chainId, address: network.ledger },
        holding: { needed: 2, logsHeldBy: 'agreement' },
      })
      const refused = await needing.then(
        ({ close }) => close(),
        (error: unknown) => error,
      )
      expect(refused).to.have.property('code', 'replica-weaker')
    } finally {
      await saver.close()
    }
  })

  it('is gone by only as far as the own nodes are: also from nothing, and then all at once', async () => {
    await suspend()
    const before = await newest()
    const behind = await startFaultProxy(network.rpcUrl)
    const database = openPostgresDatabase(url)
    // As an older version holds it, whose tables are not these.
    const former = await database.hold(DEFINITION)
    const follower = await openOne(behind.rpcUrl)
    await former()
    const saver = await openOne()
    try {
      behind.fault = frozenAt(before - 3)
      for (let save = 0; save < 3; save++) {
        await suspend()
        await saver.replica.advance()
      }
      await follower.replica.advance().catch(() => undefined)
      expect(follower.replica.position?.newest.number).to.be.at.most(before - 3)
      behind.fault = null
      const { newest: reached } = await follower.replica.advance()
      expect(reached.number).to.equal(await newest())
      expect(follower.replica.position?.finalNumber).to.equal(saver.replica.position?.finalNumber)
      const query = queryOf(sandbox, 0)
      const [own, truth] = await Promise.all(
        [follower, saver].map(({ replica }) => replica.view().lookup(query)),
      )
      expect(own).to.deep.equal(truth)
    } finally {
      await follower.close()
      await saver.close()
      await database.close()
      await behind.close()
    }
  })
})
