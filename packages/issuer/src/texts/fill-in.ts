/** Sentences with places to be filled in. */
import type { Bilingual } from '@hefu/protocol'

export type TextDetails = Readonly<Record<string, string | number>>

/** The text with each `{name}` replaced by its detail. */
export function fillIn(text: Bilingual, details: TextDetails): Bilingual {
  const fill = (sentence: string): string =>
    sentence.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => String(details[name] ?? `{${name}}`))
  return { zh: fill(text.zh), en: fill(text.en) }
}
