/** Text as UTF-8, and which text may stand in a signed field. */
import { malformed } from './malformed.ts'

const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** The text of UTF-8 bytes (RFC 3629), or `null` for other bytes; a byte-order mark is kept. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return strictDecoder.decode(bytes)
  } catch {
    return null
  }
}

/**
 * Text of UTF-8 bytes; a byte-order mark is kept (and refused later as a forbidden character).
 *
 * @throws {MalformedError} `not-text` for bytes that are no UTF-8 (RFC 3629)
 */
export function parseUtf8(bytes: Uint8Array, where: string): string {
  const text = decodeUtf8(bytes)
  if (text !== null) return text
  throw malformed('not-text', where, 'UTF-8 text', 'other bytes')
}

/** Tells UTF-8 of which bytes were lost from text in another encoding. */
export interface Utf8DamageCounter {
  /** The next piece of the text, decoded as UTF-8 with U+FFFD wherever it is none. */
  readonly read: (lossy: string) => void
  /**
   * Whether more of what is not ASCII is whole than broken: by chance, in another encoding, hardly anything is whole. Such a
   * text would be read in GB 18030 too, as other words.
   */
  readonly isDamaged: () => boolean
}

/**
 * For texts that are not UTF-8 throughout.
 *
 * @example
 * ```ts
 * const counter = createUtf8DamageCounter()
 * counter.read('湖\ufffd省')
 * counter.isDamaged() // true
 * ```
 */
export function createUtf8DamageCounter(): Utf8DamageCounter {
  let [whole, broken] = [0, 0]
  return {
    read: (lossy) => {
      for (const [character] of lossy.matchAll(/[^\0-\x7f]/gu)) {
        if (character === '\ufffd') broken++
        else whole++
      }
    },
    isDamaged: () => whole > broken,
  }
}

// Nearly all: ASCII, ideographs and the marks between them are visible, and no neighbour composes with them.
const PLAIN = /^[\x20-\x7e\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]*$/
// Controls, format characters (bidirectional controls of UAX #9, zero-width marks, tags), line and paragraph
// separators, noncharacters, and what a font leaves out (variation selectors, Hangul fillers): none can be
// seen, each can make a shown field lie. U+FFFD can be seen, but stands for a character that was lost.
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\ufffd]/u

// What a script cannot be written without, where it changes what is seen: the form of a Mongolian letter (one variation
// selector after it), its final a or e that stands apart (U+180E), and letters of the Arabic script that would join and
// must not (U+200C after one that joins both ways). Anywhere else they are invisible, and refused.
const MONGOLIAN = '[\u1820-\u1878\u1880-\u1884\u1887-\u18a8\u18aa]'
const SELECTOR = '[\u180b-\u180d\u180f]'
const JOINS_BOTH_WAYS =
  '[\u0626\u0628\u062a-\u062e\u0633-\u063a\u0641-\u0647\u0649\u064a\u067e\u0686\u06a9\u06ad\u06af\u06be\u06cc\u06d0]'
const NEEDED = new RegExp(
  [
    `(?<=${MONGOLIAN})${SELECTOR}`,
    `(?<=${MONGOLIAN}${SELECTOR}?)\u180e(?=[\u1820\u1821])`,
    `(?<=${JOINS_BOTH_WAYS})\u200c(?=[\u0620-\u064a\u066e-\u06d3\u06d5])`,
  ].join('|'),
  'gu',
)

/** Whether a text holds what cannot be seen, other than what its script needs there. */
function hidesSomething(text: string): boolean {
  return INVISIBLE.test(text) && INVISIBLE.test(text.replace(NEEDED, ''))
}

// Beyond what the Stream-Safe Text Format of UAX #15 allows: putting a run of marks in order takes the square of its
// length. Besides the marks those count that become marks, alone or after a space, in compatibility decomposition, such
// as the half-width sound marks; and spaces do not part them, since comparing takes spaces out.
const UNBOUNDED =
  /(?:[\p{M}\u00a8\u00af\u00b4\u00b8\u02d8-\u02dd\u037a\u0384\u0385\u1fbd\u1fbf-\u1fc1\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed\u1fee\u1ffd\u1ffe\u2017\u203e\u309b\u309c\ufc5e-\ufc63\ufe49-\ufe4c\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e\uff9e\uff9f\uffe3]\s*){31}/u

/** Whether a text can be normalised in time that its length bounds: at most 30 combining marks in a row (UAX #15 §13). */
export function isStreamSafe(text: string): boolean {
  return !UNBOUNDED.test(text)
}

/**
 * Whether a text is well-formed UTF-16, in Unicode NFC, with at most 30 combining marks in a row, and free of
 * characters that cannot be seen, but for those by which its script is written.
 *
 * @example
 * ```ts
 * isDisplayText('样例甲') // true
 * isDisplayText('a\u202eb') // false
 * ```
 */
export function isDisplayText(text: string): boolean {
  if (PLAIN.test(text)) return true
  return text.isWellFormed() && !hidesSomething(text) && isStreamSafe(text) && text.normalize('NFC') === text
}

/**
 * @throws {MalformedError} `forbidden-character` unless {@link isDisplayText}; the text itself is not quoted
 */
export function assertDisplayText(text: string, where: string): void {
  if (!isDisplayText(text)) {
    throw malformed(
      'forbidden-character',
      where,
      'text in Unicode NFC without control, bidirectional or invisible characters',
      `${text.length} characters, some of them not allowed`,
    )
  }
}
