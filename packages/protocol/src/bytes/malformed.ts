/** The one error of parsing: untrusted input that is not what its format says. */

/** What is wrong with an input, in a closed union: codes are for explaining, the class is for catching. */
export type DefectCode =
  | 'too-large'
  | 'not-text'
  | 'not-base64url'
  | 'not-hex'
  | 'not-json'
  | 'not-canonical-json'
  | 'repeated-member'
  | 'too-deep'
  | 'forbidden-name'
  | 'forbidden-character'
  | 'wrong-type'
  | 'wrong-value'
  | 'missing'
  | 'unknown-member'
  | 'wrong-shape'

/** One defect: where it stands, what was expected there and what kind of thing came: never a value that may be somebody's. */
export interface Defect {
  readonly code: DefectCode
  /** Path from the outermost object, such as `bundle.receipt.path[3]`. */
  readonly where: string
  readonly expected: string
  readonly found: string
}

/**
 * Thrown by every `parse…` function; carries all the defects that could be told apart.
 *
 * @example
 * ```ts
 * const error = malformed('missing', 'bundle.receipt', 'an object', 'nothing')
 * error.code // 'missing'
 * error.message // 'bundle.receipt: expected an object, found nothing'
 * ```
 */
export class MalformedError extends Error {
  override readonly name = 'MalformedError'
  readonly defects: readonly [Defect, ...Defect[]]

  constructor(defects: readonly [Defect, ...Defect[]]) {
    super(defects.map((d) => `${d.where}: expected ${d.expected}, found ${d.found}`).join('; '))
    this.defects = defects
  }

  get code(): DefectCode {
    return this.defects[0].code
  }
}

/**
 * The error for a single defect. `found` must already be safe to show: see {@link describe}.
 *
 * @example
 * ```ts
 * malformed('missing', 'bundle.receipt', 'an object', 'nothing').defects.length // 1
 * ```
 */
export function malformed(code: DefectCode, where: string, expected: string, found: string): MalformedError {
  return new MalformedError([{ code, where, expected, found }])
}

const QUOTE_LIMIT = 40

/**
 * A value that is not personal, such as one of ours or an argument of a command, quoted and cut for a sentence.
 *
 * @example
 * ```ts
 * quote('ES512') // '"ES512"'
 * quote([1, 2]) // 'an array of 2'
 * ```
 */
export function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(shorten(value)) : describeType(value)
}

/** A text that an attacker may have chosen, cut to what a sentence can hold. */
export function shorten(text: string): string {
  if (text.length <= QUOTE_LIMIT) return text
  const shown = [...text.slice(0, 2 * QUOTE_LIMIT)].slice(0, QUOTE_LIMIT).join('')
  return shown.length < text.length ? `${shown}…` : shown
}

/** A code, a name of a member, a media type: short, of ASCII, with four digits at most, and so no number of a person. */
const WORD = /^(?!(?:.*[0-9]){5})[A-Za-z_$][A-Za-z0-9_$.+/-]{0,39}$/

/**
 * What was found in something that anybody may have sent: a word as such, of everything else the kind. Of whoever
 * presents something, any value may be personal, in whatever place it stands, and reports are kept for years.
 *
 * @example
 * ```ts
 * describe('ES512') // '"ES512"'
 * describe('11010519491231002X') // 'a text of 18 characters'
 * describe(19491231) // 'a number'
 * ```
 */
export function describe(value: unknown): string {
  return typeof value === 'string' && WORD.test(value) ? JSON.stringify(value) : describeType(value)
}

/** The name of a member in a path, if it is a word. */
export function pathName(name: string): string {
  return WORD.test(name) ? name : '…'
}

/** The kind of a JSON value, for sentences about values that must not be quoted. */
export function describeType(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'string') return `a text of ${value.length} characters`
  if (typeof value === 'number') return 'a number'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
