/** One result as the service tells it now: its report, verified and without a face, for it was presented elsewhere. */
import { findLicenceType } from '@hefu/protocol'
import type { Verification } from '@hefu/sdk/remote'
import type { BatchRow } from './batch-rows.ts'
import type { ResultPlace } from './batch-run.ts'
import { type BatchResult, readKeptReport, readResults, type SignedResult } from './batch-service.ts'

/**
 * `null`: whoever is signed in may know the verdict alone, or there is no report.
 *
 * @param place `null`: the batch is over, and the report is found by its number
 * @throws {ServiceProblem}
 */
export async function openResult(
  row: BatchRow,
  place: ResultPlace | null,
  signal: AbortSignal,
): Promise<Verification | null> {
  const signed = place === null ? await readKept(row, signal) : signedOf(await readOne(place, signal), row)
  return signed === null ? null : verificationOf(signed)
}

async function readKept({ number }: BatchRow, signal: AbortSignal): Promise<SignedResult | null> {
  if (number === null) return null
  const signed = await readKeptReport(number, signal)
  return signed.report.number === number ? signed : null
}

/** The first line behind the one before it; nothing else of the answer is read. */
async function readOne({ number, after }: ResultPlace, signal: AbortSignal): Promise<BatchResult | null> {
  for await (const result of readResults(number, after, signal)) return result
  return null
}

/** What is shown is the report that the row was told by. */
function signedOf(result: BatchResult | null, { row, number }: BatchRow): SignedResult | null {
  const isOfRow = result !== null && result.row === row && 'signed' in result && result.number === number
  return isOfRow ? result.signed : null
}

function verificationOf({ report, attestation, code }: SignedResult): Verification {
  return {
    report,
    attestation,
    recheck: code === null ? null : { page: `${location.origin}/recheck`, code },
    faceData: [],
    holder: null,
    annotatedCopy: null,
    differences: [],
    licenceType: findLicenceType(report.licence?.licenceType ?? '') ?? null,
  }
}
