/** An audit finds what is otherwise and says what; where nothing is proven it never says that all is well. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Network } from '@hefu/ledger'
import type { AuditDifference } from '@hefu/ledger/audit'
import { type BlockHeader, type Change, CompactFacts, connectNodes, Replica } from '@hefu/ledger/replica'
import { holdFolder, openFolderDatabase, openStore, type Store } from '@hefu/service'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, before, describe, it } from 'mocha'
import { run } from '#internal/verifier/command/program'
import { writeCheckpoint } from '#internal/verifier/replica/checkpoint'
import { readPosition } from '#internal/verifier/replica/position'
import { createReplicaStore, restoreFacts } from '#internal/verifier/replica/replica-store'
import { type ReplicaSchema, replicaStore } from '#internal/verifier/replica/schema'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { LEDGER_INTERFACE } from '../../../scripts/deploy/deployment-plan.ts'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { nowSeconds } from '../../../scripts/sandbox/founded-sandbox.ts'
import { evaluateRule } from '../../contracts/slot-rule.ts'
import { placeEmptyDatabase } from '../../fixtures/empty-database.ts'
import { DEAD, stalledAt, startFaultProxy } from '../../fixtures/fault-proxy.ts'
import { type Alteration, startRpcProxy } from '../../fixtures/rpc-proxy.ts'
import {
  type AnchoredSandbox,
  batchRoot,
  createAnchoredSandbox,
  decided,
  done,
  GUANGDONG_AGENCY,
} from '../ledger/fixtures/anchored-sandbox.ts'

const BIN = fileURLToPath(new URL('../../../packages/verifier/bin/hefu-ledger.js', import.meta.url))
const NODE = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url))

/** So many that a sample of licences has some of them. */
const NOTED = Array.from({ length: 60 }, (_, at) => 100 + at)

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

describe('hefu-ledger audit', function () {
  this.timeout(120_000)
  let sandbox: AnchoredSandbox
  let network: Network
  let folder: string

  before(async () => {
    sandbox = await createAnchoredSandbox()
    network = { ...sandbox.network, finality: 0, engine: 'ethereum' }
    folder = mkdtempSync(join(tmpdir(), 'hefu-audit-'))
    const { operator, agency } = sandbox
    await done(
      operator,
      operator.submitAct(agency, { ...decided('湘建罚〔2026〕1号'), act: 'suspend', indices: [7, 50] }),
    )
    await done(
      operator,
      operator.submitNotice(agency, { ...decided('湘建标〔2026〕1号'), code: 1, indices: NOTED }),
    )
    // So that nothing is otherwise between two audits of one test.
    await rpc(sandbox.chain.rpcUrl, 'evm_setIntervalMining', [0])
  })
  after(async () => {
    await sandbox?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const collect = (into: string[]): Writable =>
    new Writable({
      write: (chunk, _, next) => {
        into.push(String(chunk))
        next()
      },
    })

  async function audit(args: readonly string[], of: Network = network): Promise<Ran> {
    const path = join(folder, 'network.json')
    writeFileSync(path, JSON.stringify(of))
    const [stdout, stderr]: [string[], string[]] = [[], []]
    const code = await run(
      {
        env: {},
        stdout: collect(stdout),
        output: collect(stderr),
        signal: new AbortController().signal,
        readNetwork: async () => of,
      },
      ['audit', '--network', path, ...args],
    )
    return { code, stdout: stdout.join(''), stderr: stderr.join('') }
  }

  async function auditBehind(
    alter: Alteration,
    args: readonly string[] = ['--sample', '2', '--json'],
    of: Network = network,
  ): Promise<Ran> {
    const proxy = await startRpcProxy(sandbox.chain.rpcUrl, alter)
    try {
      return await audit(args, { ...of, rpcUrl: proxy.rpcUrl })
    } finally {
      await proxy.close()
    }
  }

  const namedIn = ({ stdout }: Ran): readonly AuditDifference[] => JSON.parse(stdout).named

  describe('of the events', () => {
    it('ends with 0 where all facts are in storage as they were told', async () => {
      const { code, stdout } = await audit(['--all', '--json'])
      const { equal, facts, slots, seed, compared } = JSON.parse(stdout)
      expect({ code, equal }).to.deep.equal({ code: 0, equal: true })
      expect(seed).to.be.a('number')
      expect(facts).to.be.above(20)
      expect(slots).to.be.above(50)
      expect(compared.anchors).to.deep.equal({ of: 2, facts: 2 })
    })

    it('says in words as of which block, and by which seed a sample was drawn', async () => {
      const { code, stdout } = await audit(['--sample', '1', '--seed', '42'])
      expect(code).to.equal(0)
      expect(stdout).to.match(/^相符：.* · Equal: as of block \d+ \(0x[0-9a-f]{64}\)/)
      expect(stdout).to.match(/种子 42；.*seed 42/)
      expect((await audit(['--sample', '1'])).stdout).to.match(/seed \d+/)
    })

    it('of one agency has its facts and no others, and of one that there is not nothing', async () => {
      const { code, stdout } = await audit(['--all', '--json', '--agency', GUANGDONG_AGENCY])
      const { equal, agency, compared, partly } = JSON.parse(stdout)
      expect({ code, equal, agency, partly }).to.deep.equal({
        code: 0,
        equal: true,
        agency: GUANGDONG_AGENCY,
        partly: [],
      })
      expect(compared.agencies).to.deep.equal({ of: 1, facts: 1 })
      expect(compared.regions).to.deep.equal({ of: 0, facts: 0 })
      expect((await audit(['--agency', GUANGDONG_AGENCY])).stdout).to.include(
        `仅核对机构 ${GUANGDONG_AGENCY}`,
      )
      expect((await audit(['--agency', '1122000000000103MW'])).code).to.equal(4)
      expect((await audit(['--agency', '1122000000000103MX'])).code).to.equal(2)
    })

    it('of all ends with 5 where a province has more than are all compared, and names it', async () => {
      const { code, stdout } = await audit(['--all', '--json', '--most', '2'])
      const { equal, partly, compared } = JSON.parse(stdout)
      expect({ code, equal }).to.deep.equal({ code: 5, equal: true })
      expect(partly).to.include('430000')
      expect(compared.everyWord.facts).to.be.below(compared.everyWord.of)
      const told = await audit(['--all', '--most', '1'])
      expect(told.stdout).to.match(/未全部核对：省份 .*430000.*超过 1 项/)
      // Of kinds of no province no province is named, and no agency would help.
      expect(told.stdout).to.match(/不属于任何省份的同类事实.*超过 1 项/)
      expect(told.stdout).to.not.match(/—|\(,/)
    })

    it('says of which ledger it is, and takes another than the network file names for a mistake', async () => {
      const ledger = `${network.chainId}/${network.ledger}`
      const said = await audit(['--sample', '1', '--ledger', ledger])
      expect(said.code).to.equal(0)
      expect(said.stdout).to.include(`${network.ledger}，链号 ${network.chainId}`)
      const { chainId, ledger: address } = JSON.parse((await audit(['--sample', '1', '--json'])).stdout)
      expect({ chainId, ledger: address }).to.deep.equal({ chainId: network.chainId, ledger: network.ledger })
      for (const other of [`1/${network.ledger}`, `${network.chainId}/0x${'77'.repeat(20)}`, 'ledger', '']) {
        const ran = await audit(['--sample', '1', '--json', '--ledger', other])
        expect([ran.code, JSON.parse(ran.stdout).code], other).to.deep.equal([2, 'ledger-pinned'])
      }
    })

    it('takes no bound of all for one of a sample', async () => {
      const ran = await audit(['--most', '3', '--json'])
      expect([ran.code, JSON.parse(ran.stdout).code]).to.deep.equal([2, 'most-without-all'])
    })

    it('is a process of its own', async () => {
      const path = join(folder, 'process.json')
      writeFileSync(path, JSON.stringify(network))
      const { status, stdout } = spawnSync(NODE, [BIN, 'audit', '--all', '--network', path], {
        encoding: 'utf8',
      })
      expect(status).to.equal(0)
      expect(stdout).to.match(/^相符/)
      const help = await audit(['--help'])
      expect(help.code).to.equal(0)
      expect(help.stdout).to.match(/退出码 · Exit codes:/)
    })

    it('names whatever log a node withholds that no header holds: storage counts it', async () => {
      const { engine: _, ...unnamed } = network
      for (const [event, kind, fact] of WITHHELD) {
        const topic = LEDGER.getEvent(event)?.topicHash
        const ran = await auditBehind(
          (method, _, result) =>
            method === 'eth_getLogs'
              ? (result as readonly { topics: readonly string[] }[]).filter(
                  ({ topics }) => topics[0] !== topic,
                )
              : undefined,
          ['--json', '--all', '--seed', '1'],
          unnamed,
        )
        expect(ran.code, event).to.equal(3)
        expect(
          namedIn(ran).map((one) => `${one.kind} ${one.fact}`),
          event,
        ).to.include(`${kind} ${fact}`)
      }
    })

    it('names what storage holds otherwise, in words of both sides', async () => {
      const slot = evaluateRule('keccak((index / 48) . keccak(issuer . 24))', {
        issuer: BigInt(`0x${Buffer.from(sandbox.agency).toString('hex').padEnd(64, '0')}`),
        index: 7n,
      })
      const key = `0x${slot.toString(16).padStart(64, '0')}`
      const ask = (method: string, ...params: unknown[]): Promise<unknown> =>
        rpc(sandbox.chain.rpcUrl, method, params)
      const held = String(await ask('eth_getStorageAt', network.ledger, key, 'latest'))
      const put = async (value: string): Promise<void> => {
        await ask('anvil_setStorageAt', network.ledger, key, value)
        await ask('evm_mine')
      }
      await put(held.replace(/.$/, '2'))
      try {
        const ran = await audit(['--all'])
        expect(ran.code).to.equal(3)
        expect(ran.stdout).to.match(/^不符.* · Otherwise: /)
        expect(ran.stdout).to.match(/the events say “7 suspended”, storage holds “0 revoked, 7 suspended”/)
        expect(ran.stdout).to.include(key)
      } finally {
        await put(held)
      }
      expect((await audit([])).code).to.equal(0)
    })
  })

  describe('that a node keeps from the truth', () => {
    const lies: Readonly<Record<string, readonly [code: string, Alteration]>> = {
      'a state root': [
        'header-wrong',
        onHeader((header) => ({ ...header, stateRoot: otherLast(header['stateRoot']) })),
      ],
      'the number of a header': ['header-wrong', onHeader((header) => ({ ...header, number: '0x1' }))],
      'no header': ['header-wrong', onHeader(() => 'none')],
      'the value of a slot': ['proof-wrong', onProof((slot) => ({ ...slot, value: '0x1234' }))],
      'a node of a slot': [
        'proof-wrong',
        onProof(({ proof, ...slot }) => ({ ...slot, proof: proof.map(otherLast) })),
      ],
      'the nodes of a slot, left out': ['proof-wrong', onProof((slot) => ({ ...slot, proof: [] }))],
      'a slot as absent': [
        'proof-wrong',
        onProof((slot) => ({ ...slot, value: '0x0', proof: slot.proof.slice(0, 1) })),
      ],
      'a node of the account': [
        'proof-wrong',
        onAnswer('eth_getProof', (told) => ({
          ...told,
          accountProof: (told['accountProof'] as string[]).map(otherLast),
        })),
      ],
      'fewer slots': [
        'proof-wrong',
        onAnswer('eth_getProof', (told) => ({
          ...told,
          storageProof: (told['storageProof'] as unknown[]).slice(1),
        })),
      ],
      'no proof': ['proof-wrong', onAnswer('eth_getProof', () => ({}))],
      'a state that was given up': ['proofs-refused', refusing('missing trie node')],
      'a method that it has not': ['proofs-refused', refusing('the method eth_getProof does not exist')],
    }
    for (const [what, [code, alter]] of Object.entries(lies)) {
      it(`is no audit, and ends with 4: ${what}`, async () => {
        const ran = await auditBehind(alter)
        expect(ran.code).to.equal(4)
        expect(JSON.parse(ran.stdout)).to.include({ event: 'error', code })
        expect(ran.stderr).to.match(/^无法审计：.* · Could not be audited: /)
      })
    }

    it('is no audit where by whose rule the header is hashed is not known, and Ethereum’s does not prove it', async () => {
      const { engine: _, ...unnamed } = network
      const proxy = await startRpcProxy(
        sandbox.chain.rpcUrl,
        onHeader((header) => ({ ...header, extraData: '0xf8' })),
      )
      const ran = await audit(['--json'], { ...unnamed, rpcUrl: proxy.rpcUrl })
      await proxy.close()
      expect([ran.code, JSON.parse(ran.stdout).code]).to.deep.equal([4, 'header-unproven'])
    })

    it('is one where any node of the network proves, whatever the first does', async () => {
      const { rpcUrl } = network
      for (const alter of Object.values(lies).map(([, lie]) => lie)) {
        const proxy = await startRpcProxy(rpcUrl, alter)
        const of = { ...network, rpcUrl: proxy.rpcUrl, otherRpcUrls: [rpcUrl, `${rpcUrl}/?third`] }
        const ran = await audit(['--sample', '1', '--json'], of)
        await proxy.close()
        expect([ran.code, ran.stderr]).to.deep.equal([0, ''])
      }
    })

    it('is one where the first node is away, or answers nothing', async () => {
      const { rpcUrl } = network
      for (const fault of [DEAD, stalledAt('eth_getProof')]) {
        const proxy = await startFaultProxy(rpcUrl)
        proxy.fault = fault
        const of = { ...network, rpcUrl: proxy.rpcUrl, otherRpcUrls: [rpcUrl, `${rpcUrl}/?third`] }
        const ran = await audit(['--sample', '1', '--json'], of)
        await proxy.close()
        expect(ran.code).to.equal(0)
      }
    })

    it('is none where no node proves, each of which is named by host and port, with its reason', async () => {
      const refuses = await startRpcProxy(network.rpcUrl, refusing('missing trie node'))
      const lying = await startRpcProxy(
        network.rpcUrl,
        onProof((slot) => ({ ...slot, value: '0x1234' })),
      )
      const otherRpcUrls = [`${lying.rpcUrl}/open-sesame`]
      const ran = await audit(['--sample', '1', '--json'], {
        ...network,
        rpcUrl: refuses.rpcUrl,
        otherRpcUrls,
      })
      await refuses.close()
      await lying.close()
      expect(ran.code).to.equal(4)
      expect(ran.stderr).to.include(`${new URL(refuses.rpcUrl).host}: ask for eth_getProof`)
      expect(ran.stderr).to.include(`${new URL(lying.rpcUrl).host}: prove the storage`)
      expect(ran.stderr).to.not.include('open-sesame')
    })

    it('is no audit where the node does not answer, nothing is final, or no ledger is there', async () => {
      const silent = await audit(['--json'], { ...network, rpcUrl: 'http://127.0.0.1:9' })
      expect([silent.code, JSON.parse(silent.stdout).code]).to.deep.equal([4, 'ledger-unreachable'])
      const early = await audit(['--json'], { ...network, finality: 1_000_000 })
      expect([early.code, JSON.parse(early.stdout).code]).to.deep.equal([4, 'nothing-final'])
      const elsewhere = await audit(['--json'], { ...network, ledger: `0x${'77'.repeat(20)}` })
      expect([elsewhere.code, JSON.parse(elsewhere.stdout).code]).to.deep.equal([4, 'proof-wrong'])
    })
  })

  describe('of what a replica keeps', () => {
    const place = (): string => join(folder, 'kept')

    before(async () => {
      await placeEmptyDatabase(join(place(), 'replica'))
      await withStore(async (opened) => {
        const store = await createReplicaStore(opened, {
          chainId: network.chainId,
          address: network.ledger,
        })
        await (await Replica.open(network, connectNodes(network, { clock: nowSeconds }), store)).advance()
      })
    })

    async function withStore(work: (opened: Store<ReplicaSchema>) => Promise<void>): Promise<void> {
      mkdirSync(place(), { recursive: true })
      const held = await holdFolder(place())
      const database = await openFolderDatabase(held, 'replica')
      try {
        const opened = await openStore<ReplicaSchema>(database, replicaStore())
        await work(opened)
        await opened.close()
      } finally {
        await database.close()
        await held.release()
      }
    }

    it('ends with 0 where it keeps what the ledger does', async () => {
      const ran = await audit(['--replica', place(), '--all'])
      expect(ran.stderr).to.equal('')
      expect(ran.code, ran.stdout).to.equal(0)
    })

    it('says nothing where its block is of another time, or its ledger of another block, than the chain says', async () => {
      const ledger = { chainId: network.chainId, address: network.ledger }
      /** All that was saved, once more in one page. */
      const saveAnew = (alter: (saved: { block: BlockHeader; changes: Change[] }) => void): Promise<void> =>
        withStore(async (opened) => {
          const block = await (await createReplicaStore(opened, ledger)).position()
          if (block === null) return expect.fail('kept')
          const rows = await opened.db.selectFrom('page').selectAll().orderBy('number').execute()
          const saved = {
            block: { ...block },
            changes: rows.flatMap((row) => JSON.parse(row.changes) as Change[]),
          }
          alter(saved)
          for (const table of ['page', 'position'] as const) await opened.db.deleteFrom(table).execute()
          await (await createReplicaStore(opened, ledger)).save(
            saved.changes,
            saved.block,
            new CompactFacts(),
          )
        })
      const expectRefused = async (): Promise<void> => {
        const ran = await audit(['--replica', place(), '--json'])
        expect([ran.code, JSON.parse(ran.stdout).code]).to.deep.equal([4, 'block-replaced'])
      }
      await saveAnew(({ block }) => Object.assign(block, { time: block.time + 90_000 }))
      await expectRefused()
      const [truth, other] = [new Map<string, unknown>(), `0x${'77'.repeat(32)}`]
      await saveAnew(({ block, changes }) => {
        Object.assign(block, { time: block.time - 90_000 })
        const deployed = changes.find((change) => 'table' in change && change.table === 'deployment')
        truth.set('deployment', deployed && 'fact' in deployed ? deployed.fact : null)
        Object.assign(deployed ?? {}, { fact: other })
      })
      await expectRefused()
      await saveAnew(({ changes }) => {
        const deployed = changes.find((change) => 'table' in change && change.table === 'deployment')
        Object.assign(deployed ?? {}, { fact: truth.get('deployment') })
      })
      expect((await audit(['--replica', place(), '--all'])).code).to.equal(0)
    })

    it('says nothing where the database is away, or where what is kept is not what was saved', async () => {
      const away = await audit(['--replica', 'postgres://nobody:secret@127.0.0.1:9/none', '--json'])
      expect([away.code, JSON.parse(away.stdout).code]).to.deep.equal([4, 'database-unreachable'])
      expect(away.stdout + away.stderr).to.not.include('secret')
      const alter = (time: ReturnType<typeof sql>): Promise<void> =>
        withStore(async ({ db }) => {
          await db
            .updateTable('position')
            .set({ block_time: time as never })
            .execute()
        })
      await alter(sql`block_time + 90000`)
      const damaged = await audit(['--replica', place(), '--json'])
      expect([damaged.code, JSON.parse(damaged.stdout).code]).to.deep.equal([4, 'replica-damaged'])
      expect(damaged.stderr).to.match(/移走副本文件夹.* · .*take the folder away/)
      await alter(sql`block_time - 90000`)
      expect((await audit(['--replica', place()])).code).to.equal(0)
    })

    it('names what it keeps otherwise, what it lacks and what it has too many', async () => {
      const fact = { anchoredAt: 1, blockNumber: 1, size: 1000, firstIndex: 0 }
      const changes = [
        { table: 'anchors', key: `${sandbox.agency}/${batchRoot(0)}`, fact },
        { table: 'anchors', key: `${GUANGDONG_AGENCY}/${batchRoot(0)}`, fact: null },
        { table: 'anchors', key: `${sandbox.agency}/${batchRoot(4711)}`, fact },
      ]
      await withStore(async (opened) => {
        const store = await createReplicaStore(opened, { chainId: network.chainId, address: network.ledger })
        const block = await store.position()
        if (block === null) return expect.fail('kept')
        await opened.db.deleteFrom('position').execute()
        const rows = await opened.db.selectFrom('page').selectAll().execute()
        await opened.db.deleteFrom('page').execute()
        const anew = await createReplicaStore(opened, { chainId: network.chainId, address: network.ledger })
        const told = rows.flatMap((row) => JSON.parse(row.changes) as Change[])
        await anew.save([...told, ...(changes as readonly Change[])], block, new CompactFacts())
      })
      const ran = await audit(['--replica', place(), '--all', '--json'])
      expect(ran.code).to.equal(3)
      const named = namedIn(ran).map((one) => `${one.kind} ${one.key}`)
      expect(named).to.include.members(changes.map(({ key }) => `anchors ${key}`))
      expect(named).to.include(`agencies ${GUANGDONG_AGENCY}`)
    })

    it('is read and nothing else: of a place that has none nothing is made, and of another ledger nothing is said', async () => {
      const none = join(folder, 'none')
      const missing = await audit(['--replica', none, '--json'])
      expect([missing.code, JSON.parse(missing.stdout).code]).to.deep.equal([2, 'replica-missing'])
      expect(existsSync(none)).to.equal(false)
      const foreign = await audit(['--replica', place(), '--json'], {
        ...network,
        ledger: `0x${'77'.repeat(20)}`,
      })
      expect([foreign.code, JSON.parse(foreign.stdout).code]).to.deep.equal([2, 'replica-foreign'])
    })

    it('names what its checkpoint holds otherwise: a service starts from that, whatever the pages say', async () => {
      const key = `${sandbox.agency}/${batchRoot(1)}`
      const fact = { anchoredAt: 1, blockNumber: 1, size: 1000, firstIndex: 0 }
      await withStore(async ({ db }) => {
        const facts = new CompactFacts()
        const position = await readPosition(db)
        if (position === null) return expect.fail('kept')
        await restoreFacts(db, facts, position)
        facts.put({ table: 'anchors', key, fact })
        const last = { number: position.block.number, digest: position.pages }
        await db.transaction().execute((trx) => writeCheckpoint(trx, facts, last))
      })
      const ran = await audit(['--replica', place(), '--all', '--json'])
      expect(ran.code).to.equal(3)
      expect(namedIn(ran).map((one) => `${one.kind} ${one.key}`)).to.include(`anchors ${key}`)
    })
  })

  it('takes no word for a number, and no registry for a ledger', async () => {
    for (const args of [
      ['--sample', '0'],
      ['--sample', 'all'],
      ['--seed', '281474976710656'],
      ['--agency', '1143'],
      ['more'],
    ])
      expect((await audit(args)).code, args.join(' ')).to.equal(2)
  })
})

const LEDGER = readArtifact(LEDGER_INTERFACE).abi

/** What is withheld, and as what it is named. */
const WITHHELD: readonly (readonly [event: string, kind: string, fact: string])[] = [
  ['StatusActed', 'everyWord', 'statusWord'],
  ['Noted', 'someLicences', 'notes'],
  ['AgencyAccredited', 'regions', 'region'],
]

function otherLast(text: unknown): string {
  return String(text).replace(/.$/, (last) => (last === '0' ? '1' : '0'))
}

type Told = Readonly<Record<string, unknown>>

function onAnswer(asked: string, alter: (told: Told) => unknown): Alteration {
  return (method, _, result) => (method === asked ? alter(result as Told) : undefined)
}

function onHeader(alter: (header: Told) => unknown): Alteration {
  return onAnswer('eth_getBlockByHash', alter)
}

interface SlotProof {
  readonly value: string
  readonly proof: readonly string[]
}

/** Of each answer the first slot that holds something. */
function onProof(alter: (slot: SlotProof) => unknown): Alteration {
  return onAnswer('eth_getProof', (told) => {
    const slots = told['storageProof'] as readonly SlotProof[]
    const chosen = slots.findIndex(({ value }) => BigInt(value) !== 0n)
    return { ...told, storageProof: slots.map((slot, at) => (at === chosen ? alter(slot) : slot)) }
  })
}

function refusing(message: string): Alteration {
  return (method) => {
    if (method === 'eth_getProof') throw new Error(message)
    return undefined
  }
}
