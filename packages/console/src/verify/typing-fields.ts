/** Where somebody types: keys there are theirs. */
import { session } from '../session/session.ts'

const NOT_TYPED_IN = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'file'])

export function isTypingField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !NOT_TYPED_IN.has(target.type)
  return target.matches('textarea, select, [contenteditable]')
}

/** A field whose text can be put back as it was. */
export function textFieldOf(target: EventTarget | null): HTMLInputElement | HTMLTextAreaElement | null {
  const isText = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement
  return isText && isTypingField(target) ? target : null
}

/** Or the page is locked, whatever is shown of that. */
export function isDialogOpen(): boolean {
  return session.value.state === 'locked' || document.querySelector('dialog[open]') !== null
}

/** A key that writes one sign, and is no command. */
export function isSign({ key, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean {
  return [...key].length === 1 && !ctrlKey && !metaKey && !altKey && !isComposing
}
