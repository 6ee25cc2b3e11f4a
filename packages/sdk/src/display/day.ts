/** Days as people write them. */
import { type Bilingual, formatChinaTime } from '@hefu/protocol'

/** The day in China of a time in Unix seconds. */
export function dayOf(seconds: number): Bilingual {
  const en = formatChinaTime(seconds).split(' ')[0] ?? ''
  const [year, month, day] = en.split('-').map(Number)
  return { zh: `${year}年${month}月${day}日`, en }
}
