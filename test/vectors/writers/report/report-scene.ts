/** The sample presented by its holder, reports on it, and what a vector alters of them. */
import {
  BUNDLE_MEDIA_TYPE,
  createMemoryLedgerView,
  createVerifier,
  type Finding,
  finding,
  type LedgerUnavailableCode,
  LedgerUnavailableError,
  type LedgerView,
  type VerificationReport,
  type VerificationRequest,
} from '@hefu/protocol'
import { resultCodeOf, verdictOf } from '#internal/protocol/report/verdict'
import {
  createSample,
  FACE_DATA,
  NOW,
  type Sample,
  sampleRequest,
} from '../../../fixtures/sample-credential.ts'
import { boundSample, presentSample } from '../../../fixtures/sample-presentation.ts'
import { type RecordedRegistry, trustOf } from '../../recorded-registry.ts'
import { deterministicSuite as suite } from '../deterministic-suite.ts'

/** Of a licence, the beginning. */
export const BROKEN = `{"mediaType":"${BUNDLE_MEDIA_TYPE}"`

/** One value that is shown, and one that is not. */
export const SUBMITTED = { holderName: FACE_DATA['holderName'] ?? '', post: '另一岗位' }

interface Verified {
  readonly request?: Partial<VerificationRequest>
  /** The ledger that was asked; by default that of the sample. */
  readonly view?: LedgerView
  /** The registry that was followed; `null`, and by default: none. */
  readonly registry?: RecordedRegistry | null
  readonly maxLedgerAgeSeconds?: number
}

/** The sample presented by its holder, and reports on it. */
export interface Scene {
  readonly sample: Sample
  readonly presented: string
  verify(how?: Verified): Promise<VerificationReport>
}

export async function createScene(): Promise<Scene> {
  const sample = await createSample({ ...boundSample(), suite })
  const presented = presentSample(sample)
  return {
    sample,
    presented,
    verify: ({
      request = {},
      view = createMemoryLedgerView(sample.memory),
      registry = null,
      ...options
    } = {}) =>
      createVerifier({ ...trustOf(registry, view), suite, ...options }).verify(
        { ...sampleRequest(presented), ...request },
        NOW,
      ),
  }
}

export function silentView({ ledger }: Pick<LedgerView, 'ledger'>, code: LedgerUnavailableCode): LedgerView {
  const lookup = async (): Promise<never> => {
    throw new LedgerUnavailableError(code, 'reach the ledger')
  }
  return { ledger, lookup }
}

/** A report with another finding, and the verdict that follows from it. */
export function replaceFinding(report: VerificationReport, other: Finding): VerificationReport {
  const findings = report.findings.map((found) => (found.check === other.check ? other : found))
  return { ...report, findings, verdict: verdictOf(findings), resultCode: resultCodeOf(findings) }
}

export function withFacts(report: VerificationReport, facts: Finding['facts']): VerificationReport {
  return replaceFinding(report, finding('status/valid', facts))
}
