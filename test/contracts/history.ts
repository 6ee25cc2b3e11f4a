/** How the history of a licence is read: by single-block queries, from its status word backwards. */
import type { Log, LogDescription } from 'ethers'
import { ethers, type Ledger } from './ledger-fixture.ts'

const PER_WORD = 48

export interface WordAct {
  block: number
  act: number
  to: number
  indices: number[]
  decisionNumber: string
  previousBlock: number
}

/** Acts on any licence of the issuer in one block, in the order of their logs, as some node answers. */
export type ActsOfBlock = (issuer: string, block: number) => Promise<LogDescription[]>

/** What an honest node answers: `eth_getLogs` over one block, by contract, event and issuer. */
export function honestNode(ledger: Ledger): ActsOfBlock {
  const topic = ledger.interface.getEvent('StatusActed')?.topicHash
  if (topic === undefined) throw new Error('the ledger has no such event')
  return async (issuer, block) => {
    const logs: Log[] = await ethers.provider.getLogs({
      address: await ledger.getAddress(),
      topics: [topic, ethers.zeroPadBytes(issuer, 32)],
      fromBlock: block,
      toBlock: block,
    })
    return logs.flatMap((log) => ledger.interface.parseLog(log) ?? [])
  }
}

/**
 * All acts on the word that holds a licence's status, oldest first.
 * @throws {Error} when an act is missing: what the node answers does not fit the word's count and block, or an event's.
 */
export async function readHistory(
  ledger: Ledger,
  actsOf: ActsOfBlock,
  issuer: string,
  index: number,
): Promise<WordAct[]> {
  const word = await ledger.statusWordOf(issuer, index)
  const count = Number((word >> 232n) & (2n ** 23n - 1n))
  const history: WordAct[] = []
  for (let block = Number((word >> 192n) & (2n ** 40n - 1n)); block !== 0; ) {
    const acts = (await actsOf(issuer, block)).flatMap((told) =>
      onWord(told, block, Math.floor(index / PER_WORD)),
    )
    const [first, ...more] = acts
    const isWhole = first !== undefined && more.every(({ previousBlock }) => previousBlock === block)
    if (!isWhole || first.previousBlock >= block) throw new Error(`an act of block ${block} is missing`)
    history.unshift(...acts)
    block = first.previousBlock
  }
  if (history.length !== count) throw new Error(`${history.length} of ${count} acts were told`)
  return history
}

/** The act, if it touched the word; an event names the block before for every word in the order of its indices. */
function onWord({ args }: LogDescription, block: number, wordIndex: number): WordAct[] {
  const indices = (args['indices'] as bigint[]).map(Number)
  const words = [...new Set(indices.map((index) => Math.floor(index / PER_WORD)))]
  const place = words.indexOf(wordIndex)
  if (place < 0) return []
  const previous = (args['previousBlocks'] as bigint[])[place]
  if (previous === undefined) throw new Error(`the event of block ${block} names no block before for a word`)
  const { number } = args['decision'] as { number: string }
  const [act, to, previousBlock] = [Number(args['act']), Number(args['to']), Number(previous)]
  return [{ block, act, to, indices, decisionNumber: number, previousBlock }]
}
