/** What the ledger, and the rulebooks that it names, told in blocks changes in facts. */
import type { Hex } from '@hefu/protocol'
import { getAbiItem, toEventSelector } from 'viem'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import type { Network } from '../network/network.ts'
import type { PlacedLog } from './blocks/block-logs.ts'
import type { BlockLog, NodeReader, ReadBlock } from './blocks/node-reader.ts'
import { readPastLogs } from './blocks/past-logs.ts'
import { decodeEvent, type EventLog } from './events/decode-event.ts'
import type { EventBlock, LedgerEvent } from './events/ledger-event.ts'
import { changesOf } from './facts/changes-of.ts'
import { FactLayer } from './facts/fact-layer.ts'
import { type Change, type Facts, THE_ONE, UnknownFactError } from './facts/facts.ts'
import { ReplicaStoppedError } from './replica-error.ts'

/** Whose events are told, and by whom. */
export interface ToldBy {
  readonly network: Network
  readonly reader: NodeReader
}

/** All that these addresses told in blocks that are known. */
type ReadLogs = (addresses: readonly Hex[]) => Promise<readonly PlacedLog[]>

/**
 * What the events of these blocks change in these facts, which stay as they are.
 *
 * @param read of these blocks
 * @throws {LedgerUnavailableError}
 * @throws {ReplicaStoppedError} `event-unknown`, `event-withheld`
 */
export async function changesIn(
  told: ToldBy,
  blocks: readonly ReadBlock[],
  facts: Facts,
  read: ReadLogs,
): Promise<readonly Change[]> {
  const [first] = blocks
  if (first === undefined) return []
  const { ledger, deploymentBlock } = told.network
  const logs = await readLogs(told, first, facts, read)
  const layer = new FactLayer(facts)
  const changed = logs.flatMap(({ log, block }) => {
    const changes = changesOfLog(layer, log, ledger, block)
    for (const change of changes) layer.put(change)
    return changes
  })
  return first.number === deploymentBlock ? [deployedIn(first), ...changed] : changed
}

/** A rulebook tells from its first event on, also when the ledger named it later: nothing of it is read before. */
async function readLogs(
  { network: { ledger, deploymentBlock }, reader }: ToldBy,
  first: ReadBlock,
  facts: Facts,
  read: ReadLogs,
): Promise<readonly PlacedLog[]> {
  const known = (facts.find('rulebooks', THE_ONE) ?? []).map(({ fact }) => fact)
  const logs = await read([ledger, ...known])
  const named = logs.flatMap(({ log }) => rulebookNamedBy(log, ledger) ?? [])
  const fresh = [...new Set(named)].filter((address) => !known.includes(address))
  if (fresh.length === 0) return logs
  return [...(await readPastLogs(reader, fresh, deploymentBlock, first)), ...(await read(fresh)), ...logs]
}

function deployedIn({ hash }: ReadBlock): Change {
  return { table: 'deployment', key: THE_ONE, fact: hash }
}

/** @throws {ReplicaStoppedError} */
function eventOf(log: EventLog, ledger: Hex, block: EventBlock): LedgerEvent {
  try {
    return decodeEvent(log, ledger, block)
  } catch (cause) {
    const message = `follow the ledger at block ${block.number}: ${log.address} told of something unknown`
    throw new ReplicaStoppedError('event-unknown', message, { cause })
  }
}

/** @throws {ReplicaStoppedError} */
function changesOfLog(facts: Facts, log: EventLog, ledger: Hex, block: EventBlock): readonly Change[] {
  try {
    return changesOf(facts, eventOf(log, ledger, block))
  } catch (error) {
    if (error instanceof UnknownFactError)
      throw new ReplicaStoppedError('event-withheld', error.message, { cause: error })
    if (error instanceof RangeError) {
      const message = `follow the ledger at block ${block.number}: ${error.message}`
      throw new ReplicaStoppedError('event-unknown', message, { cause: error })
    }
    throw error
  }
}

const RULEBOOK_CHANGED = toEventSelector(getAbiItem({ abi: ledgerAbi, name: 'RulebookChanged' }))

function rulebookNamedBy(log: BlockLog, ledger: Hex): Hex | null {
  if (log.address !== ledger || log.topics[0] !== RULEBOOK_CHANGED) return null
  const event = eventOf(log, ledger, { number: log.blockNumber, time: 0 })
  return event.name === 'RulebookChanged' ? (event.args.rulebook.toLowerCase() as Hex) : null
}
