/** Limits that a program is given, for time, size or number. */

/**
 * A limit as it was given. What is no number would limit nothing: every comparison with it is false.
 *
 * @throws {RangeError} for what is not from 0 to `most`
 * @example
 * ```ts
 * limitOf('timeoutMs', 10_000, 60_000) // 10_000
 * limitOf('timeoutMs', Number.NaN, 60_000) // throws RangeError
 * ```
 */
export function limitOf(name: string, given: number, most: number): number {
  if (typeof given === 'number' && given >= 0 && given <= most) return given
  throw new RangeError(`${name}: expect a number from 0 to ${most}, not ${typeof given} ${String(given)}`)
}

/**
 * The same of what is counted.
 *
 * @throws {RangeError} for what is no whole number from 0 to `most`
 * @example
 * ```ts
 * wholeLimitOf('retries', 2, 10) // 2
 * wholeLimitOf('retries', 1.5, 10) // throws RangeError
 * ```
 */
export function wholeLimitOf(name: string, given: number, most: number): number {
  if (Number.isInteger(limitOf(name, given, most))) return given
  throw new RangeError(`${name}: expect a whole number from 0 to ${most}, not ${given}`)
}
