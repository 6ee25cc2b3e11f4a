/** Files and standard input of the command: capped, UTF-8 only. */
import { createReadStream } from 'node:fs'
import { UsageError } from './usage-error.ts'

const MAX_FILE_BYTES = 1_048_576
const STANDARD_INPUT = '-'

/**
 * The text of a file, or of standard input for `-`, without one line end at its end.
 *
 * @throws {UsageError}
 */
export async function readText(path: string): Promise<string> {
  return decode(await readBytes(path), path).replace(/\r?\n$/, '')
}

async function readBytes(path: string): Promise<Uint8Array> {
  const stream = path === STANDARD_INPUT ? process.stdin : createReadStream(path)
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > MAX_FILE_BYTES) throw new UsageError('large-file', path)
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

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new UsageError('not-text', path)
  }
}
