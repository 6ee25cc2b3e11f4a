/** Light, or high contrast: as the system asks for it, until somebody chooses. */
import { readonly, shallowRef } from 'vue'
import { recallChoice, rememberChoice } from '../language/remembered-choice.ts'

export type Contrast = 'light' | 'high'

const asked: readonly [Contrast, ...Contrast[]] = matchMedia('(prefers-contrast: more)').matches
  ? ['high', 'light']
  : ['light', 'high']
const chosen = shallowRef<Contrast>(recallChoice('contrast', asked))

export const contrast = readonly(chosen)

export function chooseContrast(next: Contrast): void {
  chosen.value = next
  document.documentElement.dataset['contrast'] = next
  rememberChoice('contrast', next)
}
