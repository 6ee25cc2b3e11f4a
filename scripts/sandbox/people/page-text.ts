/** Pieces of HTML that cannot be broken out of: what is filled in is escaped, but for pieces themselves. */
import type { Bilingual } from '@hefu/protocol'

/** HTML that was made here. */
export class Markup {
  readonly html: string

  constructor(html: string) {
    this.html = html
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

type Filled = string | Markup | readonly Markup[]

/** A template of HTML. */
export function html(texts: TemplateStringsArray, ...values: readonly Filled[]): Markup {
  return new Markup(texts.map((text, i) => (i === 0 ? text : htmlOf(values[i - 1] ?? '') + text)).join(''))
}

function htmlOf(value: Filled): string {
  if (value instanceof Markup) return value.html
  if (typeof value !== 'string') return value.map((one) => one.html).join('')
  return value.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

/** Chinese first, and English beside it in its own language. */
export function both({ zh, en }: Bilingual): Markup {
  return html`${zh} <span lang="en">${en}</span>`
}
