/** Whether verifications can be answered now: the ledgers in use answer, and the registry that names them, with fresh data. */
import type { NodeState, NodesAgreement } from '@hefu/ledger/replica'
import {
  askLedger,
  type Hex,
  type LedgerBlock,
  type LedgerDirectory,
  type LedgerIdentity,
  type LedgerRegistration,
  LedgerUnavailableError,
  type LedgerView,
  listLedgers,
  type ReportedNodes,
  type TrustedLedger,
  type UntimelyBlock,
  untimelinessOf,
} from '@hefu/protocol'
import { reportNodesNow } from './nodes-word.ts'

/** How fresh an answer is. */
export interface Freshness {
  /** Of its block by this service's clock (seconds). */
  readonly age: number
  /** How old it may be (seconds); a licence type may demand less. */
  readonly maxAge: number
  /** Blocks that it is behind the newest of which as many nodes told as are needed; `null`: not known. */
  readonly lag: number | null
}

/** What is known of the nodes behind a ledger. */
export interface NodesHealth {
  /** As of now: who told of the block and is silent or set aside since does not agree. Absent: the view does not say. */
  readonly nodes?: ReportedNodes
  /** Each by host and port. */
  readonly nodeStates?: readonly NodeState[]
}

/** One ledger. `ledger-behind`: its replica has not read yet what its nodes have. */
export type LedgerState = NodesHealth &
  (
    | {
        readonly state: 'ready' | UntimelyBlock | 'ledger-behind'
        readonly block: LedgerBlock
        readonly freshness: Freshness
      }
    | { readonly state: 'ledger-unreachable' | 'ledger-behind' }
  )

/** A ledger as the registry names it. */
export type RegisteredLedgerState = LedgerIdentity &
  Pick<LedgerRegistration, 'openedAt' | 'closedAt'> &
  LedgerState

/** What the registry says, and how its ledgers are. */
export interface RegistryState {
  /** The registry's block. */
  readonly registry: LedgerBlock
  readonly ledgers: readonly RegisteredLedgerState[]
}

/** Of the one ledger that is pinned, or of the registry that is followed: then the ledgers that are open decide. */
export type LedgerHealth =
  | LedgerState
  | ({ readonly state: LedgerState['state'] } & RegistryState)
  | { readonly state: 'registry-unreachable' }
  | {
      readonly state: 'registry-stale' | 'registry-ahead'
      readonly registry: LedgerBlock
      /** Of the registry. */
      readonly freshness: Freshness
    }

const NO_KEY: Hex = `0x${'0'.repeat(64)}`
/** Any well-formed issuer will do: the answer's block is what is wanted. */
const PROBE = {
  issuer: '11100000000013338W',
  keyId: NO_KEY,
  statusIndex: 0,
  licenceType: '11100000000013338W000',
  receivingRegion: '100000',
}

/** How the nodes of a ledger are, as of a block or of the newest that they agree on; `undefined`: it is not known. */
export type NodesOf = (ledger: LedgerIdentity, blockHash?: Hex) => NodesAgreement | undefined

/**
 * Asks every ledger a whole question, as a verification would. `now` in Unix seconds.
 *
 * @param nodesOf absent: known of no ledger
 */
export async function readLedgerHealth(
  directory: LedgerDirectory,
  maxLedgerAgeSeconds: number,
  now: number,
  nodesOf: NodesOf = () => undefined,
): Promise<LedgerHealth> {
  const clock = { now, maxAge: maxLedgerAgeSeconds }
  const trusted = await listOrNull(directory, now - maxLedgerAgeSeconds)
  if (trusted === null) return { state: 'registry-unreachable' }
  const [first] = trusted
  if (first.registration === null) return readState(first.view, clock, nodesOf)
  const registry = first.registration.block
  const untimely = untimelinessOf(registry, now, maxLedgerAgeSeconds)
  if (untimely !== null) {
    const age = Math.max(0, now - registry.time)
    const freshness = { age, maxAge: maxLedgerAgeSeconds, lag: null }
    return { state: REGISTRY_STATES[untimely], registry, freshness }
  }
  const ledgers = (await Promise.all(trusted.map((one) => readRegistered(one, clock, nodesOf)))).flat()
  return { state: gravestOf(ledgers, now), registry, ledgers }
}

/** The clock and the bound of this service (Unix seconds, seconds). */
interface Clock {
  readonly now: number
  readonly maxAge: number
}

const REGISTRY_STATES = {
  'ledger-stale': 'registry-stale',
  'ledger-ahead': 'registry-ahead',
} as const satisfies Readonly<Record<UntimelyBlock, string>>

async function listOrNull(
  directory: LedgerDirectory,
  notBefore: number,
): Promise<readonly [TrustedLedger, ...TrustedLedger[]] | null> {
  try {
    return await listLedgers(directory, { notBefore })
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    throw error
  }
}

async function readRegistered(
  { view, registration }: TrustedLedger,
  clock: Clock,
  nodesOf: NodesOf,
): Promise<readonly RegisteredLedgerState[]> {
  if (registration === null) return []
  const { openedAt, closedAt } = registration
  return [{ ...view.ledger, openedAt, closedAt, ...(await readState(view, clock, nodesOf)) }]
}

async function readState(view: LedgerView, clock: Clock, nodesOf: NodesOf): Promise<LedgerState> {
  try {
    const { block, nodes } = await askLedger(view, PROBE)
    const agreement = nodesOf(view.ledger, block.hash)
    const now = agreement === undefined ? nodes : reportNodesNow(agreement)
    return { ...judge(block, nodes, clock), ...nodesHealth(now, agreement) }
  } catch (error) {
    if (!(error instanceof LedgerUnavailableError)) throw error
    const agreement = nodesOf(view.ledger)
    const nodes = agreement && reportNodesNow(agreement)
    // Nothing is read yet, though a node tells of blocks; what has stopped for good is inconsistent.
    const isReading = error.code === 'unreachable' && nodes !== undefined && nodes.newest !== null
    return { state: isReading ? 'ledger-behind' : 'ledger-unreachable', ...nodesHealth(nodes, agreement) }
  }
}

/** Who lags behind a chain that goes on has not come so far yet; where none is newer, the chain stands still. */
function judge(
  block: LedgerBlock,
  nodes: ReportedNodes | undefined,
  { now, maxAge }: Clock,
): Pick<Extract<LedgerState, { block: LedgerBlock }>, 'state' | 'block' | 'freshness'> {
  const newest = nodes?.newest ?? null
  const lag = newest === null ? null : Math.max(0, newest - block.number)
  const untimely = untimelinessOf(block, now, maxAge)
  const state = untimely === 'ledger-stale' && lag !== null && lag > 0 ? 'ledger-behind' : untimely
  return { state: state ?? 'ready', block, freshness: { age: Math.max(0, now - block.time), maxAge, lag } }
}

function nodesHealth(nodes: ReportedNodes | undefined, agreement: NodesAgreement | undefined): NodesHealth {
  return {
    ...(nodes === undefined ? {} : { nodes }),
    ...(agreement === undefined ? {} : { nodeStates: agreement.nodes }),
  }
}

/**
 * New licences are anchored on the ledgers that are open: that one of those is silent is no state to go on in. While
 * none is open, all that there is to verify lies on the closed ones, and they decide.
 */
function gravestOf(ledgers: readonly RegisteredLedgerState[], now: number): LedgerState['state'] {
  const open = ledgers.filter(
    ({ openedAt, closedAt }) => openedAt <= now && (closedAt === null || now < closedAt),
  )
  const states = (open.length > 0 ? open : ledgers).map(({ state }) => state)
  const silent = (['ledger-unreachable', 'ledger-ahead', 'ledger-behind', 'ledger-stale'] as const).find(
    (state) => states.includes(state),
  )
  return silent ?? 'ready'
}
