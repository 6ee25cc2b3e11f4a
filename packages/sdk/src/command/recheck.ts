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
  type RecheckedCase,
  type RecheckOutcome,
  type VerificationReport,
} from '@hefu/protocol'
import { MAX_CARRIER_BYTES, openCarrier } from '../carrier/open-carrier.ts'
import { type ReportSignature, renderRecheck } from '../display/recheck-sheet.ts'
import type { SheetLanguage } from '../display/voice.ts'
import { recheckReport, verifyAttestation } from '../recheck/recheck.ts'
import { decodeText } from '../verification/file-text.ts'
import { readBytes } from './input-files.ts'
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
 * @throws {CarrierError} for a file that holds no licence, or cannot be read
 */
export async function recheck(
  reportFile: string,
  licenceFile: string,
  options: RecheckCommandOptions,
): Promise<number> {
  const { report, signature } = await readSigned(reportFile, options.verifierKey)
  const { submitted, challenge } = options
  const rechecked = {
    ...(await readAbout(licenceFile, report)),
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

/**
 * What the report is about, of whatever file a licence travels in. The file around it is judged again only where the report
 * judged one: of the others a report says nothing, and any of them may hold the licence.
 */
async function readAbout(
  path: string,
  { request }: VerificationReport,
): Promise<Pick<RecheckedCase, 'presented' | 'rendition'>> {
  const bytes = await readBytes(path, MAX_CARRIER_BYTES)
  const { kind, asked } = await openCarrier(bytes)
  // As it stands in the file: a report may be about a text that a verifier did not read so.
  if (kind === 'text') return { presented: decodeText(bytes)?.trim() ?? asked.presented }
  return request.rendition === undefined ? { presented: asked.presented } : asked
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
