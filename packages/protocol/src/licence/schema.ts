/**
 * A licence type for other systems: the JSON Schema of its face, how it is shown, and the digest of both that
 * the catalogue on the ledger holds (spec/licence-types.md). All of it follows from the one description.
 */
import { type CanonicalValue, encodeCanonicalJson } from '../bytes/canonical-json.ts'
import { encodeHex, type Hex } from '../bytes/hex.ts'
import type { Suite } from '../suite/suite.ts'
import { FORMAT_PATTERNS } from './field-format.ts'
import { HOLDER_ID_TYPES } from './holder-id.ts'
import { type LicenceField, type LicenceType, LONG_TERM } from './licence-type.ts'
import { SEPARATOR } from './several.ts'

/** A JSON object in the making. */
type Json = { readonly [name: string]: CanonicalValue }

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'
// What `isDisplayText` refuses and a pattern can say, and no white space at either end.
const DISPLAY_TEXT =
  '^(?!\\s)(?:[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\ufffd]|[\\u180b-\\u180f\\u200c])+(?<!\\s)$'

/**
 * The JSON Schema (2020-12) of a type's face data. It says all that JSON Schema can: which fields there are,
 * which must be there, lengths, forms, choices. Days that exist, check characters, NFC and the order of dates
 * are left to {@link validateFaceData}, which never accepts what the schema refuses.
 *
 * @example
 * ```ts
 * licenceSchema(findLicenceType('teacher')).$id.startsWith('urn:hefu:licence-type:') // true
 * ```
 */
export function licenceSchema(type: LicenceType): Json {
  return {
    $schema: DIALECT,
    $id: `urn:hefu:licence-type:${type.code}`,
    title: type.name.zh,
    type: 'object',
    properties: Object.fromEntries(type.fields.map((field) => [field.name, fieldSchema(field, type)])),
    required: type.fields.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
    ...conditions(type),
  }
}

/** What goes beyond single fields; an empty `allOf` is no schema. */
function conditions(type: LicenceType): Json {
  const { oneOf = [] } = type
  const rules = [
    ...holderIdRules(type),
    ...oneOf.map((names) => ({ anyOf: names.map((name) => ({ required: [name] })) })),
  ]
  return rules.length === 0 ? {} : { allOf: rules }
}

function fieldSchema(field: LicenceField, type: LicenceType): Json {
  return {
    title: field.label.zh,
    type: 'string',
    minLength: 1,
    maxLength: field.maxLength,
    pattern: DISPLAY_TEXT,
    ...formSchema(field, type),
  }
}

function formSchema(field: LicenceField, { validity }: LicenceType): Json {
  const { name, format, choices = [] } = field
  if (field.several === true) return choices.length === 0 ? {} : { pattern: listPattern(choices) }
  if (format === 'choice') return { enum: choices }
  const date = { pattern: FORMAT_PATTERNS.date?.source ?? DISPLAY_TEXT }
  if (format === 'end-date') {
    const longTerm = name === 'validUntil' ? validity.longTerm : 'allowed'
    if (longTerm === 'always') return { const: LONG_TERM }
    return longTerm === 'never' ? date : { anyOf: [{ const: LONG_TERM }, date] }
  }
  const pattern = FORMAT_PATTERNS[format]
  return pattern === undefined ? {} : { pattern: pattern.source }
}

function listPattern(choices: readonly string[]): string {
  const one = `(?:${choices.map((choice) => choice.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`
  return `^${one}(?:${SEPARATOR}${one})*$`
}

/** The form of a holder's number follows from the kind of document beside it. */
function holderIdRules(type: LicenceType): readonly Json[] {
  const fields = type.fields.filter(({ format }) => format === 'holder-id')
  return fields.flatMap(({ name }) =>
    HOLDER_ID_TYPES.map(({ code, pattern }) => ({
      type: 'object',
      if: { properties: { holderIdType: { const: code } }, required: ['holderIdType'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, never awaited
      then: { properties: { [name]: { type: 'string', pattern: pattern.source } } },
    })),
  )
}

/**
 * How a type is shown: its names, how old the ledger's data may be, and its fields in the order of the face with labels, masks and grades.
 *
 * @example
 * ```ts
 * licenceDisplay(findLicenceType('teacher')).slug // 'teacher'
 * ```
 */
export function licenceDisplay(type: LicenceType): Json {
  const { code, slug, name, holderKind, maxLedgerAgeSeconds, fields } = type
  return {
    code,
    slug,
    name: { ...name },
    holderKind,
    ...(maxLedgerAgeSeconds === undefined ? {} : { maxLedgerAgeSeconds }),
    fields: fields.map((field, i) => ({
      name: field.name,
      order: i + 1,
      label: { ...field.label },
      mask: field.mask,
      ...(field.personMask === undefined ? {} : { personMask: field.personMask }),
      sensitivity: field.sensitivity,
      ...(field.several === undefined ? {} : { several: field.several }),
      ...(field.rule === undefined ? {} : { rule: { ...field.rule } }),
    })),
  }
}

/**
 * The one text that a type's digest is taken over: schema and display description.
 *
 * @throws {RangeError} for a type with a length or limit that is no safe integer
 * @example
 * ```ts
 * encodeLicenceType(findLicenceType('teacher')).startsWith('{"display":') // true
 * ```
 */
export function encodeLicenceType(type: LicenceType): string {
  return encodeCanonicalJson({ schema: licenceSchema(type), display: licenceDisplay(type) })
}

/**
 * SHA-256 of {@link encodeLicenceType}: what the catalogue on the ledger holds of a type.
 *
 * @throws {RangeError} as {@link encodeLicenceType}
 * @example
 * ```ts
 * schemaDigest(findLicenceType('teacher'), suite).length // 66
 * ```
 */
export function schemaDigest(type: LicenceType, suite: Suite): Hex {
  return encodeHex(suite.sha256(encodeLicenceType(type)))
}
