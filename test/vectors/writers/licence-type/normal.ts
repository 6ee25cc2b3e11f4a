/** A text and its normal form. */
import type { FieldFormat } from '@hefu/protocol'

/** Written by hand, not by the code that they test. */
export type Normal = readonly [is: string, format: FieldFormat, text: string, normal: string]

/** One vector a character: it becomes `normal`, or stays what it is. */
export function each(
  is: string,
  characters: string,
  around: readonly [string, string],
  normal?: string,
): Normal[] {
  const [before, after] = around
  return [...characters].map((character) => [
    `${is}, U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    'text',
    before + character + after,
    before + (normal ?? character) + after,
  ])
}
