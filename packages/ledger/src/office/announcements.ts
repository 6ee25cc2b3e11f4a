/** What keepers announced to the access manager and have not carried out; what the council queued is among its votes. */
import type { Hex } from '@hefu/protocol'
import { getAbiItem, type PublicClient } from 'viem'
import { accessManagerAbi } from '../abi/access-manager-abi.ts'
import type { AllianceNetwork } from '../network/alliance-network.ts'
import { answered } from '../write/account.ts'
import { contractAt } from './contract-addresses.ts'
import { readEvents } from './event-pages.ts'
import { decodeOfficeCall, type OfficeCall } from './office-call.ts'

export interface Announcement {
  /** Its place among all that were ever announced, from one. */
  readonly number: number
  readonly caller: Hex
  readonly target: Hex
  readonly data: Hex
  /** `null`: none that this version knows. */
  readonly call: OfficeCall | null
  /** Unix seconds from which on it can be carried out. */
  readonly readyAt: number
}

/** @throws {LedgerUnavailableError} */
export async function readAnnouncements(
  reader: PublicClient,
  network: AllianceNetwork,
): Promise<readonly Announcement[]> {
  const event = getAbiItem({ abi: accessManagerAbi, name: 'OperationScheduled' })
  const told = await readEvents(reader, network.accessManager, event, network.deploymentBlock)
  const newest = new Map(told.map(({ args }, place) => [args.operationId, { ...args, number: place + 1 }]))
  const open: Announcement[] = []
  for (const { operationId, caller, target, data, number } of newest.values()) {
    if (caller.toLowerCase() === network.council) continue
    const readyAt = await scheduleOf(reader, network, operationId)
    if (readyAt === 0) continue
    const contract = await contractAt(reader, network, target)
    const call = contract === null ? null : decodeOfficeCall(contract, data)
    open.push({ number, caller: caller.toLowerCase() as Hex, target, data, call, readyAt })
  }
  return open
}

/** Unix seconds; zero when it was carried out, stopped or forgotten. */
export async function scheduleOf(
  reader: PublicClient,
  { accessManager }: AllianceNetwork,
  operation: Hex,
): Promise<number> {
  const asked = reader.readContract({
    address: accessManager,
    abi: accessManagerAbi,
    functionName: 'getSchedule',
    args: [operation],
  })
  return Number(await answered(asked))
}
