/** What the threads of a batch tell each other: plain data, copied on its way. */
import type {
  Bilingual,
  DirectoryQuery,
  LedgerFacts,
  LedgerIdentity,
  LedgerQuery,
  LedgerRegistration,
  LedgerUnavailableCode,
  LicenceType,
  MalformedError,
  PrivateJwk,
  ResultCode,
  Verdict,
} from '@hefu/protocol'
import type { ReadLicence, SignedReading } from '../routes/numbered-report.ts'
import type { AskedItem } from './batch-items.ts'

/** What a worker is begun with. */
export interface WorkerStart {
  /** Reports are signed where they are made. A secret. */
  readonly privateJwk: PrivateJwk
  readonly maxLedgerAgeSeconds: number
  readonly licenceTypes: readonly LicenceType[]
}

/** One item to be verified. */
export interface VerificationTask {
  readonly item: number
  readonly request: AskedItem['asked']['request']
  /** Of its report; one of what is not told is used for nothing. */
  readonly number: string
  /** Unix seconds. */
  readonly now: number
  readonly read: Omit<ReadLicence, 'report' | 'presented'>
}

/** What became of it. */
export type TaskOutcome = { readonly item: number } & (
  | VerifiedTask
  /** The request cannot be answered. */
  | { readonly defects: MalformedError['defects'] }
  /** A fault of ours. */
  | { readonly fault: string }
)

export interface VerifiedTask {
  readonly evidence: SignedReading['evidence']
  readonly code: string
  readonly attested: string
  readonly verdict: Verdict
  readonly resultCode: ResultCode
  readonly nextStep: Bilingual
  readonly licenceType: string | null
  /** Whether a value that was submitted is not that of the face. */
  readonly differs: boolean
}

/** A question to the ledgers, which the main thread alone has. `list` of a lookup: which list named the ledger, `at` its place there. */
export type LedgerAsk = { readonly id: number } & (
  | { readonly directory: DirectoryQuery }
  | { readonly list: number; readonly at: number; readonly query: LedgerQuery }
)

export type LedgerAnswer = { readonly id: number } & (
  | {
      readonly ledgers: readonly {
        readonly ledger: LedgerIdentity
        readonly registration: LedgerRegistration | null
      }[]
    }
  | { readonly facts: LedgerFacts }
  | { readonly unavailable: LedgerUnavailableCode }
  /** A fault of the view, which was told where it was met. */
  | { readonly fault: true }
)

export type ToWorker =
  | { readonly job: number; readonly tasks: readonly VerificationTask[] }
  | { readonly answers: readonly LedgerAnswer[] }

export type FromWorker =
  | { readonly job: number; readonly outcomes: readonly TaskOutcome[] }
  | { readonly asks: readonly LedgerAsk[] }
  /** Why a ledger could not be asked, for the log. */
  | { readonly unavailable: LedgerUnavailableCode }
