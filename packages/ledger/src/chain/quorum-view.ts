/** A ledger view over several nodes: what so many of them tell alike of one block, and nothing else. */
import {
  type LedgerBlock,
  type LedgerFacts,
  type LedgerQuery,
  LedgerUnavailableError,
  type LedgerView,
  type ReportedNodes,
} from '@hefu/protocol'
import { agreementOf, identityOf, type Network, rpcUrlsOf } from '../network/network.ts'
import { answering, connectLedger, endingWith, findBlock, type LedgerSource } from './ledger-source.ts'
import { readFacts } from './node-lookup.ts'
import type { RpcLedgerViewOptions } from './node-post.ts'
import { askBlockAt } from './node-questions.ts'
import { LONGEST_FORK, reachedBy, type Tally, tally } from './quorum.ts'

/** Once so many nodes have told of their newest block as are needed, the others are waited for so long. */
const GRACE_MS = 1_000

/** The nodes of a network, and how many of them have to tell the same. */
interface Quorum {
  readonly network: Network
  readonly sources: readonly LedgerSource[]
  readonly needed: number
}

/**
 * A view that believes what `agreement` of the network's nodes tell alike: the block by number, hash and time, and every
 * fact of it. Two round trips an answer where they are at the same block; one more where they are not; and one more for
 * each block with entries that it has to follow. As many that lie, are silent or stand still as are not needed change
 * nothing; where no more than these tell the truth, nothing is told.
 */
export function createQuorumLedgerView(network: Network, options: RpcLedgerViewOptions = {}): LedgerView {
  const quorum: Quorum = {
    network,
    sources: rpcUrlsOf(network).map((rpcUrl) => connectLedger({ ...network, rpcUrl }, options)),
    needed: agreementOf(network),
  }
  return {
    ledger: identityOf(network),
    lookup: (query, signal) => {
      const ending = { ...quorum, sources: quorum.sources.map((source) => endingWith(source, signal)) }
      return query.block === undefined ? lookupNewest(ending, query) : lookupNamed(ending, query)
    },
  }
}

/** At the newest block of which so many tell, and where they differ on what it says, at the ones before. */
async function lookupNewest(quorum: Quorum, query: LedgerQuery): Promise<LedgerFacts> {
  const asked = askAll(quorum, query, findBlock)
  const heads = await tally(asked, quorum.needed, GRACE_MS)
  if (heads.told.length < quorum.needed) throw unavailable(quorum, heads)
  let last: Tally<unknown> = heads
  for await (const block of candidates(quorum, asked, heads)) {
    const facts = await tally(askFacts(quorum, query, block), quorum.needed)
    if (facts.agreed !== null) return { ...facts.agreed, nodes: nodesFact(quorum, heads, block) }
    last = facts
  }
  throw unavailable(quorum, last)
}

/**
 * The block that is the newest of so many; else those of which so many tell that are among the newest. One that lies
 * about its newest block names one that no other has, and the next is an honest one's; or it names an old one, which is
 * not gone back to.
 */
async function* candidates(
  quorum: Quorum,
  asked: readonly Promise<LedgerBlock>[],
  heads: Tally<LedgerBlock>,
): AsyncIterable<LedgerBlock> {
  const { needed } = quorum
  const { agreed } = heads
  if (agreed !== null) yield agreed
  // Where so many told of it at once, and not of the same facts, the others have not been heard yet.
  const { told } = agreed === null ? heads : await tally(asked, asked.length + 1)
  const numbers = numbersOf(told)
  // So many more have told than are needed: if they all lie, the next is still an honest one's.
  const newest = numbers[told.length - needed] ?? 0
  for (const number of new Set(numbers.slice(needed - 1))) {
    if (number === agreed?.number || number < newest - LONGEST_FORK) continue
    const ask = async ({ client }: LedgerSource): Promise<LedgerBlock | null> => askBlockAt(client, number)
    const { agreed: block } = await tally(askAll(quorum, {}, ask).map(orFail), needed)
    if (block !== null) yield block
  }
}

/** Descending. */
function numbersOf(blocks: readonly LedgerBlock[]): readonly number[] {
  return blocks.map(({ number }) => number).toSorted((one, other) => other - one)
}

/** That there is none so far is no block to agree on. */
async function orFail(found: Promise<LedgerBlock | null>): Promise<LedgerBlock> {
  const block = await found
  if (block === null)
    throw new LedgerUnavailableError('block-unavailable', 'ask the node: its chain is shorter')
  return block
}

/** At the block that a re-check names, by every node that has it. */
async function lookupNamed(quorum: Quorum, query: LedgerQuery): Promise<LedgerFacts> {
  const ask = async (source: LedgerSource): Promise<LedgerFacts> =>
    readFacts(source.client, quorum.network, query, await findBlock(source, query))
  const facts = await tally(askAll(quorum, query, ask), quorum.needed)
  if (facts.agreed === null) throw unavailable(quorum, facts)
  return facts.agreed
}

function askFacts(quorum: Quorum, query: LedgerQuery, block: LedgerBlock): readonly Promise<LedgerFacts>[] {
  return askAll(quorum, query, async ({ client, assertChain }) => {
    await assertChain(client)
    return readFacts(client, quorum.network, query, block)
  })
}

function askAll<Answer>(
  { sources }: Quorum,
  query: Pick<LedgerQuery, 'block'>,
  ask: (source: LedgerSource, query: Pick<LedgerQuery, 'block'>) => Promise<Answer>,
): readonly Promise<Answer>[] {
  return sources.map((source) => answering(query, () => ask(source, query)))
}

function nodesFact(
  { needed, sources }: Quorum,
  { told }: Tally<LedgerBlock>,
  { number, hash }: LedgerBlock,
): ReportedNodes {
  return {
    needed,
    // Those that were beyond it told of it when they were asked for it.
    agreeing: Math.max(needed, told.filter((head) => head.hash === hash).length),
    newest: Math.max(number, reachedBy(needed, numbersOf(told)) ?? number),
    logsHeldBy: sources.length === 1 ? 'one-node' : 'agreement',
  }
}

/** Where so many fail alike, that is why; else that they do not tell the same, or that too few tell anything. */
function unavailable(
  { needed, sources }: Quorum,
  { told, failures }: Tally<unknown>,
): LedgerUnavailableError {
  const refused = failures.filter((failure) => failure instanceof LedgerUnavailableError)
  const alike = refused.find(({ code }) => refused.filter((other) => other.code === code).length >= needed)
  if (alike !== undefined) return alike
  const message = `ask the ${sources.length} nodes, of which ${needed} have to tell the same: ${told.length} answered`
  return new LedgerUnavailableError(told.length < needed ? 'unreachable' : 'inconsistent', message)
}
