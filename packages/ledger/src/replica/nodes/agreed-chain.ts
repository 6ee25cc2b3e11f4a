/** The chain as enough of several nodes tell of it, and how they stand who tell otherwise. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'
import { LONGEST_FORK, reachedBy } from '../../chain/quorum.ts'
import type { ReadNetwork } from '../../network/network.ts'
import { bloomTest } from '../blocks/log-bloom.ts'
import type { BlockLog, LogRange, ReadBlock } from '../blocks/node-reader.ts'
import type { AgreeingNodes } from './agreeing-nodes.ts'
import { type Agreed, Ballot, type SharedQuestion } from './ballot.ts'
import type { HeldBlock } from './block-receipts.ts'
import type { NodeStanding } from './node-standing.ts'
import type { NodeFault, NodesAgreement } from './node-state.ts'
import { bytesOfLogs } from './overlong-answer.ts'
import type { Question } from './question-times.ts'

/** Blocks of which is remembered what was agreed on. */
const MOST_REMEMBERED = 256
/** Blocks of which is remembered who told of them: of all that are read while one is answered from. */
const MOST_TOLD = 4_096

export class AgreedChain {
  readonly #network: ReadNetwork
  readonly #nodes: AgreeingNodes
  /** The newest block that is agreed on. */
  #newest: ReadBlock | null = null
  /** Who told of a block that is agreed on, also who comes to tell of it later; by its hash, the last one last. */
  readonly #tellers = new Map<Hex, Set<NodeStanding>>()
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
    const agreed = await this.#nodes.ask(this.#blockQuestion(number))
    if (hasBlock(agreed)) this.#remember(agreed)
    return agreed.answer
  }

  async finalNumber(): Promise<number> {
    const { finality = 'finalized' } = this.#network
    const newest = await this.newest()
    if (finality !== 'finalized') return newest.number - finality
    const heard = await this.#nodes.hear(
      { question: 'final', purpose: 'ask what is final', ask: (node) => node.finalBlock() },
      this.#mayReachFarther,
    )
    for (const [standing, told] of heard.answers) await this.#judge('final', standing, told, newest)
    heard.eachLate((standing, told) => void this.#judge('final', standing, told, newest))
    return Math.min(this.#told(heard.answers), newest.number)
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
      bytesOf: bytesOfLogs,
    })
    return answer
  }

  async heldLogs(addresses: readonly Hex[], block: ReadBlock): Promise<readonly BlockLog[]> {
    if (!isHeld(block))
      throw new TypeError(`read the logs of block ${block.number}: nothing holds its header`)
    if (!bloomTest(addresses)(block.logsBloom)) return []
    const { logs } = await this.#nodes.anyOf({
      question: 'receipts',
      purpose: `read the receipts of block ${block.number}`,
      ask: (node) => node.blockLogs(block),
      mayKnow: reaches(block.number),
      bytesOf: ({ bytes }) => bytes,
    })
    return logs.filter(({ address }) => addresses.includes(address))
  }

  agreement(blockHash: Hex | undefined = this.#newest?.hash): NodesAgreement {
    const { standings, needed } = this.#nodes
    const held = this.#network.engine === undefined ? 'agreement' : 'header'
    return {
      needed,
      agreeing: blockHash === undefined ? 0 : this.#tellersOf(blockHash).size,
      // A header that one node alone tells of holds nothing that this node could not make up with it.
      logsHeldBy: standings.length === 1 ? 'one-node' : held,
      nodes: standings.map(({ state }) => state),
    }
  }

  async #findNewest(): Promise<ReadBlock> {
    const heard = await this.#nodes.hear(
      { question: 'newest', purpose: 'ask for the newest block', ask: (node) => node.newest() },
      this.#mayReachFarther,
    )
    const agreed = await this.#highestOf(heard.answers)
    const { answer } = agreed
    const moved = this.#newest !== null && this.#newest.hash !== answer.hash
    this.#newest = answer
    this.#remember(agreed)
    const place = async (standing: NodeStanding, told: ReadBlock): Promise<void> => {
      standing.stands(told.number, answer.number, moved)
      if (this.#keyOf(told) === this.#keyOf(answer)) this.#tellersOf(answer.hash).add(standing)
      await this.#judge('newest', standing, told, answer)
    }
    for (const [standing, told] of heard.answers) await place(standing, told)
    heard.eachLate((standing, told) => void place(standing, told))
    return answer
  }

  /** Whether so many more could tell of blocks that are farther than a fork from what these reach. */
  readonly #mayReachFarther = (heard: readonly ReadBlock[], more: number): boolean => {
    const { needed } = this.#nodes
    const told = heard.map(({ number }) => number)
    const unheard = Array.from({ length: more }, () => Number.POSITIVE_INFINITY)
    const [now, then] = [reachedBy(needed, told) ?? -1, reachedBy(needed, [...told, ...unheard]) ?? -1]
    return then - now > LONGEST_FORK
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

  #remember({ answer: block, tellers }: AgreedBlock): void {
    putLast(this.#remembered, block.number, block, MOST_REMEMBERED)
    for (const standing of this.#tellers.get(block.hash) ?? []) tellers.add(standing)
    putLast(this.#tellers, block.hash, tellers, MOST_TOLD)
  }

  /** Nobody, of what is not remembered; what is asked about is remembered longer. */
  #tellersOf(hash: Hex): Set<NodeStanding> {
    const tellers = this.#tellers.get(hash)
    if (tellers === undefined) return new Set()
    putLast(this.#tellers, hash, tellers, MOST_TOLD)
    return tellers
  }
}

/** In a map of bounded size, which loses its first. */
function putLast<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= most) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
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
