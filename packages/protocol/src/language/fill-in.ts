/** Sentences with places to be filled in, in both languages at once. */
import type { Bilingual } from './bilingual.ts'

/** What is filled in, the same in both languages or in each its own. */
export type TextDetails = Readonly<Record<string, string | number | Bilingual>>

/**
 * The text with each `{name}` replaced by its detail; a place without a detail stays as it is.
 *
 * @example
 * ```ts
 * fillIn({ zh: '请向{whom}核实', en: 'Ask {whom}' }, { whom: { zh: '颁发机构', en: 'the issuer' } }).zh // '请向颁发机构核实'
 * ```
 */
export function fillIn(text: Bilingual, details: TextDetails): Bilingual {
  return { zh: fill('zh', text, details), en: fill('en', text, details) }
}

function fill(language: keyof Bilingual, text: Bilingual, details: TextDetails): string {
  return text[language].replace(/\{([a-zA-Z]+)\}/g, (place, name: string) => {
    // A name of what every object has is no detail.
    const detail = Object.hasOwn(details, name) ? details[name] : undefined
    if (detail === undefined) return place
    return typeof detail === 'object' ? detail[language] : String(detail)
  })
}
