/** Where a registry of ledgers is, and which nodes answer for the ledgers that it may name. */
import { assertOnly, type Hex, malformed, parseHex, quote } from '@hefu/protocol'
import {
  CHAIN_MEMBERS,
  type ChainNodes,
  membersOf,
  type Network,
  parseChainNodes,
  parseJsonObject,
  parsePositiveInteger,
  parseRpcUrl,
  takeNetwork,
} from './network.ts'

/** A chain on which there are ledgers, and from where on it has any. */
export interface LedgersChain extends ChainNodes {
  /** No fact of a ledger on it is older. Absent: its first block. */
  readonly deploymentBlock?: number
}

/**
 * A registry on a chain, and the nodes to ask: its own, and those of every other chain that its ledgers are on. What the
 * registry says is asked of the node of `rpcUrl` alone.
 */
export interface RegistryNetwork extends LedgersChain {
  readonly chainId: number
  /** Address of the registry's contract, lower case. */
  readonly registry: Hex
  /** Of ledgers on other chains, by chain id. */
  readonly nodes: ReadonlyMap<number, LedgersChain>
}

const MAX_NODES = 64

/**
 * Reads a network file that names a `ledger` to pin or, without one, a `registry` to follow. A file with both pins the
 * ledger: whoever follows the registry leaves `ledger` out.
 *
 * @throws {MalformedError}
 */
export function parseTrustedNetwork(text: string): Network | RegistryNetwork {
  const value = parseJsonObject(text)
  if (value['ledger'] !== undefined) return takeNetwork(value)
  if (value['registry'] !== undefined) return takeRegistryNetwork(value)
  throw malformed('missing', 'network', 'a ledger to pin or a registry to follow', 'neither')
}

/**
 * Reads a network file (JSON) with the members of {@link RegistryNetwork}; without `nodes`, ledgers on other chains
 * cannot be asked.
 *
 * @throws {MalformedError}
 */
export function parseRegistryNetwork(text: string): RegistryNetwork {
  return takeRegistryNetwork(parseJsonObject(text))
}

/**
 * A network by the rules of a network file, as a copy: who makes one may never have read a file. Its nodes may be in a
 * map, or in an object as the file has them.
 *
 * @throws {MalformedError}
 */
export function takeRegistryNetwork(given: object): RegistryNetwork {
  const value = membersOf(given)
  const { nodes = {} } = value
  const chainId = parsePositiveInteger(value['chainId'], 'network.chainId', 1)
  return {
    ...parseLedgersChain(value, 'network'),
    chainId,
    registry: parseHex(value['registry'], 20, 'network.registry'),
    nodes: parseNodes(nodes, chainId),
  }
}

function parseNodes(value: unknown, ownChainId: number): ReadonlyMap<number, LedgersChain> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed('wrong-type', 'network.nodes', 'an object: chain id → node', quote(value))
  }
  const nodes = value instanceof Map ? [...value] : Object.entries(value)
  if (nodes.length > MAX_NODES) {
    throw malformed('too-large', 'network.nodes', `at most ${MAX_NODES} chains`, `${nodes.length}`)
  }
  return new Map(
    nodes.map(([chainId, named]) => [
      parseOtherChain(String(chainId), ownChainId),
      parseNodesOf(named, `network.nodes.${chainId}`),
    ]),
  )
}

/** The URL of one node, or an object with more of its chain. */
function parseNodesOf(named: unknown, where: string): LedgersChain {
  if (typeof named !== 'object' || named === null) return { rpcUrl: parseRpcUrl(named, where) }
  assertOnly(named, CHAIN_MEMBERS, where)
  return parseLedgersChain(named as Readonly<Record<string, unknown>>, where)
}

function parseLedgersChain(value: Readonly<Record<string, unknown>>, where: string): LedgersChain {
  const chain = parseChainNodes(value, where)
  const first = value['deploymentBlock']
  return first === undefined
    ? chain
    : { ...chain, deploymentBlock: parsePositiveInteger(first, `${where}.deploymentBlock`, 0) }
}

/** Where a ledger that the registry names is asked and followed; `null`: no node of its chain is configured. */
export function networkOf(
  { registry: _, nodes, ...own }: RegistryNetwork,
  { chainId, ledger }: NamedLedger,
): Network | null {
  const chain = chainId === own.chainId ? own : nodes.get(chainId)
  return chain === undefined ? null : { deploymentBlock: 0, ...chain, chainId, ledger }
}

/** A ledger as the registry names it. */
export type NamedLedger = Pick<Network, 'chainId' | 'ledger'>

/** The node of the registry's own chain is `rpcUrl`: two for one chain would leave open which is asked. */
function parseOtherChain(text: string, ownChainId: number): number {
  const chainId = Number(text)
  if (/^[1-9][0-9]{0,15}$/.test(text) && Number.isSafeInteger(chainId) && chainId !== ownChainId)
    return chainId
  const expected = `ids of chains other than ${ownChainId}, in decimal digits`
  throw malformed('wrong-value', 'network.nodes', expected, quote(text))
}
