/** What a batch consists of, and what comes of it, as both are kept. Plain data. */
import type { Bilingual, ResultCode, Verdict } from '@hefu/protocol'
import type { ProblemError, RequestDefect } from '@hefu/service'
import type { VerifierClient } from '../access/verifier-client.ts'
import type { AskedVerification } from '../routes/verification-request.ts'
import type { Evidence } from '../store/evidence.ts'

/** Of the items that are done together; so many of a page of results too. */
export const MOST_OF_CHUNK = 64

/** On whose behalf. */
export interface BatchSender {
  readonly client: string
  readonly person: string | null
  /** Whether it may have licences found. */
  readonly finds: boolean
  /** As {@link VerifierClient.narrowedTo}. */
  readonly narrowedTo: readonly string[]
}

/** Why an item was not verified: as a problem of a single request says it. Nothing of what was sent. */
export interface ItemProblem {
  readonly code: string
  readonly says: Bilingual
  readonly errors?: readonly RequestDefect[]
}

/** Which item of a batch. */
export interface ItemName {
  /** From 1, in the order in which they were sent. */
  readonly item: number
  /** What its sender calls it. */
  readonly id: string | null
  /** Where it stood in what was sent. */
  readonly line: number
}

/** Something to be verified. */
export interface AskedItem extends ItemName {
  readonly asked: Omit<AskedVerification, 'explain' | 'face'>
}

export interface RefusedItem extends ItemName {
  readonly problem: ItemProblem
}

export type BatchItem = AskedItem | RefusedItem

/** What came of an item that was verified. */
export interface VerifiedItem extends ItemName {
  readonly number: string
  readonly code: string
  readonly verdict: Verdict
  readonly resultCode: ResultCode
  /** As it is told to who may know yes or no. */
  readonly nextStep: Bilingual
  /** `null`: no licence could be read. */
  readonly licenceType: string | null
  /** As its record says: a licence that was presented, or found. Absent from what an earlier version kept. */
  readonly kind?: Evidence['reading']['kind']
  /** What its record says that was shown. */
  readonly shown: Evidence['reading']['shown']
  /** SHA-256 of the attestation, which is kept as every report is: an altered one is not told. */
  readonly attested: string
}

export type ItemResult = VerifiedItem | RefusedItem

const MOST_NAMED = 20

export function problemOf({ code, meaning, defects }: ProblemError): ItemProblem {
  return {
    code,
    says: meaning.says,
    ...(defects.length === 0 ? {} : { errors: defects.slice(0, MOST_NAMED) }),
  }
}
