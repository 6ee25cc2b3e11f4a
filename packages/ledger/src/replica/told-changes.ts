/** What the ledger, the rulebooks that it names and its alliance's council told in blocks changes in facts. */
import type { Hex } from '@hefu/protocol'
import { getAbiItem, toEventSelector } from 'viem'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import type { Network } from '../network/network.ts'
import type { PlacedLog } from './blocks/block-logs.ts'
import type { BlockLog, NodeReader, ReadBlock } from './blocks/node-reader.ts'
import { readPastLogs } from './blocks/past-logs.ts'
import { decodeCouncilEvent, decodeEvent, type EventLog } from './events/decode-event.ts'
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
  const logs = await readLogs(told, first, facts, read)
  const layer = new FactLayer(facts)
  const begun = beginnings(told.network, first, facts)
  const changed = logs.flatMap(({ log, block }) => {
    const changes = changesOfLog(layer, log, told.network, block)
    for (const change of changes) layer.put(change)
    return changes
  })
  return [...begun, ...changed]
}

/** What is so from these blocks on, whatever they tell. */
function beginnings(
  { deploymentBlock, council }: Network,
  first: ReadBlock,
  facts: Facts,
): readonly Change[] {
  const fact = council ?? null
  return [
    ...(first.number === deploymentBlock ? [deployedIn(first)] : []),
    ...(facts.find('council', THE_ONE) === fact ? [] : [{ table: 'council', key: THE_ONE, fact } as const]),
  ]
}

/**
 * A rulebook tells from its first event on, also when the ledger named it later: nothing of it is read before. So does
 * a council that the network file did not name before.
 */
async function readLogs(
  { network, reader }: ToldBy,
  first: ReadBlock,
  facts: Facts,
  read: ReadLogs,
): Promise<readonly PlacedLog[]> {
  const { ledger, deploymentBlock, council } = network
  const rulebooks = (facts.find('rulebooks', THE_ONE) ?? []).map(({ fact }) => fact)
  const councils = council === undefined ? [] : [council]
  const known = [...rulebooks, ...councils.filter((one) => one === facts.find('council', THE_ONE))]
  const logs = await read([ledger, ...known])
  const named = logs.flatMap(({ log }) => rulebookNamedBy(log, network) ?? [])
  const fresh = [...new Set([...named, ...councils])].filter((address) => !known.includes(address))
  if (fresh.length === 0) return logs
  return [...(await readPastLogs(reader, fresh, deploymentBlock, first)), ...(await read(fresh)), ...logs]
}

function deployedIn({ hash }: ReadBlock): Change {
  return { table: 'deployment', key: THE_ONE, fact: hash }
}

/** @throws {ReplicaStoppedError} */
function eventOf(log: EventLog, { ledger, council }: Network, block: EventBlock): LedgerEvent {
  try {
    return log.address === council ? decodeCouncilEvent(log, block) : decodeEvent(log, ledger, block)
  } catch (cause) {
    const message = `follow the ledger at block ${block.number}: ${log.address} told of something unknown`
    throw new ReplicaStoppedError('event-unknown', message, { cause })
  }
}

/** @throws {ReplicaStoppedError} */
function changesOfLog(facts: Facts, log: EventLog, network: Network, block: EventBlock): readonly Change[] {
  try {
    return changesOf(facts, eventOf(log, network, block))
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

function rulebookNamedBy(log: BlockLog, network: Network): Hex | null {
  if (log.address !== network.ledger || log.topics[0] !== RULEBOOK_CHANGED) return null
  const event = eventOf(log, network, { number: log.blockNumber, time: 0 })
  return event.name === 'RulebookChanged' ? (event.args.rulebook.toLowerCase() as Hex) : null
}
