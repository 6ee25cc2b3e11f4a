/** The metadata that every licence carries (GB/T 36903), and short ways to state a field. */
import type { Bilingual } from '../language/bilingual.ts'
import type { FieldFormat, LicenceField, Sensitivity } from './licence-type.ts'
import type { MaskRule } from './mask.ts'

const TEXT_LENGTH = 200
const HOLDER_ID_LENGTH = 40
/** Of a field in which several may stand. */
const SEVERAL_LENGTH = 500
const DATE_LENGTH = 10

/** The grade of a field that states none: what is masked more closely harms more. */
const SENSITIVITY_OF_MASK: Readonly<Record<MaskRule, Sensitivity>> = {
  open: 'public',
  name: 'personal',
  address: 'sensitive',
  number: 'sensitive',
  hidden: 'sensitive',
  'identity-number': 'sensitive',
  'organisation-number': 'public',
}

/** A required text of at most 200 characters, public and shown openly, unless `more` says otherwise. */
export function field(name: string, zh: string, en: string, more: Partial<LicenceField> = {}): LicenceField {
  const { mask = 'open' } = more
  return {
    name,
    label: { zh, en },
    format: 'text',
    required: true,
    mask,
    sensitivity: SENSITIVITY_OF_MASK[mask],
    maxLength: TEXT_LENGTH,
    ...more,
  }
}

/** A required date. */
export function dateField(
  name: string,
  zh: string,
  en: string,
  more: Partial<LicenceField> = {},
): LicenceField {
  return field(name, zh, en, { format: 'date', maxLength: DATE_LENGTH, ...more })
}

/** A required day that has been. */
export function pastDateField(
  name: string,
  zh: string,
  en: string,
  more: Partial<LicenceField> = {},
): LicenceField {
  return dateField(name, zh, en, { rule: { kind: 'past' }, ...more })
}

/** A day by which the holder has to do something. */
export function dueDateField(
  name: string,
  zh: string,
  en: string,
  more: Partial<LicenceField> = {},
): LicenceField {
  return dateField(name, zh, en, { rule: { kind: 'due' }, ...more })
}

/** A required choice among fixed texts. */
export function choiceField(name: string, zh: string, en: string, choices: readonly string[]): LicenceField {
  return field(name, zh, en, { format: 'choice', choices })
}

/** What a type says of the metadata: how its face names the holder, and the form of its number. */
export interface CommonFieldsOptions {
  readonly holderName: Bilingual
  readonly holderId: Bilingual
  /** Codes of GB/T 36903 that holders of this type may be known by. */
  readonly holderIdTypes: readonly string[]
  readonly holderMask: { readonly name: MaskRule; readonly id: MaskRule }
  readonly licenceNumber: Bilingual
  readonly numberFormat?: FieldFormat
  readonly numberMask?: MaskRule
  /** Several holders may stand on one face. */
  readonly severalHolders?: true
}

/** Kinds of document that an enterprise is known by, codes of GB/T 36903. */
export const ENTERPRISE_ID_TYPES: readonly string[] = ['001', '099']
export const PERSON_ID_TYPES: readonly string[] = ['111', '411', '412', '413', '414', '511', '516', '999']

/** Masks for a holder whose name and number are personal data. */
export const PERSONAL = { name: 'name', id: 'identity-number' } as const
/** Masks for a holder whose name stands in a public register, and the number too, if it is an organisation's. */
export const PUBLIC = { name: 'open', id: 'organisation-number' } as const

/** The fields in which a face says again what is signed: of what type it is, who issued it, when, and for how long. */
export const TYPE_NAME_FIELD = 'certificateName'
export const ISSUER_NAME_FIELD = 'issuerName'
export const ISSUER_CODE_FIELD = 'issuerCode'
export const ISSUE_DATE_FIELD = 'issuedOn'
export const START_DATE_FIELD = 'validFrom'
export const END_DATE_FIELD = 'validUntil'
export const HOLDER_NAME_FIELD = 'holderName'
/** The fields in which a face says whose licence it is; of several holders, those in one place belong together. */
export const HOLDER_FIELDS: readonly string[] = [HOLDER_NAME_FIELD, 'holderIdType', 'holderId']

/** The form of the metadata that no type chooses: it is known where the type is not. */
export const METADATA_FORMATS: ReadonlyMap<string, FieldFormat> = new Map([
  [ISSUER_CODE_FIELD, 'issuer-uscc'],
  [ISSUE_DATE_FIELD, 'date'],
  [START_DATE_FIELD, 'date'],
  [END_DATE_FIELD, 'end-date'],
  ['holderId', 'holder-id'],
])

/** The metadata fields, in the order of GB/T 36903. */
export function commonFields(options: CommonFieldsOptions): readonly LicenceField[] {
  const { holderName, holderId, holderIdTypes, holderMask, licenceNumber } = options
  const isEither =
    holderMask.name === 'open' && holderIdTypes.some((code) => !ENTERPRISE_ID_TYPES.includes(code))
  const { numberFormat = 'text', numberMask = 'open', severalHolders } = options
  const holder = (more: Partial<LicenceField>): Partial<LicenceField> =>
    severalHolders === undefined ? more : { ...more, several: severalHolders, maxLength: SEVERAL_LENGTH }
  return [
    field(TYPE_NAME_FIELD, '证照名称', 'Licence name', { required: false }),
    field('licenceNumber', licenceNumber.zh, licenceNumber.en, {
      format: numberFormat,
      mask: numberMask,
      sensitivity: SENSITIVITY_OF_MASK[numberMask],
      maxLength: 100,
    }),
    field(ISSUER_NAME_FIELD, '颁发机构', 'Issuing authority'),
    field(ISSUER_CODE_FIELD, '颁发机构代码', 'Issuing authority code', {
      format: 'issuer-uscc',
      required: false,
      maxLength: 18,
    }),
    pastDateField(ISSUE_DATE_FIELD, '颁发日期', 'Date of issue'),
    dateField(START_DATE_FIELD, '有效期起', 'Valid from'),
    dateField(END_DATE_FIELD, '有效期至', 'Valid until', { format: 'end-date' }),
    field(
      HOLDER_NAME_FIELD,
      holderName.zh,
      holderName.en,
      holder({
        format: holderMask.name === 'name' ? 'person-name' : 'text',
        mask: holderMask.name,
        ...(isEither ? { personMask: 'name' } : {}),
      }),
    ),
    {
      ...choiceField('holderIdType', '证件类型', 'Kind of identity document', holderIdTypes),
      ...holder({}),
    },
    field(
      'holderId',
      holderId.zh,
      holderId.en,
      holder({ format: 'holder-id', mask: holderMask.id, maxLength: HOLDER_ID_LENGTH }),
    ),
  ]
}
