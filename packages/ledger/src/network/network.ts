/** Where a ledger is: the one thing that a reader of the chain must be given, and trusts. */
import {
  assertOnly,
  type Hex,
  type JsonValue,
  type LedgerIdentity,
  malformed,
  parseHex,
  parseJsonText,
  parseObject,
  quote,
} from '@hefu/protocol'

/** A ledger on a chain and a node that answers for it. */
export interface LedgerNode {
  /** JSON-RPC endpoint over http or https. */
  readonly rpcUrl: string
  readonly chainId: number
  /** Address of the ledger's contract, lower case. */
  readonly ledger: Hex
}

/**
 * From when on a block stays, said by who runs the chain, since engines differ. `finalized`: what the node calls so. A
 * number: a block with so many behind it; 0 for an engine whose newest block is never replaced.
 */
export type Finality = 'finalized' | number

/**
 * By whose rule the hash of a block is made from its header. `ethereum`: of the whole header. `qbft`: without the seals
 * that the validators put to it and without their round (Besu, Quorum).
 */
export type Engine = 'ethereum' | 'qbft'

/** The nodes of a chain, and how it is followed. */
export interface ChainNodes {
  /** JSON-RPC endpoint over http or https. */
  readonly rpcUrl: string
  /** Absent: `finalized`. */
  readonly finality?: Finality
  /** Further nodes of the same chain, none of them twice. Absent: the one of `rpcUrl` is believed. */
  readonly otherRpcUrls?: readonly string[]
  /** How many of all nodes must tell the same for it to be used. Absent: more than half. */
  readonly agreement?: number
  /** Absent: not known, and the hash of a block is what the nodes agree on. */
  readonly engine?: Engine
}

/** What a network file says of a ledger. */
export interface Network extends LedgerNode, ChainNodes {
  /** Block of the ledger's deployment: no fact is older. */
  readonly deploymentBlock: number
  /** Of the alliance's council, whose votes a replica keeps besides, lower case. Absent: nothing is told of votes. */
  readonly council?: Hex
}

/** A network as who reads its chain needs it. */
export type ReadNetwork = Omit<Network, 'deploymentBlock'>

/** Of a chain, and from where on it has facts. */
export const CHAIN_MEMBERS: readonly string[] = [
  'rpcUrl',
  'finality',
  'otherRpcUrls',
  'agreement',
  'engine',
  'deploymentBlock',
]

/** All that a network file has: the record of a deployment is one, and names every contract and who holds what. */
const NETWORK_MEMBERS: readonly string[] = [
  ...CHAIN_MEMBERS,
  'chainId',
  'ledger',
  'registry',
  'nodes',
  'council',
  'accessManager',
  'members',
  'remedies',
  'appointments',
  'rulebook',
  'lens',
  'seats',
  'deployer',
  'superior',
  'catalogue',
  'emergency',
]

/** Nodes of one network at most. */
const MOST_NODES = 16

/** All nodes of a network, the one that is named first before the others. */
export function rpcUrlsOf({
  rpcUrl,
  otherRpcUrls = [],
}: Pick<Network, 'rpcUrl' | 'otherRpcUrls'>): readonly string[] {
  return [rpcUrl, ...otherRpcUrls]
}

/** How many of its nodes must tell the same. */
export function agreementOf(network: Pick<Network, 'rpcUrl' | 'otherRpcUrls' | 'agreement'>): number {
  return network.agreement ?? Math.floor(rpcUrlsOf(network).length / 2) + 1
}

/** The identity that receipts and credentials name. */
export function identityOf({ chainId, ledger }: LedgerNode): LedgerIdentity {
  return { chainId, address: ledger }
}

/**
 * Reads a network file (JSON). Members of the record of a deployment beyond those of {@link Network} are left alone; any
 * other is refused, since one that is misspelt would not hold.
 *
 * @throws {MalformedError}
 */
export function parseNetwork(text: string): Network {
  return takeNetwork(parseJsonObject(text))
}

/**
 * A network by the rules of a network file, as a copy: who makes one may never have read a file.
 *
 * @throws {MalformedError}
 */
export function takeNetwork(given: object): Network {
  const { deploymentBlock } = membersOf(given)
  return {
    ...takeReadNetwork(given),
    deploymentBlock: parsePositiveInteger(deploymentBlock, 'network.deploymentBlock', 0),
  }
}

/**
 * The same, of whoever reads the chain alone.
 *
 * @throws {MalformedError}
 */
export function takeReadNetwork(given: object): ReadNetwork {
  const value = membersOf(given)
  const { council } = value
  return {
    ...parseChainNodes(value, 'network'),
    ...takeNode(given),
    ...(council === undefined ? {} : { council: parseHex(council, 20, 'network.council') }),
  }
}

/**
 * The same, of whoever asks the node of `rpcUrl` and no other.
 *
 * @throws {MalformedError}
 */
export function takeNode(given: object): LedgerNode {
  const { rpcUrl, chainId, ledger } = membersOf(given)
  return {
    rpcUrl: parseRpcUrl(rpcUrl, 'network.rpcUrl'),
    chainId: parsePositiveInteger(chainId, 'network.chainId', 1),
    ledger: parseHex(ledger, 20, 'network.ledger'),
  }
}

/** @throws {MalformedError} for what is no object, and `unknown-member` for what no network file has */
export function membersOf(given: object): Readonly<Record<string, unknown>> {
  const value = parseObject(given as JsonValue, 'network')
  assertOnly(value, NETWORK_MEMBERS, 'network')
  return value
}

/**
 * The members of {@link ChainNodes} in an object that may have others.
 *
 * @param where the object is
 * @throws {MalformedError}
 */
export function parseChainNodes(value: Readonly<Record<string, unknown>>, where: string): ChainNodes {
  const rpcUrl = parseRpcUrl(value['rpcUrl'], `${where}.rpcUrl`)
  const { finality, engine } = value
  return {
    rpcUrl,
    ...(finality === undefined ? {} : { finality: parseFinality(finality, `${where}.finality`) }),
    ...parseOtherNodes(value, rpcUrl, where),
    ...(engine === undefined ? {} : { engine: parseEngine(engine, `${where}.engine`) }),
  }
}

/** @throws {MalformedError} */
function parseOtherNodes(
  value: Readonly<Record<string, unknown>>,
  rpcUrl: string,
  place: string,
): Pick<ChainNodes, 'otherRpcUrls' | 'agreement'> {
  const where = `${place}.otherRpcUrls`
  const { otherRpcUrls: listed = [] } = value
  if (!Array.isArray(listed))
    throw malformed('wrong-value', where, 'a list of http or https URLs', quote(listed))
  const otherRpcUrls = listed.map((url: unknown, at) => parseRpcUrl(url, `${where}[${at}]`))
  const nodes = rpcUrlsOf({ rpcUrl, otherRpcUrls })
  if (nodes.length > MOST_NODES)
    throw malformed('wrong-value', where, `at most ${MOST_NODES} nodes in all`, quote(nodes.length))
  // One that is named twice would agree with itself.
  if (new Set(nodes.map((url) => new URL(url).href)).size < nodes.length)
    throw malformed('wrong-value', where, 'each node once', 'one that is named twice')
  return {
    ...(otherRpcUrls.length > 0 ? { otherRpcUrls } : {}),
    ...(value['agreement'] === undefined
      ? {}
      : { agreement: parseAgreement(value['agreement'], nodes.length, `${place}.agreement`) }),
  }
}

/** @throws {MalformedError} when the nodes could agree on two things at once */
function parseAgreement(value: unknown, nodes: number, where: string): number {
  const agreement = parsePositiveInteger(value, where, 1)
  if (agreement * 2 > nodes && agreement <= nodes) return agreement
  const expected = `more than half of the ${nodes} nodes that are named, and no more than those`
  throw malformed('wrong-value', where, expected, quote(value))
}

/** @throws {MalformedError} */
function parseEngine(value: unknown, where: string): Engine {
  if (value === 'ethereum' || value === 'qbft') return value
  throw malformed('wrong-value', where, 'ethereum or qbft', quote(value))
}

/** @throws {MalformedError} */
function parseFinality(value: unknown, where: string): Finality {
  return value === 'finalized' ? value : parsePositiveInteger(value, where, 0)
}

/** Members, elements and levels of a network file: of a registry it names many nodes. */
const MOST_PARTS = 4_096

/**
 * The members of a network file, or of the record of a deployment that is not done yet: their values are not looked at.
 *
 * @throws {MalformedError} as {@link parseJsonObject}, and for a member that no network file has
 */
export function parseNetworkMembers(text: string): Readonly<Record<string, unknown>> {
  return membersOf(parseJsonObject(text))
}

/** @throws {MalformedError} for no JSON, for JSON of another kind, and for a member that is there twice */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> {
  const value = parseJsonText(text, MOST_PARTS, 'network')
  if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>
  throw malformed('not-json', 'network', 'a JSON object', 'another text')
}

/** @throws {MalformedError} */
export function parseRpcUrl(value: unknown, where: string): string {
  if (typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol))
    return value
  throw malformed('wrong-value', where, 'an http or https URL', quote(value))
}

/** @throws {MalformedError} */
export function parsePositiveInteger(value: unknown, where: string, min: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min) return value
  throw malformed('wrong-value', where, `an integer of at least ${min}`, quote(value))
}
