/** The ledgers of the alliance by the council's registry, over JSON-RPC: all that it says at one block, named by its hash. */
import {
  type Hex,
  type LedgerBlock,
  type LedgerDirectory,
  LedgerUnavailableError,
  type LedgerView,
  pinLedger,
  type TrustedLedger,
} from '@hefu/protocol'
import { registryAbi } from '../abi/registry-abi.ts'
import type { Network } from '../network/network.ts'
import {
  type NamedLedger,
  networkOf,
  type RegistryNetwork,
  takeRegistryNetwork,
} from '../network/registry-network.ts'
import { createNetworkView } from './chain-view.ts'
import { connectNode, type NodeClient } from './node-client.ts'
import type { RpcLedgerViewOptions } from './node-post.ts'
import { askContract, blockQuestion, toBlock } from './node-questions.ts'
import { inconsistent, type LedgerEntry, toEntries } from './registry-entry.ts'
import { type ChainCheck, createChainCheck } from './served-chain.ts'
import { isBlockMissing, toUnavailable } from './unavailable.ts'

export interface RegistryDirectoryOptions extends RpcLedgerViewOptions {
  /** How long what the registry says is kept, never beyond what the verifier asks for; 0: not at all. Default: 30,000. */
  readonly keepMs?: number
  /** Makes the view of a ledger when the registry first names it. Default: one that asks its nodes at each question. */
  readonly viewOf?: (network: Network) => LedgerView
}

const DEFAULT_KEEP_MS = 30_000
/** The council registers a ledger in a decade: a registry of more is not the one that was meant. */
const MAX_LEDGERS = 64

/** What the registry says at one block. */
interface Reading {
  readonly block: LedgerBlock
  readonly entries: readonly LedgerEntry[]
}

/** A reading, perhaps still under way, and when it was begun by this machine's monotonic clock (milliseconds). */
interface KeptReading {
  readonly reading: Promise<Reading>
  readonly begunAt: number
}

/** A registry by a node of its chain. */
interface RegistrySource {
  readonly client: NodeClient
  readonly network: RegistryNetwork
  readonly assertChain: ChainCheck
}

/**
 * The directory of a network file: of the one ledger that it pins, or of those of the registry that it follows.
 *
 * @throws {MalformedError} for a network that no network file could say
 */
export function createNetworkDirectory(
  network: Network | RegistryNetwork,
  options: RegistryDirectoryOptions = {},
): LedgerDirectory {
  return 'ledger' in network
    ? pinLedger(createNetworkView(network, options))
    : createRegistryDirectory(network, options)
}

/**
 * A directory that trusts this network's registry, and for every ledger that it names the node configured for its
 * chain, and no other address.
 *
 * @throws {MalformedError} for a network that no network file could say
 */
export function createRegistryDirectory(
  given: RegistryNetwork,
  options: RegistryDirectoryOptions = {},
): LedgerDirectory {
  const network = takeRegistryNetwork(given)
  const { keepMs = DEFAULT_KEEP_MS } = options
  const client = connectNode(network.rpcUrl, options)
  const source = { client, network, assertChain: createChainCheck(network.chainId, 'registry') }
  const viewOf = createViews(network, options)
  // Ours alone: the newest reading, replaced whole, shared by all who ask meanwhile.
  let kept: KeptReading | null = null
  const readNewest = (): Promise<Reading> => {
    const mine: KeptReading = { reading: readRegistry(source), begunAt: performance.now() }
    kept = mine
    mine.reading.catch(() => {
      if (kept === mine) kept = null
    })
    return mine.reading
  }
  const read = async (notBefore: number): Promise<Reading> => {
    const mine = kept
    if (mine === null || performance.now() - mine.begunAt >= keepMs) return readNewest()
    const reading = await mine.reading
    if (reading.block.time >= notBefore) return reading
    // Whoever else waited for it may have begun another meanwhile.
    return kept === mine || kept === null ? readNewest() : kept.reading
  }
  return {
    list: async ({ notBefore, registryBlock }, signal) => {
      // What is kept is read for all who ask meanwhile: one of them ends only what is read for it alone.
      const reading =
        registryBlock === undefined
          ? read(notBefore)
          : readRegistry({ ...source, client: client.until(signal) }, registryBlock)
      const { block, entries } = await reading
      return entries.map((entry) => toTrusted(entry, block, viewOf(entry)))
    },
  }
}

function toTrusted({ openedAt, closedAt }: LedgerEntry, block: LedgerBlock, view: LedgerView): TrustedLedger {
  return { view, registration: { block, openedAt, closedAt } }
}

/** A view for each ledger, made when it is first named: as many as the registry names, and no more. */
function createViews(
  network: RegistryNetwork,
  { viewOf = (of) => createNetworkView(of, options), ...options }: RegistryDirectoryOptions,
): (ledger: NamedLedger) => LedgerView {
  const views = new Map<string, LedgerView>()
  return (ledger) => {
    const name = `${ledger.chainId}/${ledger.ledger}`
    const known = views.get(name)
    if (known !== undefined) return known
    const of = networkOf(network, ledger)
    const view = of === null ? createNodelessView(ledger) : viewOf(of)
    views.set(name, view)
    return view
  }
}

/** Nobody told this verifier which node to ask: another's word for one would be another's choice of what is true. */
function createNodelessView({ chainId, ledger }: NamedLedger): LedgerView {
  return {
    ledger: { chainId, address: ledger },
    lookup: async () => {
      const message = `ask the ledger ${ledger}: no node is configured for its chain ${chainId}`
      throw new LedgerUnavailableError('unreachable', message)
    },
  }
}

/**
 * Everything that the registry says, at the newest block or at the one of this hash.
 *
 * @throws {LedgerUnavailableError}
 */
async function readRegistry(
  { client, network: { chainId, registry }, assertChain }: RegistrySource,
  blockHash?: Hex,
): Promise<Reading> {
  try {
    const [block] = await Promise.all([findBlock(client, blockHash), assertChain(client)])
    const at = { address: registry, abi: registryAbi, blockHash: block.hash } as const
    const count = await askContract(client, { ...at, functionName: 'ledgerCount', args: [] })
    if (count === 0 || count > MAX_LEDGERS) {
      throw inconsistent(`it names ${count} ledgers, expected 1 to ${MAX_LEDGERS}`)
    }
    const found = await Promise.all(
      Array.from({ length: count }, (_, i) =>
        askContract(client, { ...at, functionName: 'ledgerAt', args: [i + 1] }),
      ),
    )
    return { block, entries: toEntries(found, { chainId, time: block.time }) }
  } catch (error) {
    if (blockHash !== undefined && isBlockMissing(error)) throw toBlockUnavailable(blockHash, error)
    throw toUnavailable(error, 'registry')
  }
}

async function findBlock(client: NodeClient, blockHash: Hex | undefined): Promise<LedgerBlock> {
  const found = toBlock(await client.ask(blockQuestion(blockHash)))
  if (blockHash !== undefined && found.hash !== blockHash)
    throw inconsistent(`the node has another block as ${blockHash}`)
  return found
}

function toBlockUnavailable(blockHash: Hex, cause: unknown): LedgerUnavailableError {
  const message = `read the registry at block ${blockHash}: the node has it no more, an archive node would`
  return new LedgerUnavailableError('block-unavailable', message, { cause })
}
