/** A file as UTF-8 text in chunks; what is no UTF-8 is refused before any row of it is taken. */

import { createReadStream } from 'node:fs'
import { reasonOf } from '@hefu/service'
import { IssuerError } from '../issuer-error.ts'

const CHUNK_BYTES = 1 << 18

/**
 * The text of a file, without a byte-order mark. `onBytes` hears how much has been read in all.
 *
 * @throws {IssuerError} `input-unreadable`, `input-not-utf8`, `input-gb18030`
 */
export async function* readUtf8Chunks(
  file: string,
  onBytes: (total: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let total = 0
  for await (const bytes of readBytes(file)) {
    total += bytes.length
    const text = decode(decoder, bytes, file)
    onBytes(total)
    if (text !== '') yield text
  }
  const rest = decode(decoder, undefined, file)
  if (rest !== '') yield rest
}

async function* readBytes(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>
  } catch (error) {
    throw new IssuerError('input-unreadable', { file, reason: reasonOf(error) })
  }
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array | undefined,
  file: string,
): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch {
    throw new IssuerError(bytes !== undefined && isGb18030(bytes) ? 'input-gb18030' : 'input-not-utf8', {
      file,
    })
  }
}

/** Whether bytes that are no UTF-8 would be GB18030, the encoding that spreadsheets in China save by default. */
function isGb18030(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes, { stream: true })
    return !text.includes('\0')
  } catch {
    return false
  }
}

/**
 * Reads a whole file once, so that a wrong byte at its end is known before its first row is issued.
 *
 * @throws {IssuerError} `input-unreadable`, `input-not-utf8`, `input-gb18030`
 */
export async function assertUtf8(file: string): Promise<void> {
  for await (const _ of readUtf8Chunks(file));
}
