/** A ledger view over JSON-RPC: every fact of one answer at one block, named by its hash. */
import {
  endAt,
  type Hex,
  type LedgerFacts,
  type LedgerQuery,
  LedgerUnavailableError,
  type LedgerView,
  type LegalStatus,
  statusAt,
  type TransferFact,
} from '@hefu/protocol'
import type { Client } from 'viem'
import {
  decodeAgencyStatus,
  decodeLegalStatus,
  decodeName,
  decodeOffice,
  decodeRegionStatus,
  decodeUscc,
  encodeUscc,
  regionText,
} from '../abi/codes.ts'
import { decodeKey } from '../abi/keys.ts'
import {
  decodeDemand,
  decodeLicenceType,
  decodeRecognition,
  decodeTerm,
  encodeLicenceType,
  encodeServiceItem,
} from '../abi/rules.ts'
import { viewAbi } from '../abi/view-abi.ts'
import { identityOf, type LedgerNode } from '../network/network.ts'
import { decodeWord, readActs } from './legal-acts.ts'
import { isFollowed } from './linked-entries.ts'
import { connectNode, type RpcLedgerViewOptions } from './node-client.ts'
import { type NodeBlock, readBlock, readContract } from './node-reading.ts'
import { decodeNotices, readNoticesAt } from './notices.ts'
import { type ChainCheck, createChainCheck } from './served-chain.ts'
import { isBlockMissing, toUnavailable } from './unavailable.ts'

export type { Network } from '../network/network.ts'
export { parseNetwork } from '../network/network.ts'
export type { RpcLedgerViewOptions } from './node-client.ts'

const NO_ROOT: Hex = `0x${'0'.repeat(64)}`

type LookupResult = Awaited<ReturnType<typeof readLookup>>

/** A view that trusts this network's chain id, contract address and node. */
export function createRpcLedgerView(network: LedgerNode, options: RpcLedgerViewOptions = {}): LedgerView {
  const client = connectNode(network.rpcUrl, options)
  const source: LedgerSource = {
    client,
    network,
    assertChain: createChainCheck(client, network.chainId, 'ledger'),
  }
  return {
    ledger: identityOf(network),
    lookup: async (query) => {
      try {
        return await lookup(source, query)
      } catch (error) {
        const isGone = query.block !== undefined && isBlockMissing(error)
        throw isGone ? toBlockUnavailable(query, error) : toUnavailable(error, 'ledger')
      }
    },
  }
}

/** A ledger by a node of its chain. */
interface LedgerSource {
  readonly client: Client
  readonly network: LedgerNode
  readonly assertChain: ChainCheck
}

async function lookup(
  { client, network, assertChain }: LedgerSource,
  query: LedgerQuery,
): Promise<LedgerFacts> {
  const [block] = await Promise.all([findBlock(client, query), assertChain()])
  const found = await readLookup(client, network, query, block.hash)
  assertSameBlock(found, block)
  return {
    block: { number: Number(block.number), hash: block.hash, time: Number(block.timestamp) },
    agency: toAgency(found, query.issuer),
    region: toRegion(found),
    key: decodeKey(found.key, query.keyId),
    anchor: toAnchor(found),
    ...(await toStatus(client, network, query, found, block)),
    notices: await toNotices(client, network, query, found, block),
    destination: toDestination(found, query),
    origins: found.origins.map(toOrigin),
    responsible: toResponsible(found),
    licenceType: decodeLicenceType(found.rules.licenceType),
    responsibility: decodeTerm(found.rules.responsibility),
    recognition: decodeRecognition(found.rules.recognition, toRegionCode(found.issuedIn)),
    demandedFields: decodeDemand(found.rules.demanded),
  }
}

/** The newest block, or the one that a re-check names. */
async function findBlock(client: Client, { block }: LedgerQuery): Promise<NodeBlock> {
  const found = await readBlock(client, block?.hash)
  if (block === undefined || (found.number === BigInt(block.number) && found.hash === block.hash))
    return found
  throw new LedgerUnavailableError(
    'inconsistent',
    `read the ledger at block ${block.number}: the node has another of that hash`,
  )
}

function toBlockUnavailable({ block }: LedgerQuery, cause: unknown): LedgerUnavailableError {
  const message = `read the ledger at block ${block?.number}: the node has it no more, an archive node would`
  return new LedgerUnavailableError('block-unavailable', message, { cause })
}

function readLookup(client: Client, network: LedgerNode, query: LedgerQuery, blockHash: Hex) {
  return readContract(client, {
    address: network.ledger,
    abi: viewAbi,
    functionName: 'lookup',
    args: [
      {
        issuer: encodeUscc(query.issuer),
        root: query.root ?? NO_ROOT,
        kid: query.keyId,
        statusIndex: query.statusIndex,
        licenceType: encodeLicenceType(query.licenceType),
        receiving: Number(query.receivingRegion),
        item: encodeServiceItem(query.serviceItem),
        // Zero stands for the time of the block.
        recognisedAt: query.at === undefined ? 0 : Math.max(1, query.at),
      },
    ],
    blockHash,
  })
}

/** A node behind a balancer may answer two calls from two chains: then nothing is known. */
function assertSameBlock(found: LookupResult, block: NodeBlock): void {
  if (BigInt(found.blockNumber) !== block.number || BigInt(found.blockTime) !== block.timestamp) {
    throw new LedgerUnavailableError(
      'inconsistent',
      `read the ledger at block ${block.number}: the node answered from block ${found.blockNumber}`,
    )
  }
}

function toAgency(
  { agency, agencyTenure, agencyName, issuedIn }: LookupResult,
  uscc: string,
): LedgerFacts['agency'] {
  const status = decodeAgencyStatus(agency.status)
  if (status === null) return null
  const name = decodeName(agencyName)?.zh ?? null
  return { agency: uscc, region: regionText(issuedIn), status, since: agencyTenure.statusSince, name }
}

/** Where the licence was issued. It stands and falls with where the agency is today, and the regions that lies in. */
function toRegion({ issuedIn, region, regionName, regionActive }: LookupResult): LedgerFacts['region'] {
  const own = decodeRegionStatus(region.status)
  const status = own === 'active' && !regionActive ? 'suspended' : own
  const name = decodeName(regionName)?.zh ?? null
  return status === null ? null : { region: regionText(issuedIn), status, name }
}

/** Of whom to ask today; an agency that is none has nobody. */
function toResponsible({ responsible }: LookupResult): LedgerFacts['responsible'] {
  const capacity = decodeOffice(responsible.capacity)
  if (capacity === null) return null
  const { agency, region, name } = responsible
  return {
    capacity,
    agency: isZero(agency) ? null : decodeUscc(agency),
    region: toRegionCode(region),
    name: decodeName(name),
  }
}

function isZero(bytes: Hex): boolean {
  return /^0x0*$/.test(bytes)
}

function toAnchor({ anchor }: LookupResult): LedgerFacts['anchor'] {
  const { anchoredAt, blockNumber, size, firstIndex } = anchor
  return anchoredAt === 0 ? null : { anchoredAt, blockNumber, size, firstIndex }
}

function toRegionCode(code: number): string | null {
  return code === 0 ? null : regionText(code)
}

/** The acts are read only where they decide: a licence in force now, asked about now, has none that does. */
async function toStatus(
  client: Client,
  network: LedgerNode,
  query: LedgerQuery,
  found: LookupResult,
  block: NodeBlock,
): Promise<Pick<LedgerFacts, 'status' | 'statusEndsAt' | 'acts' | 'successor'>> {
  const now = Number(block.timestamp)
  const { at = now } = query
  const word = decodeWord(found.statusWord, query.statusIndex)
  const successor = toTransfer(found.successor)
  // A history that is too long to be followed is not told; only a question about the past needs it.
  if (at >= now && (word.status === 'valid' || !isFollowed(word))) {
    return { status: word.status, statusEndsAt: endInState(found, word.status), acts: [], successor }
  }
  const acts = await readActs(client, network, query, word)
  if (statusAt(acts, now) !== word.status) {
    throw new LedgerUnavailableError(
      'inconsistent',
      'read the legal acts on a licence: the node’s events and the ledger’s state differ',
    )
  }
  const endsNow = endInState(found, word.status)
  if (endAt(acts, now) !== endsNow) {
    throw new LedgerUnavailableError(
      'inconsistent',
      'read the end of a suspension or restriction: the node’s events and the ledger’s state differ',
    )
  }
  const status = statusAt(acts, at)
  const isValid = word.status === 'valid' && status === 'valid'
  const statusEndsAt = at >= now ? endsNow : endAt(acts, at)
  return { status, statusEndsAt, acts: isValid ? [] : acts, successor }
}

/** When the suspension or restriction in force at the block ends; of both the suspension decides. */
function endInState({ notes }: LookupResult, status: LegalStatus): number | null {
  if (status === 'restricted') return notes.restrictionEnd || null
  const isSuspended = status === 'suspended' || status === 'restricted-suspended'
  return isSuspended ? notes.suspensionEnd || null : null
}

/** State tells what stands now; what stood before is read from the entries. */
async function toNotices(
  client: Client,
  network: LedgerNode,
  query: LedgerQuery,
  { notes }: LookupResult,
  { timestamp }: NodeBlock,
): Promise<readonly number[]> {
  const { at } = query
  if (at === undefined || at >= Number(timestamp) || notes.count === 0) return decodeNotices(notes.standing)
  return await readNoticesAt(client, network, query, notes, at)
}

/** `Successor` and `OriginFacts` as the ABI has them; `since` 0: nothing took its place. */
interface AbiTransfer {
  readonly issuer: Hex
  readonly index: number
  readonly since: number
}

function toTransfer({ issuer, index, since }: AbiTransfer): TransferFact | null {
  return since === 0 ? null : { issuer: decodeUscc(issuer), statusIndex: index, since }
}

/** Before anything took its place, the slot of the successor names who may: also after a transfer out was cancelled. */
function toDestination({ successor, statusWord }: LookupResult, { statusIndex }: LedgerQuery): string | null {
  if (decodeWord(statusWord, statusIndex).status !== 'transferred-out' || isZero(successor.issuer))
    return null
  return decodeUscc(successor.issuer)
}

type AbiOrigin = AbiTransfer & { readonly status: number; readonly notices: bigint }

function toOrigin({ issuer, index, since, status, notices }: AbiOrigin): LedgerFacts['origins'][number] {
  return {
    issuer: decodeUscc(issuer),
    statusIndex: index,
    since,
    status: decodeLegalStatus(status),
    notices: decodeNotices(notices),
  }
}
