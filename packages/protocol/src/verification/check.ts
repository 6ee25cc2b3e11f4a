/** What a check is: a named question to the evidence, answered by a finding. */
import type { UnverifiedPresentation } from '../presentation/presentation.ts'
import type { CheckName, Finding } from '../report/findings.ts'
import type { Suite } from '../suite/suite.ts'
import type { DescribedTypes } from './described-types.ts'
import type { ImportedKeys } from './imported-keys.ts'
import type { TrustedLedger } from './ledger-directory.ts'
import type { LedgerFacts } from './ledger-view.ts'
import type { VerificationRequest } from './request.ts'

/** What was presented, and the means to check it without a ledger. All of `presentation` may be an attacker's. */
export interface PresentedEvidence {
  readonly presentation: UnverifiedPresentation
  readonly request: VerificationRequest
  /** The verifier's clock (Unix seconds): how old an answer to a challenge is. The licence is judged at `at`. */
  readonly now: number
  readonly suite: Suite
  /** The types whose fields this verifier knows. */
  readonly describedTypes: DescribedTypes
  readonly importedKeys: ImportedKeys
}

/** The same with the ledger's facts, all of one block. */
export interface LedgerEvidence extends PresentedEvidence {
  readonly facts: LedgerFacts
  /** The ledger that was asked. */
  readonly trusted: TrustedLedger
  /** The time to judge at (Unix seconds). */
  readonly at: number
}

/** A check that needs only what was presented. */
export interface PresentationCheck<Name extends CheckName = CheckName> {
  readonly name: Name
  readonly reads: 'presentation'
  readonly run: (evidence: PresentedEvidence) => Finding | Promise<Finding>
}

/** A check that cannot be made without the ledger. */
export interface LedgerCheck<Name extends CheckName = CheckName> {
  readonly name: Name
  readonly reads: 'ledger'
  readonly run: (evidence: LedgerEvidence) => Finding | Promise<Finding>
}
