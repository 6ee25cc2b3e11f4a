/**
 * A text in pieces, so that nothing of it is lost to the eye: what no font of this machine draws stands with its code
 * point beside it, and what cannot be seen at all as its code point alone.
 */
import { isDisplayText } from '@hefu/protocol/report'

export type TextPiece =
  | { readonly kind: 'plain'; readonly text: string }
  /** `text` is one character, which this machine shows as a box. */
  | { readonly kind: 'undrawn'; readonly text: string; readonly codePoint: string }
  /** What moves the writing, hides in it or is no character. */
  | { readonly kind: 'unseen'; readonly codePoint: string }

/** Drawn by every machine: Latin, punctuation, forms of CJK, and the ideographs of GB 2312 and GBK. */
const COMMON =
  /^[\0-\u024f\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2460-\u24ff\u2500-\u25ff\u3000-\u30ff\u4e00-\u9fa5\uff01-\uff5e]*$/
const COMMON_CHARACTER = new RegExp(COMMON.source.replace('*$', '$'))
/** Joins what stands before it, and is drawn with it. */
const MARK = /^\p{M}$/u
const UNSEEN =
  /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]$/u

/** Marks in a row beyond which they cover the lines around them. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu
/** Longer values are no names. */
const MOST_CHARACTERS = 8_192

/** As much of a text as somebody reads; what is left out is told by an ellipsis. */
export function readablePart(text: string): string {
  const piled = text.slice(0, MOST_CHARACTERS).replace(PILED_MARKS, '$1…')
  return text.length > MOST_CHARACTERS ? `${piled}…` : piled
}

/** `U+` and four to six hexadecimal digits. */
export function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/**
 * Put together again, the pieces say the whole text.
 *
 * @param isDrawn whether a font of this machine has a character
 */
export function piecesOf(text: string, isDrawn: (character: string) => boolean): readonly TextPiece[] {
  // What a script cannot be written without is no trick: such a text is shown as it is.
  const isHonest = isDisplayText(text)
  if (isHonest && COMMON.test(text)) return text === '' ? [] : [{ kind: 'plain', text }]
  const pieces: TextPiece[] = []
  let plain = ''
  const close = (): void => {
    if (plain !== '') pieces.push({ kind: 'plain', text: plain })
    plain = ''
  }
  for (const character of text) {
    const piece = pieceOf(character, isHonest, isDrawn)
    if (piece === null) plain += character
    else {
      close()
      pieces.push(piece)
    }
  }
  close()
  return pieces
}

/** `null`: it is plain. */
function pieceOf(
  character: string,
  isHonest: boolean,
  isDrawn: (character: string) => boolean,
): TextPiece | null {
  if (!isHonest && UNSEEN.test(character)) return { kind: 'unseen', codePoint: codePointOf(character) }
  const isPlain = COMMON_CHARACTER.test(character) || MARK.test(character) || UNSEEN.test(character)
  if (isPlain || isDrawn(character)) return null
  return { kind: 'undrawn', text: character, codePoint: codePointOf(character) }
}

/** The text for where there are no elements, as in a table of a file: what cannot be seen stands as its code point. */
export function spellUnseen(text: string): string {
  return piecesOf(text, () => true)
    .map((piece) => (piece.kind === 'unseen' ? `[${piece.codePoint}]` : piece.text))
    .join('')
}
