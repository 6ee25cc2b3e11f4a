/** The language that the console is read in: Chinese first; what was chosen is remembered, and is nothing personal. */
import type { Bilingual } from '@hefu/protocol'
import { readonly, shallowRef } from 'vue'
import { recallChoice, rememberChoice } from './remembered-choice.ts'

export type Language = keyof Bilingual

/** As documents and elements name it (BCP 47). */
export function tagOf(one: Language): string {
  return one === 'zh' ? 'zh-CN' : one
}

const chosen = shallowRef<Language>(recallChoice('language', ['zh', 'en']))

export const language = readonly(chosen)

export function chooseLanguage(next: Language): void {
  chosen.value = next
  document.documentElement.lang = tagOf(next)
  rememberChoice('language', next)
}

/** A text in the language that is chosen; what shows it changes with that. */
export function say(text: Bilingual): string {
  return text[chosen.value]
}
