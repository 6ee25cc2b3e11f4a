/** One of three nodes lies about one member of its answers: it is caught and named, or nothing reads what it lied about. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Network } from '@hefu/ledger'
import type { AgreedReader, ReadBlock } from '@hefu/ledger/replica'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { alteredField } from '../../fixtures/fault-proxy.ts'
import { type FieldLie, liesAbout, memberOf, nameOf } from '../../fixtures/field-lies.ts'
import { runs } from '../../fixtures/test-profile.ts'
import { MemoryStore, startThreeNodes, type ThreeNodes } from './fixtures/three-nodes.ts'

type Params = readonly unknown[]

/** A kind of question: how a node is asked it, and what of its answers is read. */
interface Kind {
  readonly method: string
  readonly isMeant: (params: Params) => boolean
  readonly network: Partial<Network>
  /** Members that nothing reads, and with them whatever they have. */
  readonly immaterial: readonly string[]
  /** Whether it may say that it has none: of a block that was replaced, or while none is final. */
  readonly mayBeNull?: boolean
  readonly ask: (nodes: AgreedReader, chain: AskedChain) => Promise<unknown>
}

interface AskedChain {
  readonly network: Network
  /** A block with a log, and the newest. */
  readonly told: ReadBlock
  readonly newest: ReadBlock
}

const HELD: Partial<Network> = { engine: 'ethereum', finality: 2 }
const UNHELD: Partial<Network> = { finality: 2 }

/** What is no part of a header. */
const BESIDE_HEADER = ['size', 'totalDifficulty', 'transactions', 'uncles', 'withdrawals']
/** Where nothing holds a header, what it says of more than the block’s number, time, logs and place in the chain. */
const UNREAD_OF_HEADER = [
  ...['baseFeePerGas', 'blobGasUsed', 'difficulty', 'excessBlobGas', 'extraData', 'gasLimit', 'gasUsed'],
  ...['miner', 'mixHash', 'nonce', 'parentBeaconBlockRoot', 'receiptsRoot', 'requestsHash', 'sha3Uncles'],
  ...['stateRoot', 'transactionsRoot', 'withdrawalsRoot'],
]
/** What is no part of a receipt as it is encoded, or of a log: where it stands is taken from the block. */
const BESIDE_LOG = ['blockTimestamp', 'transactionHash', 'transactionIndex']
const BESIDE_RECEIPT = [
  ...['blobGasPrice', 'blobGasUsed', 'blockHash', 'blockNumber', 'blockTimestamp', 'contractAddress', 'from'],
  ...['effectiveGasPrice', 'gasUsed', 'to', 'transactionHash', 'transactionIndex'],
  ...[...BESIDE_LOG, 'blockHash', 'blockNumber', 'logIndex', 'removed'].map((member) => `logs.${member}`),
]
/** That a log stands is also said by not saying that it was removed. */
const SAYS_NOTHING = 'removed removed'
const SAYS_NONE = ' null'

const BLOCK = 'eth_getBlockByNumber'
const isTag =
  (tag: string) =>
  ([block]: Params): boolean =>
    block === tag
const isNumbered = ([block]: Params): boolean => String(block).startsWith('0x')
const hasFilter =
  (member: string) =>
  ([filter]: Params): boolean =>
    member in (filter as object)
const always = (): boolean => true

const askNewest: Kind['ask'] = (nodes) => nodes.newest()
const askFinal: Kind['ask'] = (nodes) => nodes.finalNumber()
const askBlock: Kind['ask'] = (nodes, { told }) => nodes.block(told.number)
const askRange: Kind['ask'] = (nodes, { network, told, newest }) =>
  nodes.logs([network.ledger], { from: told.number - 1, to: newest.number })
const askOneBlock: Kind['ask'] = (nodes, { network, told }) =>
  nodes.logs([network.ledger], { blockHash: told.hash, number: told.number })
/** Each of the three in its turn. */
const askReceipts: Kind['ask'] = async (nodes, { network, told }) => {
  const logs: unknown[] = []
  for (let turn = 0; turn < 3; turn++) logs.push(await nodes.heldLogs?.([network.ledger], told))
  return logs
}

function blockKind(isMeant: Kind['isMeant'], ask: Kind['ask'], network: Partial<Network>): Kind {
  const immaterial = network.engine === undefined ? [...BESIDE_HEADER, ...UNREAD_OF_HEADER] : BESIDE_HEADER
  return { method: BLOCK, isMeant, network, immaterial, ask }
}

const KINDS: Readonly<Record<string, Kind>> = {
  'its chain': { method: 'eth_chainId', isMeant: always, network: HELD, immaterial: [], ask: askNewest },
  'the newest block': blockKind(isTag('latest'), askNewest, HELD),
  'what is final': {
    ...blockKind(isTag('finalized'), askFinal, { ...HELD, finality: 'finalized' }),
    mayBeNull: true,
  },
  'a block': blockKind(isNumbered, askBlock, HELD),
  receipts: {
    method: 'eth_getBlockReceipts',
    isMeant: always,
    network: HELD,
    immaterial: BESIDE_RECEIPT,
    mayBeNull: true,
    ask: askReceipts,
  },
  'the newest block of an unknown engine': blockKind(isTag('latest'), askNewest, UNHELD),
  'what is final of an unknown engine': {
    ...blockKind(isTag('finalized'), askFinal, { finality: 'finalized' }),
    mayBeNull: true,
  },
  'a block of an unknown engine': blockKind(isNumbered, askBlock, UNHELD),
  'the logs of a range, of an unknown engine': {
    method: 'eth_getLogs',
    isMeant: hasFilter('fromBlock'),
    network: UNHELD,
    immaterial: BESIDE_LOG,
    ask: askRange,
  },
  'the logs of a block, of an unknown engine': {
    method: 'eth_getLogs',
    isMeant: hasFilter('blockHash'),
    network: UNHELD,
    immaterial: BESIDE_LOG,
    ask: askOneBlock,
  },
}

/** Of so many lies one is told to a whole replica, too. */
const REPLICA_EVERY = runs(25, 1)

/** On a busy machine. */
const LONGEST_WAIT_MS = 5_000

async function waitUntil(is: () => boolean, milliseconds: number = LONGEST_WAIT_MS): Promise<void> {
  for (const deadline = Date.now() + milliseconds; !is() && Date.now() < deadline; ) await pause(1)
}

describe('A lie of one node of three', function () {
  this.timeout(1_200_000)
  let three: ThreeNodes
  let base: MemoryStore
  let chain: AskedChain
  let told = 0

  before(async () => {
    three = await startThreeNodes()
    await three.mine(70)
    base = new MemoryStore()
    await (await three.follow({ finality: 0 }, {}, base)).replica.advance()
    for (const index of [0, 1, 2]) await three.suspend(index)
    await three.hold()
    await three.mine(1)
    chain = await readChain()
  })
  after(() => three?.stop())

  async function readChain(): Promise<AskedChain> {
    const { nodes } = await three.follow(HELD)
    const { number } = await nodes.newest()
    const newest = await nodes.block(number)
    for (let back = number; back > 0; back--) {
      const block = await nodes.block(back)
      const logs = block && (await nodes.heldLogs?.([three.sandbox.network.ledger], block))
      if (newest && logs && logs.length > 0) return { network: three.sandbox.network, told: block, newest }
    }
    return expect.fail('nothing was told')
  }

  /** What the third node answers truly. */
  async function trueAnswers({ method, isMeant, network, ask }: Kind): Promise<readonly unknown[]> {
    const answers: unknown[] = []
    three.proxies[2].fault = {
      says: (asked, params, result) =>
        void (asked === method && isMeant(params) && answers.push(structuredClone(result))),
    }
    const { nodes } = await three.follow(network)
    await nodes.newest()
    await ask(nodes, chain)
    await pause(100)
    three.proxies[2].fault = null
    return answers
  }

  /** How the third node is named for a lie that it told. */
  async function faultFor(kind: Kind, lie: FieldLie, truth: unknown): Promise<string> {
    const { method, isMeant, network, ask } = kind
    const [, , liar] = three.proxies
    liar.fault = alteredField(method, lie.path, lie.alter, isMeant)
    const { nodes } = await three.follow(directly(network), { retryAfterMs: 60_000 })
    await nodes.newest()
    expect(await ask(nodes, chain), nameOf(lie)).to.deep.equal(truth)
    return await nameOfLiar(nodes, isMaterial(kind, lie))
  }

  /** Who comes last is compared when the answer is already given. */
  async function nameOfLiar(nodes: AgreedReader, isAwaited: boolean): Promise<string> {
    const [, , liar] = three.proxies
    await waitUntil(() => liar.falseAnswers > 0)
    await waitUntil(() => nodes.agreement().nodes[2]?.fault !== null, isAwaited ? LONGEST_WAIT_MS : 3)
    const [first, second, third] = nodes.agreement().nodes
    expect([first?.fault, second?.fault], 'the true ones').to.deep.equal([null, null])
    if (liar.falseAnswers === 0) return 'not told'
    return third?.fault ?? 'not caught'
  }

  /** The two that are true need no proxy before them. */
  function directly(network: Partial<Network>): Partial<Network> {
    const { rpcUrl } = three.sandbox.network
    return { ...network, rpcUrl, otherRpcUrls: [`${rpcUrl}/?second`, three.proxies[2].rpcUrl] }
  }

  async function expectReplicaTrue(network: Partial<Network>, truth: unknown, what: string): Promise<void> {
    const { replica } = await three.follow(network, { retryAfterMs: 60_000 }, base.copy())
    await replica.advance()
    expect(await three.factsOf(replica), what).to.deep.equal(truth)
  }

  for (const [name, kind] of Object.entries(KINDS)) {
    it(`is caught and named, or changes nothing that is read: about ${name}`, async () => {
      const { nodes, replica } = await three.follow(kind.network, {}, base.copy())
      await replica.advance()
      const facts = await three.factsOf(replica)
      const truth = await kind.ask(nodes, chain)
      const lies = liesAbout(await trueAnswers(kind)).filter((lie) => isTold(kind, lie))
      expect(lies.length).to.be.greaterThan(1)

      const otherwise: string[] = []
      for (const lie of lies) {
        const fault = await faultFor(kind, lie, truth)
        const expected = isMaterial(kind, lie) ? 'caught' : 'not caught'
        const found = fault.startsWith('not') ? fault : 'caught'
        if (found !== expected) otherwise.push(`${nameOf(lie)}: ${found}`)
        if (told++ % REPLICA_EVERY === 0) await expectReplicaTrue(kind.network, facts, nameOf(lie))
      }
      three.proxies[2].fault = null
      expect(otherwise).to.deep.equal([])
    })
  }
})

function isMaterial({ immaterial, mayBeNull }: Kind, lie: FieldLie): boolean {
  const member = memberOf(lie)
  if (mayBeNull === true && nameOf(lie) === SAYS_NONE) return false
  if (nameOf(lie).endsWith(SAYS_NOTHING)) return false
  return !immaterial.some((unread) => member === unread || member.startsWith(`${unread}.`))
}

/** By default what nothing reads of a block is lied about where a block is asked for by its number. */
function isTold(kind: Kind, lie: FieldLie): boolean {
  return kind.ask === askBlock || kind.method !== BLOCK || REPLICA_EVERY === 1 || isMaterial(kind, lie)
}
