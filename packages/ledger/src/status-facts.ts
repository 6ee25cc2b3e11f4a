/** What became of a licence: its status, when that ends, and the acts behind it, by the ledger's state and events. */
import { endAt, type LedgerFacts, type LedgerQuery, LedgerUnavailableError, statusAt } from '@hefu/protocol'
import type { Client } from 'viem'
import { decodeWord, readActs, type WordFact } from './legal-acts.ts'
import type { Network } from './network.ts'

/** What `lookup` answers of one licence. */
interface AbiStatus {
  readonly statusWord: bigint
  /** Ends in Unix seconds; 0: none. */
  readonly notes: { readonly suspensionEnd: number; readonly restrictionEnd: number }
}

type StatusFacts = Pick<LedgerFacts, 'status' | 'statusEndsAt' | 'acts'>

/**
 * The acts are read only where they decide: a licence in force now, asked about now, has none that does. `now` is the
 * time of the block, Unix seconds.
 *
 * @throws {LedgerUnavailableError} `inconsistent` when the node's events do not lead to the ledger's state
 */
export async function readStatus(
  client: Client,
  network: Network,
  query: LedgerQuery,
  { statusWord, notes }: AbiStatus,
  now: number,
): Promise<StatusFacts> {
  const { at = now } = query
  const word = decodeWord(statusWord, query.statusIndex)
  if (word.status === 'valid' && at >= now) return { status: word.status, statusEndsAt: null, acts: [] }
  const acts = await readActs(client, network, query, word)
  const end = endInState(word, notes)
  const isInherited = acts.some(({ act }) => act === 'inherit')
  if (statusAt(acts, now) !== word.status || (!isInherited && endAt(acts, now) !== end)) {
    throw new LedgerUnavailableError(
      'inconsistent',
      'read the legal acts on a licence: the node’s events and the ledger’s state differ',
    )
  }
  const status = statusAt(acts, at)
  const isValid = word.status === 'valid' && status === 'valid'
  // A licence that inherited its status inherited the end too, which is in state alone.
  const inState = at >= now || (isInherited && status === word.status)
  return { status, statusEndsAt: inState ? end : endAt(acts, at), acts: isValid ? [] : acts }
}

/** Of a licence both restricted and suspended the suspension decides. */
function endInState(
  { status }: WordFact,
  { suspensionEnd, restrictionEnd }: AbiStatus['notes'],
): number | null {
  if (status === 'restricted') return restrictionEnd || null
  return status === 'suspended' || status === 'restricted-suspended' ? suspensionEnd || null : null
}
