/** Check characters of ISO/IEC 7064: the hybrid systems MOD 37,36 and MOD 11,10. */

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** The value of every ASCII character, −1 for those outside of the alphabet. */
const VALUES = Int8Array.from({ length: 128 }, (_, code) => ALPHANUMERIC.indexOf(String.fromCharCode(code)))

/**
 * The ISO 7064 MOD 37,36 check character of a text over 0-9A-Z.
 *
 * @throws {RangeError} for a character outside of the alphabet
 * @example
 * ```ts
 * mod37_36('A12425GABC1234002') // 'M'
 * mod37_36('a') // throws RangeError
 * ```
 */
export function mod37_36(text: string): string {
  return ALPHANUMERIC.charAt(hybridCheckValue(text, 36))
}

/** The same over parts that are written with dots between them. */
export function mod37_36OfParts(dotted: string): string {
  return ALPHANUMERIC.charAt(hybridCheckValue(dotted, 36, DOT))
}

/**
 * The ISO 7064 MOD 11,10 check digit of a text of decimal digits.
 *
 * @throws {RangeError} for a character outside of the alphabet
 * @example
 * ```ts
 * mod11_10('0794') // '5'
 * mod11_10('A') // throws RangeError
 * ```
 */
export function mod11_10(digits: string): string {
  return ALPHANUMERIC.charAt(hybridCheckValue(digits, 10))
}

const DOT = 0x2e

/** ISO 7064 §8: the hybrid system MOD m+1,m, over all characters but the one that only separates. */
function hybridCheckValue(text: string, m: number, separator?: number): number {
  let p = m
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === separator) continue
    const value = VALUES[code] ?? -1
    if (value < 0 || value >= m)
      throw new RangeError(`compute a check character over ${JSON.stringify(text.charAt(i))}`)
    p = (p + value) % m || m
    p = (2 * p) % (m + 1)
  }
  return (m + 1 - p) % m
}
