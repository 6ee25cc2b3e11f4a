/** What a client is answered that may know only what to do: no field of the licence, no name and no number. */
import { type Bilingual, type Finding, nextStepOf, type VerificationReport } from '@hefu/protocol'

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
  const nextStep = nextStepOf({ findings: findings.map(withoutTelling), request })
  return { number, verdict, resultCode, nextStep }
}

/**
 * Facts that only choose among next steps: what kind of thing was presented, which is one of few words, and that
 * something is missing or is a copy. Every other tells of an agency, a licence or a day.
 */
const CHOOSING: Readonly<Record<string, (fact: Finding['facts'][string]) => Finding['facts'][string]>> = {
  presented: (kind) => kind,
  missing: () => [],
  copyExpires: () => 0,
}

function withoutTelling(found: Finding): Finding {
  const chosen = Object.entries(CHOOSING).flatMap(([name, reduce]) => {
    const fact = found.facts[name]
    return fact === undefined ? [] : [[name, reduce(fact)] as const]
  })
  return { ...found, facts: Object.fromEntries(chosen) }
}
