/** What people scan, paste or drop, as the text that is verified. The protocol's parsers stay strict. */
import {
  createUtf8DamageCounter,
  kindOfPresented,
  MalformedError,
  parseQrText,
  type VerificationRequest,
} from '@hefu/protocol'

/**
 * The presentation in a text: without the line end, Tab, white space or byte-order mark that editors and scanner guns
 * put around it, and taken out of the text of a QR code that holds a whole one, whatever a scanner gun, an input method or
 * Caps Lock made of it. Everything else stays as it is, to be judged. This is the text that the digest in a report is of.
 *
 * @example
 * ```ts
 * readPresented(`\ufeff${bundle}\r\n`) // bundle
 * readPresented('HEFU1:P:…\t') // the bundle in the code
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

/** `null`: a code that was not read completely, or is none of ours. */
function readWholeQr(text: string): string | null {
  try {
    const scanned = parseQrText(text)
    return scanned.kind === 'whole' ? scanned.presented : null
  } catch (error) {
    if (error instanceof MalformedError) return null
    throw error
  }
}

/** The request with what is presented read so; one that is no request at all is left to be refused. */
export function withPresentedRead(request: VerificationRequest): VerificationRequest {
  const { presented } = request
  return typeof presented === 'string' ? { ...request, presented: readPresented(presented) } : request
}

/** What a byte-order mark says. */
const MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const

/**
 * The text of a file as office software here writes them: by its byte-order mark, else UTF-8, else GB18030; `null` for
 * bytes that are no text in any of them, and for UTF-8 of which some were lost.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const marked = MARKS.find(({ mark }) => mark.every((byte, i) => bytes[i] === byte))
  if (marked !== undefined) return decodeAs(marked.encoding, bytes)
  return decodeAs('utf-8', bytes) ?? (isDamagedUtf8(bytes) ? null : decodeAs('gb18030', bytes))
}

function isDamagedUtf8(bytes: Uint8Array): boolean {
  const counter = createUtf8DamageCounter()
  counter.read(new TextDecoder('utf-8').decode(bytes))
  return counter.isDamaged()
}

/** A byte-order mark at the start says how to read the text, and is no part of it. A text has no NUL in it. */
function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
