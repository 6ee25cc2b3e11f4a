/** From a row to what will be signed: every defect is found, nothing of the row is quoted. */
import {
  type CredentialClaims,
  endOfDay,
  hasRightCheck,
  issuerUri,
  type LicenceType,
  LONG_TERM,
  licenceTypeUri,
  MalformedError,
  parseLicenceId,
  startOfDay,
  validateFaceData,
} from '@hefu/protocol'
import { findHolderKey, HOLDER_KEY_COLUMN } from '../input/holder-key.ts'
import { type ReadRow, type RowDefect, rowDefect } from '../input/row.ts'

/** A row without defects that refuse it. */
export interface RowDraft {
  readonly line: number
  readonly licenceId: string
  readonly claims: Pick<CredentialClaims, 'iss' | 'vct' | 'jti' | 'nbf' | 'exp' | 'cnf'>
  readonly faceData: Readonly<Record<string, string>>
}

/** `draft` is there exactly when no defect is a refusal. */
export interface JudgedRow {
  readonly draft: RowDraft | null
  readonly defects: readonly RowDefect[]
}

/** Judges a row as a licence of this type by this agency (USCC). */
export function judgeRow({ line, values }: ReadRow, type: LicenceType, agency: string): JudgedRow {
  const { licenceId, [HOLDER_KEY_COLUMN]: holderKey, ...face } = values
  const jwk = findHolderKey(holderKey)
  const defects: readonly RowDefect[] = [
    ...judgeLicenceId(licenceId, type, agency),
    ...validateFaceData(type, face),
    ...judgeIssuerCode(face['issuerCode'], agency),
    ...(holderKey === undefined || jwk !== undefined
      ? []
      : [rowDefect('not-a-holder-key', HOLDER_KEY_COLUMN)]),
  ]
  if (defects.some(({ severity }) => severity === 'refusal')) return { draft: null, defects }
  const faceData = face as Readonly<Record<string, string>>
  const validity = validityOf(faceData)
  if (validity === null)
    return { draft: null, defects: [...defects, rowDefect('ended-before-1970', 'validUntil')] }
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
    ]
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return [rowDefect('not-a-licence-id', 'licenceId')]
  }
}

function judgeIssuerCode(issuerCode: unknown, agency: string): readonly RowDefect[] {
  return issuerCode === undefined || issuerCode === agency ? [] : [rowDefect('other-issuer', 'issuerCode')]
}

/** In force through the last day, in China; `null` when that was over before times begin (1970). */
function validityOf(face: Readonly<Record<string, string>>): Pick<CredentialClaims, 'nbf' | 'exp'> | null {
  const { validFrom = '', validUntil = '' } = face
  const nbf = Math.max(0, startOfDay(validFrom))
  if (validUntil === LONG_TERM) return { nbf }
  const exp = endOfDay(validUntil)
  return exp > nbf ? { nbf, exp } : null
}
