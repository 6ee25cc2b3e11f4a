/** Whatever is given, be it a licence's text or a file that a licence travels in: recognised by its content (spec/carriers.md). */
import { encodeBase64url, readPresented, suite, type VerificationRequest } from '@hefu/protocol'
import { decodeText } from '../verification/file-text.ts'
import type { Attached } from './attached.ts'
import { CarrierError } from './carrier-error.ts'
import { type CarrierKind, recogniseFile } from './file-kind.ts'
import { bytesOf, type GivenBytes } from './given-bytes.ts'

/** Bytes of a file that is opened. */
export const MAX_CARRIER_BYTES = 33_554_432

/** Of a licence's own text, in whatever encoding: it has 262,144 characters at most. */
const MAX_TEXT_BYTES = 1_048_576

/** What was carried. Nothing of it is proven. */
export interface OpenedCarrier {
  readonly kind: CarrierKind
  /** For a request: what was carried and, of a PDF or OFD, the digest of the file around it. */
  readonly asked: Pick<VerificationRequest, 'presented' | 'rendition'>
  /**
   * Whether the licence stands in the file around it as it is attached there; `false`: the file was written anew since, or
   * something was put behind it, and it cannot be a rendition that the issuer bound. `true` says nothing of what the file
   * shows: that it is the issuer's, the finding on `rendition` says where the issuer bound it. `null`: no file is around it.
   */
  readonly isAsAttached: boolean | null
}

/**
 * Opens a file: a licence's own text in any encoding that `decodeText` reads, a PDF or OFD that one is attached to, a PNG or
 * JPEG of its QR code. A text that is no licence is handed on as it is, for a verification to tell what it is.
 *
 * @param given the bytes of the file, or a text: that of a licence, be it scanned or pasted
 * @throws {CarrierError} for what holds no licence, or cannot be read: never a word against a licence
 * @throws {TypeError} for what is neither bytes nor a text
 */
export async function openCarrier(given: GivenBytes | string): Promise<OpenedCarrier> {
  if (typeof given === 'string') return withoutRendition('text', takeText(given))
  const bytes = bytesOf(given, 'open a file')
  if (bytes.length > MAX_CARRIER_BYTES) throw new CarrierError('large-file', `${MAX_CARRIER_BYTES}`)
  const kind = recogniseFile(bytes)
  if (typeof kind === 'object') throw new CarrierError('unsupported-file', kind.unsupported)
  if (kind === 'text') return withoutRendition('text', openText(bytes))
  if (kind === 'pdf') return withRendition('pdf', (await import('./open-pdf.ts')).openPdf(bytes))
  if (kind === 'zip') return withRendition('ofd', (await import('./open-ofd.ts')).openOfd(bytes))
  return withoutRendition(kind, await (await import('./open-image.ts')).openImage(bytes, kind))
}

function openText(bytes: Uint8Array): string {
  return readPresented(textOf(bytes))
}

/**
 * The text of a licence's own file, as it stands there.
 *
 * @throws {CarrierError} `large-file`, `not-text`
 */
export function textOf(bytes: Uint8Array): string {
  if (bytes.length > MAX_TEXT_BYTES) throw new CarrierError('large-file', `${MAX_TEXT_BYTES}`)
  const text = decodeText(bytes)
  if (text === null) throw new CarrierError('not-text')
  return text
}

/** No file has fewer bytes than its text has characters. */
function takeText(text: string): string {
  if (text.length > MAX_TEXT_BYTES) throw new CarrierError('large-file', `${MAX_TEXT_BYTES}`)
  return readPresented(text)
}

function withoutRendition(kind: CarrierKind, presented: string): OpenedCarrier {
  return { kind, asked: { presented }, isAsAttached: null }
}

function withRendition(kind: CarrierKind, { text, original, isAsAttached }: Attached): OpenedCarrier {
  return { kind, asked: { presented: text, rendition: digestOfRendition(original) }, isAsAttached }
}

/** SHA-256 of a file, base64url, as a credential binds it. */
export function digestOfRendition(bytes: Uint8Array): string {
  return encodeBase64url(suite.sha256(bytes))
}
