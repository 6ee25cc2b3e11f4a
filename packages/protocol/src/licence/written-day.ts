/** A day as people and systems write it: with a time of day, in Chinese numerals, without an end. */
import { formatChinaTime, isCalendarDate } from '../identifiers/calendar-date.ts'
import { LONG_TERM } from './licence-type.ts'

/** 长期, 长久有效, 永久性, 终身, 无固定期限, 不约定期限 and their like. */
const LONG_TERMS =
  /^(?:[长長][期久](?:有效)?|永久(?:有效|性)?|终[身生](?:有效)?|[无不]限期|无期限|无固定期限?|不约定期限)$/u
/** What systems write that can hold nothing but a date. */
const NO_END = '9999-12-31'

/** UTF-16 units: no day is written longer. */
const MAX_LENGTH = 200
const WHITE_SPACE = /\s+/gu
const DASHES = /[\u2010-\u2015\u2212-]+/gu
/** Until that day, it included, or from it. */
const UNTIL = /^(?:截至|截止|至|到|自|从|公元)|(?:止|为止|起)$/gu
const DAY = /^([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|([0-9]{2})([0-9]{2}))$/u
const TIME =
  /^(.*(?:[0-9](?=[T\s])|[日号]))T?\s*([上下]午)?\s*([01]?[0-9]|2[0-3]|24(?=[:时]00))[:时]([0-5][0-9])(?:[:分]([0-5][0-9])(?:\.[0-9]{1,9})?)?[分秒]?\s*(Z|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)?$/u
const PACKED_TIME = /^([0-9]{8})(?:[01][0-9]|2[0-3])(?:[0-5][0-9]){2}$/u
const NAMED_DAY =
  /^([〇一二三四五六七八九]{4})年([〇一二三四五六七八九十廿卅]{1,3})月([〇一二三四五六七八九十廿卅]{1,4})[日号]?$/u

/** Digits, formal capitals and the circles that stand for zero, each above what it stands for. */
const FORMS = '0123456789零○◯Oo壹贰貳叁參肆伍陆陸柒捌玖拾'
const PLAIN = '〇一二三四五六七八九〇〇〇〇〇一二二三三四五六六七八九十'
const DIGITS = '〇一二三四五六七八九'

/**
 * The day that a text names (`YYYY-MM-DD`, in China), {@link LONG_TERM} for one that names no end; `null` for any other.
 *
 * @example
 * ```ts
 * readWrittenDay('二〇二六年三月一日') // '2026-03-01'
 * readWrittenDay('2026年元月1日') // '2026-01-01'
 * readWrittenDay('2026-03-01 00:00:00') // '2026-03-01'
 * readWrittenDay('长久') // '长期'
 * readWrittenDay('2026年2月30日') // null
 * ```
 */
export function readWrittenDay(text: string): string | null {
  if (text.length > MAX_LENGTH) return null
  const plain = text.normalize('NFKC').trim()
  const closed = plain.replace(WHITE_SPACE, '')
  if (LONG_TERMS.test(closed.replace(UNTIL, ''))) return LONG_TERM
  const day = readDay(closed) ?? readDayWithTime(plain)
  return day === NO_END ? LONG_TERM : day
}

function readDay(closed: string): string | null {
  const bare = closed.replace(UNTIL, '')
  const parts = DAY.exec(bare.replace(/[./]/gu, '-').replace(DASHES, '-'))
  if (parts === null) return readNamed(bare)
  const [year = '', month = '', day = ''] = parts.slice(1).filter((part) => part !== undefined)
  return dayOf(year, month, day)
}

function dayOf(year: string, month: string, day: string): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) ? date : null
}

/** A time of day is left out; one with a distance from UTC is taken to China first. */
function readDayWithTime(plain: string): string | null {
  const packed = PACKED_TIME.exec(plain)
  if (packed !== null) return readDay(packed[1] ?? '')
  const [, written = '', half, hour = '', minute = '', , zone] = TIME.exec(plain) ?? []
  const day = readDay(written.replace(WHITE_SPACE, ''))
  if (day === null || zone === undefined) return day
  if (half !== undefined || hour === '24') return null
  const time = Date.parse(`${day}T${hour.padStart(2, '0')}:${minute}:00Z`) / 1000 - offsetOf(zone)
  return formatChinaTime(time).slice(0, day.length)
}

/** Seconds east of UTC. */
function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', ''))]
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60
}

/** With 年, 月 and perhaps 日: each number in digits or in numerals, whatever the others are in; 元月 is the first month. */
function readNamed(bare: string): string | null {
  const written = [...bare.replace('年元月', '年一月')]
    .map((form) => PLAIN[FORMS.indexOf(form)] ?? form)
    .join('')
  const [, year = '', month = '', day = ''] = NAMED_DAY.exec(written) ?? []
  const digits = [...year].map((digit) => DIGITS.indexOf(digit)).join('')
  return year === '' ? null : dayOf(digits, numberOf(month), numberOf(day))
}

/** 1 to 39 as months and days are written: 三, 〇三, 十三, 一十三, 二十三, 廿三, 二三. */
function numberOf(written: string): string {
  const spread = written.replace('廿', '二十').replace('卅', '三十')
  const [, tens = '', ten = '', units = ''] = /^(.*?)(十?)([〇一二三四五六七八九]?)$/u.exec(spread) ?? []
  const before =
    tens === '' ? (ten === '' ? 0 : 1) : [...tens].length === 1 ? DIGITS.indexOf(tens) : Number.NaN
  return String(before * 10 + Math.max(0, DIGITS.indexOf(units || '〇')))
}
