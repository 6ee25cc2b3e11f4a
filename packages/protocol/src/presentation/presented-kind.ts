/** What a text is that cannot be read: a broken licence, or something that never was one (spec/checks-and-verdicts.md). */
import { BUNDLE_MEDIA_TYPE } from '../bundle/bundle.ts'
import { LICENCE_ID_PREFIX } from '../identifiers/licence-id.ts'
import { PRESENTATION_MEDIA_TYPE } from './presentation.ts'
import { QR_REFERENCE_PREFIX, QR_WHOLE_PREFIX } from './qr-text.ts'

/**
 * `licence`: a bundle, a presentation or a bare credential, or what is left of one · `nothing`: white space at most ·
 * `qr-whole`, `qr-reference`: what a QR code of a licence holds · `qr-distorted`: the same in other letters or signs, as an
 * input method or Caps Lock makes of it · `licence-id`: a licence identifier alone ·
 * `other`: anything else.
 */
export type PresentedKind =
  | 'licence'
  | 'nothing'
  | 'qr-whole'
  | 'qr-reference'
  | 'qr-distorted'
  | 'licence-id'
  | 'other'

/** Whatever their version: the media type of either kind of object. */
const MEDIA_TYPES = [BUNDLE_MEDIA_TYPE, PRESENTATION_MEDIA_TYPE].map((type) => type.split(';')[0] ?? type)
const DISTORTED = /^hefu1:[pr]:/i
const VERSIONED = /^\{\s*"mediaType"\s*:\s*"(application\/vnd\.hefu\.[a-z]+\+json);version=[1-9][0-9]{0,8}"/
const KNOWN = [BUNDLE_MEDIA_TYPE, PRESENTATION_MEDIA_TYPE]
const NEITHER_PART_NOR_POINT = /[^\w.-]/
const STARTS = [
  [QR_WHOLE_PREFIX, 'qr-whole'],
  [QR_REFERENCE_PREFIX, 'qr-reference'],
  [LICENCE_ID_PREFIX, 'licence-id'],
] as const

/**
 * By the marks that only a licence has: an altered licence keeps some, a wrong file has none. Says nothing about
 * whether it can be read. White space and byte-order marks around the text do not count.
 *
 * @example
 * ```ts
 * kindOfPresented(`${sample.bundle}}`) // 'licence'
 * kindOfPresented(encodeQrReference(sample.bundle, suite)) // 'qr-reference'
 * kindOfPresented('身份证') // 'other'
 * kindOfPresented('') // 'nothing'
 * ```
 */
export function kindOfPresented(presented: string): PresentedKind {
  // Byte-order marks are white space to ECMA-262, and so to `trim`.
  const text = presented.trim()
  if (text === '') return 'nothing'
  const isObject = text.startsWith('{') && MEDIA_TYPES.some((type) => text.includes(type))
  if (isObject || beginsCompact(text)) return 'licence'
  const kind = STARTS.find(([start]) => text.startsWith(start))?.[1]
  return kind ?? (DISTORTED.test(text.slice(0, 16).normalize('NFKC')) ? 'qr-distorted' : 'other')
}

/**
 * Whether an object says that it is a bundle or a presentation of a version other than this one: who cannot read it has
 * to learn it, and nothing is wrong with it.
 *
 * @example
 * ```ts
 * isOtherVersion(sample.bundle) // false
 * isOtherVersion(sample.bundle.replace('version=1', 'version=2')) // true
 * ```
 */
export function isOtherVersion(presented: string): boolean {
  const [start = '', mediaType = ''] = VERSIONED.exec(presented.trim()) ?? []
  return MEDIA_TYPES.includes(mediaType) && !KNOWN.some((known) => start.endsWith(`"${known}"`))
}

/** As an SD-JWT in compact form does (RFC 9901 §4), even one whose signature was taken away. */
function beginsCompact(text: string): boolean {
  const signed = text.slice(0, Math.max(0, text.indexOf('~')))
  return signed.indexOf('.') > 0 && !NEITHER_PART_NOR_POINT.test(signed)
}
