/** Unified social credit code 统一社会信用代码 (GB 32100-2015). */

declare const uscc: unique symbol
/** A unified social credit code whose characters and check character are right. */
export type Uscc = string & { readonly [uscc]: true }

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** Its check character aside. */
export const USCC_SHAPE: RegExp = /^[0-9ABCDEFGHJKLMNPQRTUWXY]{18}$/

/**
 * Whether a text has the shape of a code, its check character aside (some real companies' codes fail it).
 *
 * @example
 * ```ts
 * hasUsccShape('11430000006122244A') // true
 * hasUsccShape('11430000006122244I') // false
 * ```
 */
export function hasUsccShape(text: string): boolean {
  return USCC_SHAPE.test(text)
}

/**
 * Whether a text is a code with the right check character (GB 32100-2015 §4.6). Never throws.
 *
 * @example
 * ```ts
 * isUscc('11430000006122244L') // true
 * isUscc('11430000006122244A') // false
 * ```
 */
export function isUscc(text: string): text is Uscc {
  return hasUsccShape(text) && usccCheckCharacter(text.slice(0, 17)) === text.charAt(17)
}

/**
 * The check character of the first 17 characters: weights 3^(i−1) mod 31.
 *
 * @throws {RangeError} for a character outside of the alphabet
 * @example
 * ```ts
 * usccCheckCharacter('11430000006122244') // 'L'
 * usccCheckCharacter('I') // throws RangeError
 * ```
 */
export function usccCheckCharacter(body: string): string {
  let sum = 0
  let weight = 1
  for (const character of body) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) throw new RangeError(`compute a check character over ${JSON.stringify(character)}`)
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31)
}
