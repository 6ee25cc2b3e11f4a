/** The state as the events of a chain make it, once more and apart from any replica that is kept. */
import type { Hex } from '@hefu/protocol'
import type { Network } from '../../network/network.ts'
import { readBlockLogs } from '../blocks/block-logs.ts'
import { readBlocks } from '../blocks/chain-blocks.ts'
import type { NodeReader } from '../blocks/node-reader.ts'
import { type BlockRange, Pages } from '../blocks/pages.ts'
import { CompactFacts } from '../compact/compact-facts.ts'
import { decodeEvent } from '../events/decode-event.ts'
import type { LedgerEvent } from '../events/ledger-event.ts'
import { changesOf } from '../facts/changes-of.ts'
import { type Facts, THE_ONE, UnknownFactError } from '../facts/facts.ts'
import { AuditRefusedError } from './audit-error.ts'
import { AuditTally } from './audit-tally.ts'

/** All that the events up to a block told. */
export interface ToldState {
  readonly facts: Facts
  readonly tally: AuditTally
}

export interface EventsOptions {
  /** Ends the reading between two pages. */
  readonly signal?: AbortSignal | undefined
  /** Is told of each block up to which events were read, and of the last one. */
  readonly onBlock?: ((block: number, last: number) => void) | undefined
}

/**
 * Reads all events of the ledger and then those of the rulebooks that it named, each from the deployment on.
 *
 * @param last number of a block that stays
 * @throws {LedgerUnavailableError} when the node cannot be asked
 * @throws {AuditRefusedError} `events-unread` when an event is none that is known, or speaks of what no event told of;
 *   `too-many`
 * @throws the signal's reason
 */
export async function readToldState(
  network: Network,
  reader: NodeReader,
  last: number,
  options: EventsOptions = {},
): Promise<ToldState> {
  const state = { facts: new CompactFacts(), tally: new AuditTally() }
  const range = { from: network.deploymentBlock, to: last }
  const take = (event: LedgerEvent): void => {
    for (const change of changesOf(state.facts, event)) state.facts.put(change)
    state.tally.count(event)
  }
  const read = (addresses: readonly Hex[]): Promise<void> =>
    readEvents({ reader, ledger: network.ledger, addresses }, range, take, options)
  await read([network.ledger])
  const rulebooks = [...new Set((state.facts.find('rulebooks', THE_ONE) ?? []).map(({ fact }) => fact))]
  if (rulebooks.length > 0) await read(rulebooks)
  return state
}

interface EventSource {
  readonly reader: NodeReader
  readonly ledger: Hex
  readonly addresses: readonly Hex[]
}

async function readEvents(
  { reader, ledger, addresses }: EventSource,
  range: BlockRange,
  take: (event: LedgerEvent) => void,
  { signal, onBlock }: EventsOptions,
): Promise<void> {
  await new Pages().through(range, async (page) => {
    signal?.throwIfAborted()
    const blocks = await readBlocks(reader, page, null)
    const logs = await readBlockLogs(reader, addresses, blocks)
    for (const { log, block } of logs) {
      try {
        take(decodeEvent(log, ledger, block))
      } catch (cause) {
        throw cause instanceof AuditRefusedError ? cause : unread(block.number, cause)
      }
    }
    onBlock?.(page.to, range.to)
  })
}

function unread(number: number, cause: unknown): AuditRefusedError {
  const reason = cause instanceof UnknownFactError || cause instanceof RangeError ? `: ${cause.message}` : ''
  return new AuditRefusedError('events-unread', `read an event of block ${number}${reason}`, { cause })
}
