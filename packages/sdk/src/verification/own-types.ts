/** Licence types of an integrator's own. */
import { LICENCE_TYPES, type LicenceType } from '@hefu/protocol'

/** They stand in the place of those of this version with the same code, and beside all others: no rule of a type is lost. */
export function besideOurs(own: readonly LicenceType[] = []): readonly LicenceType[] {
  const codes = new Set(own.map(({ code }) => code))
  return [...own, ...LICENCE_TYPES.filter(({ code }) => !codes.has(code))]
}
