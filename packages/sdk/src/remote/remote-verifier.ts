/** Verification by a service, trusting its pinned key and not the way to it. */
import type {
  FindingCode,
  LicenceType,
  ReportedLicence,
  ReportedRequest,
  VerificationReport,
  VerificationRequest,
} from '@hefu/protocol'
import {
  AttestationError,
  encodeReport,
  limitOf,
  MalformedError,
  suite,
  wholeLimitOf,
} from '@hefu/protocol/report'
import { readClock } from '../verification/clock.ts'
import { assertOptions } from '../verification/options.ts'
import type { LicenceVerifier, Verification } from '../verification/verification.ts'
import { parseJson, postJson } from './remote-transport.ts'
import { RemoteVerifierError } from './remote-verifier-error.ts'
import { assertUsable, readVerifierKeys, type VerifierKey, verifyByKeys } from './verifier-key.ts'

/** What a service is asked. */
export interface RemoteVerificationRequest extends VerificationRequest {
  /**
   * Use 用证事由, for the service's record of readings: 1 to 200 visible characters, without a resident number.
   * `presented` has to be a licence's text all the same: a report about what a reference leads to is one about another
   * text, and is refused.
   */
  readonly useCause?: string
}

export interface RemoteLicenceVerifier extends LicenceVerifier {
  /**
   * Each call is answered once: its tries bear one `Idempotency-Key`.
   *
   * @throws {MalformedError} for a request that cannot be answered, and for a `verifierKey` whose point lies off its
   *   curve: nothing is sent then
   * @throws {RangeError} for an access token that is none (RFC 6750): nothing is sent then
   * @throws {RemoteVerifierError} when there is no report to rely on
   */
  verify(request: RemoteVerificationRequest): Promise<Verification>
}

export interface RemoteVerifierOptions {
  /** Base address of the service; https, or http on the same machine: what is presented is personal data. */
  readonly url: string
  /**
   * The service's public key, from a source other than the service itself: a JWK (`{ kty, crv, x, y }`), the
   * `{ kid, publicJwk }` that `GET /v1/verifier-key` answers, or the JWK set of `GET /.well-known/jwks.json`. Of a set the
   * key counts that the report names, within its term.
   */
  readonly verifierKey: VerifierKey
  /** The access token to ask with, obtained from the province's identity provider; called for each try. */
  readonly accessToken?: () => string | Promise<string>
  /** Longest wait for one try. Default: 10,000. */
  readonly timeoutMs?: number
  /** Tries after the first, for failed connections and 503 only, after 200, 400 … ms. Default: 2. */
  readonly retries?: number
  /** How far the service's clock and this one may be apart. Default: 300. */
  readonly maxClockSkewSeconds?: number
  /** Types beside those of this version, or in their place, by whose rules fields are named, compared and masked here. */
  readonly licenceTypes?: readonly LicenceType[]
  readonly fetch?: typeof globalThis.fetch
  /** Unix seconds. Default: this machine's clock. */
  readonly clock?: () => number
}

const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_RETRIES = 2
const DEFAULT_MAX_CLOCK_SKEW_SECONDS = 300
const MOST_CLOCK_SKEW_SECONDS = 86_400
/** A timer of more milliseconds ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
const MOST_RETRIES = 10
/** Findings by which no value that was submitted differs from the face. */
const WITHOUT_DIFFERENCE: readonly (FindingCode | undefined)[] = [
  'comparison/same',
  'comparison/not-disclosed',
  'comparison/unknown-field',
]
const OPTIONS: readonly (keyof RemoteVerifierOptions)[] = [
  'url',
  'verifierKey',
  'accessToken',
  'timeoutMs',
  'retries',
  'maxClockSkewSeconds',
  'licenceTypes',
  'fetch',
  'clock',
]
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * A verifier that asks a service and believes nothing that the pinned key did not sign for this very request.
 *
 * @throws {RangeError} for an address that is neither https nor on the same machine, a limit that is none (a number from 0
 *   to a day of clock skew, ten whole retries, 2³¹ − 1 ms), or an option of another name
 * @throws {MalformedError} for a key of another kind than P-256 or Ed25519
 * @throws {SuiteUnavailableError} on a page in no secure context
 */
export function createRemoteVerifier(options: RemoteVerifierOptions): RemoteLicenceVerifier {
  assertOptions(options, OPTIONS)
  const { clock = readClock } = options
  const { maxClockSkewSeconds = DEFAULT_MAX_CLOCK_SKEW_SECONDS } = options
  limitOf('maxClockSkewSeconds', maxClockSkewSeconds, MOST_CLOCK_SKEW_SECONDS)
  suite.assertAvailable()
  const base = baseOf(options.url)
  const keys = readVerifierKeys(options.verifierKey)
  const transport = {
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timeoutMs: limitOf('timeoutMs', options.timeoutMs ?? DEFAULT_TIMEOUT_MS, LONGEST_TIMER_MS),
    retries: wholeLimitOf('retries', options.retries ?? DEFAULT_RETRIES, MOST_RETRIES),
    accessToken: options.accessToken,
  } satisfies Parameters<typeof postJson>[2]
  // Begun here; whether it comes is told to who verifies.
  loadReading().catch(() => undefined)
  return {
    verify: async (asked) => {
      const { readRequest } = await loadReading()
      const askedAt = clock()
      const { request, reported, licence, besideFace } = readRequest(asked, options.licenceTypes, askedAt)
      await assertUsable(keys)
      const answer = parseAnswer(
        await postJson(`${base}/v1/verifications`, encodeRequest(request, asked.useCause), transport),
      )
      const report = await verifyAnswer(answer, keys)
      assertSameRequest(report.request, reported)
      assertSameLicence(report.licence, licence)
      assertFresh(report, askedAt - maxClockSkewSeconds, clock() + maxClockSkewSeconds)
      const { attestation, code } = answer
      const recheck = code === null ? null : { page: `${base}/recheck`, code }
      const verification = besideFace(report, { attestation, recheck })
      assertSameComparison(verification)
      return verification
    },
  }
}

function loadReading(): Promise<typeof import('./reading.ts')> {
  return import('./reading.ts')
}

function baseOf(text: string): string {
  const base = URL.canParse(text) ? new URL(text) : undefined
  const allowed = base?.protocol === 'https:' || (base?.protocol === 'http:' && LOOPBACK.test(base.hostname))
  if (base === undefined || !allowed || base.username !== '' || base.search !== '' || base.hash !== '') {
    throw new RangeError(
      'ask a remote verifier: its address must be https (http on the same machine only), without user, query or fragment',
    )
  }
  return `${base.origin}${base.pathname.replace(/\/$/, '')}`
}

/** Names each member: nothing else that the caller's object may hold is sent. */
function encodeRequest(request: VerificationRequest, useCause: string | undefined): string {
  const { presented, receivingRegion, serviceItem, caseNo, asOf, submitted, challenge, rendition } = request
  return JSON.stringify({
    presented,
    receivingRegion,
    serviceItem,
    caseNo,
    useCause,
    asOf,
    submitted,
    challenge,
    rendition,
  })
}

/** An answer as it came; `report` is what the service claims that its attestation holds. */
interface UnverifiedAnswer {
  readonly report: unknown
  readonly attestation: string
  /** What the service says that opens the report again; `null`: nothing fit to be printed. */
  readonly code: string | null
}

const CODE = /^[0-9A-Z-]{1,32}$/

function parseAnswer(text: string): UnverifiedAnswer {
  const answer = Object(parseJson(text)) as Record<string, unknown>
  const { report, attestation, code } = answer
  if (typeof attestation === 'string') {
    return { report, attestation, code: typeof code === 'string' && CODE.test(code) ? code : null }
  }
  throw new RemoteVerifierError(isVerdictOnly(answer) ? 'verdict-only' : 'bad-answer')
}

/** What a service answers a client that may know only what to do: nobody signed it, and nothing of it is believed. */
function isVerdictOnly({ report, verdict, number }: Record<string, unknown>): boolean {
  return report === undefined && typeof verdict === 'string' && typeof number === 'string'
}

type Keys = Parameters<typeof verifyByKeys>[1]

async function verifyAnswer(answer: UnverifiedAnswer, keys: Keys): Promise<VerificationReport> {
  const attested = await readAttested(answer.attestation, keys)
  // A report beside the signed one that says something else could be read by others: refuse the whole answer.
  if (JSON.stringify(answer.report) === encodeReport(attested)) return attested
  throw new RemoteVerifierError('bad-attestation')
}

async function readAttested(attestation: string, keys: Keys): Promise<VerificationReport> {
  try {
    return await verifyByKeys(attestation, keys)
  } catch (error) {
    if (!(error instanceof AttestationError || error instanceof MalformedError)) throw error
    throw new RemoteVerifierError('bad-attestation', { cause: error })
  }
}

/** A true report about another licence, region, case or time must not answer this request. */
function assertSameRequest(reported: ReportedRequest, asked: ReportedRequest): void {
  // Both have the members in the one order of a report.
  if (JSON.stringify(asked) !== JSON.stringify(reported)) throw new RemoteVerifierError('other-request')
}

/**
 * What was presented says which licence it is. A service that read none may know less than is known here: it accepts nothing
 * then.
 */
function assertSameLicence(reported: ReportedLicence | null, presented: ReportedLicence | null): void {
  if (reported !== null && JSON.stringify(reported) !== JSON.stringify(presented))
    throw new RemoteVerifierError('other-request')
}

/**
 * A report names the fields that were compared, and not their values: a true one about other values says that none differs,
 * and by the description of the type that is known here one does. What the service finds different is for a person in any
 * case, whose descriptions may be others.
 */
function assertSameComparison({ report, differences, licenceType }: Verification): void {
  const found = report.findings.find(({ check }) => check === 'comparison')?.code
  if (licenceType === null || differences.length === 0 || !WITHOUT_DIFFERENCE.includes(found)) return
  throw new RemoteVerifierError('other-request')
}

/** A true report of the same request from before a revocation must not be played again. A clock that tells no time tells neither that. */
function assertFresh({ checkedAt }: VerificationReport, earliest: number, latest: number): void {
  if (!(checkedAt >= earliest && checkedAt <= latest)) throw new RemoteVerifierError('stale-report')
}
