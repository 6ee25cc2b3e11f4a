/** Options that a program gives: one that is misspelt would be without effect, and nobody would be told. */

/**
 * @throws {RangeError} for a member that is no option
 */
export function assertOptions(given: object, names: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) throw new RangeError(`${name}: no option, expect one of ${names.join(', ')}`)
  }
}
