/** The ledgers of a registry, each over a replica of its own, on a real chain process with two of them. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { createRpcLedgerView, identityOf, type Network } from '@hefu/ledger'
import { parseRegistryNetwork, type RegistryNetwork } from '@hefu/ledger/registry'
import type { LedgerView } from '@hefu/protocol'
import { createLogger } from '@hefu/service'
import { readLedgerHealth } from '@hefu/verifier'
import { expect } from 'chai'
import { after, afterEach, before, describe, it } from 'mocha'
import { run } from '#internal/verifier/command/program'
import { openRegistryReplicas, type RegistryReplicas } from '#internal/verifier/replica/registry-replicas'
import { registeredPlace } from '#internal/verifier/replica/replica-place'
import {
  createFoundedSandbox,
  type FoundedAgency,
  type FoundedSandbox,
  foundOnChain,
  nowSeconds,
} from '../../../scripts/sandbox/founded-sandbox.ts'
import { type CouncilContracts, connectCouncil } from '../../fixtures/council-contracts.ts'
import { anchorLicences, signLicences } from '../../fixtures/issued-licences.ts'
import { decided, done, queryOf } from '../ledger/fixtures/anchored-sandbox.ts'
import { send, startTestService } from './service.ts'

const INTERVAL_MS = 200
interface Listed {
  readonly address: string
  readonly closedAt: number | null
}
interface Audited {
  readonly code: number
  readonly told: { readonly equal?: boolean; readonly code?: string }
}

const UNREGISTERED = `0x${'12'.repeat(20)}` as const

describe('The ledgers of a registry', function () {
  this.timeout(180_000)
  let folder: string
  let first: FoundedSandbox
  let second: FoundedAgency
  let council: CouncilContracts
  let network: RegistryNetwork
  let replicas: RegistryReplicas | null = null

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-registry-'))
    first = await createFoundedSandbox(join(folder, 'first'))
    second = await foundOnChain(join(folder, 'second'), first.chain)
    council = await connectCouncil(first)
    for (const agency of [first, second]) await anchorLicences(agency, await signLicences(agency, 1))
    const { rpcUrl, chainId, deploymentBlock } = first.network
    const { registry } = council
    network = parseRegistryNetwork(
      JSON.stringify({ rpcUrl, chainId, registry, deploymentBlock, finality: 0, engine: 'ethereum' }),
    )
  })
  afterEach(async () => {
    await replicas?.close()
    replicas = null
  })
  after(async () => {
    council?.disconnect()
    await first?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const place = (): string => join(folder, 'replicas')
  const folderOf = ({ chainId, ledger }: Network): string => `${chainId}-${ledger}`
  const kept = (): readonly string[] => readdirSync(place()).filter((name) => name.includes('-0x'))

  async function open(of: RegistryNetwork = network): Promise<RegistryReplicas> {
    replicas = await openRegistryReplicas(
      place(),
      of,
      createLogger(() => undefined),
      INTERVAL_MS,
    )
    return replicas
  }

  async function viewsOf({ directory }: RegistryReplicas): Promise<readonly LedgerView[]> {
    return (await directory.list({ notBefore: 0 })).map(({ view }) => view)
  }

  async function audit(args: readonly string[]): Promise<Audited> {
    let stdout = ''
    const write = (take: (text: string) => void) =>
      new Writable({ write: (chunk, _, done) => done(void take(String(chunk))) })
    const session = {
      env: {},
      stdout: write((text) => {
        stdout += text
      }),
      output: write(() => undefined),
      signal: new AbortController().signal,
      readNetwork: async () => network,
    }
    const code = await run(session, ['audit', '--network', 'registry.json', '--json', ...args])
    return { code, told: JSON.parse(stdout) }
  }

  /** Until what is asked is so; a replica reads once a second. */
  async function until(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo().catch(() => false))) await pause(100)
  }

  /** As far as the replica of an agency's ledger says what the ledger itself does. */
  async function expectSame(view: LedgerView | undefined, agency: FoundedAgency): Promise<void> {
    if (view === undefined) expect.fail('the registry names fewer ledgers')
    const asked = queryOf(agency, 0)
    let told = { number: 0, hash: '' }
    await until(async () => {
      const { nodes, ...facts } = await view.lookup(asked)
      expect(nodes).to.include({ needed: 1, agreeing: 1 })
      told = facts.block
      const itself = createRpcLedgerView(agency.network)
      expect(facts).to.deep.equal(await itself.lookup({ ...asked, block: facts.block }))
      return true
    })
    expect(told.number).to.be.above(0)
  }

  it('have a replica each that the registry names, and none that it does not', async () => {
    const opened = await open()
    const views = await viewsOf(opened)
    expect(views.map(({ ledger }) => ledger)).to.deep.equal([identityOf(first.network)])
    await expectSame(views[0], first)
    expect(kept()).to.deep.equal([folderOf(first.network)])
    expect(opened.agreement(identityOf(second.network))).to.equal(undefined)
  })

  it('have one from when the registry names them, though nobody asks', async () => {
    const opened = await open()
    const { chainId, ledger } = second.network
    await council.register(chainId, ledger, (await council.now()) - 3600)
    await until(async () => kept().includes(folderOf(second.network)))
    await until(async () => (opened.agreement(identityOf(second.network))?.agreeing ?? 0) > 0)
    await until(async () => (await viewsOf(opened)).length === 2)
    const [one, other] = await viewsOf(opened)
    await expectSame(one, first)
    await expectSame(other, second)
  })

  it('are followed for acts once they are closed', async () => {
    await council.close(1, (await council.now()) + 1, 2)
    const [view] = await viewsOf(await open())
    const status = async () => (await view?.lookup(queryOf(first, 0)))?.status
    await until(async () => (await status()) === 'valid')
    const { operator, agency } = first
    const act = { ...decided('湘建罚〔2026〕1号'), act: 'suspend', indices: [0] } as const
    await done(operator, operator.submitAct(agency, act))
    await until(async () => (await status()) === 'suspended')
  })

  it('are listed each by its own replica, under the name that the registry has for it', async () => {
    const { directory, agreement, listed } = await open()
    const service = await startTestService(directory, { agreement, listed, clock: nowSeconds })
    try {
      const read = async (path: string) => (await send(`${service.url}/v1/ledger${path}`)).json
      await until(async () => (await read('')).item.ledgers.length === 2)
      const { ledger, item } = await read('')
      expect(ledger, 'the one that is open').to.deep.equal(identityOf(second.network))
      expect(item.ledgers.map(({ address, closedAt }: Listed) => [address, closedAt === null])).to.deep.equal(
        [
          [first.network.ledger, false],
          [second.network.ledger, true],
        ],
      )
      for (const [{ network: of, agency }, acts] of [
        [first, 1],
        [second, 0],
      ] as const) {
        const listing = () => read(`/agencies/${agency}/acts?ledger=${of.chainId}/${of.ledger}`)
        await until(async () => (await listing()).items.length === acts)
        expect((await listing()).ledger).to.deep.equal(identityOf(of))
        const { items } = await read(`/agencies/${agency}/anchors?ledger=${of.ledger}`)
        expect(items).to.have.length(1)
      }
      expect((await read(`/regions?ledger=${UNREGISTERED}`)).code).to.equal('ledger-not-listed')
    } finally {
      await service.close()
    }
  })

  it('say how fresh each is, and how its nodes are', async () => {
    const { directory, agreement } = await open()
    const read = async () => {
      const found = await readLedgerHealth(directory, 300, nowSeconds(), agreement)
      return 'ledgers' in found ? found.ledgers : []
    }
    // What is kept is fresh enough before its nodes have answered.
    await until(async () => {
      const ledgers = await read()
      return ledgers.length === 2 && ledgers.every(({ nodes }) => nodes?.agreeing === 1)
    })
    const ledgers = await read()
    expect(ledgers.map(({ address, state }) => [address, state])).to.deep.equal([
      [first.network.ledger, 'ready'],
      [second.network.ledger, 'ready'],
    ])
    for (const { nodeStates, nodes, ...ledger } of ledgers) {
      expect(nodeStates).to.have.length(1)
      expect(nodes).to.include({ needed: 1, agreeing: 1 })
      expect(ledger).to.have.property('freshness').that.includes({ maxAge: 300 })
    }
  })

  it('are of one process: a second one on the same place does not start', async () => {
    await open()
    const again = await openRegistryReplicas(
      place(),
      network,
      createLogger(() => undefined),
    ).catch((error: { readonly code?: string }) => error)
    expect(again).to.have.property('code', 'folder-in-use')
  })

  it('are waited for where the registry does not answer', async () => {
    const { directory } = await open({ ...network, rpcUrl: 'http://127.0.0.1:9' })
    const error = await directory.list({ notBefore: 0 }).catch((thrown: unknown) => thrown)
    expect(error).to.have.property('code', 'unreachable')
  })

  it('are audited one at a time, by the name that the registry has for it, and by no other', async () => {
    const nameOf = ({ chainId, ledger }: Network): string => `${chainId}/${ledger}`
    for (const agency of [first, second]) {
      const args = ['--ledger', nameOf(agency.network), '--replica', place(), '--all']
      const { code, told } = await audit(args)
      expect([code, told.equal], JSON.stringify(told)).to.deep.equal([0, true])
    }
    for (const [args, refused] of [
      [[], 'registry-network'],
      [['--ledger', `${network.chainId}/${UNREGISTERED}`], 'ledger-unregistered'],
      [['--ledger', second.network.ledger], 'ledger-unregistered'],
    ] as const) {
      const { code, told } = await audit(args)
      expect([code, told.code]).to.deep.equal([2, refused])
    }
  })

  it('have places of their own, and no two the same', () => {
    const at = (where: string, chainId: number) => registeredPlace(where, { chainId, ledger: UNREGISTERED })
    expect(at('replicas', 1)).to.deep.equal({ place: `replicas/1-${UNREGISTERED}`, schema: 'hefu_replica' })
    const url = 'postgres://localhost/replicas'
    const { schema } = at(url, Number.MAX_SAFE_INTEGER)
    // PostgreSQL cuts a longer name, and two might become one.
    expect(schema.length).to.be.at.most(63)
    expect(new Set([schema, at(url, 1).schema, at(url, 11).schema]).size).to.equal(3)
    expect(at(url, 1).place).to.equal(url)
  })
})
