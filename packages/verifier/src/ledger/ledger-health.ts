/** Whether verifications can be answered now: the ledgers in use answer, and the registry that names them, with fresh data. */
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
  type TrustedLedger,
  type UntimelyBlock,
  untimelinessOf,
} from '@hefu/protocol'

/** One ledger. */
export type LedgerState =
  | { readonly state: 'ready'; readonly block: LedgerBlock }
  | { readonly state: 'ledger-unreachable' }
  | { readonly state: UntimelyBlock; readonly block: LedgerBlock }

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
  | { readonly state: 'registry-stale' | 'registry-ahead'; readonly registry: LedgerBlock }

const NO_KEY: Hex = `0x${'0'.repeat(64)}`
/** Any well-formed issuer will do: the answer's block is what is wanted. */
const PROBE = {
  issuer: '11100000000013338W',
  keyId: NO_KEY,
  statusIndex: 0,
  licenceType: '11100000000013338W000',
  receivingRegion: '100000',
}

/** Asks every ledger a whole question, as a verification would. `now` in Unix seconds. */
export async function readLedgerHealth(
  directory: LedgerDirectory,
  maxLedgerAgeSeconds: number,
  now: number,
): Promise<LedgerHealth> {
  const judge: JudgeBlock = (block) => untimelinessOf(block, now, maxLedgerAgeSeconds)
  const trusted = await listOrNull(directory, now - maxLedgerAgeSeconds)
  if (trusted === null) return { state: 'registry-unreachable' }
  const [first] = trusted
  if (first.registration === null) return readState(first.view, judge)
  const registry = first.registration.block
  const untimely = judge(registry)
  if (untimely !== null) return { state: REGISTRY_STATES[untimely], registry }
  const ledgers = (await Promise.all(trusted.map((one) => readRegistered(one, judge)))).flat()
  return { state: gravestOf(ledgers, now), registry, ledgers }
}

/** What is wrong with the time of a block, by the clock and the bounds of this service. */
type JudgeBlock = (block: LedgerBlock) => UntimelyBlock | null

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
  judge: JudgeBlock,
): Promise<readonly RegisteredLedgerState[]> {
  if (registration === null) return []
  const { openedAt, closedAt } = registration
  return [{ ...view.ledger, openedAt, closedAt, ...(await readState(view, judge)) }]
}

async function readState(view: LedgerView, judge: JudgeBlock): Promise<LedgerState> {
  try {
    const { block } = await askLedger(view, PROBE)
    return { state: judge(block) ?? 'ready', block }
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return { state: 'ledger-unreachable' }
    throw error
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
  const silent = (['ledger-unreachable', 'ledger-ahead', 'ledger-stale'] as const).find((state) =>
    states.includes(state),
  )
  return silent ?? 'ready'
}
