/** A file as text in chunks: its encoding is found, and proven to its last byte, before any of it is taken. */
import { createReadStream } from 'node:fs'
import { createUtf8DamageCounter } from '@hefu/protocol'
import { reasonOf } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'

/** What spreadsheets save text in. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

const CHUNK_BYTES = 1 << 18

/** What a byte-order mark says. */
const MARKS: readonly (readonly [mark: readonly number[], encoding: TextEncoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/**
 * The encoding that a file is in from beginning to end: by its mark, else UTF-8, else GB 18030. A text in UTF-8 of
 * which some bytes were lost would be read as GB 18030 too, as other words: it is refused.
 *
 * @throws {IssuerError} `input-unreadable`, `input-not-text`, `input-damaged-utf8`
 */
export async function findEncoding(file: string): Promise<TextEncoding> {
  const start = await readStart(file)
  const marked = MARKS.find(([mark]) => mark.every((byte, i) => start[i] === byte))?.[1]
  for (const encoding of marked === undefined ? (['utf-8', 'gb18030'] as const) : [marked]) {
    if (encoding === 'gb18030' && (await isDamagedUtf8(file)))
      throw new IssuerError('input-damaged-utf8', { file })
    const failing = await findFailing(file, encoding)
    if (failing === null) return encoding
    // Its mark says what it was.
    if (marked === 'utf-8' && failing === 'undecodable') throw new IssuerError('input-damaged-utf8', { file })
  }
  throw new IssuerError('input-not-text', { file })
}

/** The first bytes of a file, by which its kind is told. */
export async function readStart(file: string): Promise<Uint8Array> {
  for await (const bytes of readBytes(file)) return bytes.subarray(0, 8)
  return new Uint8Array(0)
}

/** Why a file is no text in this encoding. */
async function findFailing(file: string, encoding: TextEncoding): Promise<'zeros' | 'undecodable' | null> {
  try {
    for await (const text of decodeBytes(readBytes(file), new TextDecoder(encoding, { fatal: true }))) {
      if (text.includes('\0')) return 'zeros'
    }
    return null
  } catch (error) {
    if (error instanceof TypeError) return 'undecodable'
    throw error
  }
}

async function isDamagedUtf8(file: string): Promise<boolean> {
  const counter = createUtf8DamageCounter()
  for await (const text of decodeBytes(readBytes(file), new TextDecoder('utf-8'))) counter.read(text)
  return counter.isDamaged()
}

/**
 * The text of a file, without a byte-order mark. `onBytes` hears how much has been read in all.
 *
 * @throws {IssuerError} `input-unreadable`; `input-not-text` when the file was changed since its encoding was found
 */
export async function* readTextChunks(
  file: string,
  encoding: TextEncoding,
  onBytes: (total: number) => void = () => undefined,
): AsyncGenerator<string> {
  let total = 0
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const bytes of readBytes(file)) {
      yield bytes
      total += bytes.length
      onBytes(total)
    }
  }
  try {
    yield* decodeBytes(counted(), new TextDecoder(encoding, { fatal: true }))
  } catch (error) {
    if (error instanceof TypeError) throw new IssuerError('input-not-text', { file }, { cause: error })
    throw error
  }
}

async function* decodeBytes(
  chunks: AsyncIterable<Uint8Array>,
  decoder: InstanceType<typeof TextDecoder>,
): AsyncGenerator<string> {
  for await (const bytes of chunks) {
    const text = decoder.decode(bytes, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

async function* readBytes(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>
  } catch (error) {
    throw new IssuerError('input-unreadable', { file, reason: reasonOf(error) })
  }
}
