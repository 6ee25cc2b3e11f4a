/** The verification: an ordered table of checks, all run, none hiding another (spec/checks-and-verdicts.md). */
import { limitOf } from '../bytes/limit.ts'
import { type Defect, MalformedError } from '../bytes/malformed.ts'
import { type CredentialClaims, licenceTypeOf, statusListUri, usccOf } from '../credential/claims.ts'
import { keyIdOf } from '../credential/public-key.ts'
import { LICENCE_TYPES } from '../licence/catalogue.ts'
import type { LicenceType } from '../licence/licence-type.ts'
import { parsePresented, type UnverifiedPresentation } from '../presentation/presentation.ts'
import { isOtherVersion, kindOfPresented } from '../presentation/presented-kind.ts'
import { DEFAULT_MAX_LEDGER_AGE_SECONDS, type UntimelyBlock, untimelinessOf } from '../report/block-time.ts'
import { type Finding, type FindingCode, type FindingFacts, finding } from '../report/findings.ts'
import {
  createReport,
  type ReportedLedger,
  type ReportedRequest,
  type VerificationReport,
} from '../report/report.ts'
import type { ReportedNodes } from '../report/reported-nodes.ts'
import type { Suite } from '../suite/suite.ts'
import type { LedgerCheck, LedgerEvidence, PresentationCheck, PresentedEvidence } from './check.ts'
import { anchorCheck } from './checks/anchor.ts'
import { comparisonCheck } from './checks/comparison.ts'
import { demandCheck } from './checks/demand.ts'
import { disclosuresCheck } from './checks/disclosures.ts'
import { faceIssuerCheck } from './checks/face-issuer.ts'
import { faceRulesCheck } from './checks/face-rules.ts'
import { holderBindingCheck } from './checks/holder-binding.ts'
import { inclusionCheck } from './checks/inclusion.ts'
import { issuerAuthorityCheck } from './checks/issuer-authority.ts'
import { issuerKeyCheck } from './checks/issuer-key.ts'
import { recognitionCheck } from './checks/recognition.ts'
import { renditionCheck } from './checks/rendition.ts'
import { signatureCheck } from './checks/signature.ts'
import { statusCheck } from './checks/status.ts'
import { validityCheck } from './checks/validity.ts'
import { checkWellFormed } from './checks/well-formed.ts'
import { createDescribedTypes } from './described-types.ts'
import { createImportedKeys } from './imported-keys.ts'
import {
  directoryOf,
  type LedgerDirectory,
  type LedgerTrust,
  type TrustedLedger,
} from './ledger-directory.ts'
import { LedgerUnavailableError } from './ledger-view.ts'
import { askLedger, LedgerFaultError, listLedgers } from './read-answer.ts'
import { reportLicence } from './reported-licence.ts'
import { reportRequest, takeRequest, type VerificationRequest } from './request.ts'

/** After `wellFormed`, which decides whether there is anything to check; the last where the licence came in a rendition. */
const CHECKS = [
  signatureCheck,
  disclosuresCheck,
  inclusionCheck,
  anchorCheck,
  issuerKeyCheck,
  issuerAuthorityCheck,
  faceIssuerCheck,
  statusCheck,
  validityCheck,
  faceRulesCheck,
  recognitionCheck,
  demandCheck,
  comparisonCheck,
  holderBindingCheck,
  renditionCheck,
] as const satisfies readonly (PresentationCheck | LedgerCheck)[]

/** Those that a request asks for. */
function checksOf({ rendition }: Pick<VerificationRequest, 'rendition'>): readonly (typeof CHECKS)[number][] {
  return rendition === undefined ? CHECKS.slice(0, -1) : CHECKS
}

const LONGEST_AGE_SECONDS = 2 ** 31

/** What a verifier stands on, however old a block may be. */
type VerifierBasis = LedgerTrust & {
  readonly suite: Suite
  /** Types whose fields are compared and masked by their own rules; absent: {@link LICENCE_TYPES}. */
  readonly licenceTypes?: readonly LicenceType[]
  /**
   * Hears what a view or directory throws and is no `LedgerUnavailableError`: a fault of theirs, by which the ledger
   * could not be asked. What it throws itself, `verify` throws.
   */
  readonly onFault?: ((fault: unknown) => void) | undefined
  /**
   * Hears why the ledger could not be asked: a report says only that it could not, and who configured the wrong chain
   * would take it for an outage. What it throws itself, `verify` throws.
   */
  readonly onUnavailable?: ((reason: LedgerUnavailableError) => void) | undefined
}

/** The same, and how old the newest block may be; a type that demands newer data has its own (`maxLedgerAgeSeconds`). */
export type VerifierOptions = VerifierBasis & { readonly maxLedgerAgeSeconds?: number | undefined }

/** Judges presentations; keeps imported keys between them, and nothing else. */
export interface Verifier {
  /**
   * Judges one presentation. `now` is the verifier's clock in Unix seconds.
   *
   * @param signal nobody waits for the report any more: what the ledger is asked ends
   * @throws {MalformedError} for a request that cannot be answered; what is presented never makes it throw
   * @throws the signal's reason, where a view or a directory was given up by it
   * @throws an `AbortError` of a view or a directory; whatever else they throw, the ledger could not be asked
   */
  verify(request: VerificationRequest, now: number, signal?: AbortSignal): Promise<VerificationReport>
}

/**
 * A verifier over one ledger, or over those of a directory.
 *
 * @throws {SuiteUnavailableError} where the runtime lacks what the suite stands on; what its `verify` throws, and
 *   when, stands at {@link Verifier}
 * @throws {RangeError} for a `maxLedgerAgeSeconds`, its own or a type's, that is no number from 0 to 2³¹
 * @example
 * ```ts
 * const verifier = createVerifier({ view, suite })
 * const { verdict } = await verifier.verify(request, now)
 * verdict // 'accepted'
 * verifier.verify({ ...request, asOf: now + 1 }, now) // throws MalformedError
 * ```
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { maxLedgerAgeSeconds = DEFAULT_MAX_LEDGER_AGE_SECONDS, licenceTypes = LICENCE_TYPES } = options
  const oldest = limitOf('maxLedgerAgeSeconds', maxLedgerAgeSeconds, LONGEST_AGE_SECONDS)
  for (const { slug, maxLedgerAgeSeconds: demanded = oldest } of licenceTypes) {
    limitOf(`maxLedgerAgeSeconds of ${slug}`, demanded, LONGEST_AGE_SECONDS)
  }
  return verifierOf(options, ({ maxLedgerAgeSeconds: demanded = oldest }) =>
    Math.floor(Math.min(demanded, oldest)),
  )
}

/**
 * The same, by a block of whatever age: of a report that is checked again, whoever made it held its own limit.
 *
 * @throws {SuiteUnavailableError} as {@link createVerifier}
 */
export function createVerifierOfThePast(options: VerifierBasis): Verifier {
  return verifierOf(options, () => Number.POSITIVE_INFINITY)
}

/** How far behind the verifier's clock a block may be, in whole seconds; of a type that is not described, too. */
type AgeLimit = (type: Pick<LicenceType, 'maxLedgerAgeSeconds'>) => number

function verifierOf(options: VerifierBasis, ageLimitOf: AgeLimit): Verifier {
  const { suite, licenceTypes = LICENCE_TYPES, onFault, onUnavailable } = options
  suite.assertAvailable()
  const directory = directoryOf(options)
  const importedKeys = createImportedKeys(suite)
  const describedTypes = createDescribedTypes(licenceTypes, suite)
  return {
    verify: async (asked, now, signal) => {
      const request = takeRequest(asked, now)
      const reported = reportRequest(request, suite)
      const read = readPresented(request.presented)
      if ('defects' in read) return reportUnread(reported, request.presented, read.defects, now)
      const type = describedTypes.find(licenceTypeOf(read.presentation.credential.claims))?.type
      const maxAge = ageLimitOf(type ?? {})
      const asking = { now, maxAge, onFault, onUnavailable, signal }
      const answer = await findFacts(directory, read.presentation, request, asking)
      const evidence: PresentedEvidence = {
        presentation: read.presentation,
        request,
        now,
        suite,
        importedKeys,
        describedTypes,
      }
      return createReport({
        checkedAt: now,
        request: reported,
        licence: reportLicence(read.presentation),
        ledger: 'facts' in answer ? reportLedger(answer, maxAge) : null,
        defects: [],
        findings: await runChecks(evidence, answer),
      })
    },
  }
}

function readPresented(
  presented: string,
): { presentation: UnverifiedPresentation } | { defects: readonly Defect[] } {
  try {
    return { presentation: parsePresented(presented) }
  } catch (error) {
    if (error instanceof MalformedError) return { defects: error.defects }
    throw error
  }
}

interface LedgerSilence {
  readonly unavailable: 'ledger-unreachable' | UntimelyBlock
  /** Facts of each finding that it leaves: of a stale block its time, and the limit that was held. */
  readonly about: FindingFacts
}

type LedgerAnswer = Pick<LedgerEvidence, 'facts' | 'trusted'>

/** The verifier's clock (Unix seconds), how far behind it a block may be (seconds), and who hears why there is no answer. */
interface Asking extends Pick<VerifierBasis, 'onFault' | 'onUnavailable'> {
  readonly now: number
  readonly maxAge: number
  readonly signal: AbortSignal | undefined
}

async function findFacts(
  directory: LedgerDirectory,
  { credential, receipt }: UnverifiedPresentation,
  { receivingRegion, serviceItem, asOf }: VerificationRequest,
  { now, maxAge, onFault, onUnavailable, signal }: Asking,
): Promise<LedgerAnswer | LedgerSilence> {
  try {
    const ledgers = await listLedgers(directory, { notBefore: now - maxAge }, signal)
    const trusted = findOwn(ledgers, credential.claims) ?? ledgers[0]
    const { registration, view } = trusted
    const query = {
      issuer: usccOf(credential.claims),
      keyId: keyIdOf(credential.header.kid),
      statusIndex: credential.claims.status.status_list.idx,
      licenceType: licenceTypeOf(credential.claims),
      receivingRegion,
      ...(serviceItem === undefined ? {} : { serviceItem }),
      ...(receipt === null ? {} : { root: receipt.root }),
      ...(asOf === undefined ? {} : { at: asOf }),
    }
    const facts = await askLedger(view, query, signal)
    for (const block of [facts.block, ...(registration === null ? [] : [registration.block])]) {
      const unavailable = untimelinessOf(block, now, maxAge)
      const about = unavailable === 'ledger-stale' ? { blockTime: block.time, maxAge } : {}
      if (unavailable !== null) return { unavailable, about }
    }
    return { facts, trusted }
  } catch (error) {
    // Whatever a view makes of being given up, it says nothing of the ledger.
    signal?.throwIfAborted()
    if (!(error instanceof LedgerUnavailableError)) throw error
    if (error instanceof LedgerFaultError) onFault?.(error.cause)
    else onUnavailable?.(error)
    return { unavailable: 'ledger-unreachable', about: {} }
  }
}

/** The ledger of the status list that the issuer signed, which the receipt has to be of too. */
function findOwn(ledgers: readonly TrustedLedger[], claims: CredentialClaims): TrustedLedger | undefined {
  const { uri } = claims.status.status_list
  return ledgers.find(({ view }) => uri === statusListUri(view.ledger, usccOf(claims)))
}

/** All checks in their order, whatever the others find. */
async function runChecks(
  presented: PresentedEvidence,
  answer: LedgerAnswer | LedgerSilence,
): Promise<readonly Finding[]> {
  const findings = [checkWellFormed(presented.presentation)]
  const evidence = 'facts' in answer ? withFacts(presented, answer) : answer
  for (const check of checksOf(presented.request)) {
    const found = check.reads === 'presentation' ? check.run(presented) : runLedgerCheck(check, evidence)
    findings.push(await found)
  }
  return findings
}

function withFacts(presented: PresentedEvidence, { facts, trusted }: LedgerAnswer): LedgerEvidence {
  return { ...presented, facts, trusted, at: presented.request.asOf ?? facts.block.time }
}

function runLedgerCheck(
  check: Extract<(typeof CHECKS)[number], LedgerCheck>,
  evidence: LedgerEvidence | LedgerSilence,
): Finding | Promise<Finding> {
  if ('facts' in evidence) return check.run(evidence)
  return finding(`${check.name}/${evidence.unavailable}`, evidence.about)
}

/** A licence that is broken has defects; what is no licence at all has none: it is something else. */
function reportUnread(
  request: ReportedRequest,
  presented: string,
  met: readonly Defect[],
  now: number,
): VerificationReport {
  const kind = kindOfPresented(presented)
  const defects = kind === 'licence' ? met : []
  const findings = [
    kind === 'licence'
      ? finding(codeOfUnread(presented, defects), { defects: defects.length })
      : finding('wellFormed/not-a-licence', { presented: kind }),
    ...checksOf(request).map((check) => finding(`${check.name}/nothing-to-check`)),
  ]
  return createReport({ checkedAt: now, request, licence: null, ledger: null, defects, findings })
}

/** Why it could not be read: whose fault that is, and what to do, is not the same. */
function codeOfUnread(presented: string, defects: readonly Defect[]): FindingCode {
  if (isOtherVersion(presented)) return 'wellFormed/other-version'
  const isRewritten = defects.every(({ code }) => code === 'not-canonical-json')
  return isRewritten ? 'wellFormed/not-original' : 'wellFormed/malformed'
}

function reportLedger(
  { trusted: { view }, facts: { block, nodes } }: LedgerAnswer,
  maxAge: number,
): ReportedLedger {
  return {
    chainId: view.ledger.chainId,
    address: view.ledger.address,
    blockNumber: block.number,
    blockHash: block.hash,
    blockTime: block.time,
    ...(Number.isFinite(maxAge) ? { maxAge } : {}),
    ...(nodes === undefined ? {} : { nodes: reportNodes(nodes) }),
  }
}

/** These members in this order, whatever else a view has beside them. */
function reportNodes({ needed, agreeing, newest, logsHeldBy }: ReportedNodes): ReportedNodes {
  return { needed, agreeing, newest, logsHeldBy }
}
