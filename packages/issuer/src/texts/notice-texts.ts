/** The notices 标注, by their codes; those beyond are an open list and have no name here. */
import type { Bilingual } from '@hefu/protocol'

const NOTICE_TEXTS: readonly Bilingual[] = [
  { zh: '查封', en: 'seizure' },
  { zh: '抵押', en: 'mortgage' },
  { zh: '异议', en: 'objection' },
  { zh: '遗失声明', en: 'declared lost' },
  { zh: '复审未过', en: 'periodic review not passed' },
]

/** What a notice is called; one without a name by its code. */
export function noticeText(code: number): Bilingual {
  return NOTICE_TEXTS[code] ?? { zh: `标注（代码 ${code}）`, en: `the notice of code ${code}` }
}
