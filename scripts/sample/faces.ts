/** Face data of invented licences, one recipe a licence type. */
import { type LicenceType, LONG_TERM } from '@hefu/protocol'
import {
  companyName,
  companyUscc,
  dayOf,
  foodLicenceNumber,
  lastDayAfter,
  personName,
  realEstateUnitNumber,
  residentId,
  sampleAddress,
  teacherNumber,
} from './invented.ts'
import type { Random } from './random.ts'

export type Face = Readonly<Record<string, string>>
/** What is particular to a type, beside number, issuer, dates and holder. */
type Recipe = (random: Random, issuedOn: string) => Face

const person = (random: Random): Face => ({
  holderName: personName(random),
  holderIdType: '111',
  holderId: residentId(random),
})
const company = (random: Random, trade: string): Face => ({
  holderName: companyName(random, trade),
  holderIdType: '001',
  holderId: companyUscc(random),
})

/** As certificates are numbered in fact: T and the holder's identity number. */
const numberedByHolder = (holder: Face): Face => ({ licenceNumber: `T${holder['holderId']}`, ...holder })

const RECIPES: Readonly<Record<string, Recipe>> = {
  'business-licence': (random, issuedOn) => ({
    licenceNumber: `样例${random.running(12)}`,
    validUntil: random.pick([LONG_TERM, lastDayAfter(issuedOn, 20)]),
    ...company(random, random.pick(['商贸', '科技', '建筑', '物流'])),
    companyType: random.pick(['有限责任公司（自然人独资）', '有限责任公司', '股份有限公司（非上市）']),
    legalRepresentative: personName(random),
    registeredCapital: `${random.integer(1, 500)}0万元人民币`,
    foundedOn: issuedOn,
    address: sampleAddress(random),
    businessScope: random.pick([
      '许可项目：建设工程施工。一般项目：工程管理服务；建筑材料销售',
      '一般项目：软件开发；信息技术咨询服务；计算机软硬件及辅助设备批发',
      '许可项目：道路货物运输。一般项目：装卸搬运；国内货物运输代理',
    ]),
  }),
  'food-operation': (random, issuedOn) => ({
    licenceNumber: foodLicenceNumber(random),
    validUntil: lastDayAfter(issuedOn, 5),
    ...company(random, '餐饮管理'),
    legalRepresentative: personName(random),
    address: sampleAddress(random),
    site: sampleAddress(random),
    businessForm: random.pick(['食品销售经营者', '餐饮服务经营者', '单位食堂']),
    businessItems: random.pick([
      '热食类食品制售',
      '预包装食品销售, 散装食品销售',
      '冷食类食品制售、自制饮品制售',
    ]),
  }),
  'special-operation': (random, issuedOn) => ({
    ...numberedByHolder(person(random)),
    validUntil: lastDayAfter(issuedOn, 6),
    ...random.pick([
      { operationCategory: '电工作业', operationItem: '低压电工作业' },
      { operationCategory: '焊接与热切割作业', operationItem: '熔化焊接与热切割作业' },
      { operationCategory: '高处作业', operationItem: '登高架设作业' },
    ]),
    firstIssuedOn: issuedOn,
    reviewBy: lastDayAfter(issuedOn, 3),
  }),
  'safety-manager': (random, issuedOn) => ({
    licenceNumber: `湘建安${random.pick(['A', 'B', 'C'])}(${issuedOn.slice(0, 4)})${random.running(7)}`,
    validUntil: lastDayAfter(issuedOn, 3),
    ...person(random),
    category: random.pick(['A', 'B', 'C']),
    employerName: companyName(random, '建筑'),
    employerId: companyUscc(random),
    post: random.pick(['总经理', '项目负责人', '专职安全生产管理人员']),
    technicalTitle: random.pick(['工程师', '高级工程师', '助理工程师']),
  }),
  teacher: (random, issuedOn) => ({
    licenceNumber: teacherNumber(random, issuedOn.slice(0, 4)),
    validUntil: LONG_TERM,
    ...person(random),
    level: random.pick(['小学教师资格', '初级中学教师资格', '高级中学教师资格']),
    subject: random.pick(['语文', '数学', '英语', '物理', '体育']),
    registrationUntil: lastDayAfter(issuedOn, 5),
  }),
  'real-estate-title': (random, issuedOn) => ({
    licenceNumber: `湘(${issuedOn.slice(0, 4)})样例市不动产权第${random.running(7)}号`,
    validUntil: LONG_TERM,
    ...person(random),
    coOwnership: random.pick(['单独所有', '共同共有', '按份共有']),
    location: `${sampleAddress(random)}${random.integer(1, 30)}栋${random.integer(101, 3004)}号`,
    unitNumber: realEstateUnitNumber(random),
    rightType: '国有建设用地使用权/房屋所有权',
    rightNature: '出让/市场化商品房',
    use: '城镇住宅用地/住宅',
    area: `房屋建筑面积${random.integer(60, 200)}.${random.digits(2)}平方米`,
    landUseUntil: lastDayAfter(issuedOn, 70),
  }),
}

/** The face of one invented licence, issued on a day of a year. */
export function inventFace(random: Random, type: LicenceType, issuerName: string, year: number): Face {
  const recipe = RECIPES[type.slug]
  if (recipe === undefined) throw new RangeError(`invent a licence of the type ${JSON.stringify(type.slug)}`)
  const issuedOn = dayOf(random, year)
  return { issuerName, issuedOn, validFrom: issuedOn, ...recipe(random, issuedOn) }
}
