/** Number of a food-operation licence 食品经营许可证编号: `JY` and 14 digits, the last by ISO 7064 MOD 11,10. */
import { mod11_10 } from './check-character.ts'

/**
 * Whether a text is such a number with the right check digit. Never throws.
 *
 * @example
 * ```ts
 * isFoodLicenceNumber('JY23101140041987') // true
 * isFoodLicenceNumber('JY23101140041988') // false
 * ```
 */
export function isFoodLicenceNumber(text: string): boolean {
  return /^JY[0-9]{14}$/.test(text) && mod11_10(text.slice(2, 15)) === text.charAt(15)
}
