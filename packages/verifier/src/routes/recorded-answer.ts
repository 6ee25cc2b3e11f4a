/** From a judged report to an answer of which the evidence is durable. */
import type { VerificationReport } from '@hefu/protocol'
import type { Admitted, Place } from '@hefu/service'
import { assertLicencePermitted } from '../access/permission.ts'
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

/** What is told in answer to a request. */
export type ReadInRequest = Admitted<VerifierClient> & ReadLicence & { readonly place: Place }

/**
 * Numbers and signs the report, and returns what `compose` makes of it once its evidence is durable. Whoever leaves once
 * that is being written ends nothing any more.
 *
 * @throws {ProblemError} `type-not-permitted`, `records-unreachable`, `key-ended`, `abandoned`: then nobody is answered
 */
export async function answerRecorded<Answer extends object>(
  { records, attest, onFault }: RecordServices,
  read: ReadInRequest,
  settle: SettleReplay,
  compose: (numbered: NumberedReport) => Answer,
): Promise<Answer> {
  const licenceType = read.report.licence?.licenceType ?? null
  assertLicencePermitted(read.client, licenceType)
  await assertKeyInForce(records, onFault)
  read.place.signal.throwIfAborted()
  const number = records.nextNumber(read.report.checkedAt)
  const { numbered, evidence } = await signReading(attest, read, number)
  const answer = compose(numbered)
  const replay = settle(answer, { reading: evidence.reading, licenceType })
  await recorded(() => records.evidence.add({ ...evidence, replay }), onFault)
  return answer
}
