/** The metadata that every licence carries (GB/T 36903), and short ways to state a field. */
import type { Bilingual } from '../language/bilingual.ts'
import type { FieldFormat, LicenceField, Sensitivity } from './licence-type.ts'
import type { MaskRule } from './mask.ts'

const TEXT_LENGTH = 200
const DATE_LENGTH = 10

/** The grade of a field that states none: what is masked more closely harms more. */
const SENSITIVITY_OF_MASK: Readonly<Record<MaskRule, Sensitivity>> = {
  open: 'public',
  name: 'personal',
  address: 'sensitive',
  number: 'sensitive',
  'identity-number': 'sensitive',
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
}

/** Kinds of document that an enterprise is known by, codes of GB/T 36903. */
export const ENTERPRISE_ID_TYPES: readonly string[] = ['001', '099']
export const PERSON_ID_TYPES: readonly string[] = ['111', '411', '412', '413', '414', '511', '516', '999']

/** Masks for a holder whose name and number are personal data. */
export const PERSONAL = { name: 'name', id: 'identity-number' } as const
/** Masks for a holder whose name and number stand in a public register. */
export const PUBLIC = { name: 'open', id: 'open' } as const

/** The fields in which a face says who issued it, and when. */
export const ISSUER_NAME_FIELD = 'issuerName'
export const ISSUER_CODE_FIELD = 'issuerCode'
export const ISSUE_DATE_FIELD = 'issuedOn'

/** The metadata fields, in the order of GB/T 36903. */
export function commonFields(options: CommonFieldsOptions): readonly LicenceField[] {
  const { holderName, holderId, holderIdTypes, holderMask, licenceNumber, numberFormat = 'text' } = options
  return [
    field('certificateName', '证照名称', 'Licence name', { required: false }),
    field('licenceNumber', licenceNumber.zh, licenceNumber.en, { format: numberFormat, maxLength: 100 }),
    field(ISSUER_NAME_FIELD, '颁发机构', 'Issuing authority'),
    field(ISSUER_CODE_FIELD, '颁发机构代码', 'Issuing authority code', {
      format: 'issuer-uscc',
      required: false,
      maxLength: 18,
    }),
    dateField(ISSUE_DATE_FIELD, '颁发日期', 'Date of issue'),
    dateField('validFrom', '有效期起', 'Valid from'),
    dateField('validUntil', '有效期至', 'Valid until', { format: 'end-date' }),
    field('holderName', holderName.zh, holderName.en, { mask: holderMask.name }),
    choiceField('holderIdType', '证件类型', 'Kind of identity document', holderIdTypes),
    field('holderId', holderId.zh, holderId.en, {
      format: 'holder-id',
      mask: holderMask.id,
      maxLength: 40,
    }),
  ]
}
