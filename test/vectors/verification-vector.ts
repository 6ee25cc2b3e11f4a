/** Verification vectors as data, and their replay: runs in Node and in a browser alike. */
import {
  createVerifier,
  type FindingCode,
  type FindingFacts,
  type LedgerFacts,
  type LedgerIdentity,
  type LedgerQuery,
  LedgerUnavailableError,
  type LedgerView,
  type ResultCode,
  type Suite,
  type Verdict,
  type VerificationRequest,
} from '@hefu/protocol'
import { type RecordedRegistry, trustOf } from './recorded-registry.ts'

/** The one question that a verification asks of the ledger, and the answer; `null`: it could not be reached. */
export interface RecordedLookup {
  readonly query: LedgerQuery
  readonly facts: LedgerFacts | null
}

export interface VerificationOutcome {
  readonly verdict: Verdict
  readonly resultCode: ResultCode
  readonly findings: readonly { readonly code: FindingCode; readonly facts: FindingFacts }[]
}

export interface VerificationVector {
  readonly is: string
  readonly request: VerificationRequest
  /** Unix seconds. */
  readonly now: number
  /** The ledger that is asked. */
  readonly ledger: LedgerIdentity
  /** The registry that the verifier follows; `null`: it pins the ledger. */
  readonly registry: RecordedRegistry | null
  /** `null`: nothing was asked, because nothing could be read, or the registry named no ledger to ask. */
  readonly lookup: RecordedLookup | null
  /** Member of the ledger’s state → its entries by key; `null`: the view answers otherwise, or not at all. */
  readonly state: Readonly<Record<string, unknown>> | null
  /** `null` when what was presented cannot be read. */
  readonly intermediate: {
    readonly presentedDigest: string
    readonly signingInput: string
    readonly leafHash: string
    readonly disclosureDigests: readonly string[]
    /** The root that the receipt's path leads to; `null`: to none, or there is no receipt. */
    readonly root: string | null
  } | null
  readonly expected: VerificationOutcome
}

/** A view that answers the recorded question, and fails for any other. */
function createRecordedView({ ledger, lookup }: VerificationVector): LedgerView {
  return {
    ledger,
    lookup: async (query) => {
      if (lookup === null || !sameQuery(query, lookup.query)) {
        throw new Error(
          `answer ${JSON.stringify(query)}: the vector records ${JSON.stringify(lookup?.query)}`,
        )
      }
      if (lookup.facts === null) throw new LedgerUnavailableError('unreachable', 'connect to the ledger')
      return lookup.facts
    },
  }
}

/** Whether two queries have the same members with the same values, in whatever order. */
function sameQuery(one: LedgerQuery, other: LedgerQuery): boolean {
  const text = (query: LedgerQuery): string => JSON.stringify(Object.entries(query).sort())
  return text(one) === text(other)
}

/** What this implementation finds for a vector. */
export async function replay(vector: VerificationVector, suite: Suite): Promise<VerificationOutcome> {
  const verifier = createVerifier({ ...trustOf(vector.registry, createRecordedView(vector)), suite })
  const { verdict, resultCode, findings } = await verifier.verify(vector.request, vector.now)
  return { verdict, resultCode, findings: findings.map(({ code, facts }) => ({ code, facts })) }
}
