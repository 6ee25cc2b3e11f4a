/** What a node answers to a whole question at a block of its chain: the ledger's lookup, and the entries that it leads to. */
import {
  endAt,
  type Hex,
  type LedgerBlock,
  type LedgerFacts,
  type LedgerQuery,
  LedgerUnavailableError,
  type LegalStatus,
  statusAt,
  type TransferFact,
} from '@hefu/protocol'
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
import type { LedgerNode } from '../network/network.ts'
import { decodeWord, readActs } from './legal-acts.ts'
import { isFollowed } from './linked-entries.ts'
import type { NodeClient } from './node-client.ts'
import { askContract } from './node-questions.ts'
import { decodeNotices, readNoticesAt } from './notices.ts'

const NO_ROOT: Hex = `0x${'0'.repeat(64)}`

type LookupResult = Awaited<ReturnType<typeof readLookup>>

/**
 * All facts of one question at a block that the node told of.
 *
 * @throws {LedgerUnavailableError} and whatever else the node's answers are refused by
 */
export async function readFacts(
  client: NodeClient,
  network: LedgerNode,
  query: LedgerQuery,
  block: LedgerBlock,
): Promise<LedgerFacts> {
  const found = await readLookupAt(client, network, query, block)
  const [status, notices] = await Promise.all([
    toStatus(client, network, query, found, block),
    toNotices(client, network, query, found, block),
  ])
  return {
    block,
    agency: toAgency(found, query.issuer),
    region: toRegion(found),
    key: decodeKey(found.key, query.keyId),
    anchor: toAnchor(found),
    ...status,
    notices,
    destination: toDestination(found, query),
    origins: found.origins.map(toOrigin),
    responsible: toResponsible(found),
    licenceType: decodeLicenceType(found.rules.licenceType),
    responsibility: decodeTerm(found.rules.responsibility),
    recognition: decodeRecognition(found.rules.recognition, toRegionCode(found.issuedIn)),
    demandedFields: decodeDemand(found.rules.demanded),
  }
}

function readLookup(client: NodeClient, network: LedgerNode, query: LedgerQuery, blockHash: Hex) {
  return askContract(client, {
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

/**
 * Two calls behind a balancer may be answered from two chains, and a developer's node answers of the block that it is
 * just making: it is asked once more, and what comes from another block again says nothing.
 */
async function readLookupAt(
  client: NodeClient,
  network: LedgerNode,
  query: LedgerQuery,
  block: LedgerBlock,
): Promise<LookupResult> {
  const isOfBlock = (found: LookupResult): boolean =>
    Number(found.blockNumber) === block.number && Number(found.blockTime) === block.time
  const found = await readLookup(client, network, query, block.hash)
  if (isOfBlock(found)) return found
  const again = await readLookup(client, network, query, block.hash)
  if (isOfBlock(again)) return again
  throw new LedgerUnavailableError(
    'inconsistent',
    `read the ledger at block ${block.number}: the node answered from block ${again.blockNumber}`,
  )
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
  client: NodeClient,
  network: LedgerNode,
  query: LedgerQuery,
  found: LookupResult,
  block: LedgerBlock,
): Promise<Pick<LedgerFacts, 'status' | 'statusEndsAt' | 'acts' | 'successor'>> {
  const { time: now } = block
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
  client: NodeClient,
  network: LedgerNode,
  query: LedgerQuery,
  { notes }: LookupResult,
  { time }: LedgerBlock,
): Promise<readonly number[]> {
  const { at } = query
  if (at === undefined || at >= time || notes.count === 0) return decodeNotices(notes.standing)
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
