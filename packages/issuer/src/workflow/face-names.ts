/** Names on a face that every verifier would have a person look into: told before they are signed. */
import { isOfficialName, LICENCE_TYPES, type LicenceType, PROVINCES, provinceOf } from '@hefu/protocol'
import { type RowDefect, rowDefect, rowDefectWith } from '../input/row.ts'

type Values = Readonly<Record<string, unknown>>

/** An agency as the ledger has it. */
export interface RegisteredAgency {
  /** Official Chinese name; `null`: none is registered. */
  readonly name: string | null
  /** GB/T 2260. */
  readonly region: string
}

/**
 * What the check `faceIssuer` will find of the names of a row: the issuer's is not the registered one, or that of the
 * licence is another type's.
 */
export function judgeNames(
  { issuerName, certificateName }: Values,
  type: LicenceType,
  agency: RegisteredAgency,
): readonly RowDefect[] {
  return [
    ...(typeof issuerName === 'string' ? judgeIssuerName(issuerName, agency) : []),
    ...(typeof certificateName === 'string' && namesOtherType(certificateName, type)
      ? [rowDefectWith('other-type-name', 'certificateName', { name: type.name.zh })]
      : []),
  ]
}

function judgeIssuerName(shown: string, { name, region }: RegisteredAgency): readonly RowDefect[] {
  if (name === null || !isOfficialName(name) || namesOtherProvince(name, region))
    return [rowDefect('registered-name-unusable', 'issuerName')]
  return formOf(shown) === name ? [] : [rowDefectWith('other-issuer-name', 'issuerName', { name })]
}

function namesOtherProvince(name: string, region: string): boolean {
  const own = provinceOf(region)
  return Object.entries(PROVINCES).some(([code, province]) => code !== own && name.startsWith(province))
}

/** Faces print the name of a type in many ways: only one that holds another's, and not its own, is another's. */
function namesOtherType(shown: string, { name }: LicenceType): boolean {
  const isNamed = (zh: string): boolean => formOf(shown).includes(formOf(zh))
  return !isNamed(name.zh) && LICENCE_TYPES.some((other) => isNamed(other.name.zh))
}

/** As official names are compared. */
function formOf(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s+/gu, '').normalize('NFKC')
}
