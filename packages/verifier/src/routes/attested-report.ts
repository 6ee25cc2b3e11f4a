/** A kept report, believed only as far as one of the verifier's own keys signed it. */
import { AttestationError, MalformedError, type VerificationReport, verifyAttestation } from '@hefu/protocol'
import type { KeyHistory, KeyTerm } from '../store/key-history.ts'
import { recordProblem } from './record-problem.ts'

export interface AttestedReport {
  readonly report: VerificationReport
  readonly attestation: string
  /** Of the key that signed it. */
  readonly kid: string
}

/**
 * The report under a kept attestation: whatever key its header names, of which ours knows that it was in force when
 * the report was made.
 *
 * @throws {ProblemError} `report-unproven`
 */
export async function readAttested(
  attestation: string,
  number: string,
  keys: KeyHistory,
): Promise<AttestedReport> {
  const found =
    (await readByAny(attestation, number, await keys.list())) ??
    (await readByAny(attestation, number, await keys.listAnew()))
  if (found === null) throw recordProblem('report-unproven')
  return found
}

async function readByAny(
  attestation: string,
  number: string,
  keys: readonly KeyTerm[],
): Promise<AttestedReport | null> {
  for (const key of keys) {
    const report = await readBy(attestation, key)
    if (report?.number === number && isWithin(report.checkedAt, key))
      return { report, attestation, kid: key.kid }
  }
  return null
}

async function readBy(attestation: string, { publicJwk }: KeyTerm): Promise<VerificationReport | null> {
  try {
    return await verifyAttestation(attestation, publicJwk)
  } catch (error) {
    if (error instanceof AttestationError || error instanceof MalformedError) return null
    throw error
  }
}

/** Of several processes one may have entered the key a moment after another's clock. Its end is set ahead, and stands. */
const SKEW_SECONDS = 60

function isWithin(time: number, { from, until }: KeyTerm): boolean {
  return time >= from - SKEW_SECONDS && (until === null || time < until)
}
