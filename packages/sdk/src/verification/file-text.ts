/** Bytes of a file as the text that is verified. */
import { createUtf8DamageCounter } from '@hefu/protocol'

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

/**
 * The name of a file as a file system or an archive has it: UTF-8, else GB18030, which archivers here write without saying
 * so. Two names must not become one by what cannot be read of them.
 */
export function decodeFileName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
