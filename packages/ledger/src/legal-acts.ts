/** A licence's legal acts and transfers, from the events of the ledger up to one block. */
import {
  type Hex,
  type LedgerQuery,
  LedgerUnavailableError,
  type StatusEntry,
  type TransferFact,
} from '@hefu/protocol'
import { type Client, hexToString } from 'viem'
import { getContractEvents, readContract } from 'viem/actions'
import { decodeStatusAct, decodeUscc, encodeUscc } from './codes.ts'
import { viewAbi } from './generated/view-abi.ts'
import type { Network } from './network.ts'

/** The block that everything is read up to. */
export interface UpTo {
  readonly number: bigint
  readonly hash: Hex
}

/** `successorOf` as the ABI has it; `since` 0: there is none. */
interface Successor {
  readonly issuer: Hex
  readonly index: bigint
  readonly since: number
}

/** What took a licence's place, or `null`. */
export function decodeSuccessor({ issuer, index, since }: Successor): TransferFact | null {
  return since === 0 ? null : { issuer: decodeUscc(issuer), statusIndex: Number(index), since }
}

interface Logged {
  readonly blockNumber: bigint
  readonly logIndex: number
  readonly entry: StatusEntry
}

/** All acts on one licence in the order of the ledger, its transfer to another agency among them. */
export async function readActs(
  client: Client,
  network: Network,
  { issuer, statusIndex }: LedgerQuery,
  successor: TransferFact | null,
  upTo: UpTo,
): Promise<readonly StatusEntry[]> {
  const range = rangeOf(network, upTo)
  const index = BigInt(statusIndex)
  const acted = await getContractEvents(client, {
    ...range,
    eventName: 'StatusActed',
    args: { issuer: encodeUscc(issuer) },
  })
  const acts: readonly Logged[] = acted
    .filter(({ args }) => args.indices.includes(index))
    .map(({ args, blockNumber, logIndex }) => ({ blockNumber, logIndex, entry: toEntry(args) }))
  if (successor === null) return inOrder(acts)
  const transferred = await getContractEvents(client, {
    ...range,
    eventName: 'TransferredIn',
    args: { originIssuer: encodeUscc(issuer), originIndex: index },
  })
  const entry = { act: 'transfer-in', effectiveAt: successor.since } as const
  return inOrder([
    ...acts,
    ...transferred.map(({ blockNumber, logIndex }) => ({ blockNumber, logIndex, entry })),
  ])
}

function rangeOf(network: Network, upTo: UpTo) {
  return {
    address: network.ledger,
    abi: viewAbi,
    fromBlock: BigInt(network.deploymentBlock),
    toBlock: upTo.number,
    strict: true,
  } as const
}

function inOrder(logged: readonly Logged[]): readonly StatusEntry[] {
  return logged
    .toSorted((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
    .map(({ entry }) => entry)
}

interface ActedArgs {
  readonly act: number
  readonly effectiveAt: number
  readonly decisionNumber: string
  readonly legalBasis: Hex
}

function toEntry({ act, effectiveAt, decisionNumber, legalBasis }: ActedArgs): StatusEntry {
  return {
    act: decodeStatusAct(act),
    effectiveAt,
    decisionNumber,
    legalBasis: hexToString(legalBasis).replaceAll('\0', ''),
  }
}

/** The licence of another agency that this one took the place of: its event names it, the ledger's state vouches for it. */
export async function readOrigin(
  client: Client,
  network: Network,
  { issuer, statusIndex, transferredFrom }: LedgerQuery,
  upTo: UpTo,
): Promise<TransferFact | null> {
  if (transferredFrom === undefined) return null
  const logs = await getContractEvents(client, {
    ...rangeOf(network, upTo),
    eventName: 'TransferredIn',
    args: { originIssuer: encodeUscc(transferredFrom), issuer: encodeUscc(issuer) },
  })
  const index = BigInt(statusIndex)
  const origin = logs.find(({ args }) => args.index === index)?.args.originIndex
  if (origin === undefined) return null
  const successor = await readContract(client, {
    address: network.ledger,
    abi: viewAbi,
    functionName: 'successorOf',
    args: [encodeUscc(transferredFrom), origin],
    blockHash: upTo.hash,
    requireCanonical: true,
  })
  const found = decodeSuccessor(successor)
  if (found?.issuer === issuer && found.statusIndex === statusIndex) {
    return { issuer: transferredFrom, statusIndex: Number(origin), since: found.since }
  }
  throw new LedgerUnavailableError(
    'inconsistent',
    'read the transfer of a licence: the node’s events and the ledger’s state differ',
  )
}
