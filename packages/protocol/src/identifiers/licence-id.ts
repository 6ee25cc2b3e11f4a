/** Licence identifier 电子证照标识 (GB/T 36904 as commonly implemented). */
import { describe, malformed } from '../bytes/malformed.ts'
import { mod37_36, mod37_36OfParts } from './check-character.ts'

const ROOT = '1.2.156.3005.2'
/** How every identifier begins. */
export const LICENCE_ID_PREFIX: string = `${ROOT}.`
const SHAPE =
  /^1\.2\.156\.3005\.2\.([0-9A-Z]{21})\.([0-9A-Z]{18}|[0-9]{6})\.([0-9A-Z]{1,40})\.([0-9]{3})\.([0-9A-Z])$/

/** The parts of `1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check>`. */
export interface LicenceId {
  /** USCC of the defining authority and three characters. */
  readonly licenceType: string
  /** USCC of the issuer; old files: six digits of its region. */
  readonly issuer: string
  readonly serial: string
  /** Three digits from `001`, one more at every re-making. */
  readonly version: string
  readonly check: string
}

/**
 * Splits an identifier into its parts. The check character is not judged: a wrong one on another
 * province's licence is a warning, not a refusal (see {@link hasRightCheck}).
 *
 * @throws {MalformedError} `wrong-value`
 * @example
 * ```ts
 * parseLicenceId(draft.claims.jti, 'jti').version // '001'
 * parseLicenceId('1.2.3', 'jti') // throws MalformedError
 * ```
 */
export function parseLicenceId(text: string, where: string): LicenceId {
  const id = matchLicenceId(text)
  if (id !== null) return id
  throw malformed('wrong-value', where, `${ROOT}.<type>.<issuer>.<serial>.<version>.<check>`, describe(text))
}

/** The parts of an identifier; `null` for any other text. */
export function matchLicenceId(text: string): LicenceId | null {
  const [, licenceType = '', issuer = '', serial = '', version = '000', check = ''] = SHAPE.exec(text) ?? []
  return version === '000' ? null : { licenceType, issuer, serial, version, check }
}

/**
 * The identifier of these parts, its check character computed.
 *
 * @throws {RangeError} for parts with other characters than 0-9A-Z
 * @example
 * ```ts
 * encodeLicenceId(parseLicenceId(draft.claims.jti, 'jti')) // draft.claims.jti
 * ```
 */
export function encodeLicenceId(parts: Omit<LicenceId, 'check'>): string {
  const { licenceType, issuer, serial, version } = parts
  const check = mod37_36(licenceType + issuer + serial + version)
  return [ROOT, licenceType, issuer, serial, version, check].join('.')
}

/**
 * Whether the check character is that of ISO 7064 MOD 37,36 over type, issuer, serial and version.
 *
 * @throws {RangeError} for parts that {@link parseLicenceId} would refuse
 * @example
 * ```ts
 * hasRightCheck(parseLicenceId(draft.claims.jti, 'jti')) // true
 * ```
 */
export function hasRightCheck(id: LicenceId): boolean {
  return mod37_36(id.licenceType + id.issuer + id.serial + id.version) === id.check
}

/** {@link hasRightCheck} by the text of an identifier that {@link parseLicenceId} takes. */
export function endsInRightCheck(text: string): boolean {
  return text.endsWith(mod37_36OfParts(text.slice(ROOT.length, -'.X'.length)))
}
