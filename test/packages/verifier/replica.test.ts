/** The service over a replica: as the ledger answers, without asking it, and kept through kills. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { createRpcLedgerView, type Network } from '@hefu/ledger'
import { type Change, Replica } from '@hefu/ledger/replica'
import type { LedgerFacts } from '@hefu/protocol'
import { createLogger, openPostgresDatabase } from '@hefu/service'
import { type ChangeBatch, type OpenReplica, openReplica } from '@hefu/verifier'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, afterEach, before, describe, it } from 'mocha'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { startChild } from '../../fixtures/child.ts'
import { placeEmptyDatabase } from '../../fixtures/empty-database.ts'
import { findPostgres, startPostgres } from '../../fixtures/postgres-server.ts'
import { type Alteration, startRpcProxy } from '../../fixtures/rpc-proxy.ts'
import { runs } from '../../fixtures/test-profile.ts'
import {
  type AnchoredSandbox,
  createAnchoredSandbox,
  decided,
  queryOf,
} from '../ledger/fixtures/anchored-sandbox.ts'
import { createKeyPair, createVerifierKeyFileText, PASSPHRASE } from './sample.ts'
import { addressOf, send } from './service.ts'

const MAIN = fileURLToPath(new URL('../../../packages/verifier/dist/main.js', import.meta.url))
const KILLS = runs(3, 60)

describe('A kept replica', function () {
  this.timeout(120_000)
  let sandbox: AnchoredSandbox
  let network: Network
  let folder: string
  let nextIndex = 0
  const open: OpenReplica[] = []
  let served: ChildProcess | undefined

  before(async () => {
    sandbox = await createAnchoredSandbox()
    network = { ...sandbox.network, finality: 2 }
    folder = mkdtempSync(join(tmpdir(), 'hefu-replica-'))
    for (const name of ['kept', 'killed']) await placeEmptyDatabase(join(place(name), 'replica'))
  })
  afterEach(async () => {
    for (const replica of open.splice(0)) await replica.close()
    served?.kill('SIGKILL')
  })
  after(async () => {
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const place = (name: string): string => join(folder, name)

  async function openAt(where: string, of: Network = network): Promise<OpenReplica> {
    const replica = await openReplica(
      where,
      of,
      createLogger(() => undefined),
    )
    open.push(replica)
    return replica
  }

  async function suspend(): Promise<number> {
    const { operator, agency } = sandbox
    const index = nextIndex++
    const act = { ...decided('湘建罚〔2026〕1号'), act: 'suspend', indices: [index] } as const
    await operator.confirm(await operator.submitAct(agency, act))
    return index
  }

  const isActOn =
    (index: number) =>
    (change: Change): boolean =>
      'history' in change && change.history === 'acts' && change.key === `${sandbox.agency}/${index}`

  /** Asks until the answer is of this block or a later one. */
  async function answerFrom({ view }: OpenReplica, index: number, block: number): Promise<LedgerFacts> {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; await pause(20)) {
      const answer = await view.lookup(queryOf(sandbox, index)).catch(() => null)
      if (answer !== null && answer.block.number >= block) return answer
    }
    return expect.fail(`the replica did not come to block ${block}`)
  }

  const newest = async (): Promise<number> => Number(await rpc(network.rpcUrl, 'eth_blockNumber', []))

  async function expectAsTheLedger(replica: OpenReplica): Promise<void> {
    const ledger = createRpcLedgerView(network)
    const until = await newest()
    for (let index = 0; index <= nextIndex; index++) {
      const answer = await answerFrom(replica, index, until)
      const query = { ...queryOf(sandbox, index), block: answer.block }
      expect(answer, `index ${index}`).to.deep.equal(await ledger.lookup(query))
    }
  }

  async function behindProxy(alter: Alteration, work: (of: Network) => Promise<void>): Promise<void> {
    const proxy = await startRpcProxy(network.rpcUrl, alter)
    try {
      await work({ ...network, rpcUrl: proxy.rpcUrl })
    } finally {
      await proxy.close()
    }
  }

  it('tells by its feed what it saved, in its order', async () => {
    const replica = await openAt(place('kept'))
    const index = await suspend()
    await rpc(network.rpcUrl, 'anvil_mine', ['0x3'])
    const told: Change[] = []
    for (let cursor: string | null = null; !told.some(isActOn(index)); ) {
      const batch: ChangeBatch = await replica.changes.read(cursor, 3)
      cursor = batch.cursor
      told.push(...batch.changes)
      if (batch.changes.length === 0) await pause(20)
    }
    const isDeployment = (change: Change): boolean => 'table' in change && change.table === 'deployment'
    expect(told.findIndex(isDeployment)).to.equal(0)
    expect(told.filter(isActOn(index))).to.have.length(1)
  })

  it('says in its log that it has stopped, and where, when the program itself fails', async () => {
    const advance = Replica.prototype.advance
    Replica.prototype.advance = async () => {
      throw new TypeError('what is said here may be anybody’s')
    }
    try {
      const lines: string[] = []
      const replica = await openReplica(
        place('kept'),
        network,
        createLogger((line) => lines.push(line)),
      )
      open.push(replica)
      while (replica.state() !== 'stopped') await pause(5)
      const said = lines
        .map((line) => JSON.parse(line))
        // Nobody asked its node: that it is silent is said, too.
        .filter(({ level, node }) => level !== 'info' && level !== 30 && node === undefined)
      expect(said).to.have.length(1)
      expect(said[0]).to.include({ msg: 'the replica has stopped' })
      expect(said[0].failure).to.deep.include({ name: 'TypeError' })
      expect(said[0].failure.at[0]).to.match(/replica\.test\.ts/)
      expect(lines.join('')).to.not.include('anybody')
    } finally {
      Replica.prototype.advance = advance
    }
  })

  it('goes on from where it was, and reads nothing again that was final', async () => {
    const first = await openAt(place('kept'))
    await suspend()
    await expectAsTheLedger(first)
    open.pop()
    await first.close()

    const until = await newest()
    await rpc(network.rpcUrl, 'anvil_mine', ['0x5'])
    const asked: number[] = []
    await behindProxy(
      (method, params) => {
        const [range] = (params ?? []) as readonly [{ readonly fromBlock?: string }?]
        if (method === 'eth_getLogs' && range?.fromBlock !== undefined) asked.push(Number(range.fromBlock))
        return undefined
      },
      async (of) => {
        const second = await openAt(place('kept'), of)
        await answerFrom(second, 0, until)
        await expectAsTheLedger(second)
        open.pop()
        await second.close()
      },
    )
    expect(Math.min(...asked)).to.be.greaterThan(until - 4)
  })

  it('loses and repeats nothing, whenever its process is killed', async () => {
    const where = place('killed')
    for (let kill = 0; kill < KILLS; kill++) {
      const query = JSON.stringify(queryOf(sandbox, 0))
      const child = startChild(import.meta.resolve('./fixtures/follow-for-ever.ts'), [
        where,
        JSON.stringify(network),
        query,
      ])
      await child.saw('opened')
      await suspend()
      await rpc(network.rpcUrl, 'anvil_mine', ['0x3'])
      await pause(Math.random() * 1_500)
      await child.kill()
    }
    await expectAsTheLedger(await openAt(where))
  })

  it('is kept in PostgreSQL as well', async function () {
    const bin = findPostgres()
    if (bin === null) this.skip()
    const server = await startPostgres(bin)
    try {
      await suspend()
      await expectAsTheLedger(await openAt(server.url))
      await server.crash()
      await server.restart()
      for (const replica of open.splice(0)) await replica.close().catch(() => undefined)
      await suspend()
      const again = await openAt(server.url)
      await expectAsTheLedger(again)
      open.pop()
      await again.close()
    } finally {
      await server.stop()
    }
  })

  it('is saved on in PostgreSQL after its server was away, without a new start', async function () {
    const bin = findPostgres()
    if (bin === null) this.skip()
    const server = await startPostgres(bin)
    try {
      const replica = await openAt(server.url)
      await expectAsTheLedger(replica)
      await server.crash()
      await suspend()
      await server.restart()
      await suspend()
      await rpc(network.rpcUrl, 'anvil_mine', ['0x3'])
      const until = (await newest()) - 2
      const savedUpTo = async (): Promise<number> => {
        const { db, close } = openPostgresDatabase(server.url)
        const { rows } = await sql<{ number: string }>`select number from hefu_replica.position`.execute(db)
        await close()
        return Number(rows[0]?.number)
      }
      for (const deadline = Date.now() + 20_000; (await savedUpTo()) < until; await pause(100)) {
        expect(Date.now(), 'saved').to.be.below(deadline)
      }
      open.pop()
      await replica.close()
      await expectAsTheLedger(await openAt(server.url))
      for (const again of open.splice(0)) await again.close()
    } finally {
      await server.stop()
    }
  })

  it('is in a folder or in PostgreSQL: another URL is refused, and not repeated', async () => {
    for (const scheme of ['mysql', 'https', ' postgres', 'postgresq1']) {
      const refused = await openAt(`${scheme}://hefu:open-sesame@127.0.0.1:9/none`).catch(
        (error: Error) => error,
      )
      expect(refused).to.have.property('code', 'replica-place')
      expect(inspect(refused)).to.not.include('open-sesame')
    }
    const unreachable = await openAt('POSTGRES://hefu:open-sesame@127.0.0.1:9/none').catch(
      (error: Error) => error,
    )
    expect(unreachable).to.have.property('code', 'database-unreachable')
    expect(inspect(unreachable)).to.not.include('open-sesame')
  })

  it('of another ledger is refused, and is as it was', async () => {
    const other: Network = { ...network, ledger: `0x${'11'.repeat(20)}` }
    const refused = await openAt(place('kept'), other).catch((error: Error) => error)
    expect(refused).to.have.property('code', 'replica-foreign')
    await expectAsTheLedger(await openAt(place('kept')))
  })

  it('is of one process at a time', async () => {
    await openAt(place('kept'))
    expect(await openAt(place('kept')).catch((error: Error) => error)).to.have.property(
      'code',
      'folder-in-use',
    )
  })

  it('that cannot go on answers nothing more: the licence is not checked, and not bad', async () => {
    let withheld = false
    await behindProxy(
      (method, _, result) =>
        withheld && method === 'eth_getLogs' && (result as readonly object[]).length > 0
          ? (result as readonly object[]).map((log) => ({ ...log, topics: [`0x${'55'.repeat(32)}`] }))
          : undefined,
      async (of) => {
        const replica = await openAt(place('kept'), of)
        await answerFrom(replica, 0, await newest())
        withheld = true
        await suspend()
        for (const deadline = Date.now() + 20_000; Date.now() < deadline; await pause(50)) {
          const said = await replica.view.lookup(queryOf(sandbox, 0)).catch((error: Error) => error)
          if (said instanceof Error) return expect(said).to.have.property('code', 'inconsistent') as never
        }
        return expect.fail('it went on')
      },
    )
  })

  it('is what the service answers from, when HEFU_REPLICA names its place', async () => {
    const path = (name: string): string => join(folder, name)
    writeFileSync(path('network.json'), JSON.stringify(network))
    writeFileSync(path('key.json'), await createVerifierKeyFileText(createKeyPair()))
    writeFileSync(path('passphrase'), `${PASSPHRASE}\n`, { mode: 0o600 })
    const env = {
      HEFU_NETWORK: path('network.json'),
      HEFU_VERIFIER_KEY: path('key.json'),
      HEFU_PASSPHRASE_FILE: path('passphrase'),
      HEFU_PORT: '0',
      HEFU_REPLICA: path('kept'),
      HEFU_ACCESS: 'unguarded',
      HEFU_MAX_LEDGER_AGE_SECONDS: '999999',
    }
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    served = child
    const url = await addressOf(child)
    child.stdout.resume()
    const until = await newest()
    const isThere = async (): Promise<boolean> => {
      const { status, json } = await send(`${url}/health/ready`)
      return status === 200 && json.block.number >= until
    }
    for (const deadline = Date.now() + 20_000; !(await isThere()); await pause(50)) {
      expect(Date.now(), 'ready').to.be.below(deadline)
    }
    const { nodes, nodeStates } = (await send(`${url}/health/ready`)).json
    expect(nodes).to.deep.include({ needed: 1, agreeing: 1, logsHeldBy: 'one-node' })
    expect(nodes.newest).to.be.at.least(until)
    expect(nodeStates[0]).to.include({ node: new URL(network.rpcUrl).host, state: 'agrees' })
    const { issuer } = queryOf(sandbox, 0)
    const listed = (await send(`${url}/v1/ledger/agencies/${issuer}/acts?limit=200`)).json
    expect(listed.block.number).to.be.at.least(until)
    expect(listed.items.map((one: { statusIndex: number }) => one.statusIndex)).to.deep.equal(
      Array.from({ length: nextIndex }, (_, index) => index),
    )
    const anchors = (await send(`${url}/v1/ledger/agencies/${issuer}/anchors`)).json.items
    expect(anchors[0]).to.include({ firstIndex: 0 })
    expect((await send(`${url}/v1/ledger/nodes`)).json.item.nodes[0].state).to.equal('agrees')
    child.kill('SIGTERM')
    expect((await once(child, 'close'))[0]).to.equal(0)
    await expectAsTheLedger(await openAt(path('kept')))
  })
})
