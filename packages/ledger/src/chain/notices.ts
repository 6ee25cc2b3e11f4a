/** The notices 标注 that stand, or stood, beside a licence's status. */
import { type LedgerQuery, LedgerUnavailableError } from '@hefu/protocol'
import { encodeUscc } from '../abi/codes.ts'
import { viewAbi } from '../abi/view-abi.ts'
import type { LedgerNode } from '../network/network.ts'
import { followEntries, type LinkedEntry } from './linked-entries.ts'
import type { NodeClient } from './node-client.ts'
import { askEvents } from './node-questions.ts'

/** `Notes` as the ABI has it. */
interface AbiNotes {
  readonly standing: bigint
  readonly count: number
  readonly lastBlock: number
}

interface LinkedNotice extends LinkedEntry {
  readonly code: number
  readonly stands: boolean
  readonly effectiveAt: number
}

/** Codes of the bits that are set, ascending. */
export function decodeNotices(standing: bigint): readonly number[] {
  const bits = standing.toString(2)
  return [...bits].flatMap((bit, place) => (bit === '1' ? [bits.length - 1 - place] : [])).toReversed()
}

/**
 * Codes of the notices that stood at a time (Unix seconds), ascending.
 *
 * @throws {LedgerUnavailableError} `history-too-long` for more than are followed; `inconsistent` when the node hides, adds, shifts or alters one
 */
export async function readNoticesAt(
  client: NodeClient,
  network: LedgerNode,
  query: LedgerQuery,
  { standing, count, lastBlock }: AbiNotes,
  at: number,
): Promise<readonly number[]> {
  const entries = await followEntries({ lastBlock, count }, (block) =>
    readBlock(client, network, query, block),
  )
  if (standingAfter(entries).join() !== decodeNotices(standing).join()) {
    throw new LedgerUnavailableError(
      'inconsistent',
      'read the notices on a licence: the node’s events and the ledger’s state differ',
    )
  }
  return standingAfter(entries.filter(({ effectiveAt }) => effectiveAt <= at))
}

/** Codes of the notices that stand after these entries, ascending. */
function standingAfter(entries: readonly LinkedNotice[]): readonly number[] {
  const standing = new Set<number>()
  for (const { code, stands } of entries) {
    if (stands) standing.add(code)
    else standing.delete(code)
  }
  return [...standing].toSorted((one, other) => one - other)
}

async function readBlock(
  client: NodeClient,
  { ledger }: LedgerNode,
  { issuer, statusIndex }: LedgerQuery,
  block: number,
): Promise<readonly LinkedNotice[]> {
  const place = { address: ledger, issuer: encodeUscc(issuer), block }
  const events = await askEvents(client, viewAbi, ['Noted', 'NoticeLifted'], place)
  return events.flatMap(({ eventName, args: { code, indices, previousBlocks, decision } }) => {
    const previousBlock = previousBlocks[indices.indexOf(BigInt(statusIndex))]
    if (previousBlock === undefined) return []
    return [{ previousBlock, code, stands: eventName === 'Noted', effectiveAt: decision.effectiveAt }]
  })
}
