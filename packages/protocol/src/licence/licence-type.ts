/** A licence type 证照类型 as data: what stands on its face, in which form, and how it is shown. */
import type { Bilingual } from '../language/bilingual.ts'
import type { MaskRule } from './mask.ts'

/** The `validUntil` of a licence without an end. */
export const LONG_TERM = '长期'

/**
 * The form of a field's text. `end-date`: a date or {@link LONG_TERM}. `issuer-uscc`: the check character must
 * be right; `uscc`: a wrong one is a warning. `holder-id`: as the `holderIdType` beside it says.
 * `choice`: one of the field's `choices`. `person-name`: a text, in capitals or small letters the same, as passports and
 * permits have it either way. `quantity`: a text of a number, or several, and a unit, such as an area or a capital.
 */
export type FieldFormat =
  | 'text'
  | 'person-name'
  | 'quantity'
  | 'date'
  | 'end-date'
  | 'uscc'
  | 'issuer-uscc'
  | 'holder-id'
  | 'choice'
  | 'food-licence-number'
  | 'teacher-number'
  | 'real-estate-unit-number'

/**
 * How much harm a field does in the wrong hands: what a public register shows, personal information, or
 * sensitive personal information (个人信息保护法 art. 28, with identity numbers and property as GB/T 35273 has it).
 */
export type Sensitivity = 'public' | 'personal' | 'sensitive'

/**
 * What a field says that a person has to look into (spec/licence-types.md). `due`: by this day the holder had to do
 * something, such as have the licence reviewed. `past`: a day that has been, such as that of issue. `burden`: holds one
 * of these words, such as 是 of a seizure. `remark`: a free text that is not wholly of these forms.
 */
export type FieldRule =
  | { readonly kind: 'due' | 'past' }
  | { readonly kind: 'burden'; readonly words: readonly string[] }
  | { readonly kind: 'remark'; readonly harmless: readonly RemarkForm[] }

/**
 * Phrases of a free text that say nothing against a licence: one of the labels, a colon or none, one of the values.
 * Both are in normal form; in values `{number}`, `{day}` and `{code}` stand for any.
 */
export type RemarkForm = {
  readonly labels: readonly string[]
  readonly values: readonly string[]
}

/** One field of the face; every value is a text. */
export interface LicenceField {
  /** camelCase, never the name of a registered claim: it becomes the name of a disclosure. */
  readonly name: string
  readonly label: Bilingual
  readonly format: FieldFormat
  readonly required: boolean
  readonly mask: MaskRule
  /** Instead, unless the face shows that its holder is an organisation: an operator may be either. */
  readonly personMask?: MaskRule
  readonly sensitivity: Sensitivity
  /** Characters (Unicode code points). */
  readonly maxLength: number
  /** The texts allowed, for the format `choice`. */
  readonly choices?: readonly string[]
  /** Several values may stand in it (several.ts), as owners of a title; absent: one. */
  readonly several?: true
  readonly rule?: FieldRule
}

/** How long a licence of a type may be valid. */
export interface ValidityRule {
  readonly longTerm: 'always' | 'allowed' | 'never'
  /** The most years from `validFrom` to `validUntil`; `null`: no limit. */
  readonly maxYears: number | null
}

/** A licence type 证照类型: what stands on its face and how long it may be valid. */
export interface LicenceType {
  /** USCC of the defining authority and three characters. */
  readonly code: string
  /** Short name for commands and addresses. */
  readonly slug: string
  readonly name: Bilingual
  readonly holderKind: 'person' | 'enterprise'
  readonly validity: ValidityRule
  /** Nobody goes by data of the ledger that is older (seconds), whatever else a verifier lets pass; absent: by its own limit. */
  readonly maxLedgerAgeSeconds?: number
  /** Of the fields of each list, at least one has to be there: who acts for a company, a partnership, a shop. */
  readonly oneOf?: readonly (readonly string[])[]
  /** In the order of the face. */
  readonly fields: readonly LicenceField[]
}
