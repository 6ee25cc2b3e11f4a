/** Resident identity number 公民身份号码 (GB 11643-1999). Personal data: never logged, never quoted in errors. */
import { isCalendarDate } from './calendar-date.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'

/**
 * Whether a text is an 18-character number with a date of birth that exists and the right check character.
 *
 * @example
 * ```ts
 * isResidentId('11010519491231002X') // true
 * isResidentId('110105194912310021') // false
 * ```
 */
export function isResidentId(text: string): boolean {
  return (
    /^[1-9][0-9]{16}[0-9X]$/.test(text) &&
    isCalendarDate(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`) &&
    residentIdCheckCharacter(text.slice(0, 17)) === text.charAt(17)
  )
}

/**
 * The check character of 17 digits (ISO 7064 MOD 11-2).
 *
 * @example
 * ```ts
 * residentIdCheckCharacter('11010519491231002') // 'X'
 * ```
 */
export function residentIdCheckCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits.charAt(i)), 0)
  return CHECK_CHARACTERS.charAt(sum % 11)
}
