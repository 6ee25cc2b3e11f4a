/** Rows of invented licences, as `hefu-issuer issue` takes them. */
import { encodeLicenceId, findLicenceType, isUscc, type LicenceType } from '@hefu/protocol'
import { type Face, inventFace } from './faces.ts'
import { createRandom } from './random.ts'

export interface GenerateOptions {
  /** Slug or code of a licence type. */
  readonly type: string
  /** USCC of the issuing agency. */
  readonly issuer: string
  readonly count: number
  readonly seed: number
  /** Year of issue; 2025 unless given. */
  readonly issuedIn?: number
}

/** `licenceId` and the fields of the face. */
export type LicenceRow = Face & { readonly licenceId: string }

/** Issuers that exist, and those of the sandbox, by the names that they are registered by; every other is called a sample. */
const ISSUER_NAMES: Readonly<Record<string, string>> = {
  '11100000000013338W': '住房和城乡建设部',
  '11100000MB03271699': '自然资源部',
  '11430000006122244L': '湖南省住房和城乡建设厅',
  '1143000000000104MF': '湖南样例自然资源局',
  '1144000000000101MG': '广东样例市场监督管理局',
  '1122000000000103MW': '吉林样例教育局',
  '1122000000000105MY': '吉林样例市场监督管理局',
}
const DEFAULT_YEAR = 2025
const MAX_COUNT = 100_000_000

/**
 * The same rows for the same options, one at a time.
 *
 * @throws {RangeError} for an unknown type, an issuer that is no USCC, or a count or seed out of range
 */
export function generateLicences(options: GenerateOptions): Generator<LicenceRow> {
  const { issuer, count, seed, issuedIn = DEFAULT_YEAR } = options
  const type = findLicenceType(options.type)
  if (type === undefined)
    throw new RangeError(`generate licences of the type ${JSON.stringify(options.type)}`)
  if (!isUscc(issuer)) throw new RangeError(`generate licences of the issuer ${JSON.stringify(issuer)}`)
  assertInteger(count, 'count', 0, MAX_COUNT)
  assertInteger(seed, 'seed', 0, Number.MAX_SAFE_INTEGER)
  assertInteger(issuedIn, 'year of issue', 1970, 9000)
  return inventRows(type, { issuer, count, seed, issuedIn })
}

function* inventRows(
  type: LicenceType,
  { issuer, count, seed, issuedIn }: Required<Omit<GenerateOptions, 'type'>>,
): Generator<LicenceRow> {
  const random = createRandom(`${seed}/${type.code}/${issuer}/${issuedIn}`)
  for (let i = 0; i < count; i++) {
    const serial = `YL${seed.toString(36).toUpperCase()}X${String(i + 1).padStart(8, '0')}`
    const licenceId = encodeLicenceId({ licenceType: type.code, issuer, serial, version: '001' })
    yield { licenceId, ...inventFace(random, type, ISSUER_NAMES[issuer] ?? '样例颁发机构', issuedIn) }
  }
}

function assertInteger(value: number, name: string, min: number, max: number): void {
  if (!Number.isSafeInteger(value) || value < min || value > max)
    throw new RangeError(
      `generate licences with the ${name} ${value}: an integer from ${min} to ${max} is needed`,
    )
}
