/** `hefu recheck`: a report from a case file once more, without any service. */
import { createNetworkDirectory } from '@hefu/ledger/registry'
import {
  AttestationError,
  encodeReport,
  type JsonValue,
  parseBase64url,
  parseJsonText,
  parseObject,
  parseReport,
  type RecheckOutcome,
  type VerificationReport,
} from '@hefu/protocol'
import { type ReportSignature, renderRecheck } from '../display/recheck-sheet.ts'
import type { SheetLanguage } from '../display/voice.ts'
import { recheckReport, verifyAttestation } from '../recheck/recheck.ts'
import { readText } from './input-files.ts'
import { tellWhenSlow } from './slow-notice.ts'
import { UsageError } from './usage-error.ts'
import { parseFile, readChallenge, readSubmitted, readTrustedNetwork, readVerifierKey } from './verify.ts'

export interface RecheckCommandOptions {
  readonly network?: string
  readonly verifierKey?: string
  readonly submitted?: string
  readonly challenge?: string
  readonly lang: SheetLanguage
  readonly json?: boolean
}

const EXIT_CODES: Readonly<Record<RecheckOutcome['outcome'], number>> = {
  confirmed: 0,
  differs: 11,
  undetermined: 12,
}
/** Members, elements and levels of what a service answers. */
const MOST_PARTS = 65_536
/** Three parts of base64url with points between them. */
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/

/**
 * Checks a report again, prints the outcome and returns the exit code.
 *
 * @throws {UsageError}
 */
export async function recheck(
  reportFile: string,
  licenceFile: string,
  options: RecheckCommandOptions,
): Promise<number> {
  const { report, signature } = await readSigned(reportFile, options.verifierKey)
  const { submitted, challenge } = options
  const rechecked = {
    presented: await readText(licenceFile),
    ...(submitted === undefined ? {} : { submitted: await readSubmitted(submitted) }),
    ...(challenge === undefined ? {} : { challenge: await readChallenge(challenge) }),
  }
  const directory = createNetworkDirectory(await readTrustedNetwork(options.network))
  const outcome = await tellWhenSlow(recheckReport(report, rechecked, { directory }))
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...outcome, signature })}\n`
      : renderRecheck(outcome, signature, options.lang),
  )
  return EXIT_CODES[outcome.outcome]
}

interface SignedReport {
  readonly report: VerificationReport
  readonly signature: ReportSignature
}

/** A report, an attestation, or both as `hefu verify --json` and a service write them. */
async function readSigned(path: string, keyPath: string | undefined): Promise<SignedReport> {
  const { report, attestation } = await parseFile(path, readParts, 'bad-report')
  if (attestation === null) {
    if (report === null) throw new UsageError('no-report', path)
    if (keyPath !== undefined) throw new UsageError('no-attestation', path)
    return { report, signature: 'none' }
  }
  const attested =
    keyPath === undefined ? decodeUnverified(attestation) : await verifySigned(attestation, keyPath, path)
  if (report !== null && encodeReport(report) !== encodeReport(attested))
    throw new UsageError('other-report', path)
  return { report: attested, signature: keyPath === undefined ? 'not-checked' : 'verified' }
}

interface Parts {
  readonly report: VerificationReport | null
  readonly attestation: string | null
}

/** @throws {MalformedError} */
function readParts(text: string): Parts {
  if (COMPACT_JWS.test(text)) return { report: null, attestation: text }
  const read = parseObject(parseJsonText(text, MOST_PARTS, 'report') as JsonValue, 'report')
  if (read['mediaType'] !== undefined) return { report: parseReport(JSON.stringify(read)), attestation: null }
  const { report, attestation } = read
  return {
    report: report === undefined ? null : parseReport(JSON.stringify(report)),
    attestation: typeof attestation === 'string' ? attestation : null,
  }
}

async function verifySigned(attestation: string, keyPath: string, path: string): Promise<VerificationReport> {
  const verifierKey = await readVerifierKey(keyPath)
  try {
    return await verifyAttestation(attestation, verifierKey)
  } catch (error) {
    if (error instanceof AttestationError) throw new UsageError('bad-attestation', path, { cause: error })
    throw error
  }
}

/** What the signature is under: nothing is proven of it. */
function decodeUnverified(attestation: string): VerificationReport {
  const [, payload = ''] = attestation.split('.')
  return parseReport(new TextDecoder().decode(parseBase64url(payload, 'attestation')))
}
