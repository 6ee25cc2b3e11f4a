/** From a row to what will be signed: every defect is found, nothing of the row is quoted. */
import {
  type CredentialClaims,
  createDisclosure,
  endOfDay,
  hasRightCheck,
  holdsResidentId,
  isCalendarDate,
  issuerUri,
  type LicenceType,
  LONG_TERM,
  licenceTypeUri,
  MAX_CREDENTIAL_CHARACTERS,
  MAX_DISCLOSURES,
  MalformedError,
  parseLicenceId,
  SALT_BYTES,
  startOfDay,
  validateFaceData,
} from '@hefu/protocol'
import { findHolderKey, HOLDER_KEY_COLUMN } from '../input/holder-key.ts'
import { type ReadRow, type RowDefect, rowDefect } from '../input/row.ts'
import { judgeDamage } from './row-damage.ts'
import { spellFace } from './spelling.ts'

type Values = Readonly<Record<string, unknown>>

/** A row without defects that refuse it. */
export interface RowDraft {
  readonly line: number
  readonly licenceId: string
  readonly claims: Pick<CredentialClaims, 'iss' | 'vct' | 'jti' | 'nbf' | 'exp' | 'cnf' | 'renditions'>
  readonly faceData: Readonly<Record<string, string>>
}

/** `draft` is there exactly when no defect is a refusal. */
export interface JudgedRow {
  readonly draft: RowDraft | null
  readonly defects: readonly RowDefect[]
}

/**
 * Judges a row as a licence of this type by this agency (USCC), today (`YYYY-MM-DD` in China): what is not refused here
 * can be signed.
 */
export function judgeRow(
  { line, values }: ReadRow,
  type: LicenceType,
  agency: string,
  today: string,
): JudgedRow {
  const { licenceId, [HOLDER_KEY_COLUMN]: holderKey, ...written } = values
  const { face, warnings } = spellFace(type, written)
  const jwk = findHolderKey(holderKey)
  const defects: readonly RowDefect[] = [
    ...judgeLicenceId(licenceId, type, agency),
    ...validateFaceData(type, face, today),
    ...judgeAges(type, face),
    ...judgeDamage(type, face),
    ...judgeIssuerCode(face['issuerCode'], agency),
    ...warnings,
    ...(holderKey === undefined || jwk !== undefined
      ? []
      : [rowDefect('not-a-holder-key', HOLDER_KEY_COLUMN)]),
  ]
  if (defects.some(({ severity }) => severity === 'refusal')) return { draft: null, defects }
  const faceData = face as Readonly<Record<string, string>>
  const validity = validityOf(faceData)
  const late = [...judgeSigning(faceData), ...('code' in validity ? [validity] : [])]
  if ('code' in validity || late.length > 0) return { draft: null, defects: [...defects, ...late] }
  const jti = licenceId as string
  const cnf = jwk === undefined ? {} : { cnf: { jwk } }
  const claims = { iss: issuerUri(agency), vct: licenceTypeUri(type.code), jti, ...validity, ...cnf }
  return { draft: { line, licenceId: jti, claims, faceData }, defects }
}

function judgeLicenceId(licenceId: unknown, type: LicenceType, agency: string): readonly RowDefect[] {
  try {
    const id = parseLicenceId(typeof licenceId === 'string' ? licenceId : '', 'licenceId')
    return [
      ...(id.licenceType === type.code ? [] : [rowDefect('other-type', 'licenceId')]),
      ...(id.issuer === agency ? [] : [rowDefect('other-issuer', 'licenceId')]),
      ...(hasRightCheck(id) ? [] : [rowDefect('licence-id-check', 'licenceId')]),
      ...(holdsResidentId(id.serial) ? [rowDefect('licence-id-personal', 'licenceId')] : []),
    ]
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return [rowDefect('not-a-licence-id', 'licenceId')]
  }
}

/** Before this no licence was issued and nobody was born who gets one: a sheet shows an empty day as one of 1899 or 1900. */
const FIRST_DAY = '1901-01-01'

/** Days that cannot be, though the calendar has them. */
function judgeAges({ fields }: LicenceType, face: Values): readonly RowDefect[] {
  return fields.flatMap(({ name, format }) => {
    const value = face[name]
    if (typeof value !== 'string') return []
    const isBefore =
      (format === 'date' && isCalendarDate(value) && value < FIRST_DAY) ||
      (format === 'holder-id' && face['holderIdType'] === '111' && /^\d{6}18\d{9}[\dX]$/.test(value))
    return isBefore ? [rowDefect('day-too-early', name)] : []
  })
}

function judgeIssuerCode(issuerCode: unknown, agency: string): readonly RowDefect[] {
  return issuerCode === undefined || issuerCode === agency ? [] : [rowDefect('other-issuer', 'issuerCode')]
}

const SALT = new Uint8Array(SALT_BYTES)
/** More than header, claims of as many digests as there may be, and signature take together. */
const SIGNED_CHARACTERS = 8192

/** What a credential cannot hold, of types with fields that are longer than one, or named as none may be. */
function judgeSigning(face: Readonly<Record<string, string>>): readonly RowDefect[] {
  const fields = Object.entries(face)
  const lengths = fields.map(([name, value]) => lengthOfDisclosure(name, value))
  const refused = fields
    .filter((_, i) => lengths[i] === null)
    .map(([name]) => rowDefect('cannot-be-signed', name))
  const total = lengths.reduce<number>((sum, length) => sum + (length ?? 0) + 1, SIGNED_CHARACTERS)
  const isTooMuch = fields.length > MAX_DISCLOSURES || total > MAX_CREDENTIAL_CHARACTERS
  return isTooMuch ? [...refused, rowDefect('too-much-to-sign')] : refused
}

function lengthOfDisclosure(name: string, value: string): number | null {
  try {
    return createDisclosure(name, value, SALT).encoded.length
  } catch (error) {
    if (error instanceof MalformedError) return null
    throw error
  }
}

type Validity = Pick<CredentialClaims, 'nbf' | 'exp'>

/** In force through the last day, in China; refused when that was over before times begin (1970), or names no days. */
function validityOf(face: Readonly<Record<string, string>>): Validity | RowDefect {
  const { validFrom = '', validUntil = '' } = face
  const isLongTerm = validUntil === LONG_TERM
  if (!isCalendarDate(validFrom) || !(isLongTerm || isCalendarDate(validUntil)))
    return rowDefect('no-validity', 'validUntil')
  const nbf = Math.max(0, startOfDay(validFrom))
  if (isLongTerm) return { nbf }
  const exp = endOfDay(validUntil)
  return exp > nbf ? { nbf, exp } : rowDefect('ended-before-1970', 'validUntil')
}
