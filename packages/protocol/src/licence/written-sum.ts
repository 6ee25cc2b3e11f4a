/** A sum in yuan as licences and people write it: 100万元, 1,000,000元, 人民币壹佰万元整. */

const SUM =
  /^(人民币|¥)?([0-9]+(?:·[0-9]+)?|[〇一二三四五六七八九十百千万亿]+)([百千]?万|亿)?(元|人民币)?(?:人民币)?[整正]?$/u
const POWERS: Readonly<Record<string, number>> = { 十: 1, 百: 2, 千: 3, 万: 4, 百万: 6, 千万: 7, 亿: 8 }
const CAPITALS = '零○壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億圆'
const PLAIN = '〇〇一二二三三四五六六七八九十百千万亿元'
const DIGITS = '〇一二三四五六七八九'
/** So long no sum is, and no number that can be counted exactly. */
const MAX_LENGTH = 40

/**
 * The yuan that a text in normal form names, `1000000元`; `null` for a text that names none.
 *
 * @example
 * ```ts
 * readWrittenSum('100万元') // '1000000元'
 * readWrittenSum('壹佰万元整') // '1000000元'
 * readWrittenSum('100万美元') // null
 * ```
 */
export function readWrittenSum(normal: string): string | null {
  if (normal.length > MAX_LENGTH) return null
  const plain = [...normal].map((one) => PLAIN[CAPITALS.indexOf(one)] ?? one).join('')
  const [, before, number = '', power = '', after] = SUM.exec(plain) ?? []
  if (before === undefined && after === undefined) return null
  const [whole = '', fraction = ''] = number.split('·')
  const shown = /^[0-9]/.test(whole) ? whole : String(numberOf(whole))
  const sum = shift(shown, fraction, POWERS[power] ?? 0)
  return sum === null ? null : `${sum}元`
}

/** Of 一百二十万: the greatest power divides what is counted by it from what comes after it; digits alone stand in their places. */
function numberOf(written: string): number {
  if (written === '') return 0
  const powers = Object.keys(POWERS).filter((power) => written.includes(power))
  const greatest = powers.at(-1)
  if (greatest === undefined) return Number([...written].map((digit) => DIGITS.indexOf(digit)).join(''))
  const at = written.lastIndexOf(greatest)
  const times = at === 0 ? 1 : numberOf(written.slice(0, at))
  return times * 10 ** (POWERS[greatest] ?? 0) + numberOf(written.slice(at + greatest.length))
}

/** The number times ten so many times, its leading zeros and those of its fraction left out; `null`: it cannot be counted. */
function shift(whole: string, fraction: string, power: number): string | null {
  if (!/^[0-9]+$/.test(whole)) return null
  const digits = whole + fraction.padEnd(power, '0')
  const point = whole.length + power
  const [left, right] = [digits.slice(0, point).replace(/^0+(?=[0-9])/, ''), digits.slice(point)]
  const trimmed = right.replace(/0+$/, '')
  return trimmed === '' ? left : `${left}·${trimmed}`
}
