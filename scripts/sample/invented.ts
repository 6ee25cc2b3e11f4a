/**
 * Invented holders with valid check digits. Nobody can be hit: resident numbers and other codes name the
 * region 430000, a whole province, which no county-level authority ever issues a number under, and codes of
 * enterprises have a body of a series (`YL`) that is not assigned.
 */
import { mod11_10, residentIdCheckCharacter, usccCheckCharacter } from '@hefu/protocol'
import type { Random } from './random.ts'

const REGION = '430000'
const DAY_MS = 86_400_000

/** A day of a year. */
export function dayOf(random: Random, year: number): string {
  return `${year}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** The last day of `years` years that begin with a day. */
export function lastDayAfter(day: string, years: number): string {
  const sameDay = `${Number(day.slice(0, 4)) + years}${day.slice(4)}T00:00:00Z`
  return new Date(Date.parse(sameDay) - DAY_MS).toISOString().slice(0, 10)
}

/** A name that says that it is one of a sample: 张样例甲. */
export function personName(random: Random): string {
  const surname = random.pick(['张', '王', '李', '赵', '陈', '刘', '杨', '黄', '周', '欧阳'])
  return surname + random.pick(['样例', '测试', '示范']) + random.pick(['', '甲', '乙', '丙', '丁', '戊'])
}

/** 样例建筑有限公司 and the like. */
export function companyName(random: Random, trade: string): string {
  return `湖南样例${random.pick(['甲', '乙', '丙', '丁', '戊', '己'])}${random.integer(1, 9999)}${trade}有限公司`
}

/** 样例路 and a number. */
export function sampleAddress(random: Random): string {
  const city = random.pick(['长沙市', '株洲市', '湘潭市', '衡阳市', '岳阳市'])
  return `湖南省${city}样例区样例路${random.integer(1, 999)}号`
}

export function residentId(random: Random): string {
  const born = dayOf(random, random.integer(1962, 2002)).replaceAll('-', '')
  const body = REGION + born + random.digits(3)
  const id = body + residentIdCheckCharacter(body)
  return looksCut(id) ? residentId(random) : id
}

/** As a spreadsheet leaves a number of which it kept fifteen digits. */
function looksCut(number: string): boolean {
  return /^\d{15}0+$/.test(number)
}

export function companyUscc(random: Random): string {
  const body = `91${REGION}YL${random.digits(7)}`
  return body + usccCheckCharacter(body)
}

export function foodLicenceNumber(random: Random): string {
  const body = `${random.integer(1, 3)}${REGION}${random.running(6)}`
  return `JY${body}${mod11_10(body)}`
}

/** Year, province, agency 000, level, sex, serial. */
export function teacherNumber(random: Random, year: string): string {
  const number = `${year}43000${random.integer(1, 7)}${random.integer(1, 2)}${random.running(6)}`
  return looksCut(number) ? teacherNumber(random, year) : number
}

export function realEstateUnitNumber(random: Random): string {
  return `${REGION}${'0'.repeat(6)}GB${random.digits(5)}F${random.digits(8)}`
}
