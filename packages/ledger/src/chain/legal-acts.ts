/** A licence's legal acts, from the word that holds its status and the events that the word leads to. */
import type { LedgerQuery, LegalStatus, StatusEntry } from '@hefu/protocol'
import { type AbiAct, decodeAct } from '../abi/acts.ts'
import { decodeLegalStatus, encodeUscc } from '../abi/codes.ts'
import { viewAbi } from '../abi/view-abi.ts'
import type { LedgerNode } from '../network/network.ts'
import { followEntries, type LinkedEntry } from './linked-entries.ts'
import type { NodeClient } from './node-client.ts'
import { askEvents } from './node-questions.ts'

/** What the ledger's word says of one status, see contracts/types/Status.sol. */
export interface WordFact {
  readonly status: LegalStatus
  /** Block of the newest act on the word; 0: there was none. */
  readonly lastBlock: number
  /** Acts on the word. */
  readonly count: number
}

const STATUSES_PER_WORD = 48
const BLOCK_SHIFT = 192n
const COUNT_SHIFT = 232n
const MOST_COUNTED = 2 ** 23 - 1

/** @throws {RangeError} for a status that this version does not know */
export function decodeWord(word: bigint, statusIndex: number): WordFact {
  const place = BigInt(4 * (statusIndex % STATUSES_PER_WORD))
  return {
    status: decodeLegalStatus(Number((word >> place) & 0xfn)),
    lastBlock: Number((word >> BLOCK_SHIFT) & 0xff_ffff_ffffn),
    count: Number((word >> COUNT_SHIFT) & BigInt(MOST_COUNTED)),
  }
}

interface LinkedAct extends LinkedEntry {
  readonly indices: readonly bigint[]
  readonly entry: StatusEntry
}

/**
 * All acts on one licence in the order of the ledger, its transfer to another agency and corrections among them.
 *
 * @throws {LedgerUnavailableError} `history-too-long` for a word with more acts than are followed; `inconsistent` when
 *   the node hides, adds or shifts one on the word
 */
export async function readActs(
  client: NodeClient,
  network: LedgerNode,
  { issuer, statusIndex }: Pick<LedgerQuery, 'issuer' | 'statusIndex'>,
  { lastBlock, count }: WordFact,
): Promise<readonly StatusEntry[]> {
  const wordIndex = wordOf(BigInt(statusIndex))
  const acts = await followEntries({ lastBlock, count }, async (block) => {
    const place = { address: network.ledger, issuer: encodeUscc(issuer), block }
    const events = await askEvents(client, viewAbi, ['StatusActed'], place)
    return events.flatMap(({ args }) => linkedAct(args, wordIndex))
  })
  return acts.filter(({ indices }) => indices.includes(BigInt(statusIndex))).map(({ entry }) => entry)
}

function wordOf(index: bigint): bigint {
  return index / BigInt(STATUSES_PER_WORD)
}

interface ActedArgs extends AbiAct {
  readonly indices: readonly bigint[]
  readonly previousBlocks: readonly number[]
}

/** The act as one on this word, or nothing when it touched others alone. */
function linkedAct(args: ActedArgs, wordIndex: bigint): readonly LinkedAct[] {
  const place = [...new Set(args.indices.map(wordOf))].indexOf(wordIndex)
  const previousBlock = args.previousBlocks[place]
  return previousBlock === undefined ? [] : [{ previousBlock, indices: args.indices, entry: decodeAct(args) }]
}
