/** What a replica asks of a node, and when it stops: over a chain that is made up, of which nothing else is true. */
import type { Network } from '@hefu/ledger'
import {
  type BlockLog,
  type Change,
  type LogRange,
  type NodeReader,
  type ReadBlock,
  Replica,
  ReplicaStoppedError,
  ReplicaUnsavedError,
} from '@hefu/ledger/replica'
import { type Hex, type LedgerQuery, LedgerUnavailableError } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { readArtifact } from '../../../scripts/deploy/artifact.ts'
import { LEDGER_INTERFACE } from '../../../scripts/deploy/deployment-plan.ts'

const LEDGER: Hex = `0x${'1e'.repeat(20)}`
const RULEBOOK: Hex = `0x${'2b'.repeat(20)}`
const NETWORK: Network = { rpcUrl: 'http://localhost', chainId: 1, ledger: LEDGER, deploymentBlock: 1 }
/** About a licence of nobody. */
const QUESTION: LedgerQuery = {
  issuer: '11100000000013338W',
  keyId: `0x${'00'.repeat(32)}`,
  statusIndex: 0,
  licenceType: '11100000000013338W000',
  receivingRegion: '100000',
}
/** The longest range that some nodes answer. */
const LONGEST_RANGE = 1_000
const FINALITY = 3

const EVENTS = readArtifact(LEDGER_INTERFACE).abi

const hashOf = (number: number): Hex => `0x${number.toString(16).padStart(64, '0')}`

/** Bits of a header that says that nobody told anything, and of one that says that anybody may have. */
const NO_LOGS: Hex = `0x${'00'.repeat(256)}`
const ANY_LOGS: Hex = `0x${'ff'.repeat(256)}`

function headerOf(number: number, logsBloom: Hex = NO_LOGS): ReadBlock {
  return { number, hash: hashOf(number), parentHash: hashOf(number - 1), time: 1_000 + number, logsBloom }
}

const otherHashOf = (number: number): Hex => `0x${'ee'.repeat(4)}${hashOf(number).slice(10)}`

function replaced(block: ReadBlock): ReadBlock {
  return { ...block, hash: otherHashOf(block.number), parentHash: otherHashOf(block.number - 1) }
}

function blockOf(height: number) {
  const { number, hash, time } = headerOf(height)
  return { number, hash, time }
}

function logAt(blockNumber: number, event: string, args: readonly unknown[]): BlockLog {
  const { data, topics } = EVENTS.encodeEventLog(event, args)
  return {
    address: LEDGER,
    data: data as Hex,
    topics: topics as Hex[],
    blockNumber,
    blockHash: hashOf(blockNumber),
    logIndex: 0,
  }
}

const named = (blockNumber: number): BlockLog =>
  logAt(blockNumber, 'RulebookChanged', [RULEBOOK, 1_000 + blockNumber])

/** A chain that grows, and counts what is asked of it. */
class MadeUpChain implements NodeReader {
  height: number
  /** The newest block that stays, on a chain where that does not go with the newest. */
  final: number | null = null
  longestRange = LONGEST_RANGE
  readonly ranges: LogRange[] = []
  readonly #logs: readonly BlockLog[]

  /** @param logs absent: those of a ledger as it is deployed */
  constructor(height: number, logs: readonly BlockLog[] = [named(1)]) {
    this.height = height
    this.#logs = logs
  }

  async newest(): Promise<ReadBlock> {
    return headerOf(this.height)
  }

  async block(number: number): Promise<ReadBlock | null> {
    if (number > this.height) return null
    const isSilent = this.#logs.every(({ blockNumber }) => blockNumber !== number)
    return headerOf(number, isSilent ? NO_LOGS : ANY_LOGS)
  }

  async finalNumber(): Promise<number> {
    return this.final ?? this.height - FINALITY
  }

  async logs(addresses: readonly Hex[], range: LogRange): Promise<readonly BlockLog[]> {
    this.ranges.push(range)
    if ('from' in range && range.to - range.from >= this.longestRange)
      throw new LedgerUnavailableError('answer-too-large', 'range too long')
    const isIn = ({ blockHash, blockNumber }: BlockLog): boolean =>
      'from' in range ? range.from <= blockNumber && blockNumber <= range.to : blockHash === range.blockHash
    return this.#logs.filter((log) => addresses.includes(log.address) && isIn(log))
  }
}

describe('What a replica asks of a node', () => {
  it('after a long silence is pages, and not block by block', async () => {
    const chain = new MadeUpChain(10)
    const replica = await Replica.open(NETWORK, chain)
    await replica.advance()
    chain.ranges.length = 0
    chain.height += 5_000
    await replica.advance()
    expect(replica.position).to.deep.include({ finalNumber: chain.height - FINALITY })
    expect(chain.ranges.length).to.be.lessThan(10)
  })

  it('is nothing that is believed, or saved, before the ledger has told of its rulebook', async () => {
    const chain = new MadeUpChain(2_500, [named(2_600)])
    const saved: number[] = []
    const changes: Change[] = []
    const replica = await Replica.open(NETWORK, chain, {
      position: async () => null,
      restore: async () => undefined,
      save: async (changed, { number }) => {
        changes.push(...changed)
        saved.push(number)
      },
    })
    const codeOf = (error: unknown): unknown => error instanceof LedgerUnavailableError && error.code
    expect(await replica.advance().catch(codeOf)).to.equal('no-contract')
    expect(await replica.view().lookup(QUESTION).catch(codeOf), 'that nothing is known').to.equal(
      'no-contract',
    )
    expect(() => replica.queries()).to.throw(LedgerUnavailableError, `${LEDGER} told of no rulebook`)
    expect(saved).to.deep.equal([])
    chain.height = 2_700
    await replica.advance()
    expect(saved.at(-1)).to.equal(chain.height - FINALITY)
    expect((await replica.view().lookup(QUESTION)).block).to.deep.equal(blockOf(2_700))
    expect(changes, 'what it began with is saved with it').to.deep.include({
      table: 'deployment',
      key: '',
      fact: hashOf(1),
    })
  })

  it('before the ledger is found is forgotten where the chain replaces it', async () => {
    const chain = new MadeUpChain(50, [])
    const replica = await Replica.open(NETWORK, chain)
    await replica.advance().catch(() => undefined)
    const other = new MadeUpChain(60)
    chain.block = async (number) => other.block(number).then((block) => block && replaced(block))
    chain.newest = async () => replaced(await other.newest())
    chain.finalNumber = () => other.finalNumber()
    chain.logs = async (...asked) =>
      (await other.logs(...asked)).map((log) => ({ ...log, blockHash: otherHashOf(log.blockNumber) }))
    await replica.advance()
    expect(replica.position?.newest).to.deep.equal({ ...blockOf(60), hash: otherHashOf(60) })
  })

  it('goes on while nothing can be saved', async () => {
    const chain = new MadeUpChain(10)
    const replica = await Replica.open(NETWORK, chain, {
      position: async () => null,
      restore: async () => undefined,
      save: async () => {
        if (chain.height > 10) throw new Error('the database does not answer')
      },
    })
    await replica.advance()
    chain.height += 20
    expect(await replica.advance().catch((error: Error) => error)).to.be.instanceOf(ReplicaUnsavedError)
    expect(replica.position).to.deep.include({ newest: blockOf(chain.height), finalNumber: 10 - FINALITY })
  })

  it('has an end where nothing becomes final, and goes on once something does', async () => {
    const chain = new MadeUpChain(12_000)
    chain.final = 0
    const replica = await Replica.open(NETWORK, chain)
    const error = await replica.advance().catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(LedgerUnavailableError).and.to.have.property('code', 'inconsistent')
    expect(replica.position).to.deep.include({ newest: blockOf(10_000), finalNumber: -1 })
    chain.ranges.length = 0
    await replica.advance().catch(() => undefined)
    expect(chain.ranges).to.deep.equal([])
    chain.final = 11_000
    await replica.advance()
    expect(replica.position).to.deep.include({ newest: blockOf(12_000), finalNumber: 11_000 })
  })

  it('has an end where nothing can be saved: what is held meanwhile is bounded', async () => {
    const chain = new MadeUpChain(10)
    chain.final = 0
    const replica = await Replica.open(NETWORK, chain, {
      position: async () => null,
      restore: async () => undefined,
      save: () => Promise.reject(new Error('the database does not answer')),
    })
    await replica.advance()
    for (chain.height = 4_000; chain.height <= 14_000; chain.height += 500) {
      chain.final = chain.height
      expect(await replica.advance().catch((thrown: unknown) => thrown)).to.be.instanceOf(ReplicaUnsavedError)
    }
    expect(replica.position?.newest.number).to.be.at.most(10_000)
  })

  it('is no longer range than a page, also of a rulebook that is named late', async () => {
    const chain = new MadeUpChain(3_600, [logAt(3_500, 'RulebookChanged', [RULEBOOK, 4_500])])
    const replica = await Replica.open(NETWORK, chain)
    await replica.advance()
    expect(replica.position?.newest.number).to.equal(3_600)
  })

  it('is shorter while the node finds it too long, and longer again afterwards', async () => {
    const chain = new MadeUpChain(2_000, [logAt(1_990, 'RulebookChanged', [RULEBOOK, 2_990])])
    chain.longestRange = 70
    const replica = await Replica.open(NETWORK, chain)
    await replica.advance()
    expect(replica.position).to.deep.include({ newest: blockOf(2_000), finalNumber: 2_000 - FINALITY })
    chain.longestRange = LONGEST_RANGE
    chain.ranges.length = 0
    chain.height += 20_000
    await replica.advance()
    const lengths = chain.ranges.map((range) => ('from' in range ? range.to - range.from + 1 : 0))
    expect(Math.max(...lengths)).to.equal(LONGEST_RANGE)
  })

  it('ends in words where one block alone is too much for the node', async () => {
    const chain = new MadeUpChain(100)
    chain.longestRange = 0
    const replica = await Replica.open(NETWORK, chain)
    const error = await replica.advance().catch((thrown: unknown) => thrown)
    expect(error).to.have.property('code', 'answer-too-large')
    expect(replica.position).to.equal(null)
  })

  it('is what it answers: a log that was not asked for, or is there twice, is not read', async () => {
    const named = logAt(1_500, 'RulebookChanged', [RULEBOOK, 2_500])
    const wrong: ((range: LogRange) => readonly BlockLog[])[] = [
      (range) => ('from' in range && range.from === 1 ? [named] : []),
      () => [{ ...named, address: RULEBOOK }],
      (range) => ('from' in range && range.from > 1 ? [named, named] : []),
    ]
    for (const answer of wrong) {
      const chain = new MadeUpChain(2_000, [named])
      const replica = await Replica.open(NETWORK, chain)
      const asked = chain.logs.bind(chain)
      chain.logs = async (_, range) => answer(range)
      const error = await replica.advance().catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(LedgerUnavailableError).and.to.have.property('code', 'inconsistent')
      chain.logs = asked
      await replica.advance()
      expect(replica.position?.newest.number).to.equal(2_000)
    }
  })

  it('begun anew is another chain, shorter or longer, and is said to be', async () => {
    for (const height of [50, 150]) {
      const chain = new MadeUpChain(100)
      const replica = await Replica.open({ ...NETWORK, finality: FINALITY }, chain)
      await replica.advance()
      const before = replica.position
      const block = chain.block.bind(chain)
      chain.height = height
      chain.block = async (number) => {
        const header = await block(number)
        return header && { ...header, hash: `0xff${header.hash.slice(4)}` }
      }
      const stopped = await replica.advance().catch((error: unknown) => error)
      expect(stopped).to.be.instanceOf(ReplicaStoppedError)
      expect(stopped).to.have.property('code', 'chain-replaced')
      expect(replica.position).to.deep.equal(before)
    }
  })

  it('is of the same chain behind another node that is only behind: it is asked again', async () => {
    const chain = new MadeUpChain(100)
    const replica = await Replica.open(NETWORK, chain)
    await replica.advance()
    chain.height = 50
    const behind = await replica.advance().catch((error: unknown) => error)
    expect(behind).to.be.instanceOf(LedgerUnavailableError).and.to.have.property('code', 'inconsistent')
    chain.height = 120
    await replica.advance()
    expect(replica.position?.newest.number).to.equal(120)
  })

  it('ends between two pages when it is told to, and goes on from there', async () => {
    const chain = new MadeUpChain(100_000)
    const replica = await Replica.open(NETWORK, chain)
    const stopping = new AbortController()
    const asked = chain.logs.bind(chain)
    chain.logs = (addresses, range) => {
      if (chain.ranges.length === 5) stopping.abort()
      return asked(addresses, range)
    }
    const reason = await replica.advance(stopping.signal).catch((error: unknown) => error)
    expect(reason).to.equal(stopping.signal.reason)
    expect(chain.ranges.length, 'of the first page those of the rulebook that it names besides').to.equal(6)
    expect(replica.position?.finalNumber).to.equal(4_000)
    await replica.advance()
    expect(replica.position?.newest.number).to.equal(100_000)
  })

  it('stops it where an event has a code that this version does not know', async () => {
    const decision = [1, 0, `0x${'41'.repeat(16)}`, '1']
    const unknownAct = logAt(5, 'StatusActed', [
      `0x${'31'.repeat(18)}`,
      200,
      1,
      `0x${'12'.repeat(20)}`,
      1,
      [0],
      [0],
      decision,
    ])
    const replica = await Replica.open(NETWORK, new MadeUpChain(100, [unknownAct]))
    const stopped = await replica.advance().catch((error: unknown) => error)
    expect(stopped).to.be.instanceOf(ReplicaStoppedError)
    expect(stopped).to.have.property('code', 'event-unknown')
  })

  it('holds no half of what others saved: where one change of a page is none, it has what was saved or nothing', async () => {
    const acted = (effectiveAt: number): Change => ({
      history: 'acts',
      key: `${QUESTION.issuer}/0`,
      entry: { act: 'suspend', effectiveAt, decisionNumber: '1' },
    })
    const rulebook: Change = { table: 'rulebooks', key: '', fact: [{ since: 1, fact: RULEBOOK }] }
    let isWhole = false
    const replica = await Replica.open({ ...NETWORK, finality: 0 }, new MadeUpChain(5), {
      position: async () => headerOf(3),
      restore: async (facts) => facts.put(rulebook),
      save: async () => undefined,
      shared: {
        look: async () => ({ isOurs: false, block: headerOf(5) }),
        readBetween: async () => [acted(1), acted(isWhole ? 2 : -1)],
        restore: async () => null,
      },
    })
    for (let step = 0; step < 2; step++) {
      const fault = await replica.advance().catch((error: Error) => error)
      // Its store did not fail.
      expect(fault).to.be.instanceOf(RangeError)
      expect(replica.position).to.equal(null)
    }
    isWhole = true
    await replica.advance()
    const acts = replica.queries()?.actsOf(QUESTION.issuer, { most: 9 }).items ?? []
    expect(acts.map(({ entry }) => entry.effectiveAt)).to.deep.equal([1, 2])
  })

  it('says of a block what the nodes do, whatever its store says', async () => {
    const rulebook: Change = { table: 'rulebooks', key: '', fact: [{ since: 1, fact: RULEBOOK }] }
    const chain = new MadeUpChain(5)
    chain.final = 5
    const replica = await Replica.open(NETWORK, chain, {
      position: async () => ({ ...headerOf(5), time: 99_999_999 }),
      restore: async (facts) => facts.put(rulebook),
      save: async () => undefined,
    })
    expect((await replica.advance()).newest).to.deep.equal(blockOf(5))
  })
})
