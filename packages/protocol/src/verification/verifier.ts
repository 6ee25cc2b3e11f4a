/** The verification: an ordered table of checks, all run, none hiding another (spec/checks-and-verdicts.md). */
import { type Defect, MalformedError } from '../bytes/malformed.ts'
import { licenceTypeOf, usccOf } from '../credential/claims.ts'
import { keyIdOf } from '../credential/public-key.ts'
import { LICENCE_TYPES } from '../licence/catalogue.ts'
import type { LicenceType } from '../licence/licence-type.ts'
import { parsePresented, type UnverifiedPresentation } from '../presentation/presentation.ts'
import { type Finding, finding } from '../report/findings.ts'
import {
  createReport,
  type ReportedLedger,
  type ReportedLicence,
  type ReportedRequest,
  type VerificationReport,
} from '../report/report.ts'
import type { Suite } from '../suite/suite.ts'
import type { LedgerCheck, LedgerEvidence, PresentationCheck, PresentedEvidence } from './check.ts'
import { anchorCheck } from './checks/anchor.ts'
import { comparisonCheck } from './checks/comparison.ts'
import { demandCheck } from './checks/demand.ts'
import { disclosuresCheck } from './checks/disclosures.ts'
import { faceIssuerCheck } from './checks/face-issuer.ts'
import { holderBindingCheck } from './checks/holder-binding.ts'
import { inclusionCheck } from './checks/inclusion.ts'
import { issuerAuthorityCheck } from './checks/issuer-authority.ts'
import { issuerKeyCheck } from './checks/issuer-key.ts'
import { recognitionCheck } from './checks/recognition.ts'
import { signatureCheck } from './checks/signature.ts'
import { statusCheck } from './checks/status.ts'
import { validityCheck } from './checks/validity.ts'
import { checkWellFormed } from './checks/well-formed.ts'
import { isCoherent } from './coherent-facts.ts'
import { type Eventual, isPending } from './eventual.ts'
import { createImportedKeys } from './imported-keys.ts'
import { type LedgerFacts, LedgerUnavailableError, type LedgerView } from './ledger-view.ts'
import { reportRequest, takeRequest, type VerificationRequest } from './request.ts'

/** After `wellFormed`, which decides whether there is anything to check. */
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
  recognitionCheck,
  demandCheck,
  comparisonCheck,
  holderBindingCheck,
] as const satisfies readonly (PresentationCheck | LedgerCheck)[]

/** How old the ledger's newest block may be before its silence counts as "could not be checked". */
export const DEFAULT_MAX_LEDGER_AGE_SECONDS = 300

/** What a verifier stands on. */
export interface VerifierOptions {
  readonly view: LedgerView
  readonly suite: Suite
  readonly maxLedgerAgeSeconds?: number
  /** Types whose fields are compared and masked by their own rules; absent: {@link LICENCE_TYPES}. */
  readonly licenceTypes?: readonly LicenceType[]
}

/** Judges presentations; keeps imported keys between them, and nothing else. */
export interface Verifier {
  /**
   * Judges one presentation. `now` is the verifier's clock in Unix seconds.
   *
   * @throws {MalformedError} for a request that cannot be answered; what is presented never makes it throw
   */
  verify(request: VerificationRequest, now: number): Promise<VerificationReport>
}

/**
 * A verifier over one view of one ledger. Never throws.
 *
 * @example
 * ```ts
 * const verifier = createVerifier({ view, suite })
 * const { verdict } = await verifier.verify(request, now)
 * verdict // 'accepted'
 * verifier.verify({ ...request, asOf: now + 1 }, now) // throws MalformedError
 * ```
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { view, suite, licenceTypes = LICENCE_TYPES } = options
  const { maxLedgerAgeSeconds = DEFAULT_MAX_LEDGER_AGE_SECONDS } = options
  const importedKeys = createImportedKeys(suite)
  return {
    verify: async (asked, now) => {
      const request = takeRequest(asked, now)
      const reported = reportRequest(request, suite)
      const read = readPresented(request.presented)
      if ('defects' in read) return reportMalformed(reported, read.defects, now)
      const answer = await askLedger(view, read.bundle, request, now - maxLedgerAgeSeconds)
      const evidence: PresentedEvidence = {
        bundle: read.bundle,
        request,
        now,
        ledger: view.ledger,
        suite,
        importedKeys,
        licenceTypes,
      }
      return createReport({
        checkedAt: now,
        request: reported,
        licence: reportLicence(read.bundle),
        ledger: 'facts' in answer ? reportLedger(view, answer.facts) : null,
        defects: [],
        findings: await runChecks(evidence, answer),
      })
    },
  }
}

function readPresented(
  presented: string,
): { bundle: UnverifiedPresentation } | { defects: readonly Defect[] } {
  try {
    return { bundle: parsePresented(presented) }
  } catch (error) {
    if (error instanceof MalformedError) return { defects: error.defects }
    throw error
  }
}

interface LedgerSilence {
  readonly unavailable: 'ledger-unreachable' | 'ledger-stale'
}

type LedgerAnswer = { readonly facts: LedgerFacts } | LedgerSilence

async function askLedger(
  view: LedgerView,
  { credential, receipt }: UnverifiedPresentation,
  { receivingRegion, serviceItem, asOf }: VerificationRequest,
  oldestBlockTime: number,
): Promise<LedgerAnswer> {
  try {
    const facts = await view.lookup({
      issuer: usccOf(credential.claims),
      keyId: keyIdOf(credential.header.kid),
      statusIndex: credential.claims.status.status_list.idx,
      licenceType: licenceTypeOf(credential.claims),
      receivingRegion,
      ...(serviceItem === undefined ? {} : { serviceItem }),
      ...(receipt === null ? {} : { root: receipt.root }),
      ...(asOf === undefined ? {} : { at: asOf }),
    })
    if (!isCoherent(facts)) return { unavailable: 'ledger-unreachable' }
    return facts.block.time < oldestBlockTime ? { unavailable: 'ledger-stale' } : { facts }
  } catch (error) {
    if (error instanceof LedgerUnavailableError) return { unavailable: 'ledger-unreachable' }
    throw error
  }
}

/** All checks in their order, whatever the others find. */
async function runChecks(presented: PresentedEvidence, answer: LedgerAnswer): Promise<readonly Finding[]> {
  const findings = [checkWellFormed(presented.bundle)]
  const evidence = 'facts' in answer ? withFacts(presented, answer.facts) : answer
  for (const check of CHECKS) {
    const found = check.reads === 'presentation' ? check.run(presented) : runLedgerCheck(check, evidence)
    // Most answer at once: waiting for those too would cost more than what they do.
    findings.push(isPending(found) ? await found : found)
  }
  return findings
}

function withFacts(presented: PresentedEvidence, facts: LedgerFacts): LedgerEvidence {
  const { bundle, request, now, ledger, suite, importedKeys, licenceTypes } = presented
  const at = request.asOf ?? facts.block.time
  // Member by member: spreading costs more than most checks do.
  return { bundle, request, now, ledger, suite, importedKeys, licenceTypes, facts, at }
}

function runLedgerCheck(
  check: Extract<(typeof CHECKS)[number], LedgerCheck>,
  evidence: LedgerEvidence | LedgerSilence,
): Eventual<Finding> {
  return 'facts' in evidence ? check.run(evidence) : finding(`${check.name}/${evidence.unavailable}`)
}

function reportMalformed(
  request: ReportedRequest,
  defects: readonly Defect[],
  now: number,
): VerificationReport {
  const findings = [
    finding('wellFormed/malformed', { defects: defects.length }),
    ...CHECKS.map((check) => finding(`${check.name}/nothing-to-check`)),
  ]
  return createReport({ checkedAt: now, request, licence: null, ledger: null, defects, findings })
}

function reportLicence({ credential: { claims } }: UnverifiedPresentation): ReportedLicence {
  return {
    licenceId: claims.jti,
    licenceType: licenceTypeOf(claims),
    issuer: usccOf(claims),
    validFrom: claims.nbf,
    validUntil: claims.exp ?? null,
  }
}

function reportLedger(view: LedgerView, { block }: LedgerFacts): ReportedLedger {
  return {
    chainId: view.ledger.chainId,
    address: view.ledger.address,
    blockNumber: block.number,
    blockHash: block.hash,
    blockTime: block.time,
  }
}
