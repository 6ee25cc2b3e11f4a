/** All events of one kind since a block, page by page: a node may limit what it answers in one piece. */
import type { Hex } from '@hefu/protocol'
import type { AbiEvent, GetLogsReturnType, PublicClient } from 'viem'
import { answered } from '../write/account.ts'

const PAGE_BLOCKS = 5000

/** By the names of the event's indexed parameters. */
type IndexedValues = Readonly<Record<string, unknown>>

type EventLogs<Event extends AbiEvent> = GetLogsReturnType<Event, [Event], true>

/**
 * The events that a contract told, in their order.
 *
 * @param args the indexed values of those that are asked for; without it all are
 * @throws {LedgerUnavailableError} when the node refuses even a single block
 */
export async function readEvents<const Event extends AbiEvent>(
  reader: PublicClient,
  address: Hex,
  event: Event,
  fromBlock: number,
  args: IndexedValues = {},
): Promise<EventLogs<Event>> {
  const last = Number(await answered(reader.getBlockNumber({ cacheTime: 0 })))
  const logs: EventLogs<Event> = []
  for (let from = fromBlock; from <= last; from += PAGE_BLOCKS) {
    const page = { from, to: Math.min(from + PAGE_BLOCKS - 1, last) }
    logs.push(...(await readPage(reader, { address, event, args }, page)))
  }
  return logs
}

interface Page {
  readonly from: number
  readonly to: number
}

interface Asked<Event> {
  readonly address: Hex
  readonly event: Event
  readonly args: IndexedValues
}

/** A page that is refused is asked for in halves. */
async function readPage<const Event extends AbiEvent>(
  reader: PublicClient,
  wanted: Asked<Event>,
  { from, to }: Page,
): Promise<EventLogs<Event>> {
  const range = { fromBlock: BigInt(from), toBlock: BigInt(to) }
  const { event, ...filter } = wanted
  try {
    const asked = reader.getLogs({ ...filter, event: event as AbiEvent, strict: true, ...range })
    return (await asked) as unknown as EventLogs<Event>
  } catch (error) {
    if (from === to) return answered(Promise.reject(error))
    const middle = from + Math.floor((to - from) / 2)
    return [
      ...(await readPage(reader, wanted, { from, to: middle })),
      ...(await readPage(reader, wanted, { from: middle + 1, to })),
    ]
  }
}
