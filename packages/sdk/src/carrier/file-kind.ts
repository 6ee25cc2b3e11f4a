/** What kind of file some bytes are: by how they begin, and never by a name. */

/** A kind that is opened here. */
export type CarrierKind = 'text' | 'pdf' | 'ofd' | 'png' | 'jpeg'

/** `zip`: an OFD or another package, which its entries tell. */
export type FileKind = Exclude<CarrierKind, 'ofd'> | 'zip' | { readonly unsupported: string }

const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0))

const STARTS: readonly (readonly [start: readonly number[], kind: FileKind])[] = [
  [[0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a], 'png'],
  [[0xff, 0xd8, 0xff], 'jpeg'],
  [[...ascii('PK'), 3, 4], 'zip'],
  [[...ascii('PK'), 5, 6], 'zip'],
  [ascii('GIF8'), { unsupported: 'GIF' }],
  [ascii('Rar!'), { unsupported: 'RAR' }],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], { unsupported: '7z' }],
  [[0x1f, 0x8b], { unsupported: 'GZIP' }],
  [[...ascii('II*'), 0], { unsupported: 'TIFF' }],
  [[...ascii('MM'), 0, 0x2a], { unsupported: 'TIFF' }],
  [ascii('%!PS'), { unsupported: 'PostScript' }],
  [[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], { unsupported: 'Office 97–2003' }],
]
const PDF_HEADER = '%PDF-'
/** Where readers of PDF look for its header. */
const PDF_HEADER_BYTES = 1024
/** Bytes that are made characters at once: of each alone a text of megabytes would be a chain of so many parts. */
const STEP_BYTES = 4096
/** Brands of ISO base media files (ISO/IEC 14496-12) that are photographs. */
const PHOTOGRAPHS: Readonly<Record<string, string>> = {
  heic: 'HEIC',
  heix: 'HEIC',
  hevc: 'HEIC',
  mif1: 'HEIC',
  msf1: 'HEIC',
  avif: 'AVIF',
}

/** What is none of the kinds that are known by their beginning is told to be text, which its decoding decides. */
export function recogniseFile(bytes: Uint8Array): FileKind {
  const known = STARTS.find(([start]) => start.every((byte, i) => bytes[i] === byte))?.[1]
  if (known !== undefined) return known
  const head = latin1(bytes.subarray(0, PDF_HEADER_BYTES))
  if (head.includes(PDF_HEADER)) return 'pdf'
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return { unsupported: 'WebP' }
  if (/^BM.{4}\0\0\0\0/s.test(head)) return { unsupported: 'BMP' }
  const photograph = head.startsWith('ftyp', 4) ? (PHOTOGRAPHS[head.slice(8, 12)] ?? 'MP4') : undefined
  return photograph === undefined ? 'text' : { unsupported: photograph }
}

/** Each byte as the character of its number. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += STEP_BYTES)
    text += String.fromCharCode(...bytes.subarray(at, at + STEP_BYTES))
  return text
}

/** Each character of a text of such characters as its byte. */
export function latin1Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
