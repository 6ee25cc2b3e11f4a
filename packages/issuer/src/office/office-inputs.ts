/** What is typed for an office, read strictly before anything is asked of the ledger. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Demand, LicenceTypeRegistration, OfficeView } from '@hefu/ledger'
import {
  ENTERPRISE_ID_TYPES,
  encodeHex,
  endOfDay,
  findLicenceType,
  type Hex,
  holdsResidentId,
  isCalendarDate,
  isDisplayText,
  isOfficialName,
  isUscc,
  LICENCE_TYPES,
  type LicenceType,
  type OfficialName,
  PROVINCES,
  parseBase64url,
  parseJsonText,
  quote,
  SERVICE_ITEM,
  schemaDigest,
  startOfDay,
  suite,
  type TermFact,
  thumbprint,
} from '@hefu/protocol'
import { reasonOf } from '@hefu/service'
import type { Registration } from '../home/agency-home.ts'
import { verifyKeyPossession } from '../home/key-possession.ts'
import { OfficeError, type OfficeErrorCode } from './office-error.ts'

export function parseRegion(text: string): string {
  return held(
    /^[0-9]{6}(?:[0-9]{3})?$/.test(text) && `${text.slice(0, 2)}0000` in PROVINCES,
    text,
    'not-a-region',
  )
}

export function parseAgencyCode(text: string): string {
  return held(isUscc(text), text, 'not-a-uscc')
}

/** A region's code or an agency's. */
export function parseMember(text: string): string {
  if (/^[0-9]{6,9}$/.test(text)) return parseRegion(text)
  return held(isUscc(text), text, 'not-a-member')
}

export function parseAddress(text: string): Hex {
  return held(/^0x[0-9a-fA-F]{40}$/.test(text), text, 'not-an-address').toLowerCase() as Hex
}

/** An account, or `none`, which takes a nomination back. */
export function parseCandidate(text: string): Hex | null {
  return text === 'none' ? null : parseAddress(text)
}

export function parseNumber(text: string): number {
  return Number(held(/^[1-9][0-9]{0,14}$/.test(text), text, 'not-a-number'))
}

function held(isRight: boolean, text: string, code: OfficeErrorCode): string {
  if (isRight) return text
  throw new OfficeError(code, { value: quote(text) })
}

/** A key's thumbprint, as the ledger has it. */
export function parseKid(text: string): Hex {
  if (/^[A-Za-z0-9_-]{43}$/.test(text)) return encodeHex(parseBase64url(text, 'kid'))
  throw new OfficeError('not-a-kid', { value: quote(text) })
}

export function parseItem(text: string): string {
  return held(SERVICE_ITEM.test(text), text, 'not-an-item')
}

/** The code of a type, named by it or by its slug; one that this version does not know by its code alone. */
export function parseTypeCode(text: string): string {
  return findLicenceType(text)?.code ?? (/^[0-9A-Z]{21}$/.test(text) ? text : unknownType(text))
}

/** A type that this version knows: only of such are the rules known. */
export function parseKnownType(text: string): LicenceType {
  return findLicenceType(text) ?? unknownType(text)
}

function unknownType(text: string): never {
  const known = LICENCE_TYPES.map(({ slug }) => slug).join(', ')
  throw new OfficeError('not-a-type', { value: quote(text), known })
}

/** What the catalogue rules for a type, by its description in the protocol. */
export function licenceTypeRegistration(
  type: LicenceType,
  reviewMonths: number | null = null,
): LicenceTypeRegistration {
  const { maxYears } = type.validity
  return {
    code: type.code,
    schemaDigest: schemaDigest(type, suite),
    holders: holdersOf(type),
    validityMonths: maxYears === null ? null : 12 * maxYears,
    reviewMonths,
  }
}

/** Every kind of document that the type's holders may be known by, taken together. */
function holdersOf({ fields }: LicenceType): LicenceTypeRegistration['holders'] {
  const { choices = [] } = fields.find(({ name }) => name === 'holderIdType') ?? {}
  const organisation = choices.some((code) => ENTERPRISE_ID_TYPES.includes(code))
  const person = choices.some((code) => !ENTERPRISE_ID_TYPES.includes(code))
  if (organisation && person) return 'person-or-organisation'
  return organisation ? 'organisation' : 'person'
}

/** `TYPE=field,field`. */
export function parseDemand(text: string): Demand {
  const [type = '', fields = ''] = text.split('=')
  if (!/^[!-~]+=[A-Za-z0-9]+(?:,[A-Za-z0-9]+)*$/.test(text))
    throw new OfficeError('not-a-demand', { value: quote(text) })
  return { licenceType: parseTypeCode(type), fields: fields.split(',') }
}

export interface NameOptions {
  readonly name: string
  readonly nameEn?: string
  readonly contact?: string
}

export function parseName({ name: zh, nameEn: en = '', contact = '' }: NameOptions): OfficialName {
  assertPublicText(zh, en, contact)
  if (!isOfficialName(zh)) throw new OfficeError('not-a-name', { value: zh })
  const wrong = [en, contact].find((line) => !isPublicLine(line))
  if (wrong !== undefined) throw new OfficeError('not-a-name', { value: wrong })
  return { zh, en, contact }
}

/** As {@link parseName}; what is not given stays as it is registered, and an empty text takes it away. */
export async function parseRename(
  code: string,
  given: NameOptions,
  view: Pick<OfficeView, 'nameOf'>,
): Promise<OfficialName> {
  const registered =
    given.nameEn === undefined || given.contact === undefined ? await view.nameOf(code) : null
  const { en = '', contact = '' } = registered ?? {}
  return parseName({ nameEn: en, contact, ...given })
}

/** @throws {OfficeError} `not-public`; the text is not quoted */
export function assertPublicText(...texts: readonly string[]): void {
  if (texts.some(holdsResidentId)) throw new OfficeError('not-public')
}

function isPublicLine(text: string): boolean {
  return isDisplayText(text) && text.normalize('NFKC') === text && !/^\s|\s$|\s{2}/u.test(text)
}

export interface TermOptions {
  readonly from?: string
  readonly until?: string
}

/**
 * From the beginning of a day in China (by default, and of today, from the block on) through a last day.
 *
 * @throws {OfficeError} `day-past`: the ledger would enter another beginning than was named, and say nothing of it
 */
export async function parseTerm(
  { from = 'now', until }: TermOptions,
  view: Pick<OfficeView, 'now'>,
): Promise<TermFact> {
  return {
    from: from === 'now' ? 0 : await parseStart(from, view),
    until: until === undefined ? null : endOfDay(parseDay(until)),
  }
}

async function parseStart(text: string, view: Pick<OfficeView, 'now'>): Promise<number> {
  const day = parseDay(text)
  const now = await view.now()
  if (endOfDay(day) <= now) throw new OfficeError('day-past', { value: quote(text) })
  return startOfDay(day) <= now ? 0 : startOfDay(day)
}

/** Seconds in which what ends "now" is sent, confirmed by a person and mined. */
const SENDING_SECONDS = 60

/**
 * As {@link parseLastDay}, of what ends now at the earliest.
 *
 * @throws {OfficeError} `day-past`
 */
export async function parseEnd(text: string, view: OfficeView): Promise<number> {
  const end = await parseLastDay(text, view)
  if (end <= (await view.now())) throw new OfficeError('day-past', { value: quote(text) })
  return end
}

/** The end of a day in China; `now`: as soon as the ledger takes it. */
export async function parseLastDay(text: string, view: OfficeView): Promise<number> {
  return text === 'now' ? (await view.nextBlockTime()) + SENDING_SECONDS : endOfDay(parseDay(text))
}

/** The beginning of a day in China; `now`: the ledger's time. */
export async function parseBeginning(text: string, view: OfficeView): Promise<number> {
  return text === 'now' ? view.now() : startOfDay(parseDay(text))
}

function parseDay(text: string): string {
  if (isCalendarDate(text)) return text
  throw new OfficeError('not-a-day', { value: quote(text) })
}

/** The SHA-256 of a file, by which the ledger keeps a document. */
export async function digestOfFile(file: string): Promise<Hex> {
  return encodeHex(
    createHash('sha256')
      .update(await readGiven(file))
      .digest(),
  )
}

async function readGiven(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw new OfficeError('file-unreadable', { file, reason: reasonOf(error) })
  })
}

/**
 * What an agency hands to its region's admin; nobody vouches for a key that is not proven to be held.
 *
 * @throws {OfficeError} `file-unreadable`, `registration-damaged`, `possession-unproven`
 */
export async function readProvenRegistration(file: string): Promise<Registration> {
  const registration = parseRegistration((await readGiven(file)).toString('utf8'), file)
  const { agency, publicJwk, possession } = registration
  const isProven = await verifyKeyPossession(possession, agency, publicJwk).catch(() => false)
  if (!isProven) throw new OfficeError('possession-unproven', { file, agency })
  return registration
}

/** Members, elements and levels of a registration. */
const MOST_PARTS = 256

function parseRegistration(text: string, file: string): Registration {
  try {
    const found = parseJsonText(text, MOST_PARTS, 'registration') as Registration
    const [agency, region] = [parseAgencyCode(found.agency), parseRegion(found.region)]
    // The one that is read out of the file is the one that is registered.
    held(found.kid === thumbprint(found.publicJwk, suite), String(found.kid), 'not-a-kid')
    return {
      ...found,
      agency,
      region,
      operator: parseAddress(found.operator),
      possession: `${found.possession}`,
    }
  } catch (error) {
    throw new OfficeError('registration-damaged', { file }, { cause: error })
  }
}
