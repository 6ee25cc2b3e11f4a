/** What people scan, paste or drop, as the text that is verified. The parsers stay strict. */
import { kindOfPresented } from './presented-kind.ts'
import { parseQrText } from './qr-text.ts'

/**
 * The presentation in a text: without the line end, Tab, white space or byte-order mark that editors and scanner guns
 * put around it, and taken out of the text of a QR code that holds a whole one. Everything else stays as it is, to be
 * judged. This is the text that the digest in a report is of.
 *
 * @example
 * ```ts
 * readPresented(`\ufeff${sample.bundle}\r\n`) // sample.bundle
 * readPresented('HEFU1:P:…\t') // 'HEFU1:P:…'
 * ```
 */
export function readPresented(scanned: string): string {
  const text = scanned.trim()
  return kindOfPresented(text) === 'qr-whole' ? (readWholeQr(text) ?? text) : text
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
