/** Logs of a node as the events that they are. */
import type { Hex } from '@hefu/protocol'
import { decodeEventLog } from 'viem'
import { councilEventsAbi } from '../../abi/council-events-abi.ts'
import { ledgerAbi } from '../../abi/ledger-abi.ts'
import { rulebookAbi } from '../../abi/rulebook-abi.ts'
import type { EventBlock, LedgerEvent } from './ledger-event.ts'

/** A log as a node answers it. */
export interface EventLog {
  /** In lower case. */
  readonly address: Hex
  readonly topics: readonly Hex[]
  readonly data: Hex
}

/**
 * The event of the ledger at this address, or of a rulebook at any other one.
 *
 * @throws {DecodeLogTopicsMismatch} and others of viem, when it is no event that their ABIs have
 */
export function decodeEvent(
  { address, topics, data }: EventLog,
  ledger: Hex,
  block: EventBlock,
): LedgerEvent {
  const log = { topics: [...topics] as [Hex, ...Hex[]], data, strict: true } as const
  if (address === ledger) {
    const { eventName: name, args } = decodeEventLog({ abi: ledgerAbi, ...log })
    return { contract: 'ledger', block, name, args } as LedgerEvent
  }
  const { eventName: name, args } = decodeEventLog({ abi: rulebookAbi, ...log })
  return { contract: 'rulebook', rulebook: address, block, name, args } as LedgerEvent
}

/**
 * The event of a council.
 *
 * @throws {DecodeLogTopicsMismatch} and others of viem, when it is no event that its ABI has
 */
export function decodeCouncilEvent({ address, topics, data }: EventLog, block: EventBlock): LedgerEvent {
  const { eventName: name, args } = decodeEventLog({
    abi: councilEventsAbi,
    topics: [...topics] as [Hex, ...Hex[]],
    data,
    strict: true,
  })
  return { contract: 'council', council: address, block, name, args } as LedgerEvent
}
