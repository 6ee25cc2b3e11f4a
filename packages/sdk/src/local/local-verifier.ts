/** Verification here, trusting only the ledger. */
import { DEFAULT_LEDGER_DEADLINE_MS, withDeadline } from '@hefu/ledger/deadline'
import {
  createVerifier,
  type LedgerUnavailableError,
  type LicenceType,
  limitOf,
  suite,
  withPresentedRead,
} from '@hefu/protocol'
import { readClock } from '../verification/clock.ts'
import { assertOptions } from '../verification/options.ts'
import { besideOurs } from '../verification/own-types.ts'
import { createVerification, type LicenceVerifier } from '../verification/verification.ts'
import { directoryOf, LEDGER_SOURCES, type LedgerSource } from './ledger-source.ts'

export type LocalVerifierOptions = LedgerSource & {
  /** Older data than this counts as "could not be checked". Default: 300. */
  readonly maxLedgerAgeSeconds?: number | undefined
  /** Types beside those of this version, or in their place, by whose rules fields are judged, compared, named and masked. */
  readonly licenceTypes?: readonly LicenceType[]
  /** Longest time for all that one verification asks of the ledger: then it is unreachable. Default: 8,000. */
  readonly ledgerDeadlineMs?: number
  /** Hears what a view or directory throws that is no `LedgerUnavailableError`: the ledger counts as unreachable. */
  readonly onFault?: ((fault: unknown) => void) | undefined
  /**
   * Hears why the ledger could not be asked, by its `code`: of a chain or an address that was configured wrongly a
   * report says only that it could not.
   */
  readonly onUnavailable?: ((reason: LedgerUnavailableError) => void) | undefined
  /** Unix seconds. Default: this machine's clock. */
  readonly clock?: () => number
}

/** A timer of more milliseconds ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
const OPTIONS: readonly string[] = [
  ...LEDGER_SOURCES,
  'maxLedgerAgeSeconds',
  'licenceTypes',
  'ledgerDeadlineMs',
  'onFault',
  'onUnavailable',
  'clock',
]

/**
 * A verifier that runs here. Nothing leaves but questions to the ledger, which hold no personal data.
 *
 * @throws {SuiteUnavailableError} on a page in no secure context: what it could not check would look like a fault of
 *   the licence
 * @throws {MalformedError} for a `network` that no network file could say: one node named twice, too few that agree
 * @throws {RangeError} for a limit that is no number from 0 on: what limits nothing would let an old ledger speak; for an
 *   option of another name
 */
export function createLocalVerifier(options: LocalVerifierOptions): LicenceVerifier {
  assertOptions(options, OPTIONS)
  const {
    maxLedgerAgeSeconds,
    onFault,
    onUnavailable,
    ledgerDeadlineMs = DEFAULT_LEDGER_DEADLINE_MS,
    clock = readClock,
  } = options
  const licenceTypes = besideOurs(options.licenceTypes)
  const verifier = createVerifier({
    directory: withDeadline(
      directoryOf(options),
      limitOf('ledgerDeadlineMs', ledgerDeadlineMs, LONGEST_TIMER_MS),
    ),
    suite,
    maxLedgerAgeSeconds,
    licenceTypes,
    onFault,
    onUnavailable,
  })
  return {
    verify: async (asked) => {
      const request = withPresentedRead(asked, ['useCause'])
      const report = await verifier.verify(request, clock())
      return createVerification(request, report, { attestation: null, recheck: null }, licenceTypes)
    },
  }
}
