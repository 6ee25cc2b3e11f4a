/** Files and standard input of the command: capped, and text in whichever encoding. */
import { createReadStream } from 'node:fs'
import { decodeText } from '../verification/file-text.ts'
import { UsageError } from './usage-error.ts'

const MAX_TEXT_BYTES = 1_048_576
export const STANDARD_INPUT = '-'

/** How files begin that people take for the licence: its rendition, a photograph of it, the archive that it came in. */
const OTHER_FILES: readonly (readonly [start: readonly number[], name: string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'PDF'],
  [[0x50, 0x4b, 0x03, 0x04], 'OFD/ZIP'],
  [[0x89, 0x50, 0x4e, 0x47], 'PNG'],
  [[0xff, 0xd8, 0xff], 'JPEG'],
]

/**
 * The text of a file, or of standard input for `-`, without white space around it.
 *
 * @throws {UsageError}
 */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path, MAX_TEXT_BYTES)
  const other = OTHER_FILES.find(([start]) => start.every((byte, i) => bytes[i] === byte))
  if (other !== undefined) throw new UsageError('other-file', `${path} (${other[1]})`)
  const text = decodeText(bytes)
  if (text === null) throw new UsageError('not-text', path)
  return text.trim()
}

/**
 * The bytes of a file, or of standard input for `-`.
 *
 * @param most bytes that are read
 * @throws {UsageError}
 */
export async function readBytes(path: string, most: number): Promise<Uint8Array> {
  const stream = path === STANDARD_INPUT ? process.stdin : createReadStream(path)
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > most) throw new UsageError('large-file', path)
      chunks.push(chunk)
    }
  } catch (error) {
    throw toUsageError(error, path)
  }
  return Buffer.concat(chunks)
}

function toUsageError(error: unknown, path: string): UsageError {
  if (error instanceof UsageError) return error
  const absent = (error as NodeJS.ErrnoException).code === 'ENOENT'
  return new UsageError(absent ? 'absent-file' : 'unreadable-file', path, { cause: error })
}
