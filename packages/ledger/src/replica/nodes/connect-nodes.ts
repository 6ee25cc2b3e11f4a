/** The chain as enough of a network’s nodes tell of it: no one of them can add, drop or alter anything. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import type { RpcLedgerViewOptions } from '../../chain/node-client.ts'
import { LONGEST_FORK, reachedBy } from '../../chain/quorum.ts'
import { agreementOf, rpcUrlsOf } from '../../network/network.ts'
import { bloomTest } from '../blocks/log-bloom.ts'
import type { BlockLog, LogRange, NodeReader, ReadBlock } from '../blocks/node-reader.ts'
import { AgreeingNodes } from './agreeing-nodes.ts'
import { type Agreed, Ballot, type SharedQuestion } from './ballot.ts'
import type { HeldBlock } from './block-receipts.ts'
import { HashedHeaders } from './hashed-headers.ts'
import { NodeStanding, type Question } from './node-standing.ts'
import type { NodeFault, NodesAgreement } from './node-state.ts'
import { connectSingleNode, type ReadNetwork } from './single-node.ts'

export interface NodesOptions extends RpcLedgerViewOptions {
  /** Unix seconds: since when a node is as it is. */
  readonly clock: () => number
  /** Pause before a node that failed or was caught is tried again; each later one is twice as long. Default: 1,000. */
  readonly retryAfterMs?: number
  /** A node that has not answered for so long is silent, and waited for only while too few answer. Default: 2,000. */
  readonly patienceMs?: number
}

/** A chain, and how its nodes are. */
export interface AgreedReader extends NodeReader {
  agreement(): NodesAgreement
}

const DEFAULT_RETRY_MS = 1_000
const DEFAULT_PATIENCE_MS = 2_000
/** Blocks of which is remembered what was agreed on. */
const MOST_REMEMBERED = 256

/**
 * A reader of the chain that the network names, by all its nodes. One node alone is believed.
 *
 * What is read for what: a header of every block, by each node. Where the engine is known, its hash is made again from
 * it, and it holds its bloom and its receipts: of a block whose bloom has none of the asked addresses nothing else is
 * read, of every other one its receipts, by one node, whichever it is. Where it is not known, each node is asked for
 * its logs.
 */
export function connectNodes(network: ReadNetwork, options: NodesOptions): AgreedReader {
  const { clock, retryAfterMs = DEFAULT_RETRY_MS, patienceMs = DEFAULT_PATIENCE_MS } = options
  const times = { clock, retryAfterMs, patienceMs }
  const { chainId, engine } = network
  const hashOf = engine && new HashedHeaders(engine).hashOf
  const standings = rpcUrlsOf(network).map(
    (url) => new NodeStanding(url, connectSingleNode(url, { chainId, hashOf }, options), times),
  )
  const chain = new AgreedChain(network, new AgreeingNodes(standings, agreementOf(network), patienceMs))
  return {
    newest: () => chain.newest(),
    block: (number) => chain.block(number),
    finalNumber: () => chain.finalNumber(),
    logs: (addresses, range) => chain.logs(addresses, range),
    agreement: () => chain.agreement(),
    ...(network.engine === undefined
      ? {}
      : { heldLogs: (addresses: readonly Hex[], block: ReadBlock) => chain.heldLogs(addresses, block) }),
  }
}

class AgreedChain {
  readonly #network: ReadNetwork
  readonly #nodes: AgreeingNodes
  /** The newest block that is agreed on. */
  #newest: ReadBlock | null = null
  /** Who told of it. */
  #tellers: ReadonlySet<NodeStanding> = new Set()
  #finding: Promise<ReadBlock> | null = null
  /** By number, the newest last. */
  readonly #remembered = new Map<number, ReadBlock>()

  constructor(network: ReadNetwork, nodes: AgreeingNodes) {
    this.#network = network
    this.#nodes = nodes
  }

  /** Who asks while it is asked for gets the same. */
  newest(): Promise<ReadBlock> {
    this.#finding ??= this.#findNewest().finally(() => {
      this.#finding = null
    })
    return this.#finding
  }

  async block(number: number): Promise<ReadBlock | null> {
    const { answer } = await this.#nodes.ask(this.#blockQuestion(number))
    if (answer !== null) this.#remember(answer)
    return answer
  }

  async finalNumber(): Promise<number> {
    const { finality = 'finalized' } = this.#network
    const newest = await this.newest()
    if (finality !== 'finalized') return newest.number - finality
    const heard = await this.#nodes.hear({
      question: 'final',
      purpose: 'ask what is final',
      ask: (node) => node.finalBlock(),
    })
    for (const [standing, told] of heard) await this.#judge('final', standing, told, newest)
    return Math.min(this.#told(heard), newest.number)
  }

  async logs(addresses: readonly Hex[], range: LogRange): Promise<readonly BlockLog[]> {
    const last = 'blockHash' in range ? range.number : range.to
    const { answer } = await this.#nodes.ask<readonly BlockLog[]>({
      question: 'logs',
      purpose: `read the logs up to block ${last}`,
      ask: (node) => node.logs(addresses, range),
      mayKnow: reaches(last),
      keyOf: JSON.stringify,
      faultOf: () => 'wrong-logs',
    })
    return answer
  }

  async heldLogs(addresses: readonly Hex[], block: ReadBlock): Promise<readonly BlockLog[]> {
    if (!isHeld(block))
      throw new TypeError(`read the logs of block ${block.number}: nothing holds its header`)
    if (!bloomTest(addresses)(block.logsBloom)) return []
    const logs = await this.#nodes.anyOf({
      question: 'receipts',
      purpose: `read the receipts of block ${block.number}`,
      ask: (node) => node.blockLogs(block),
      mayKnow: reaches(block.number),
    })
    return logs.filter(({ address }) => addresses.includes(address))
  }

  agreement(): NodesAgreement {
    const { standings, needed } = this.#nodes
    const held = this.#network.engine === undefined ? 'agreement' : 'header'
    return {
      needed,
      agreeing: this.#tellers.size,
      // A header that one node alone tells of holds nothing that this node could not make up with it.
      logsHeldBy: standings.length === 1 ? 'one-node' : held,
      nodes: standings.map(({ state }) => state),
    }
  }

  async #findNewest(): Promise<ReadBlock> {
    const heard = await this.#nodes.hear({
      question: 'newest',
      purpose: 'ask for the newest block',
      ask: (node) => node.newest(),
    })
    const { answer, tellers } = await this.#highestOf(heard)
    const moved = this.#newest !== null && this.#newest.hash !== answer.hash
    this.#newest = answer
    this.#tellers = tellers
    this.#remember(answer)
    for (const [standing, told] of heard) {
      standing.stands(told.number, answer.number, moved)
      await this.#judge('newest', standing, told, answer)
    }
    return answer
  }

  /** From what enough nodes have down to what enough nodes have alike. */
  async #highestOf(heard: ReadonlyMap<NodeStanding, ReadBlock>): Promise<AgreedBlock> {
    const highest = this.#told(heard)
    const near = Array.from({ length: LONGEST_FORK + 1 }, (_, back) => highest - back)
    const told = [...heard.values()].map(({ number }) => number)
    const numbers = [...new Set([...near, ...told])].filter((number) => 0 <= number && number <= highest)
    let disagreement: unknown
    for (const number of numbers.toSorted((one, other) => other - one)) {
      try {
        const agreed = this.#alikeAt(heard, number) ?? (await this.#nodes.ask(this.#blockQuestion(number)))
        if (hasBlock(agreed)) return agreed
      } catch (error) {
        if (!(error instanceof LedgerUnavailableError)) throw error
        disagreement ??= error
      }
    }
    throw (
      disagreement ?? new LedgerUnavailableError('inconsistent', 'ask for the newest block: there is none')
    )
  }

  /** What enough of them told of this block without being asked for it. */
  #alikeAt(heard: ReadonlyMap<NodeStanding, ReadBlock>, number: number): Agreed<ReadBlock | null> | null {
    const ballot = new Ballot({ ...this.#blockQuestion(number), question: 'newest' }, this.#nodes.needed)
    for (const [standing, told] of heard) if (told.number === number) ballot.cast(standing, told)
    return ballot.agreed
  }

  /** The highest number that so many reach as have to agree. */
  #told(heard: ReadonlyMap<NodeStanding, ReadBlock>): number {
    const numbers = [...heard.values()].map(({ number }) => number)
    return reachedBy(this.#nodes.needed, numbers) ?? -1
  }

  #blockQuestion(number: number): SharedQuestion<ReadBlock | null> {
    return {
      question: 'block',
      purpose: `read block ${number}`,
      ask: (node) => node.block(number),
      keyOf: (block) => (block === null ? '' : this.#keyOf(block)),
      faultOf: (told, agreed, standing) => {
        if (told !== null && agreed !== null) return faultBetween(told, agreed)
        // That it is not so far yet it says of itself; that it has more than others is not known to be wrong.
        return told === null && reaches(number)(standing) ? 'other-chain' : null
      },
    }
  }

  /** By its hash alone where that was made again from its header. */
  #keyOf(block: ReadBlock): string {
    return isHeld(block) ? block.hash : JSON.stringify(block)
  }

  /** Compares what a node told on its own with what is agreed on of the same block, as far as that is known. */
  async #judge(
    question: Question,
    standing: NodeStanding,
    told: ReadBlock,
    newest: ReadBlock,
  ): Promise<void> {
    if (told.number > newest.number) {
      if (told.hash === newest.hash) standing.catchAt(question, 'other-chain')
      return
    }
    const known = told.number === newest.number ? newest : this.#remembered.get(told.number)
    if (known !== undefined && this.#keyOf(known) === this.#keyOf(told)) {
      standing.agreed(question)
      return
    }
    // What is remembered may have been replaced since.
    const agreed = told.number === newest.number ? newest : await this.#tryBlock(told.number)
    if (agreed === null) return
    if (this.#keyOf(agreed) === this.#keyOf(told)) standing.agreed(question)
    else standing.catchAt(question, faultBetween(told, agreed))
  }

  /** `null` also while it is not agreed on. */
  async #tryBlock(number: number): Promise<ReadBlock | null> {
    try {
      return await this.block(number)
    } catch (error) {
      if (error instanceof LedgerUnavailableError) return null
      throw error
    }
  }

  #remember(block: ReadBlock): void {
    this.#remembered.delete(block.number)
    this.#remembered.set(block.number, block)
    if (this.#remembered.size <= MOST_REMEMBERED) return
    const [oldest] = this.#remembered.keys()
    if (oldest !== undefined) this.#remembered.delete(oldest)
  }
}

type AgreedBlock = Agreed<ReadBlock>

function hasBlock(agreed: Agreed<ReadBlock | null>): agreed is AgreedBlock {
  return agreed.answer !== null
}

/** Whether a node may know a block of this number: one that was not asked for its newest yet may. */
function reaches(number: number): (standing: NodeStanding) => boolean {
  return ({ newest }) => newest === null || newest >= number
}

function isHeld(block: ReadBlock): block is HeldBlock {
  return block.receiptsRoot !== undefined && block.logsBloom !== null
}

function faultBetween(told: ReadBlock, agreed: ReadBlock): NodeFault {
  return told.hash === agreed.hash ? 'wrong-header' : 'other-chain'
}
