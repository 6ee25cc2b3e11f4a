/** Whether verifications can be answered now: the ledgers in use answer, and the registry that names them, with fresh data. */
import {
  type Hex,
  type LedgerBlock,
  type LedgerDirectory,
  type LedgerIdentity,
  type LedgerRegistration,
  LedgerUnavailableError,
  type LedgerView,
  type TrustedLedger,
} from '@hefu/protocol'

/** One ledger. */
export type LedgerState =
  | { readonly state: 'ready'; readonly block: LedgerBlock }
  | { readonly state: 'ledger-unreachable' }
  | { readonly state: 'ledger-stale'; readonly block: LedgerBlock }

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
  | { readonly state: 'registry-stale'; readonly registry: LedgerBlock }

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
  const notBefore = now - maxLedgerAgeSeconds
  const trusted = await listOrNull(directory, notBefore)
  const [first] = trusted ?? []
  if (trusted === null || first === undefined) return { state: 'registry-unreachable' }
  if (first.registration === null) return readState(first.view, notBefore)
  const registry = first.registration.block
  if (registry.time < notBefore) return { state: 'registry-stale', registry }
  const ledgers = (await Promise.all(trusted.map((one) => readRegistered(one, notBefore)))).flat()
  return { state: gravestOf(ledgers, now), registry, ledgers }
}

async function listOrNull(
  directory: LedgerDirectory,
  notBefore: number,
): Promise<readonly TrustedLedger[] | null> {
  try {
    return await directory.list({ notBefore })
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return null
    throw error
  }
}

async function readRegistered(
  { view, registration }: TrustedLedger,
  notBefore: number,
): Promise<readonly RegisteredLedgerState[]> {
  if (registration === null) return []
  const { openedAt, closedAt } = registration
  return [{ ...view.ledger, openedAt, closedAt, ...(await readState(view, notBefore)) }]
}

async function readState(view: LedgerView, notBefore: number): Promise<LedgerState> {
  try {
    const { block } = await view.lookup(PROBE)
    return { state: block.time < notBefore ? 'ledger-stale' : 'ready', block }
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
  const silent = (['ledger-unreachable', 'ledger-stale'] as const).find((state) => states.includes(state))
  return silent ?? 'ready'
}
