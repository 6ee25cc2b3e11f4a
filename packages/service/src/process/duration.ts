/** How long something takes, in words. */
import type { Bilingual } from '@hefu/protocol'

/** In seconds, the longest first. */
const UNITS = [
  { seconds: 86_400, zh: '天', en: 'day' },
  { seconds: 3600, zh: '小时', en: 'hour' },
  { seconds: 60, zh: '分', en: 'minute' },
  { seconds: 1, zh: '秒', en: 'second' },
] as const

/**
 * Seconds as days, hours, minutes and seconds, those that are zero left out: “2 天 12 小时 · 2 days 12 hours”.
 *
 * @param seconds a whole number, not negative
 */
export function durationText(seconds: number): Bilingual {
  let rest = seconds
  const parts: { readonly count: number; readonly zh: string; readonly en: string }[] = []
  for (const { seconds: size, zh, en } of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 || (size === 1 && parts.length === 0)) parts.push({ count, zh, en })
  }
  return {
    zh: parts.map(({ count, zh }) => `${count} ${zh}`).join(' '),
    en: parts.map(({ count, en }) => `${count} ${en}${count === 1 ? '' : 's'}`).join(' '),
  }
}

/** As {@link durationText}, of something long without its seconds, and of days without its minutes. */
export function roughDurationText(seconds: number): Bilingual {
  const step = seconds >= 86_400 ? 3600 : seconds >= 3600 ? 60 : 1
  return durationText(step * Math.floor(seconds / step))
}
