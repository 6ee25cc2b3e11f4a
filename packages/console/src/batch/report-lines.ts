/** The reports of a batch, a line each, as the service answers them now: none holds a value of a face. */
import type { BatchResult } from './batch-service.ts'

export type ReadResults = (
  number: string,
  after: string | null,
  signal: AbortSignal,
) => AsyncIterable<BatchResult>

/** As far as they are done, in the order of their items. */
export async function* writeReports(
  numbers: readonly string[],
  readResults: ReadResults,
  signal: AbortSignal,
): AsyncGenerator<string, undefined, undefined> {
  for (const number of numbers)
    for await (const result of readResults(number, null, signal))
      yield `${JSON.stringify(lineOfResult(result))}\n`
}

function lineOfResult(result: BatchResult): object {
  if ('problem' in result) return { row: result.row, problem: result.problem }
  const { row, number, verdict, resultCode, nextStep, signed } = result
  const told = { row, number, verdict, resultCode, nextStep }
  return signed === null ? told : { ...told, report: signed.report, attestation: signed.attestation }
}
