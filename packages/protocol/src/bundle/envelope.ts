/** The JSON object that holds a credential and its receipt, alike in a bundle and in a presentation. */
import { matchReceipt, type Receipt } from '../receipt/receipt.ts'

/** The text of a credential, and its receipt. */
export interface Envelope {
  readonly credential: string
  readonly receipt: Receipt
}

/** The longest text of a bundle or a presentation, in UTF-16 units. */
export const MAX_ENVELOPE_CHARACTERS = 262_144
const MIDDLE = '","receipt":'

/** How the one text of an envelope of this media type begins. */
export function envelopeStart(mediaType: string): string {
  return `{"mediaType":"${mediaType}","credential":"`
}

/**
 * Takes apart the one text of a sound envelope; `null` for every other text. The credential is not looked at.
 *
 * @param start {@link envelopeStart} of the media type
 */
export function matchEnvelope(text: string, start: string): Envelope | null {
  if (text.length > MAX_ENVELOPE_CHARACTERS) return null
  const end = text.indexOf('"', start.length)
  if (!text.startsWith(start) || !text.startsWith(MIDDLE, end) || !text.endsWith('}')) return null
  const receipt = matchReceipt(text.slice(end + MIDDLE.length, -1))
  return receipt && { credential: text.slice(start.length, end), receipt }
}
