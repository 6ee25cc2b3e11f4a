/** Free remarks 附记 of which it is certain that nothing in them stands against a licence (spec/licence-types.md, Rules). */
import type { RemarkForm } from './licence-type.ts'
import { normaliseValue } from './normal-form.ts'

/** What may stand for a placeholder, in normal form: the point of a number stands as a dot. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  '{number}': /[0-9]+(?:·[0-9]+)?/u.source,
  '{day}': /[0-9]{4}(?:年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[-·/][0-9]{1,2}(?:[-·/][0-9]{1,2})?)?/u.source,
  '{code}': /[A-Z]{0,4}[0-9-]{4,40}/u.source,
}

/** White space parts phrases between two words alone: 98.5 平方米 is one. */
const BETWEEN_WORDS = /(?<=[\p{Script=Han}㎡²])\s+(?=[\p{Script=Han}0-9])/gu
/** What counts the phrases: 1. or 1、 before a word. */
const COUNTS = /(?<![0-9.．])[0-9]{1,2}[.．、]\s*(?=\p{Script=Han})/gu
/** In normal form; what stands in brackets is a phrase like any other. */
const SEPARATORS = /[,;。()]+/u

/**
 * Whether a remark is made of nothing but phrases of these forms. No list of words is ever all that may speak against a
 * licence, so that whatever else stands there is for a person to read.
 *
 * @example
 * ```ts
 * const forms = [{ labels: ['建筑面积'], values: ['{number}平方米'] }]
 * isHarmlessRemark('建筑面积：98.5 平方米', forms) // true
 * isHarmlessRemark('建筑面积：98.5 平方米，已查封', forms) // false
 * ```
 */
export function isHarmlessRemark(remark: string, forms: readonly RemarkForm[]): boolean {
  const patterns = forms.map(patternOf)
  return normaliseValue('text', remark.replace(COUNTS, '，').replace(BETWEEN_WORDS, '，'))
    .split(SEPARATORS)
    .every((phrase) => phrase === '' || patterns.some((pattern) => pattern.test(phrase)))
}

/** A colon may follow the label. */
function patternOf({ labels, values }: RemarkForm): RegExp {
  return new RegExp(`^(?:${labels.map(fill).join('|')}):?(?:${values.map(fill).join('|')})$`, 'u')
}

/** All but the placeholders stands for itself. */
function fill(text: string): string {
  return text.replace(/\{[a-z]+\}|[\^$\\.*+?()[\]{}|/]/g, (found) => PLACEHOLDERS[found] ?? `\\${found}`)
}
