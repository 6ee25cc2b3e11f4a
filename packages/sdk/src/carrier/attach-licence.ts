/** A licence put into the file that shows it. */
import { parsePresented, readPresented } from '@hefu/protocol'
import { MOST_ATTACHED_BYTES } from './attached-name.ts'
import { CarrierError } from './carrier-error.ts'
import { recogniseFile } from './file-kind.ts'
import { bytesOf, type GivenBytes } from './given-bytes.ts'
import { digestOfRendition, MAX_CARRIER_BYTES, textOf } from './open-carrier.ts'

/** A file with a licence in it. */
export interface WrittenCarrier {
  readonly kind: 'pdf' | 'ofd'
  readonly bytes: Uint8Array
  /** SHA-256 of the file before, base64url. */
  readonly rendition: string
  /** Whether the issuer bound the file to the licence; `false`: it bound none. */
  readonly isBound: boolean
}

/**
 * Attaches a licence to a PDF or an OFD, whose bytes stay as they are at the beginning of what it becomes. The same file
 * and the same licence give the same bytes.
 *
 * @param presented a bundle or a presentation: its text, or the bytes of its file
 * @param into the PDF or OFD
 * @throws {MalformedError} for a text that is neither
 * @throws {CarrierError} `not-a-rendition`, `other-rendition` where the issuer bound other files, `has-attachments`,
 *   `large-file`, and those of files that cannot be read
 * @throws {TypeError} for what is neither bytes nor, of the licence, a text
 */
export async function attachLicence(
  presented: string | GivenBytes,
  into: GivenBytes,
): Promise<WrittenCarrier> {
  const rendition = bytesOf(into, 'attach the licence to a file')
  const text = readPresented(
    typeof presented === 'string' ? presented : textOf(bytesOf(presented, 'attach the licence')),
  )
  const { renditions = [] } = parsePresented(text).credential.claims
  const { kind, attach } = await writerOf(rendition)
  const digest = digestOfRendition(rendition)
  const isBound = renditions.some((bound) => bound.digest === digest)
  if (renditions.length > 0 && !isBound) throw new CarrierError('other-rendition', kind.toUpperCase())
  const bytes = attach(rendition, text)
  if (bytes.length > MAX_CARRIER_BYTES) throw new CarrierError('large-file', `${MAX_CARRIER_BYTES}`)
  return { kind, bytes, rendition: digest, isBound }
}

/**
 * What a file is and its digest, before a licence is bound to it, if it can take one at all: it is read as
 * {@link attachLicence} reads it, and has room for the largest.
 *
 * @throws {CarrierError} as {@link attachLicence}, but for `other-rendition`
 */
export async function checkRendition(
  rendition: Uint8Array,
): Promise<Pick<WrittenCarrier, 'kind' | 'rendition'>> {
  const { kind, attach } = await writerOf(rendition)
  const { length } = attach(rendition, '')
  if (length + MOST_ATTACHED_BYTES > MAX_CARRIER_BYTES)
    throw new CarrierError('large-file', `${MAX_CARRIER_BYTES - MOST_ATTACHED_BYTES}`)
  return { kind, rendition: digestOfRendition(rendition) }
}

type Writer = Pick<WrittenCarrier, 'kind'> & {
  readonly attach: (original: Uint8Array, presented: string) => Uint8Array
}

async function writerOf(rendition: Uint8Array): Promise<Writer> {
  if (rendition.length > MAX_CARRIER_BYTES) throw new CarrierError('large-file', `${MAX_CARRIER_BYTES}`)
  const kind = recogniseFile(rendition)
  if (kind === 'pdf') return { kind, attach: (await import('./attach-to-pdf.ts')).attachToPdf }
  if (kind === 'zip') return { kind: 'ofd', attach: (await import('./attach-to-ofd.ts')).attachToOfd }
  throw new CarrierError('not-a-rendition')
}
