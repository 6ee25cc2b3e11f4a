/** Whether a true report is an answer to what was asked: it may be about another licence, or of another time. */
import { parseQrText, readPresented, suite, type VerificationReport } from '@hefu/protocol'
import { RemoteVerifierError } from '@hefu/sdk/remote'

/** How far the service's clock and this one may be apart. */
const MOST_SKEW_SECONDS = 300

/** Whether it is about the licence that a text names: a reference names one text of it, an identifier any. */
export function isNamed({ request, licence }: VerificationReport, presented: string): boolean {
  if (!presented.startsWith('HEFU1:')) return licence?.licenceId === presented
  const scanned = readReference(presented)
  return (
    scanned?.digest === request.presented && (licence === null || licence.licenceId === scanned.licenceId)
  )
}

/** Whether it is about this very text: what was presented whole, or a name of which nothing was found. */
export function isOfText({ request }: VerificationReport, digest: string): boolean {
  return request.presented === digest
}

/** SHA-256 of a text, as reports have it. */
export function digestOfText(presented: string): string {
  return suite.sha256Base64url(readPresented(presented))
}

function readReference(text: string) {
  try {
    const scanned = parseQrText(text)
    return scanned.kind === 'reference' ? scanned.reference : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether it was made since it was asked for, as far as clocks are apart.
 *
 * @param askedAt @param now Unix seconds
 */
export function isFresh({ checkedAt }: VerificationReport, askedAt: number, now: number): boolean {
  return checkedAt >= askedAt - MOST_SKEW_SECONDS && checkedAt <= now + MOST_SKEW_SECONDS
}

/** @throws {RemoteVerifierError} `stale-report` */
export function assertFresh(report: VerificationReport, askedAt: number): void {
  if (!isFresh(report, askedAt, Date.now() / 1_000)) throw new RemoteVerifierError('stale-report')
}
