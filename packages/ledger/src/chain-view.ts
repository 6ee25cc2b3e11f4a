/** A ledger view over JSON-RPC: every fact of one answer at one block, named by its hash. */
import {
  type Hex,
  type KeyFact,
  keyIdOf,
  type LedgerFacts,
  type LedgerQuery,
  LedgerUnavailableError,
  type LedgerView,
  MalformedError,
  type PublicJwk,
  parsePublicJwk,
  parseStrictJson,
  statusAt,
  suite,
  thumbprint,
} from '@hefu/protocol'
import {
  BaseError,
  type Block,
  BlockNotFoundError,
  type Client,
  ContractFunctionExecutionError,
  ContractFunctionZeroDataError,
  createClient,
  hexToString,
  http,
  RpcRequestError,
} from 'viem'
// One action at a time: a public client brings them all, which a browser would have to load.
import { getBlock, getChainId, getContractEvents, readContract } from 'viem/actions'
import {
  decodeAlgorithm,
  decodeLegalStatus,
  decodeMemberStatus,
  decodeTime,
  decodeUscc,
  encodeUscc,
} from './codes.ts'
import { viewAbi } from './generated/view-abi.ts'
import { decodeSuccessor, readActs, readOrigin } from './legal-acts.ts'
import { identityOf, type Network } from './network.ts'
import {
  decodeDemand,
  decodeLicenceType,
  decodeRecognition,
  decodeTerm,
  encodeLicenceType,
  encodeServiceItem,
} from './rules.ts'

export type { Network } from './network.ts'
export { parseNetwork } from './network.ts'

export interface RpcLedgerViewOptions {
  /** Longest wait for one answer of the node. */
  readonly timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 10_000
const NO_ROOT: Hex = `0x${'0'.repeat(64)}`

type FoundBlock = Pick<Block<bigint, boolean, 'latest'>, 'number' | 'hash' | 'timestamp'>
type LookupResult = Awaited<ReturnType<typeof readLookup>>

/** A view that trusts this network's chain id, contract address and node. */
export function createRpcLedgerView(network: Network, options: RpcLedgerViewOptions = {}): LedgerView {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options
  const client: Client = createClient({
    transport: http(network.rpcUrl, { timeout: timeoutMs, retryCount: 1 }),
  })
  const publicKeys = new Map<Hex, PublicJwk>()
  return {
    ledger: identityOf(network),
    lookup: async (query) => {
      try {
        return await lookup(client, network, publicKeys, query)
      } catch (error) {
        throw isBlockMissing(error, query) ? toBlockUnavailable(query, error) : toUnavailable(error)
      }
    },
  }
}

async function lookup(
  client: Client,
  network: Network,
  publicKeys: Map<Hex, PublicJwk>,
  query: LedgerQuery,
): Promise<LedgerFacts> {
  const [chainId, block] = await Promise.all([getChainId(client), findBlock(client, query)])
  if (chainId !== network.chainId) {
    throw new LedgerUnavailableError(
      'wrong-chain',
      `ask the ledger on chain ${network.chainId}: the node serves chain ${chainId}`,
    )
  }
  const found = await readLookup(client, network, query, block.hash)
  assertSameBlock(found, block)
  return {
    block: { number: Number(block.number), hash: block.hash, time: Number(block.timestamp) },
    agency: toAgency(found, query.issuer),
    region: toRegion(found),
    key: await toKey(client, network, publicKeys, query.keyId, found, block),
    anchor: toAnchor(found),
    ...(await toStatus(client, network, query, found, block)),
    origin: await readOrigin(client, network, query, block),
    licenceType: decodeLicenceType(found.rules.licenceType),
    responsibility: decodeTerm(found.rules.responsibility),
    recognition: decodeRecognition(found.rules.recognition),
    demandedFields: decodeDemand(found.rules.demanded),
  }
}

/** The newest block, or the one that a re-check names. */
async function findBlock(client: Client, { block }: LedgerQuery): Promise<FoundBlock> {
  const found = await (block === undefined ? getBlock(client) : getBlock(client, { blockHash: block.hash }))
  // A block that is named is not pending: it has its number and its hash.
  const { number, hash, timestamp } = found as FoundBlock
  if (block === undefined || (number === BigInt(block.number) && hash === block.hash))
    return { number, hash, timestamp }
  throw new LedgerUnavailableError(
    'inconsistent',
    `read the ledger at block ${block.number}: the node has another of that hash`,
  )
}

/** The node answered, but knows the block no more, or its state: only an archive node keeps all. */
function isBlockMissing(error: unknown, { block }: LedgerQuery): boolean {
  if (block === undefined || !(error instanceof BaseError)) return false
  return error.walk((e) => e instanceof BlockNotFoundError || e instanceof RpcRequestError) !== null
}

function toBlockUnavailable({ block }: LedgerQuery, cause: unknown): LedgerUnavailableError {
  const message = `read the ledger at block ${block?.number}: the node has it no more, an archive node would`
  return new LedgerUnavailableError('block-unavailable', message, { cause })
}

function readLookup(client: Client, network: Network, query: LedgerQuery, blockHash: Hex) {
  return readContract(client, {
    address: network.ledger,
    abi: viewAbi,
    functionName: 'lookup',
    args: [
      {
        issuer: encodeUscc(query.issuer),
        root: query.root ?? NO_ROOT,
        kid: query.keyId,
        statusIndex: BigInt(query.statusIndex),
        licenceType: encodeLicenceType(query.licenceType),
        receiving: Number(query.receivingRegion),
        item: encodeServiceItem(query.serviceItem),
        // Zero stands for the time of the block.
        recognisedAt: query.at === undefined ? 0 : Math.max(1, query.at),
      },
    ],
    blockHash,
    requireCanonical: true,
  })
}

/** A node behind a balancer may answer two calls from two chains: then nothing is known. */
function assertSameBlock(found: LookupResult, block: FoundBlock): void {
  if (BigInt(found.blockNumber) !== block.number || BigInt(found.blockTime) !== block.timestamp) {
    throw new LedgerUnavailableError(
      'inconsistent',
      `read the ledger at block ${block.number}: the node answered from block ${found.blockNumber}`,
    )
  }
}

function toAgency({ agency }: LookupResult, uscc: string): LedgerFacts['agency'] {
  const status = decodeMemberStatus(agency.status)
  return status === null
    ? null
    : { agency: uscc, region: regionText(agency.region), status, since: agency.since }
}

/** A region stands and falls with the regions it lies in. */
function toRegion({ agency, region, regionActive }: LookupResult): LedgerFacts['region'] {
  const own = decodeMemberStatus(region.status)
  const status = own === 'active' && !regionActive ? 'suspended' : own
  return status === null ? null : { region: regionText(agency.region), status }
}

function toAnchor({ anchor }: LookupResult): LedgerFacts['anchor'] {
  if (anchor.anchoredAt === 0) return null
  return { anchoredAt: anchor.anchoredAt, blockNumber: anchor.blockNumber, size: Number(anchor.size) }
}

function regionText(code: number): string {
  return String(code).padStart(6, '0')
}

async function toKey(
  client: Client,
  network: Network,
  publicKeys: Map<Hex, PublicJwk>,
  keyId: Hex,
  { key }: LookupResult,
  block: FoundBlock,
): Promise<KeyFact | null> {
  const algorithm = decodeAlgorithm(key.algorithm)
  if (algorithm === null) return null
  const publicJwk = publicKeys.get(keyId) ?? (await readPublicJwk(client, network, keyId, block.number))
  publicKeys.set(keyId, publicJwk)
  return {
    agency: decodeUscc(key.agency),
    algorithm,
    publicJwk,
    validFrom: key.validFrom,
    validUntil: decodeTime(key.validUntil),
    compromisedFrom: decodeTime(key.compromisedFrom),
  }
}

/** The key itself is in the event of its registration; its digest is its name, so no node can put another in its place. */
async function readPublicJwk(
  client: Client,
  network: Network,
  keyId: Hex,
  toBlock: bigint,
): Promise<PublicJwk> {
  const logs = await getContractEvents(client, {
    address: network.ledger,
    abi: viewAbi,
    eventName: 'KeyRegistered',
    args: { kid: keyId },
    fromBlock: BigInt(network.deploymentBlock),
    toBlock,
    strict: true,
  })
  const text = logs[0]?.args.publicJwk
  if (text === undefined) {
    throw new LedgerUnavailableError(
      'inconsistent',
      `read the public key ${keyId}: the node knows the key but not its registration`,
    )
  }
  const publicJwk = parsePublicJwk(parseStrictJson(hexToString(text), 512, 'publicJwk'), 'publicJwk')
  if (keyIdOf(thumbprint(publicJwk, suite)) === keyId) return publicJwk
  throw new LedgerUnavailableError(
    'inconsistent',
    `read the public key ${keyId}: the node answered another key`,
  )
}

/** The acts are read only where they decide: a licence in force now, asked about now, has none that does. */
async function toStatus(
  client: Client,
  network: Network,
  query: LedgerQuery,
  found: LookupResult,
  block: FoundBlock,
): Promise<Pick<LedgerFacts, 'status' | 'acts' | 'successor'>> {
  const now = Number(block.timestamp)
  const { at = now } = query
  const recorded = decodeLegalStatus(found.status)
  const successor = decodeSuccessor(found.successor)
  if (recorded === 'valid' && at >= now) return { status: recorded, acts: [], successor }
  const acts = await readActs(client, network, query, successor, block)
  if (statusAt(acts, now) !== recorded) {
    throw new LedgerUnavailableError(
      'inconsistent',
      'read the legal acts on a licence: the node’s events and the ledger’s state differ',
    )
  }
  const status = statusAt(acts, at)
  return { status, acts: recorded === 'valid' && status === 'valid' ? [] : acts, successor }
}

/** Whatever goes wrong on the way to the ledger means "could not be checked", and nothing about a licence. */
function toUnavailable(error: unknown): LedgerUnavailableError {
  if (error instanceof LedgerUnavailableError) return error
  if (error instanceof MalformedError || error instanceof RangeError) {
    return new LedgerUnavailableError('inconsistent', `read the ledger: ${error.message}`, { cause: error })
  }
  if (
    error instanceof ContractFunctionExecutionError &&
    error.walk((e) => e instanceof ContractFunctionZeroDataError)
  ) {
    return new LedgerUnavailableError('no-contract', 'read the ledger: no contract stands at its address', {
      cause: error,
    })
  }
  const reason = error instanceof BaseError ? error.shortMessage : 'an unexpected answer'
  return new LedgerUnavailableError('unreachable', `reach the ledger: ${reason}`, { cause: error })
}
