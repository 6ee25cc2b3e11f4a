/** The sample alliance: three provinces and their agencies. One agency is real; all licences and holders are invented. */

/** An agency and the licence types it issues in the sandbox (slugs of the catalogue). */
export interface SampleAgency {
  /** USCC. */
  readonly agency: string
  readonly name: string
  /** Whom to ask; invented. */
  readonly contact: string
  readonly region: string
  readonly licenceTypes: readonly string[]
}

/** Whom to ask in each province that is admitted, by its GB/T 2260 code; invented. */
const REGION_CONTACTS: Readonly<Record<string, string>> = {
  '430000': '0731-00000000',
  '440000': '020-00000000',
  '220000': '0431-00000000',
}

/** GB/T 2260 codes of the provinces that are admitted, the issuing one first. */
export const SAMPLE_REGIONS: readonly string[] = ['430000', '440000', '220000']

/** Whom to ask in a province. */
export function contactOf(region: string): string {
  return REGION_CONTACTS[region] ?? ''
}

export const HUNAN_HOUSING = '11430000006122244L'

export const HUNAN_LAND = '1143000000000104MF'
export const GUANGDONG_MARKET = '1144000000000101MG'
export const JILIN_EDUCATION = '1122000000000103MW'
/** Whose licences 广东 has on its negative list. */
export const JILIN_MARKET = '1122000000000105MY'

export const SAMPLE_AGENCIES: readonly SampleAgency[] = [
  {
    agency: HUNAN_HOUSING,
    name: '湖南省住房和城乡建设厅',
    contact: '0731-00000001',
    region: '430000',
    licenceTypes: ['safety-manager', 'special-operation'],
  },
  {
    agency: HUNAN_LAND,
    name: '湖南样例自然资源局',
    contact: '0731-00000002',
    region: '430000',
    licenceTypes: ['real-estate-title'],
  },
  {
    agency: GUANGDONG_MARKET,
    name: '广东样例市场监督管理局',
    contact: '020-00000001',
    region: '440000',
    licenceTypes: ['business-licence', 'food-operation'],
  },
  {
    agency: JILIN_EDUCATION,
    name: '吉林样例教育局',
    contact: '0431-00000001',
    region: '220000',
    licenceTypes: ['teacher'],
  },
  {
    agency: JILIN_MARKET,
    name: '吉林样例市场监督管理局',
    contact: '0431-00000002',
    region: '220000',
    licenceTypes: ['food-operation'],
  },
]

/** What a province of the sandbox has on its negative list: types by their catalogue codes. */
export const SAMPLE_REFUSALS = [
  { receiving: '440000', issuing: '220000', licenceType: '11100000MB0341032Y002' },
] as const
