/** A report once more, from what it is about and the ledger of its block: years later, and without any service. */
import { DEFAULT_LEDGER_DEADLINE_MS, withDeadline } from '@hefu/ledger/deadline'
import {
  type LicenceType,
  limitOf,
  type RecheckedCase,
  type RecheckOutcome,
  recheckReport as recheckBy,
  suite,
  type VerificationReport,
} from '@hefu/protocol'
import { directoryOf, LEDGER_SOURCES, type LedgerSource } from '../local/ledger-source.ts'
import { readVerifierKeys, type VerifierKey, verifyByKeys } from '../remote/verifier-key.ts'
import { assertOptions } from '../verification/options.ts'
import { besideOurs } from '../verification/own-types.ts'

/** The ledger has to answer at the report's block: over RPC that takes a node that keeps all history. */
export type RecheckOptions = LedgerSource & {
  /** Types that the verifier of the report knew beside those of this version, or in their place. */
  readonly licenceTypes?: readonly LicenceType[]
  /** Longest time for all that is asked of the ledger: then the outcome is undetermined. Default: 8,000. */
  readonly ledgerDeadlineMs?: number
}

/** A timer of more milliseconds ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
const OPTIONS: readonly string[] = [...LEDGER_SOURCES, 'licenceTypes', 'ledgerDeadlineMs']

/**
 * Verifies what a report is about once more, by its clock and at its block, and compares. Of a report that came signed,
 * take it by {@link verifyAttestation} first: whose signature counts is the reader's decision.
 *
 * @throws {MalformedError} for submitted values or a challenge that no request could have held, and for a `network` that
 *   no network file could say
 * @throws {RangeError} for a limit that is no number from 0 on, and for an option of another name
 */
export async function recheckReport(
  report: VerificationReport,
  rechecked: RecheckedCase,
  options: RecheckOptions,
): Promise<RecheckOutcome> {
  assertOptions(options, OPTIONS)
  const { ledgerDeadlineMs = DEFAULT_LEDGER_DEADLINE_MS } = options
  const directory = withDeadline(
    directoryOf(options),
    limitOf('ledgerDeadlineMs', ledgerDeadlineMs, LONGEST_TIMER_MS),
  )
  return recheckBy(report, rechecked, { directory, suite, licenceTypes: besideOurs(options.licenceTypes) })
}

/**
 * The report under a verifier's signature; of a JWK set by the key that it names, within whose term it was made.
 *
 * @throws {AttestationError} when the signature does not verify with this key, or with none of these
 * @throws {MalformedError} when what was signed is no report, or what is given is no key
 */
export async function verifyAttestation(
  attestation: string,
  verifierKey: VerifierKey,
): Promise<VerificationReport> {
  return verifyByKeys(attestation, readVerifierKeys(verifierKey))
}
