/** Disclosures: the salted fields of a licence's face (RFC 9901 §4.2). */
import { encodeBase64url, parseBase64url } from '../bytes/base64url.ts'
import { describe, describeType, malformed } from '../bytes/malformed.ts'
import { parseStrictJson } from '../bytes/strict-json.ts'
import { assertDisplayText, encodeUtf8, parseUtf8 } from '../bytes/text.ts'
import type { Suite } from '../suite/suite.ts'
import { RESERVED_NAMES } from './claims.ts'

/** 128 bits, the least that RFC 9901 §9.3 recommends. */
export const SALT_BYTES = 16
const SALT = /^[A-Za-z0-9_-]{21}[AQgw]$/
const FIELD_NAME = /^[a-z][A-Za-z0-9]{0,63}$/
export const MAX_DISCLOSURE_CHARACTERS = 16_384

/** Whether a text can be the name of a field of a licence's face: camelCase, and not the name of a claim. */
export function isFieldName(name: string): boolean {
  return FIELD_NAME.test(name) && !RESERVED_NAMES.has(name)
}

/** One field of the face, opened. */
export interface Disclosure {
  readonly name: string
  /** The text as it stands on the licence's face. Personal data. */
  readonly value: string
  /** The base64url text that the holder carries and that is hashed. */
  readonly encoded: string
}

/**
 * Makes the disclosure of one field with a salt of 16 random bytes.
 *
 * @throws {MalformedError} for a field that {@link parseDisclosure} would refuse: `forbidden-name`,
 *   `wrong-value`, `forbidden-character`, `too-large`, `wrong-shape` (the salt); the value is not quoted
 * @example
 * ```ts
 * const disclosure = createDisclosure('holderName', '样例甲', new Uint8Array(SALT_BYTES))
 * disclosure.encoded // 'WyJBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIiwiaG9sZGVyTmFtZSIsIuagt-S-i-eUsiJd'
 * createDisclosure('exp', '2030', new Uint8Array(SALT_BYTES)) // throws MalformedError
 * ```
 */
export function createDisclosure(name: string, value: string, salt: Uint8Array): Disclosure {
  assertFieldName(name, 'disclosure')
  assertDisplayText(value, `disclosure.${name}`)
  if (salt.length !== SALT_BYTES) {
    throw malformed('wrong-shape', 'disclosure', `a salt of ${SALT_BYTES} bytes`, `${salt.length}`)
  }
  const encoded = encodeBase64url(encodeUtf8(JSON.stringify([encodeBase64url(salt), name, value])))
  assertShort(encoded, `disclosure.${name}`)
  return { name, value, encoded }
}

/**
 * The digest that stands for a disclosure in `_sd` (RFC 9901 §4.2.3): over the base64url text, not what it encodes.
 *
 * @example
 * ```ts
 * const disclosure = createDisclosure('holderName', '样例甲', new Uint8Array(SALT_BYTES))
 * digestDisclosure(disclosure, suite) // suite.sha256Base64url(disclosure.encoded)
 * ```
 */
export function digestDisclosure(disclosure: Disclosure, suite: Suite): string {
  return suite.sha256Base64url(disclosure.encoded)
}

/**
 * Opens an untrusted disclosure: exactly `[salt, name, value]`, all texts. Array elements (two members),
 * nested `_sd` and `...` do not exist in this profile.
 *
 * @throws {MalformedError} in every other case; values are never quoted
 * @example
 * ```ts
 * const { encoded } = createDisclosure('holderName', '样例甲', new Uint8Array(SALT_BYTES))
 * parseDisclosure(encoded, 'disclosure').name // 'holderName'
 * parseDisclosure(`${encoded}=`, 'disclosure') // throws MalformedError
 * ```
 */
export function parseDisclosure(encoded: string, where: string): Disclosure {
  assertShort(encoded, where)
  const text = parseUtf8(parseBase64url(encoded, where), where)
  const parts = parseStrictJson(text, MAX_DISCLOSURE_CHARACTERS, where)
  if (!Array.isArray(parts) || parts.length !== 3) {
    throw malformed('wrong-shape', where, 'an array [salt, name, value]', describeType(parts))
  }
  const [salt, name, value] = parts
  if (typeof salt !== 'string' || !SALT.test(salt)) {
    throw malformed('wrong-value', where, `a salt of ${SALT_BYTES} bytes in base64url`, describeType(salt))
  }
  if (typeof name !== 'string') throw malformed('wrong-type', where, 'a field name', describeType(name))
  assertFieldName(name, where)
  if (typeof value !== 'string') throw malformed('wrong-type', where, 'a text as value', describeType(value))
  return { name, value, encoded }
}

function assertShort(encoded: string, where: string): void {
  if (encoded.length <= MAX_DISCLOSURE_CHARACTERS) return
  throw malformed('too-large', where, `at most ${MAX_DISCLOSURE_CHARACTERS} characters`, `${encoded.length}`)
}

function assertFieldName(name: string, where: string): void {
  if (RESERVED_NAMES.has(name))
    throw malformed('forbidden-name', where, 'a name that is no claim', describe(name))
  if (!FIELD_NAME.test(name))
    throw malformed('wrong-value', where, 'a field name in camelCase', describe(name))
}
