/** The licence types known to this version: a new one is one more file of data and one more line here. */
import type { LicenceType } from './licence-type.ts'
import { businessLicence } from './types/business-licence.ts'
import { foodOperation } from './types/food-operation.ts'
import { realEstateTitle } from './types/real-estate-title.ts'
import { safetyManager } from './types/safety-manager.ts'
import { specialOperation } from './types/special-operation.ts'
import { teacher } from './types/teacher.ts'

/** All licence types of this version. */
export const LICENCE_TYPES: readonly LicenceType[] = [
  businessLicence,
  foodOperation,
  specialOperation,
  safetyManager,
  teacher,
  realEstateTitle,
]

/**
 * The type with this code (21 characters) or slug.
 *
 * @example
 * ```ts
 * findLicenceType('safety-manager')?.code // '11100000000013338W011'
 * findLicenceType('fishing') // undefined
 * ```
 */
export function findLicenceType(codeOrSlug: string): LicenceType | undefined {
  return LICENCE_TYPES.find((type) => type.code === codeOrSlug || type.slug === codeOrSlug)
}
