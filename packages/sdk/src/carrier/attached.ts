/** What every file with attachments has alike: which of them is the licence, and what the file was before. */
import { kindOfPresented, readPresented } from '@hefu/protocol'
import { decodeText } from '../verification/file-text.ts'
import { isSameBytes } from './byte-strings.ts'
import { CarrierError } from './carrier-error.ts'

/** Bytes of all attachments that are read as texts, one after another. */
const MOST_TEXT_BYTES = 33_554_432

/** The file around a licence. */
export interface Rendition {
  /** As it was before the licence was attached; the whole file where that cannot be told. */
  readonly original: Uint8Array
  /**
   * Whether it is just what attaching this licence to `original` gives. Whoever alters `original` has that too: whether it is
   * the issuer's, its digest tells where the issuer bound one.
   */
  readonly isAsAttached: boolean
}

export interface Attached extends Rendition {
  /** The text of the licence, as {@link readPresented} reads it. */
  readonly text: string
}

/**
 * The one licence among attachments. Whatever has the marks of a licence is one here, be it a broken one: that is for the
 * verification to say.
 *
 * @param contents each is asked for when the one before has been looked at
 * @param isAny whether the file has attachments at all, be they too large to be read
 * @throws {CarrierError} `no-attachment`, `no-licence-attached`, `several-licences`, `beyond-bounds`
 */
export function oneLicence(contents: Iterable<Uint8Array>, isAny: boolean, about: string): string {
  if (!isAny) throw new CarrierError('no-attachment', about)
  const licences = new Set<string>()
  let read = 0
  for (const content of contents) {
    read += content.length
    if (read > MOST_TEXT_BYTES) throw new CarrierError('beyond-bounds', about)
    const candidate = readPresented(decodeText(content) ?? '')
    if (kindOfPresented(candidate) === 'licence') licences.add(candidate)
  }
  const [text, ...others] = licences
  if (text === undefined) throw new CarrierError('no-licence-attached', about)
  if (others.length > 0) throw new CarrierError('several-licences', about)
  return text
}

/**
 * The file before its last `bytes.length - at` bytes, if attaching the licence to it gives just these bytes again: so
 * nothing that was put, changed or hidden behind the file can pass for it. Else the whole file, which is no rendition that
 * an issuer can have bound: its digest would have to be in the licence that is in it.
 */
export function splitOff(
  bytes: Uint8Array,
  at: number,
  text: string,
  attach: (original: Uint8Array, presented: string) => Uint8Array,
): Rendition {
  const original = bytes.subarray(0, Math.max(0, Math.min(at, bytes.length)))
  const isAsAttached =
    original.length < bytes.length && isSameBytes(attachedAgain(original, text, attach), bytes)
  return isAsAttached ? { original, isAsAttached } : { original: bytes, isAsAttached }
}

function attachedAgain(
  original: Uint8Array,
  text: string,
  attach: (original: Uint8Array, presented: string) => Uint8Array,
): Uint8Array {
  try {
    return attach(original, text)
  } catch (error) {
    if (error instanceof CarrierError) return new Uint8Array()
    throw error
  }
}
