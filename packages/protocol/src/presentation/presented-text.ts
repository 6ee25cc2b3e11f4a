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
  const text = withoutFrame(scanned).trim()
  const kind = kindOfPresented(text)
  if (kind === 'qr-distorted') return readDistorted(text) ?? text
  return kind === 'qr-whole' ? (readWholeQr(text) ?? text) : text
}

/** The AIM identifier of a symbology, `]Q1`, which scanner guns put before what they read. */
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z](?=[Hh{])/

/** Each end is walked once: white space in the middle, however much, costs nothing. */
function withoutFrame(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isFrame(text.charCodeAt(start))) start++
  while (end > start && isFrame(text.charCodeAt(end - 1))) end--
  return text.slice(start, end).replace(SYMBOLOGY, '')
}

/** White space and control characters, as STX and ETX, and the byte-order mark. */
function isFrame(code: number): boolean {
  return code <= 0x20 || code === 0xfeff
}

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
