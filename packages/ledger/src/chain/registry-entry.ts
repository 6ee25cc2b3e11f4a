/** An entry of the registry, and what the contract sees to: an answer against it is none of the registry's. */
import { type Hex, LedgerUnavailableError } from '@hefu/protocol'

/** A ledger of the alliance. */
export interface LedgerEntry {
  readonly chainId: number
  /** Address, lower case. */
  readonly ledger: Hex
  /** Unix seconds from which on its anchors count. */
  readonly openedAt: number
  /** Unix seconds from which on they count no more; `null`: it is open. */
  readonly closedAt: number | null
}

/** `LedgerEntry` as the ABI has it; `closedAt` 0: open, `successor` 0: none. */
export interface AbiLedgerEntry {
  readonly ledger: Hex
  readonly chainId: bigint
  readonly successor: number
  readonly openedAt: number
  readonly closedAt: number
  readonly registeredAt: number
}

/** When and on which chain the registry was read. */
export interface ReadingPlace {
  readonly chainId: number
  /** Unix seconds. */
  readonly time: number
}

const NO_ADDRESS = /^0x0{40}$/

/**
 * The entries in their order, the first having the number 1.
 *
 * @throws {LedgerUnavailableError} `inconsistent` for entries that the registry refuses
 */
export function toEntries(found: readonly AbiLedgerEntry[], place: ReadingPlace): readonly LedgerEntry[] {
  found.forEach((entry, i) => {
    if (!isPossible(entry, i + 1, found.length, place)) {
      throw inconsistent(`what it says of ledger ${i + 1} cannot have been entered`)
    }
  })
  if (found[0]?.chainId !== BigInt(place.chainId)) throw inconsistent('its first ledger is not on its chain')
  if (new Set(found.map(({ chainId, ledger }) => `${chainId}/${ledger}`)).size < found.length) {
    throw inconsistent('it names a ledger twice')
  }
  return found.map(toEntry)
}

function isPossible(entry: AbiLedgerEntry, number: number, count: number, { time }: ReadingPlace): boolean {
  const { ledger, chainId, successor, openedAt, closedAt, registeredAt } = entry
  const isLedger = !NO_ADDRESS.test(ledger) && chainId > 0n
  const isSince = registeredAt > 0 && registeredAt <= time && openedAt > 0
  const isClosing = closedAt === 0 ? successor === 0 : closedAt >= openedAt
  const isSuccession = successor === 0 || (successor > number && successor <= count)
  return isLedger && isSince && isClosing && isSuccession
}

/** A chain id that is no safe integer is on no receipt: it stands for a ledger that nothing presented is on. */
function toEntry({ ledger, chainId, openedAt, closedAt }: AbiLedgerEntry): LedgerEntry {
  return {
    chainId: Number(chainId),
    ledger: ledger.toLowerCase() as Hex,
    openedAt,
    closedAt: closedAt === 0 ? null : closedAt,
  }
}

/** An answer that the registry does not give. */
export function inconsistent(reason: string): LedgerUnavailableError {
  return new LedgerUnavailableError('inconsistent', `read the registry: ${reason}`)
}
