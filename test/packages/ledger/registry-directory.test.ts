/** The directory of the alliance's ledgers, over a node that says what the registry does, and over nodes that do not. */
import { createRegistryDirectory } from '@hefu/ledger/registry'
import { type LedgerUnavailableCode, LedgerUnavailableError, type TrustedLedger } from '@hefu/protocol'
import { expect } from 'chai'
import { afterEach, beforeEach, describe, it } from 'mocha'
import {
  type NodeEntry,
  REGISTRY,
  REGISTRY_CHAIN,
  type RegistryNode,
  startRegistryNode,
} from './registry-node.ts'

const OPENED_AT = 1_767_000_000
const NOW = 1_768_000_000
const FIRST: NodeEntry = {
  ledger: `0x${'c5'.repeat(20)}`,
  chainId: REGISTRY_CHAIN,
  successor: 2,
  openedAt: OPENED_AT,
  closedAt: NOW,
  registeredAt: OPENED_AT + 5,
}
const SECOND: NodeEntry = {
  ledger: `0x${'AB'.repeat(20)}`,
  chainId: 2026,
  successor: 0,
  openedAt: NOW - 50,
  closedAt: 0,
  registeredAt: NOW - 100,
}
const BLOCK = { number: 900, hash: `0x${'b1'.repeat(32)}`, time: NOW + 10 } as const
const OLDER = `0x${'0b'.repeat(32)}` as const

let node: RegistryNode

beforeEach(async () => {
  node = await startRegistryNode({
    chainId: REGISTRY_CHAIN,
    block: { ...BLOCK },
    entries: [FIRST, SECOND],
    older: { [OLDER]: { number: 800, time: NOW - 1000, entries: [{ ...FIRST, closedAt: 0, successor: 0 }] } },
  })
})
afterEach(() => node.close())

function directory(keepMs = 0, nodes: Readonly<Record<number, string>> = {}) {
  const map = new Map(Object.entries(nodes).map(([chainId, url]) => [Number(chainId), { rpcUrl: url }]))
  const network = { rpcUrl: node.rpcUrl, chainId: REGISTRY_CHAIN, registry: REGISTRY, nodes: map }
  return createRegistryDirectory(network, { keepMs, timeoutMs: 2000 })
}

const list = (keepMs = 0) => directory(keepMs).list({ notBefore: NOW - 300 })

async function refusalOf(listed: Promise<unknown>): Promise<LedgerUnavailableError> {
  const error = await listed.then(
    () => undefined,
    (refused: unknown) => refused,
  )
  if (error instanceof LedgerUnavailableError) return error
  return expect.fail(`a directory that cannot be told throws so, and not ${error}`)
}

async function codeOf(listed: Promise<unknown>): Promise<LedgerUnavailableCode> {
  return (await refusalOf(listed)).code
}

const summary = (ledgers: readonly TrustedLedger[]) =>
  ledgers.map(({ view, registration }) => [
    view.ledger.chainId,
    view.ledger.address,
    registration?.openedAt,
    registration?.closedAt,
  ])

describe('the directory of a registry', () => {
  it('names every ledger with its term, as of one block', async () => {
    const ledgers = await list()
    expect(summary(ledgers)).to.deep.equal([
      [REGISTRY_CHAIN, FIRST.ledger, OPENED_AT, NOW],
      [2026, SECOND.ledger.toLowerCase(), NOW - 50, null],
    ])
    expect(ledgers.map(({ registration }) => registration?.block)).to.deep.equal([BLOCK, BLOCK])
  })

  it('answers from the block that is named, as it was then', async () => {
    const ledgers = await directory().list({ notBefore: NOW, registryBlock: OLDER })
    expect(summary(ledgers)).to.deep.equal([[REGISTRY_CHAIN, FIRST.ledger, OPENED_AT, null]])
    expect(ledgers[0]?.registration?.block).to.deep.equal({ number: 800, hash: OLDER, time: NOW - 1000 })
  })

  it('has no answer for a block that the node does not have', async () => {
    const registryBlock = `0x${'0c'.repeat(32)}` as const
    expect(await codeOf(directory().list({ notBefore: NOW, registryBlock }))).to.equal('block-unavailable')
  })

  it('says that no node is configured for the chain of a ledger, when it is asked about that ledger', async () => {
    const [, second] = await list()
    const query = {
      issuer: '11430000006122244L',
      keyId: OLDER,
      statusIndex: 0,
      licenceType: '11100000000013338W011',
      receivingRegion: '440000',
    }
    const refused = await refusalOf(second?.view.lookup(query) ?? Promise.resolve())
    expect(refused.code).to.equal('unreachable')
    expect(refused.message).to.include('no node is configured for its chain 2026')
  })

  for (const [is, code, change] of [
    ['serves another chain', 'wrong-chain', { chainId: 1 }],
    ['has no contract at the address', 'no-contract', { entries: null }],
    ['has another contract there, which refuses the call', 'refused', { reverts: true }],
    ['names no ledger', 'inconsistent', { entries: [] }],
    ['names 65 ledgers', 'inconsistent', { count: 65 }],
    ['knows less ledgers than it counts', 'refused', { count: 3 }],
  ] as const) {
    it(`is not told by a node that ${is}: ${code}`, async () => {
      Object.assign(node.state, change)
      expect(await codeOf(list())).to.equal(code)
    })
  }

  for (const [is, entries] of [
    ['has no address', [{ ...FIRST, ledger: `0x${'00'.repeat(20)}` }, SECOND]],
    ['has no chain', [FIRST, { ...SECOND, chainId: 0 }]],
    ['is the first and on another chain', [{ ...FIRST, chainId: 7 }, SECOND]],
    ['is there twice', [FIRST, { ...FIRST, successor: 0 }]],
    ['never opened', [FIRST, { ...SECOND, openedAt: 0 }]],
    ['closed before it opened', [{ ...FIRST, closedAt: OPENED_AT - 1 }, SECOND]],
    ['was never registered', [FIRST, { ...SECOND, registeredAt: 0 }]],
    ['was registered after the block', [FIRST, { ...SECOND, registeredAt: BLOCK.time + 1 }]],
    ['succeeds itself', [{ ...FIRST, successor: 1 }, SECOND]],
    ['is succeeded by an earlier one', [FIRST, { ...SECOND, closedAt: NOW, successor: 1 }]],
    ['is succeeded by none that there is', [{ ...FIRST, successor: 3 }, SECOND]],
    ['is open and has a successor', [{ ...FIRST, closedAt: 0 }, SECOND]],
  ] as const) {
    it(`is not believed about a ledger that ${is}`, async () => {
      node.state.entries = entries
      expect(await codeOf(list())).to.equal('inconsistent')
    })
  }

  it('is unreachable when nothing listens', async () => {
    const asked = directory()
    await node.close()
    expect(await codeOf(asked.list({ notBefore: NOW }))).to.equal('unreachable')
    node = await startRegistryNode(node.state)
  })

  it('keeps what it read for a while: one reading for many questions, also those asked at once', async () => {
    const asked = directory(60_000)
    await Promise.all([1, 2, 3].map(() => asked.list({ notBefore: NOW - 300 })))
    const questions = node.asked.length
    expect(questions).to.equal(2 + 1 + 2)
    node.state.entries = [{ ...FIRST, closedAt: OPENED_AT + 1 }, SECOND]
    expect(summary(await asked.list({ notBefore: NOW - 300 }))[0]?.[3]).to.equal(NOW)
    expect(node.asked.length).to.equal(questions)
  })

  it('reads again once what it keeps is too old for who asks', async () => {
    const asked = directory(60_000)
    await asked.list({ notBefore: NOW - 300 })
    node.state.entries = [{ ...FIRST, closedAt: OPENED_AT + 1 }, SECOND]
    node.state.block = { number: 901, hash: `0x${'b2'.repeat(32)}`, time: NOW + 400 }
    const [first] = summary(await asked.list({ notBefore: BLOCK.time + 1 }))
    expect(first?.[3]).to.equal(OPENED_AT + 1)
  })

  it('reads again at once when it keeps nothing', async () => {
    const asked = directory(0)
    await asked.list({ notBefore: NOW - 300 })
    node.state.entries = [{ ...FIRST, closedAt: OPENED_AT + 1 }, SECOND]
    expect(summary(await asked.list({ notBefore: NOW - 300 }))[0]?.[3]).to.equal(OPENED_AT + 1)
  })

  it('does not keep that it could not read', async () => {
    const asked = directory(60_000)
    node.state.reverts = true
    expect(await codeOf(asked.list({ notBefore: NOW }))).to.equal('refused')
    node.state.reverts = false
    expect(await asked.list({ notBefore: NOW })).to.have.length(2)
  })

  it('takes nothing of a block that is named for what is so now', async () => {
    const asked = directory(60_000)
    await asked.list({ notBefore: NOW, registryBlock: OLDER })
    expect(await asked.list({ notBefore: NOW })).to.have.length(2)
  })
})
