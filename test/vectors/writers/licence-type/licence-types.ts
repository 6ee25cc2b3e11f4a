/** The licence types as data. */
import { findLicenceType, type LicenceType, schemaDigest, suite } from '@hefu/protocol'
import { encodeLicenceType, licenceDisplay, licenceSchema } from '#internal/protocol/licence/schema'

export function describedType(type: LicenceType): object {
  return {
    is: type.name.en,
    type,
    display: licenceDisplay(type),
    schema: licenceSchema(type),
    canonical: encodeLicenceType(type),
    digest: schemaDigest(type, suite),
  }
}

export function codeOf(slug: string): string {
  return typeOf(slug).code
}

function typeOf(slug: string): LicenceType {
  const type = findLicenceType(slug)
  if (type === undefined) throw new Error(`find the licence type ${slug}`)
  return type
}
