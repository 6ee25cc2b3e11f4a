/**
 * What reads a request and the licence in it. Loaded when a verifier is made and before anything is sent, so that a page
 * is there before it: two thirds of the code are here.
 */
import {
  assertRequest,
  type LicenceType,
  MalformedError,
  parsePresented,
  type ReportedLicence,
  type ReportedRequest,
  reportLicence,
  reportRequest,
  suite,
  type VerificationReport,
  type VerificationRequest,
  withPresentedRead,
} from '@hefu/protocol'
import { besideOurs } from '../verification/own-types.ts'
import { createVerification, type Verification } from '../verification/verification.ts'

/** A request that can be answered, and what becomes of the answer. */
export interface ReadRequest {
  readonly request: VerificationRequest
  /** What a report says of this request, and of no other. */
  readonly reported: ReportedRequest
  /** What a report that could be made says of the licence; `null`: it cannot be read here. */
  readonly licence: ReportedLicence | null
  /** Puts a report beside the face that it judged. */
  besideFace(report: VerificationReport, signed: Pick<Verification, 'attestation' | 'recheck'>): Verification
}

/**
 * @param now Unix seconds
 * @throws {MalformedError} for a request that cannot be answered
 */
export function readRequest(
  asked: VerificationRequest,
  ownTypes: readonly LicenceType[] | undefined,
  now: number,
): ReadRequest {
  const request = withPresentedRead(asked, ['useCause'])
  assertRequest(request, now)
  return {
    request,
    reported: reportRequest(request, suite),
    licence: readLicence(request.presented),
    besideFace: (report, signed) => createVerification(request, report, signed, besideOurs(ownTypes)),
  }
}

function readLicence(presented: string): ReportedLicence | null {
  try {
    return reportLicence(parsePresented(presented))
  } catch (error) {
    if (error instanceof MalformedError) return null
    throw error
  }
}
