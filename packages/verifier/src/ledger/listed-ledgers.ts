/** Which ledgers a service lists of: the one that it pins, or those that a registry names. */
import type { LedgerDirectory, LedgerIdentity, LedgerRegistration } from '@hefu/protocol'
import type { LedgerReader } from './ledger-reader.ts'

/** How the following of a ledger goes: `waiting` for a node, `unsaved` for its store, `stopped` for good. */
export type FollowingState = 'following' | 'waiting' | 'unsaved' | 'stopped'

/** How a ledger is read. */
export interface LedgerReading {
  readonly state: FollowingState
  /** `null`: its replica could not be opened yet. */
  readonly reader: LedgerReader | null
}

export interface ListedLedger {
  readonly ledger: LedgerIdentity
  /** `null`: it is pinned. */
  readonly registration: LedgerRegistration | null
  /** `null`: it has no replica, for no node is configured for its chain. */
  readonly reading: LedgerReading | null
}

/**
 * All of them, and at least one.
 *
 * @throws {LedgerUnavailableError} where the registry does not say
 */
export type ListedLedgers = () => Promise<readonly ListedLedger[]>

export function listPinned(ledger: LedgerIdentity, readingOf: () => LedgerReading): ListedLedgers {
  return async () => [{ ledger, registration: null, reading: readingOf() }]
}

/** @param readingOf `null`: of this ledger there is no replica */
export function listRegistered(
  directory: LedgerDirectory,
  readingOf: (ledger: LedgerIdentity) => LedgerReading | null,
): ListedLedgers {
  return async () => {
    const trusted = await directory.list({ notBefore: 0 })
    return trusted.map(({ view: { ledger }, registration }) => ({
      ledger,
      registration,
      reading: readingOf(ledger),
    }))
  }
}

/** A ledger by its address, and by its chain where two have that address on two chains. */
export interface NamedLedger {
  readonly chainId: number | null
  readonly address: string
}

/**
 * The ledger that is named, or any: of several that one that is open, and of these, or where none is, the newest.
 *
 * @param now Unix seconds
 * @returns `null`: none of that name
 */
export function chooseLedger(
  ledgers: readonly ListedLedger[],
  named: NamedLedger | undefined,
  now: number,
): ListedLedger | null {
  const candidates = named === undefined ? ledgers : ledgers.filter(({ ledger }) => isNamed(ledger, named))
  const open = candidates.filter(({ registration }) => isOpen(registration, now))
  const [newest] = (open.length > 0 ? open : candidates).toSorted((a, b) => openingOf(b) - openingOf(a))
  return newest ?? null
}

function isNamed(ledger: LedgerIdentity, { chainId, address }: NamedLedger): boolean {
  return ledger.address === address && (chainId === null || ledger.chainId === chainId)
}

function isOpen(registration: LedgerRegistration | null, now: number): boolean {
  if (registration === null) return true
  const { openedAt, closedAt } = registration
  return openedAt <= now && (closedAt === null || now < closedAt)
}

function openingOf({ registration }: ListedLedger): number {
  return registration?.openedAt ?? 0
}
