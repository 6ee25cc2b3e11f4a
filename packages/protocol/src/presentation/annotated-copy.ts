/** Annotated copy 加注件: what a presentation made for one use says of itself (spec/presentation.md). */
import { malformed } from '../bytes/malformed.ts'
import { assertOnly, assertOrder, collect, parseObject, textMember } from '../bytes/members.ts'
import type { JsonObject, JsonValue } from '../bytes/strict-json.ts'

/** The longest use 用证事由, in code points. */
export const MAX_CAUSE_CHARACTERS = 200
/** The longest name of a maker 制作方, in code points. */
export const MAX_MAKER_CHARACTERS = 100

/** When it was made and when it ends are `iat` and `exp` of the key binding that carries it. */
export interface AnnotatedCopyClaim {
  /** Use 用证事由, as the holder states it; at most 200 characters. May be personal data. */
  readonly cause: string
  /** Who made the copy 加注件制作方; at most 100 characters. May be personal data. */
  readonly maker: string
}

const MEMBERS = ['cause', 'maker']

/**
 * Reads the untrusted claim `copy`.
 *
 * @throws {MalformedError} without quoting either text
 */
export function parseAnnotatedCopy(value: JsonValue, where: string): AnnotatedCopyClaim {
  const object = parseObject(value, where)
  assertOnly(object, MEMBERS, where)
  const copy = collect({
    cause: () => parseNote(object, 'cause', MAX_CAUSE_CHARACTERS, where),
    maker: () => parseNote(object, 'maker', MAX_MAKER_CHARACTERS, where),
  })
  assertOrder(object, MEMBERS, where)
  return copy
}

/** Characters are code points, as a person counts them. */
function parseNote(object: JsonObject, name: string, maxCharacters: number, where: string): string {
  const expected = `1 to ${maxCharacters} characters without white space at either end`
  if (typeof object[name] !== 'string') return textMember(object, name, /^/, expected, where)
  const text = object[name]
  const length = [...text].length
  if (length > 0 && length <= maxCharacters && text.trim() === text) return text
  throw malformed('wrong-value', `${where}.${name}`, expected, `${length} characters`)
}
