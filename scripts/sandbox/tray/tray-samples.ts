/** The tray: a licence in every state that a counter can meet, so that a newcomer sees every verdict. All are invented. */
import { type Bilingual, encodeLicenceId, findLicenceType, type Verdict } from '@hefu/protocol'
import { generateLicences, type LicenceRow } from '../../generate-licences.ts'
import { GUANGDONG_MARKET, HUNAN_HOUSING, HUNAN_LAND, JILIN_EDUCATION, JILIN_MARKET } from '../provinces.ts'

/** Which licence of an agency a sample shows. */
export interface TrayLicence {
  /** USCC. */
  readonly agency: string
  /** Slug of the catalogue. */
  readonly type: string
  /** Its number among those that the agency issues for the tray. */
  readonly place: number
  /** As it is, over long ago, or followed by its next version. */
  readonly term: 'in-force' | 'over' | 'renewed'
}

/** What becomes of the bundle before it is laid into the tray. */
export type TrayText = 'as-issued' | 'altered'

export interface TraySample {
  /** Also the name of its files. */
  readonly id: string
  readonly title: Bilingual
  /** In 广东, with what the applicant submits. */
  readonly expected: Verdict
  readonly licence: TrayLicence
  readonly text: TrayText
  /** Fields of which the applicant submits something else than stands on the face. */
  readonly differs: Readonly<Record<string, string>>
}

export const TRAY_SAMPLES: readonly TraySample[] = [
  valid('safety-manager', HUNAN_HOUSING, '安管人员安全生产考核合格证书', 'safety manager certificate'),
  valid('special-operation', HUNAN_HOUSING, '特种作业操作证', 'special operation certificate'),
  valid('real-estate-title', HUNAN_LAND, '不动产权证书', 'real estate title'),
  valid('business-licence', GUANGDONG_MARKET, '营业执照', 'business licence'),
  valid('food-operation', GUANGDONG_MARKET, '食品经营许可证', 'food operation licence'),
  valid('teacher', JILIN_EDUCATION, '教师资格证书', 'teacher certificate'),
  sample('suspended', '已暂扣', 'suspended', 'rejected', safetyManager(2)),
  sample('revoked', '已吊销', 'revoked', 'rejected', safetyManager(3)),
  sample('restricted', '受限使用', 'restricted in its use', 'refer', safetyManager(4)),
  sample('transferred-out', '已转出', 'transferred out', 'rejected', safetyManager(5)),
  sample('superseded', '已换发新证', 'superseded by a new version', 'rejected', {
    ...safetyManager(6),
    term: 'renewed',
  }),
  sample('expired', '已过有效期', 'expired', 'rejected', {
    ...ofType('special-operation', HUNAN_HOUSING, 1),
    term: 'over',
  }),
  sample('annulled', '已撤销', 'annulled', 'rejected', ofType('teacher', JILIN_EDUCATION, 2)),
  sample(
    'noted',
    '有标注（查封）',
    'with a notice (seizure)',
    'refer',
    ofType('real-estate-title', HUNAN_LAND, 2),
  ),
  sample(
    'not-recognised',
    '广东未予互认',
    'not recognised in Guangdong',
    'rejected',
    ofType('food-operation', JILIN_MARKET, 1),
  ),
  {
    ...sample(
      'different',
      '填报信息不一致',
      'other than was submitted',
      'refer',
      ofType('teacher', JILIN_EDUCATION, 3),
    ),
    differs: { holderName: '赵样例另' },
  },
  {
    ...sample('altered', '照面信息被篡改', 'altered', 'rejected', ofType('teacher', JILIN_EDUCATION, 4)),
    text: 'altered',
  },
]

/** A file that holds no licence: what it is said to be, and never that it is a bad one. */
export const WRONG_FILE = {
  id: 'not-a-licence',
  title: { zh: '不是电子证照的文件', en: 'a file that is no licence' },
  expected: 'undetermined',
} as const satisfies Pick<TraySample, 'id' | 'title' | 'expected'>

function sample(id: string, zh: string, en: string, expected: Verdict, licence: TrayLicence): TraySample {
  return { id, title: { zh, en }, expected, licence, text: 'as-issued', differs: {} }
}

function valid(type: string, agency: string, zh: string, en: string): TraySample {
  return sample(`valid-${type}`, `有效：${zh}`, `valid: ${en}`, 'accepted', ofType(type, agency, 1))
}

function safetyManager(place: number): TrayLicence {
  return ofType('safety-manager', HUNAN_HOUSING, place)
}

function ofType(type: string, agency: string, place: number): TrayLicence {
  return { agency, type, place, term: 'in-force' }
}

/** In the serials of their identifiers, by which they are told from all others. */
const SERIES: Readonly<Record<TrayLicence['term'], string>> = {
  'in-force': 'TRAY',
  over: 'OVER',
  renewed: 'TRAY',
}
/** All of the tray that end are over after so many years. */
const LONG_AGO_YEARS = 8

/** The rows that an agency issues of a type for the tray, in the year before `year` or long before it. */
export function trayRows(agency: string, type: string, year: number): readonly LicenceRow[] {
  return TRAY_SAMPLES.filter(({ licence }) => licence.agency === agency && licence.type === type).flatMap(
    ({ licence }) => rowsOf(licence, year),
  )
}

function rowsOf(licence: TrayLicence, year: number): readonly LicenceRow[] {
  const { agency: issuer, type, place, term } = licence
  const issuedIn = term === 'over' ? year - LONG_AGO_YEARS : year - 1
  const seed = Number.parseInt(SERIES[term], 36)
  const row = [...generateLicences({ type, issuer, count: place, seed, issuedIn })].at(-1)
  if (row === undefined) throw new RangeError(`number the licences of the tray from 1, not ${place}`)
  if (term !== 'renewed') return [row]
  return [row, { ...row, licenceId: trayLicenceId(licence, '002') }]
}

/** The identifier 电子证照标识 of a licence of the tray. */
export function trayLicenceId({ agency: issuer, type, place, term }: TrayLicence, version = '001'): string {
  const serial = `YL${SERIES[term]}X${String(place).padStart(8, '0')}`
  return encodeLicenceId({ licenceType: findLicenceType(type)?.code ?? '', issuer, serial, version })
}
