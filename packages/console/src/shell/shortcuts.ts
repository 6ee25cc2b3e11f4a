/** Keys that do something on the page that is shown, and what the keyboard map says of them. */
import type { Bilingual } from '@hefu/protocol'
import { onScopeDispose, shallowReactive } from 'vue'
import { session } from '../session/session.ts'

export interface Shortcut {
  /** As a keyboard has it: `?`, `Escape`, or with Alt: `Alt+P`. */
  readonly keys: string
  readonly says: Bilingual
  readonly act: () => void
}

export const shortcuts: Set<Shortcut> = shallowReactive(new Set<Shortcut>())

/** Holds while the component that names it is shown. */
export function useShortcut(shortcut: Shortcut): void {
  shortcuts.add(shortcut)
  onScopeDispose(() => shortcuts.delete(shortcut))
}

/** A single sign is a sign where somebody types. */
const TYPED_INTO = 'input, textarea, select, [contenteditable]'

export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.isComposing || event.repeat || event.ctrlKey || event.metaKey) return
    // A scanner gun may write its signs by Alt and the digits of their codes.
    if (event.altKey && event.code.startsWith('Numpad')) return
    // Behind the lock nothing is done, whatever is shown of it.
    if (session.value.state === 'locked') return
    // A dialog has the keyboard to itself.
    if (document.querySelector('dialog[open]') !== null) return
    const isTyping = event.target instanceof Element && event.target.matches(TYPED_INTO)
    if (isTyping && !event.altKey && event.key !== 'Escape') return
    const keys = event.altKey ? `Alt+${letterOf(event)}` : event.key
    const found = [...shortcuts].findLast((shortcut) => shortcut.keys === keys)
    if (found === undefined) return
    event.preventDefault()
    found.act()
  })
}

/** With Alt some layouts write another sign: the key itself counts. */
function letterOf({ code, key }: KeyboardEvent): string {
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? key.toUpperCase()
}
