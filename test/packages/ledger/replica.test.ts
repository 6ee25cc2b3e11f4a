/** A replica follows a chain as it is: long, replaced in part, served by nodes that fail, change sides or withhold. */
import { setTimeout as pause } from 'node:timers/promises'
import { createRpcLedgerView, type Network } from '@hefu/ledger'
import { type Advance, connectNodes, Replica, ReplicaStoppedError } from '@hefu/ledger/replica'
import {
  type Hex,
  type LedgerFacts,
  type LedgerQuery,
  LedgerUnavailableError,
  type LedgerView,
} from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { LEDGER_INTERFACE } from '../../../scripts/deploy/deployment-plan.ts'
import { rpc } from '../../../scripts/sandbox/chain.ts'
import { nowSeconds } from '../../../scripts/sandbox/founded-sandbox.ts'
import { type Alteration, startRpcProxy } from '../../fixtures/rpc-proxy.ts'
import { type AnchoredSandbox, createAnchoredSandbox, decided } from './fixtures/anchored-sandbox.ts'

const KEY: Hex = `0x${'ab'.repeat(32)}`
const TYPE = '11100000000013338W011'
const ACCREDITED = readArtifact(LEDGER_INTERFACE).abi.getEvent('AgencyAccredited')?.topicHash

describe('Replica on a chain process', function () {
  this.timeout(120_000)
  let sandbox: AnchoredSandbox
  let view: LedgerView
  let nextIndex = 0

  before(async () => {
    sandbox = await createAnchoredSandbox()
    view = createRpcLedgerView(sandbox.network)
  })
  after(() => sandbox?.stop())

  const ask = <T>(method: string, params: readonly unknown[] = []): Promise<T> =>
    rpc(sandbox.chain.rpcUrl, method, params) as Promise<T>
  const mine = (blocks: number): Promise<void> => ask('anvil_mine', [`0x${blocks.toString(16)}`])

  const newestHash = async (): Promise<Hex> =>
    (await ask<{ readonly hash: Hex }>('eth_getBlockByNumber', ['latest', false])).hash

  /** Until just after a block of the clock: for five seconds no other comes by itself, in place of one that is meant. */
  async function justMined(): Promise<void> {
    const before = await newestHash()
    while ((await newestHash()) === before) await pause(20)
  }

  /** Now and then, on a busy machine, anvil leaves the chain as it was: then once more. */
  async function replaceNewest(blocks: number): Promise<void> {
    const before = await newestHash()
    while ((await newestHash()) === before) await ask('anvil_reorg', [blocks, []])
  }

  function replicaOver(
    finality: Network['finality'] & {},
    rpcUrl = sandbox.network.rpcUrl,
  ): Promise<Replica> {
    const network = { ...sandbox.network, rpcUrl, finality }
    return Replica.open(network, connectNodes(network, { clock: nowSeconds }))
  }

  const question = (statusIndex: number): LedgerQuery => ({
    issuer: sandbox.agency,
    keyId: KEY,
    statusIndex,
    licenceType: TYPE,
    receivingRegion: '440000',
  })

  async function expectAlike(replica: Replica): Promise<void> {
    const block = replica.position?.newest
    if (block === undefined) throw new Error('nothing was read')
    for (let index = 0; index <= nextIndex; index++) {
      const query = { ...question(index), block }
      expect(await replica.view().lookup(query), `index ${index}`).to.deep.equal(await view.lookup(query))
    }
  }

  async function suspend(): Promise<number> {
    const { operator, agency } = sandbox
    const index = nextIndex++
    await operator.confirm(
      await operator.submitAct(agency, { ...decided('湘建罚〔2026〕1号'), act: 'suspend', indices: [index] }),
    )
    return index
  }

  const statusIn = async (replica: Replica, index: number): Promise<string> =>
    (await replica.view().lookup(question(index))).status

  async function behindProxy<T>(alter: Alteration, work: (rpcUrl: string) => Promise<T>): Promise<T> {
    const proxy = await startRpcProxy(sandbox.network.rpcUrl, alter)
    try {
      return await work(proxy.rpcUrl)
    } finally {
      await proxy.close()
    }
  }

  async function thrownBy(work: Promise<unknown>): Promise<Error & { readonly code?: string }> {
    return await work.then(
      () => expect.fail('nothing was thrown'),
      (error: Error) => error,
    )
  }

  it('answers nothing before it has read the ledger', async () => {
    const replica = await replicaOver(0)
    expect(await thrownBy(replica.view().lookup(question(0)))).to.be.instanceOf(LedgerUnavailableError)
    expect(replica.position).to.equal(null)
  })

  for (const finality of [0, 3, 10_000, 'finalized'] as const) {
    it(`answers as the ledger does at each step, with finality by ${finality}`, async () => {
      const replica = await replicaOver(finality)
      await replica.advance()
      await expectAlike(replica)
      for (let step = 0; step < 4; step++) {
        const index = await suspend()
        await mine(step)
        await replica.advance()
        expect(await statusIn(replica, index)).to.equal('suspended')
        await expectAlike(replica)
      }
      const again = await replica.advance()
      expect(again.undone).to.equal(0)
    })
  }

  it('has one step under way at a time, whoever asks', async () => {
    const replica = await replicaOver(3)
    const steps = await Promise.all([replica.advance(), replica.advance(), replica.advance()])
    expect(new Set<Advance>(steps).size).to.equal(1)
  })

  it('undoes blocks that were replaced, exactly, and reads what came instead', async () => {
    const replica = await replicaOver(6)
    await replica.advance()
    await justMined()
    const lost = await suspend()
    await mine(1)
    await replica.advance()
    expect(await statusIn(replica, lost)).to.equal('suspended')

    await replaceNewest(2)
    const { undone } = await replica.advance()
    expect(undone).to.equal(2)
    expect(await statusIn(replica, lost)).to.equal('valid')
    nextIndex -= 1
    await expectAlike(replica)
    expect(await suspend()).to.equal(lost)
    await replica.advance()
    expect(await statusIn(replica, lost)).to.equal('suspended')
  })

  it('undoes all that was replaced at once or nothing of it, whenever it is asked and wherever its node fails', async () => {
    let replica: Replica
    let lost = 0
    const questions: string[] = []
    let failing = false
    const meanwhile: Promise<LedgerFacts>[] = []
    await behindProxy(
      (method, params) => {
        if (!failing || method !== 'eth_getBlockByNumber') return undefined
        meanwhile.push(replica.view().lookup(question(lost)))
        if (questions.push(String(params[0])) > 1) throw new Error('out of order')
        return undefined
      },
      async (rpcUrl) => {
        replica = await replicaOver(6, rpcUrl)
        await mine(2)
        await justMined()
        lost = await suspend()
        await replica.advance()
        const before = replica.position
        await replaceNewest(1)
        nextIndex -= 1
        failing = true
        expect(await thrownBy(replica.advance())).to.be.instanceOf(LedgerUnavailableError)
        failing = false
        for (const { block, status } of await Promise.all(meanwhile))
          expect([block, status]).to.deep.equal([before?.newest, 'suspended'])
        expect(replica.position).to.deep.equal(before)
        expect((await replica.advance()).undone).to.equal(1)
        expect(await statusIn(replica, lost)).to.equal('valid')
        await expectAlike(replica)
      },
    )
  })

  it('stops, in words, when what was final is replaced: nothing is mixed', async () => {
    const replica = await replicaOver(0)
    await justMined()
    await suspend()
    await replica.advance()
    const before = replica.position
    await replaceNewest(1)
    nextIndex -= 1
    const error = await thrownBy(replica.advance())
    expect(error).to.be.instanceOf(ReplicaStoppedError)
    expect(error.code).to.equal('reorganised-too-deep')
    expect(replica.position).to.deep.equal(before)
  })

  it('takes a page whole or not at all: what fails in the middle is read again, once', async () => {
    let failing = true
    const replica = await behindProxy(
      (method, params) => {
        const asked = method === 'eth_getBlockByNumber' && String(params[0]) !== 'latest'
        if (failing && asked && Number(params[0]) % 3 === 0) throw new Error('out of order')
        return undefined
      },
      async (rpcUrl) => {
        const followed = await replicaOver(0, rpcUrl)
        expect(await thrownBy(followed.advance())).to.be.instanceOf(LedgerUnavailableError)
        failing = false
        await followed.advance()
        return followed
      },
    )
    await expectAlike(replica)
  })

  it('loses no event to a node that is behind and answers a range short', async () => {
    const replica = await behindProxy(
      (method, params, result) => {
        if (method !== 'eth_getLogs') return undefined
        const [range] = params as readonly [{ readonly toBlock?: string }]
        if (range.toBlock === undefined) return undefined
        return (result as LogAnswer[]).filter(({ blockNumber }) => blockNumber !== range.toBlock)
      },
      async (rpcUrl) => {
        const followed = await replicaOver(0, rpcUrl)
        await followed.advance()
        const index = await suspend()
        await followed.advance()
        expect(await statusIn(followed, index)).to.equal('suspended')
        return followed
      },
    )
    await expectAlike(replica)
  })

  it('begins on a node that answers a few blocks at a time, each in its own words', async () => {
    for (const words of [
      'query returned more than 10000 results',
      'block range is too wide',
      'query timeout exceeded',
    ]) {
      const replica = await behindProxy(
        (method, params) => {
          if (method !== 'eth_getLogs') return undefined
          const [{ fromBlock, toBlock }] = params as readonly [{ fromBlock?: string; toBlock?: string }]
          if (Number(toBlock) - Number(fromBlock) > 4) throw new Error(words)
          return undefined
        },
        async (rpcUrl) => {
          const followed = await replicaOver(0, rpcUrl)
          await followed.advance()
          return followed
        },
      )
      await expectAlike(replica)
    }
  })

  it('does not go on while no node has a block whose header tells of logs', async () => {
    const error = await behindProxy(
      (method, params) => {
        if (method !== 'eth_getLogs') return undefined
        if ('blockHash' in (params[0] as object)) throw new Error('unknown block')
        return []
      },
      (rpcUrl) => thrownBy(replicaOver(0, rpcUrl).then((behind) => behind.advance())),
    )
    expect(error).to.be.instanceOf(LedgerUnavailableError)
  })

  it('does not believe logs of a block that the chain has not', async () => {
    const other = `0x${'77'.repeat(32)}`
    const error = await behindProxy(
      (method, _, result) =>
        method === 'eth_getLogs' && Array.isArray(result)
          ? result.map((log: object, place) => (place === 0 ? { ...log, blockHash: other } : log))
          : undefined,
      (rpcUrl) => thrownBy(replicaOver(0, rpcUrl).then((replica) => replica.advance())),
    )
    expect(error).to.be.instanceOf(LedgerUnavailableError)
    expect(error.code).to.equal('inconsistent')
  })

  it('stops at events that no version of it knows, and where one is missing that others stand on', async () => {
    await sandbox.regionAdministration.renameAgency(sandbox.agency, {
      zh: '湖南样例住建厅',
      en: '',
      contact: '',
    })
    const unknown = `0x${'55'.repeat(32)}`
    const codes: (string | undefined)[] = []
    for (const alter of [
      (logs: LogAnswer[]) => logs.map((log, place) => (place === 2 ? { ...log, topics: [unknown] } : log)),
      (logs: LogAnswer[]) => logs.filter(({ topics }) => topics[0] !== ACCREDITED),
    ]) {
      const error = await behindProxy(
        (method, _, result) => (method === 'eth_getLogs' ? alter(result as LogAnswer[]) : undefined),
        (rpcUrl) => thrownBy(replicaOver(0, rpcUrl).then((replica) => replica.advance())),
      )
      expect(error).to.be.instanceOf(ReplicaStoppedError)
      codes.push(error.code)
    }
    expect(codes).to.deep.equal(['event-unknown', 'event-withheld'])
  })

  it('does not follow another chain, and does not go back with a node that is behind', async () => {
    const wrong = await behindProxy(
      (method) => (method === 'eth_chainId' ? '0x1' : undefined),
      (rpcUrl) => thrownBy(replicaOver(0, rpcUrl).then((replica) => replica.advance())),
    )
    expect(wrong.code).to.equal('wrong-chain')

    let behind = false
    await behindProxy(
      (method, params) => {
        if (behind && method === 'eth_getBlockByNumber' && params[0] !== 'latest')
          throw new Error('block not found')
        return undefined
      },
      async (rpcUrl) => {
        const replica = await replicaOver(0, rpcUrl)
        await replica.advance()
        const before = replica.position
        behind = true
        expect((await thrownBy(replica.advance())).code).to.equal('inconsistent')
        expect(replica.position).to.deep.equal(before)
      },
    )
  })
})

interface LogAnswer {
  readonly blockNumber: string
  readonly topics: readonly string[]
}
