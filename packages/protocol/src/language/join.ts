/** Several things in one sentence, as each language joins them. */
import type { Bilingual } from './bilingual.ts'

/** What stands between things of a list, and between the parts of a remark. */
export type Joint = 'list' | 'remark'

const JOINTS: Readonly<Record<Joint, Bilingual>> = {
  list: { zh: '、', en: ', ' },
  remark: { zh: '；', en: '; ' },
}

/**
 * The texts as one, with what the language writes between them.
 *
 * @example
 * ```ts
 * joinTexts([{ zh: '查封', en: 'seizure' }, { zh: '抵押', en: 'mortgage' }], 'list').zh // '查封、抵押'
 * ```
 */
export function joinTexts(texts: readonly Bilingual[], joint: Joint): Bilingual {
  return {
    zh: texts.map(({ zh }) => zh).join(JOINTS[joint].zh),
    en: texts.map(({ en }) => en).join(JOINTS[joint].en),
  }
}

/**
 * The text with a remark behind it, in the brackets of its language; no remark, no brackets.
 *
 * @example
 * ```ts
 * withRemark({ zh: '证照已被吊销', en: 'Revoked' }, { zh: '湘罚1号', en: '湘罚1号' }).zh // '证照已被吊销（湘罚1号）'
 * ```
 */
export function withRemark({ zh, en }: Bilingual, remark: Bilingual): Bilingual {
  return remark.zh === '' ? { zh, en } : { zh: `${zh}（${remark.zh}）`, en: `${en} (${remark.en})` }
}

/**
 * A text that is the same in both languages: a name, a number, a day.
 *
 * @example
 * ```ts
 * inBoth(7) // { zh: '7', en: '7' }
 * ```
 */
export function inBoth(text: string | number): Bilingual {
  return { zh: String(text), en: String(text) }
}
