/** What a client is answered that may know only what to do: no field of the licence, no name and no number. */
import { type Bilingual, nextStepOf, type VerificationReport } from '@hefu/protocol'

/** Not signed: it says of what only to who asked, and is no evidence for anybody else. */
export interface VerdictAnswer {
  /** Of the report that is kept: it names the case, and opens nothing. */
  readonly number: string
  readonly verdict: VerificationReport['verdict']
  readonly resultCode: VerificationReport['resultCode']
  readonly nextStep: Bilingual
}

/** Names each member: whatever a report may come to hold, this answer does not. */
export function createVerdictAnswer(
  { verdict, resultCode, findings, request }: VerificationReport,
  number: string,
): VerdictAnswer {
  // The facts of this check name the agency, and tell its contact.
  const unnamed = findings.map((one) => (one.check === 'issuerAuthority' ? { ...one, facts: {} } : one))
  return { number, verdict, resultCode, nextStep: nextStepOf({ findings: unnamed, request }) }
}
