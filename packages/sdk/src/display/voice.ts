/** How a sheet says things, in its language. */
import type { Bilingual } from '@hefu/protocol'

/** `both`: Chinese first, English beside it. */
export type SheetLanguage = 'zh' | 'en' | 'both'

export interface Voice {
  /** A sentence. */
  readonly say: (text: Bilingual) => string
  /** A line `label：value`, indented. */
  readonly line: (label: Bilingual, value: string) => string
  /** The heading of a section. */
  readonly head: (label: Bilingual) => string
}

export const VOICES: Readonly<Record<SheetLanguage, Voice>> = {
  zh: {
    say: ({ zh }) => zh,
    line: ({ zh }, value) => `  ${zh}：${value}`,
    head: ({ zh }) => zh,
  },
  en: {
    say: ({ en }) => en,
    line: ({ en }, value) => `  ${en}: ${value}`,
    head: ({ en }) => en,
  },
  both: {
    // A name or a number is the same in both: once is enough.
    say: ({ zh, en }) => (zh === en ? zh : `${zh} · ${en}`),
    line: ({ zh, en }, value) => `  ${zh} ${en}：${value}`,
    head: ({ zh, en }) => (zh === en ? zh : `${zh} ${en}`),
  },
}
