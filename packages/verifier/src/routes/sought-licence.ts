/** Which licence is sought: by a reference, as QR codes hold it, or by its identifier. */
import { type LicenceReference, MalformedError, parseLicenceId, parseQrText } from '@hefu/protocol'

/** Named, and nothing more: what it names may not exist. */
export interface SoughtLicence {
  readonly licenceId: string
  /** Of the identifier, and so of the licence. */
  readonly licenceType: string
  /** USCC, or in old identifiers the region's code. */
  readonly issuer: string
  /** As it was written. */
  readonly text: string
  /** `null`: it is sought by its identifier alone. */
  readonly reference: LicenceReference | null
}

/** `null`: the text names no licence. */
export function matchSought(text: string): SoughtLicence | null {
  try {
    return text.startsWith('HEFU1:') ? soughtByReference(text) : soughtById(text, text, null)
  } catch (error) {
    if (error instanceof MalformedError) return null
    throw error
  }
}

function soughtByReference(text: string): SoughtLicence | null {
  const scanned = parseQrText(text)
  return scanned.kind === 'reference'
    ? soughtById(text, scanned.reference.licenceId, scanned.reference)
    : null
}

function soughtById(text: string, licenceId: string, reference: LicenceReference | null): SoughtLicence {
  const { licenceType, issuer } = parseLicenceId(licenceId, 'licence')
  return { licenceId, licenceType, issuer: reference?.issuer ?? issuer, text, reference }
}
