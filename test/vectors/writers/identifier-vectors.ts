/**
 * Vectors of spec/identifiers.md. The valid ones are those of test/vectors/domain.json, published by others;
 * the refused ones are published ones too, and altered from the valid ones.
 */
import { readFileSync } from 'node:fs'
import type { VectorFile } from './vector-file.ts'

interface Published {
  readonly valid: readonly string[]
  readonly invalid: readonly string[]
}

interface DomainVectors {
  readonly certificateIdentifier: Published
  readonly mod37_36: readonly (readonly [string, string])[]
  readonly uscc: Published & { readonly realButChecksumFails: readonly string[] }
  readonly residentId: Published
  readonly foodLicence: Published & { readonly mod11_10: readonly (readonly [string, string])[] }
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const DIGITS = '0123456789'

function readDomain(): DomainVectors {
  return JSON.parse(readFileSync(new URL('../domain.json', import.meta.url), 'utf8'))
}

/** The text with the character at a place replaced by the next of the alphabet. */
function alter(text: string, at: number, alphabet: string): string {
  const next = alphabet.charAt((alphabet.indexOf(text.charAt(at)) + 1) % alphabet.length)
  return text.slice(0, at) + next + text.slice(at + 1)
}

/** One altered text for each, the place moving along. */
function alterEach(texts: readonly string[], first: number, alphabet: string): readonly string[] {
  return texts.map((text, i) => alter(text, first + ((5 * i) % (text.length - first)), alphabet))
}

function surround(text: string): readonly string[] {
  return [` ${text}`, `${text}\n`, `\ufeff${text}`, text.slice(0, -1), `${text}0`, '']
}

/** Each text once: an altered one may be published as invalid already. */
function judged(valid: readonly string[], invalid: readonly string[]): readonly object[] {
  return [
    ...valid.map((text) => ({ text, valid: true })),
    ...[...new Set(invalid)].map((text) => ({ text, valid: false })),
  ]
}

function partsOf(text: string): object {
  const [licenceType, issuer, serial, version, check] = text.split('.').slice(5)
  return { licenceType, issuer, serial, version, check }
}

function licenceIds({ valid, invalid }: Published): readonly object[] {
  const sample = valid[0] ?? ''
  return [
    ...valid.map((text) => ({ text, parts: partsOf(text), rightCheck: true })),
    ...[...invalid, ...valid.map((text) => alter(text, text.length - 1, ALPHANUMERIC))].map((text) => ({
      text,
      parts: partsOf(text),
      rightCheck: false,
    })),
    ...[
      ...surround(sample),
      sample.replace('.001.', '.000.'),
      sample.replace('1.2.156', '1.2.157'),
      sample.toLowerCase(),
      sample.replace('2023', '２023'),
      sample.replace('W011', 'W01'),
      sample.replace('122244L', '122244'),
    ].map((text) => ({ text, refused: 'wrong-value' })),
  ]
}

const CALENDAR_DATES = [
  // Days of China Standard Time begin 8 hours before those of UTC.
  { text: '1970-01-01', startOfDay: -28_800, endOfDay: 57_600 },
  { text: '1970-01-02', startOfDay: 57_600, endOfDay: 144_000 },
  { text: '2000-02-29', startOfDay: 951_753_600, endOfDay: 951_840_000 },
  { text: '2024-02-29', startOfDay: 1_709_136_000, endOfDay: 1_709_222_400 },
  { text: '2026-01-01', startOfDay: 1_767_196_800, endOfDay: 1_767_283_200 },
  ...[
    '2023-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-01',
    '2026-01-00',
    '2026-1-1',
    '20260101',
    '2026/01/01',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '２026-01-01',
    '长期',
    '',
  ].map((text) => ({ text, valid: false })),
]

const REGIONS = [
  ...[
    ['100000', '100000'],
    ['110000', '110000'],
    ['110101', '110000'],
    ['430102', '430000'],
    ['440000', '440000'],
    ['660000', '660000'],
    ['820000', '820000'],
  ].map(([text, province]) => ({ text, valid: true, province })),
  ...['000000', '160000', '990000', '43000', '4300000', '43000X', ' 430000', '４30000', ''].map((text) => ({
    text,
    valid: false,
  })),
]

/** Texts that hold a resident number, however it is written. */
const HOLDING: readonly string[] = [
  '110105 19491231 002x',
  '１１０１０５１９４９１２３１００２Ｘ',
  '湘建罚〔2026〕110105-19491231-002X号',
  '110105·19491231·002X',
  '1101\u200b0519491231002X',
  '110105491231002',
  '2026 110105491231002',
  '110105 491231 002',
  '2026 110105/491231/002',
  '110105〔19491231〕002X',
  '١١٠١٠٥١٩٤٩١٢٣١٠٠٢X',
  '一一〇一〇五一九四九一二三一〇〇二X',
  '11010519491231002Х',
  '11010519491231002×',
  '11O1O5 l949l231 OO2X',
  '11О105І9491231002X',
]
/** A check character that is another, a date or region that is none, 15 digits among more. */
const NOT_HOLDING: readonly string[] = [
  '二〇二六年十一月二十六日',
  '11O1O5l949l231OO21',
  '1101B0519491231002X',
  '110105年491231月002',
  '',
  '湘建罚〔2026〕1号',
  '110105194912310021',
  '1101051949123100',
  '110105491331002',
  '200105491231002',
  '1101054912310029',
  '9110105491231002',
  '91110000802100433B',
]

/** The content of identifiers.json. */
export function identifierVectors(): VectorFile {
  const { certificateIdentifier, mod37_36, uscc, residentId, foodLicence } = readDomain()
  return {
    spec: 'packages/protocol/spec/identifiers.md',
    licenceId: licenceIds(certificateIdentifier),
    mod37_36: mod37_36.map(([text, check]) => ({ text, check })),
    mod11_10: foodLicence.mod11_10.map(([text, check]) => ({ text, check })),
    uscc: judged(uscc.valid, [
      ...uscc.realButChecksumFails,
      ...uscc.invalid,
      ...alterEach(uscc.valid, 0, USCC_ALPHABET),
      ...surround(uscc.valid[0] ?? ''),
    ]),
    residentId: judged(residentId.valid, [
      ...residentId.invalid,
      ...alterEach(
        residentId.valid.map((text) => text.slice(0, 17)),
        14,
        DIGITS,
      ).map((text, i) => text + (residentId.valid[i] ?? '').slice(17)),
      ...surround(residentId.valid[0] ?? ''),
      '11010519491231002x',
    ]),
    residentIdInText: [
      ...residentId.valid.flatMap((text) => [`关于${text}的决定`, `2026${text}`, `${text}2026`]),
      ...HOLDING,
    ]
      .map((text) => ({ text, valid: true }))
      .concat(NOT_HOLDING.map((text) => ({ text, valid: false }))),
    foodLicenceNumber: judged(foodLicence.valid, [
      ...foodLicence.invalid,
      ...alterEach(foodLicence.valid, 2, DIGITS),
      ...surround(foodLicence.valid[0] ?? ''),
    ]),
    calendarDate: CALENDAR_DATES,
    regionCode: REGIONS,
  }
}
