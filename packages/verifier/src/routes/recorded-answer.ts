/** From a judged report to an answer of which the evidence is durable. */
import type { VerificationReport } from '@hefu/protocol'
import type { Admitted } from '@hefu/service'
import type { VerifierClient } from '../access/verifier-client.ts'
import type { Records } from '../store/records.ts'
import type { SettleReplay } from './idempotency.ts'
import { type NumberedReport, type ReadLicence, signReading } from './numbered-report.ts'
import { assertKeyInForce, recorded } from './record-problem.ts'

export interface RecordServices {
  readonly records: Pick<Records, 'evidence' | 'isKeyInForce' | 'nextNumber' | 'replays'>
  /** The verifier's signature under a report, a compact JWS. */
  readonly attest: (report: VerificationReport) => Promise<string>
  /** Hears why something could not be kept. */
  readonly onFault: (fault: unknown) => void
}

/**
 * Numbers and signs the report, and returns what `compose` makes of it once its evidence is durable.
 *
 * @throws {ProblemError} `records-unreachable`, `key-ended`: then nobody is answered
 */
export async function answerRecorded<Answer extends object>(
  { records, attest, onFault }: RecordServices,
  read: Admitted<VerifierClient> & ReadLicence,
  settle: SettleReplay,
  compose: (numbered: NumberedReport) => Answer,
): Promise<Answer> {
  await assertKeyInForce(records, onFault)
  const number = records.nextNumber(read.report.checkedAt)
  const { numbered, evidence } = await signReading(attest, read, number)
  const answer = compose(numbered)
  const replay = settle(answer, {
    reading: evidence.reading,
    licenceType: read.report.licence?.licenceType ?? null,
  })
  await recorded(() => records.evidence.add({ ...evidence, replay }), onFault)
  return answer
}
