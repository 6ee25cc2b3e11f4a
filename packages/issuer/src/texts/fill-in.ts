/** Sentences with places to be filled in. */
import { type Bilingual, maskValue } from '@hefu/protocol'

/** What is filled in, the same in both languages or in each its own. */
export type TextDetails = Readonly<Record<string, string | number | Bilingual>>

/** The text with each `{name}` replaced by its detail; whatever a detail quotes, no resident number stays whole. */
export function fillIn(text: Bilingual, details: TextDetails): Bilingual {
  return { zh: fill('zh', text, details), en: fill('en', text, details) }
}

function fill(language: keyof Bilingual, text: Bilingual, details: TextDetails): string {
  return text[language].replace(/\{([a-zA-Z]+)\}/g, (place, name: string) => {
    const detail = details[name]
    if (detail === undefined) return place
    return hidePersons(typeof detail === 'object' ? detail[language] : String(detail))
  })
}

/** Hashes and addresses are nobody's number, whatever digits they have. */
function hidePersons(detail: string): string {
  return /^0x[0-9a-f]+$/i.test(detail) ? detail : maskValue('open', detail)
}
