/** What people scan, paste or drop, as the text that is verified. The parsers stay strict. */
import { kindOfPresented } from './presented-kind.ts'
import { parseQrText } from './qr-text.ts'

/**
 * The presentation in a text: without the line end, Tab, white space or byte-order mark that editors and scanner guns
 * put around it, and taken out of the text of a QR code that holds a whole one, whatever a scanner gun, an input method or
 * Caps Lock made of it. Everything else stays as it is, to be judged. This is the text that the digest in a report is of.
 *
 * @example
 * ```ts
 * readPresented(`\ufeff${sample.bundle}\r\n`) // sample.bundle
 * readPresented('HEFU1:P:…\t') // 'HEFU1:P:…'
 * ```
 */
export function readPresented(scanned: string): string {
  const text = scanned.replace(FRAME, '').trim()
  const kind = kindOfPresented(text)
  if (kind === 'qr-distorted') return readDistorted(text) ?? text
  return kind === 'qr-whole' ? (readWholeQr(text) ?? text) : text
}

/** What scanner guns put around what they read: STX, ETX and their like, and the AIM identifier of a symbology, `]Q1`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const FRAME = /^[\u0000-\u0020\ufeff]*(?:\][A-Za-z][0-9A-Za-z](?=[Hh{]))?|[\u0000-\u0020\ufeff]+$/g
/** Full-width forms of ASCII that input methods write. */
const FULL_WIDTH = /[\uff01-\uff5e]/g

/** With its colons in half width, and its letters in the case that they were before Caps Lock. */
function readDistorted(text: string): string | null {
  const narrow = text.replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
  return readWholeQr(narrow) ?? readWholeQr(narrow.replace(/[a-z]/gi, swapCase))
}

function swapCase(letter: string): string {
  const upper = letter.toUpperCase()
  return letter === upper ? letter.toLowerCase() : upper
}

/** `null`: a code that was not read completely, or is none of ours; whatever is wrong with it, its text is judged. */
function readWholeQr(text: string): string | null {
  try {
    const scanned = parseQrText(text)
    return scanned.kind === 'whole' ? scanned.presented : null
  } catch {
    return null
  }
}
