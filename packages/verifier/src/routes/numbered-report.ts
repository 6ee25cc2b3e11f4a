/** From a judged report to one with its number and signature, and its evidence: alone in a request, or as one of many. */
import { numberReport, type ReportSigner, type VerificationReport } from '@hefu/protocol'
import { digestOfCredential } from '../store/credential-digest.ts'
import type { Evidence } from '../store/evidence.ts'
import { createRecheckCode, lookupOf } from '../store/recheck-code.ts'

/** What somebody is told of a licence. Plain data. */
export interface ReadLicence {
  readonly client: { readonly id: string }
  readonly grant: { readonly person: string | null }
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

/** What is answered, and what has to be durable before it is. */
export interface SignedReading {
  readonly numbered: NumberedReport
  readonly evidence: EvidenceOfReport
}

/** That of a reading of which a report was made. */
export type EvidenceOfReport = Pick<Evidence, 'report'> & {
  readonly reading: Evidence['reading'] & { readonly report: string }
}

export async function signReading(
  attest: ReportSigner,
  read: ReadLicence,
  number: string,
): Promise<SignedReading> {
  const report = numberReport(read.report, number)
  const numbered = { number, code: createRecheckCode(), report, attestation: await attest(report) }
  return { numbered, evidence: evidenceOf(read, numbered) }
}

function evidenceOf(
  { report: { checkedAt, request, licence, verdict }, ...read }: ReadLicence,
  { number, code, attestation }: NumberedReport,
): EvidenceOfReport {
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
