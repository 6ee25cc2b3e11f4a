/** The earlier licence of another agency, as a person names it: by its file, or by issuer and status index. */
import type { CredentialPlace } from '@hefu/ledger'
import { isUscc, type LedgerIdentity } from '@hefu/protocol'
import { IssuerError } from '../error/issuer-error.ts'
import { readOriginFile } from '../input/origin-file.ts'
import { type LicenceSubject, subjectOf } from '../workflow/succession.ts'

export interface OriginOptions {
  /** A file, or the issuer's USCC. */
  readonly origin: string
  readonly originIndex?: number
}

export interface NamedOrigin {
  readonly place: CredentialPlace
  /** `null`: the place alone was named. */
  readonly subject: LicenceSubject | null
}

/** @throws {IssuerError} `not-a-uscc`, `act-detail-missing`, and as `readOriginFile` */
export async function readNamedOrigin(
  { origin, originIndex }: OriginOptions,
  ledger: LedgerIdentity,
): Promise<NamedOrigin> {
  if (originIndex !== undefined) {
    if (isUscc(origin)) return { place: { issuer: origin, statusIndex: originIndex }, subject: null }
    throw new IssuerError('not-a-uscc', { value: JSON.stringify(origin.slice(0, 40)) })
  }
  if (isUscc(origin)) throw new IssuerError('act-detail-missing', { option: '--origin-index <n>' })
  const { place, credential } = await readOriginFile(origin, ledger)
  return { place, subject: subjectOf(credential) }
}
