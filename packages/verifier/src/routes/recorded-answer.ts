/** From a judged report to an answer of which the evidence is durable. */
import { numberReport, type VerificationReport } from '@hefu/protocol'
import type { Admitted, Place } from '@hefu/service'
import { assertLicencePermitted } from '../access/permission.ts'
import type { VerifierClient } from '../access/verifier-client.ts'
import { digestOfCredential } from '../store/credential-digest.ts'
import type { Evidence } from '../store/evidence.ts'
import { createRecheckCode, lookupOf } from '../store/recheck-code.ts'
import type { Records } from '../store/records.ts'
import type { SettleReplay } from './idempotency.ts'
import { assertKeyInForce, recorded } from './record-problem.ts'

export interface RecordServices {
  readonly records: Pick<Records, 'evidence' | 'isKeyInForce' | 'nextNumber' | 'replays'>
  /** The verifier's signature under a report, a compact JWS. */
  readonly attest: (report: VerificationReport) => Promise<string>
  /** Hears why something could not be kept. */
  readonly onFault: (fault: unknown) => void
}

/** What somebody is told of a licence. */
export interface ReadLicence extends Admitted<VerifierClient> {
  readonly place: Place
  readonly report: VerificationReport
  readonly presented: string
  readonly useCause: string | null
  readonly kind: Evidence['reading']['kind']
  readonly shown: Evidence['reading']['shown']
  /** Names of the fields that the answer tells of. */
  readonly fields: readonly string[]
}

/** A report under its number, with its signature and what opens it again. */
export interface NumberedReport {
  readonly number: string
  readonly code: string
  readonly report: VerificationReport
  readonly attestation: string
}

/**
 * Numbers and signs the report, and returns what `compose` makes of it once its evidence is durable. Whoever leaves once
 * that is being written ends nothing any more.
 *
 * @throws {ProblemError} `type-not-permitted`, `records-unreachable`, `key-ended`, `abandoned`: then nobody is answered
 */
export async function answerRecorded<Answer extends object>(
  { records, attest, onFault }: RecordServices,
  read: ReadLicence,
  settle: SettleReplay,
  compose: (numbered: NumberedReport) => Answer,
): Promise<Answer> {
  const licenceType = read.report.licence?.licenceType ?? null
  assertLicencePermitted(read.client, licenceType)
  await assertKeyInForce(records, onFault)
  read.place.signal.throwIfAborted()
  const number = records.nextNumber(read.report.checkedAt)
  const report = numberReport(read.report, number)
  const numbered = { number, code: createRecheckCode(), report, attestation: await attest(report) }
  const answer = compose(numbered)
  const evidence = evidenceOf(read, numbered)
  const replay = settle(answer, { reading: evidence.reading, licenceType })
  await recorded(() => records.evidence.add({ ...evidence, replay }), onFault)
  return answer
}

function evidenceOf(
  { report: { checkedAt, request, licence, verdict }, ...read }: ReadLicence,
  { number, code, attestation }: NumberedReport,
): Omit<Evidence, 'replay'> {
  const { client, grant, presented, useCause, kind, shown, fields } = read
  return {
    report: { number, at: checkedAt, client: client.id, lookup: lookupOf(number, code), attestation },
    reading: {
      at: checkedAt,
      kind,
      client: client.id,
      person: grant.person,
      region: request.receivingRegion,
      case_no: request.caseNo,
      service_item: request.serviceItem,
      use_cause: useCause,
      credential: licence === null ? null : digestOfCredential(presented),
      shown,
      fields: JSON.stringify(fields),
      verdict,
      report: number,
    },
  }
}
