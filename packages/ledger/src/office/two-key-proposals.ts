/** The proposals on the ledger that wait for their second key, whoever made them. */
import type { Hex } from '@hefu/protocol'
import { getAbiItem, type PublicClient } from 'viem'
import { ledgerAbi } from '../abi/ledger-abi.ts'
import { STANDS_SECONDS } from '../abi/longest-wait.ts'
import type { Network } from '../network/network.ts'
import { answered } from '../write/account.ts'
import { type Confirmer, findConfirmer } from '../write/proposals.ts'
import { readEvents } from './event-pages.ts'
import { decodeOfficeCall, type OfficeCall } from './office-call.ts'

/** A call that one key made and a second has to make. */
export interface WaitingProposal {
  /** Its place among all that were ever made on this ledger, from one. */
  readonly number: number
  /** Keccak-256 of its call data. */
  readonly id: Hex
  readonly callData: Hex
  /** `null`: none that this version knows. */
  readonly call: OfficeCall | null
  readonly proposer: Hex
  /** Unix seconds. */
  readonly proposedAt: number
  /** Unix seconds from which on it is forgotten. */
  readonly standsUntil: number
  /** `null` where the ledger gives another reason against it meanwhile. */
  readonly confirmer: Confirmer | null
}

/** @throws {LedgerUnavailableError} */
export async function readWaitingProposals(
  reader: PublicClient,
  network: Network,
  now: number,
): Promise<readonly WaitingProposal[]> {
  const event = getAbiItem({ abi: ledgerAbi, name: 'Proposed' })
  const told = await readEvents(reader, network.ledger, event, network.deploymentBlock)
  const newest = new Map(told.map(({ args }, place) => [args.call, { ...args, number: place + 1 }]))
  const waiting: WaitingProposal[] = []
  for (const { call: id, data: callData, number } of newest.values()) {
    const asked = reader.readContract({
      address: network.ledger,
      abi: ledgerAbi,
      functionName: 'proposal',
      args: [id],
    })
    const { proposer, proposedAt } = await answered(asked)
    const standsUntil = proposedAt + STANDS_SECONDS
    if (proposedAt === 0 || standsUntil <= now) continue
    const confirmer = await findConfirmer({ reader }, network, { callData, blockTime: now })
    const call = decodeOfficeCall('ledger', callData)
    waiting.push({ number, id, callData, call, proposer, proposedAt, standsUntil, confirmer })
  }
  return waiting
}
