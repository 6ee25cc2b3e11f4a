/** The passphrase that opens a program's key files: in a variable or in a file. Never an option, never shown. */
import { type FileHandle, open } from 'node:fs/promises'
import type { Bilingual } from '@hefu/protocol'
import { reasonOf } from './explained-error.ts'
import { KeyError } from './key-error.ts'
import { type Environment, type Reading, type Setting, textOf } from './setting.ts'

export type PassphraseSource = { readonly text: string } | { readonly path: string }

const VARIABLES = ['HEFU_PASSPHRASE', 'HEFU_PASSPHRASE_FILE'] as const
const EXACTLY_ONE: Bilingual = {
  zh: `${VARIABLES.join(' 与 ')} 须且只须设置一个`,
  en: `set exactly one of ${VARIABLES.join(' and ')}`,
}
const AT_MOST_ONE: Bilingual = {
  zh: `${VARIABLES.join(' 与 ')} 只能设置一个`,
  en: `set one of ${VARIABLES.join(' and ')}, not both`,
}
const MOST_BYTES = 1024
/** Readable by others, or writable by anyone but the owner. A group may read: so secrets are handed to services. */
const EXPOSED = 0o027

/** `HEFU_PASSPHRASE` or `HEFU_PASSPHRASE_FILE`: exactly one of the two. */
export const passphraseSetting: Setting<PassphraseSource> = {
  variables: VARIABLES,
  read: (environment) => {
    const source = readSource(environment)
    if ('defect' in source) return { defect: EXACTLY_ONE }
    return source.value === undefined ? { defect: EXACTLY_ONE } : { value: source.value }
  },
}

/** One of the two at most; where there is none, it is typed. */
export const givenPassphraseSetting: Setting<PassphraseSource | undefined> = {
  variables: VARIABLES,
  read: readSource,
}

function readSource(environment: Environment): Reading<PassphraseSource | undefined> {
  const [given, path] = VARIABLES.map((name) => textOf(environment, name))
  if (given !== undefined && path !== undefined) return { defect: AT_MOST_ONE }
  if (given !== undefined) return { value: { text: given } }
  return { value: path === undefined ? undefined : { path } }
}

/**
 * The passphrase itself. One line end at the end of a file is not part of it; all else is.
 *
 * @throws {KeyError} `passphrase-unreadable`, `passphrase-exposed`, `passphrase-malformed`
 */
export async function readPassphrase(source: PassphraseSource): Promise<string> {
  if ('text' in source) return source.text
  const file = await openUnexposed(source.path)
  try {
    return parsePassphrase(await readBounded(file, source.path), source.path)
  } finally {
    await file.close()
  }
}

async function openUnexposed(path: string): Promise<FileHandle> {
  const file = await reading(path, () => open(path, 'r'))
  const { mode } = await file.stat()
  if (process.platform === 'win32' || (mode & EXPOSED) === 0) return file
  await file.close()
  throw new KeyError('passphrase-exposed', path)
}

/** Up to one byte more than may be there, and nothing of what comes after it. */
async function readBounded(file: FileHandle, path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(MOST_BYTES + 1)
  let length = 0
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = (await reading(path, () => file.read(bytes, length, bytes.length - length))).bytesRead
  }
  return bytes.subarray(0, length)
}

async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw new KeyError('passphrase-unreadable', `${path} (${reasonOf(error)})`, { cause: error })
  }
}

function parsePassphrase(bytes: Uint8Array, path: string): string {
  const passphrase = decodeOrNull(bytes)?.replace(/\r?\n$/, '') ?? ''
  if (passphrase !== '' && bytes.length <= MOST_BYTES && !passphrase.startsWith('\uFEFF')) return passphrase
  throw new KeyError('passphrase-malformed', path)
}

/** Other bytes than UTF-8 would all become the same character, and many passphrases one. */
function decodeOrNull(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
