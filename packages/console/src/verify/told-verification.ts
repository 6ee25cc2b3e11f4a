/** A verification with what is known of how it came about: what the page shows, and what the last ones are kept as. */
import { type Bilingual, fillIn } from '@hefu/protocol'
import { type AgencyNames, whyOf } from '@hefu/sdk/display'
import type { RemoteVerificationRequest, Verification } from '@hefu/sdk/remote'
import { VERIFY_TEXTS } from '../texts/verify-texts.ts'
import { type GivenLicence, isSought } from './given-licence.ts'
import { nothingFoundText } from './nothing-found.ts'
import type { PrintedVerification } from './printed-verifications.ts'

/** The service, whose key signed it; or this page, of these nodes (host and port), signed by nobody. */
export type VerifiedBy =
  | { readonly who: 'service' }
  | { readonly who: 'page'; readonly nodes: readonly string[] }

/** A field of a face that is not at hand here, masked by the service. */
export interface MaskedField {
  readonly name: string
  readonly label: Bilingual
  readonly value: string
}

/** A licence that was found by its name. */
export interface FoundLicence {
  readonly verification: Verification
  readonly face: readonly MaskedField[]
}

export interface ToldVerification {
  /** Of this page's verifications, from 1. */
  readonly place: number
  readonly given: GivenLicence
  readonly request: RemoteVerificationRequest
  readonly verification: Verification
  /** Of what was found by its name: the face as the service masked it. Empty for what was presented, whose face is at hand. */
  readonly foundFace: readonly MaskedField[]
  readonly by: VerifiedBy
}

/** Who verified: said of every verification. */
export function verifierText({ by }: ToldVerification): Bilingual {
  return by.who === 'service'
    ? VERIFY_TEXTS.byService
    : fillIn(VERIFY_TEXTS.byPage, { nodes: by.nodes.join(' ') })
}

/** Why the verdict is not better; `null` for what is accepted. Of a name that led nowhere no licence is spoken of. */
export function reasonTold(verification: Verification, names?: AgencyNames): Bilingual | null {
  const { report, licenceType } = verification
  return nothingFoundText(verification) ?? whyOf(report, licenceType ?? undefined, names)
}

/** What a sheet is made of. */
export function printedOf({ verification, request }: ToldVerification): PrintedVerification {
  return { verification, useCause: request.useCause ?? null }
}

/** Whether it was found by a name that was given: no text of it is at hand here. */
export function isFound({ given, verification }: ToldVerification): boolean {
  return verification.report.licence !== null && isSought(given)
}
