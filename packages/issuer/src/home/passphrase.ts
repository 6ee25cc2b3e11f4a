/** The passphrase: from the environment, from a file, or typed unseen. Never an option, never shown. */
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { reasonOf } from '../durable-file.ts'
import { IssuerError } from '../issuer-error.ts'

/** Where a passphrase can come from. */
export interface PassphraseSource {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream
}

/**
 * @throws {IssuerError} `passphrase-missing`, `passphrase-unreadable`
 */
export async function readPassphrase(source: PassphraseSource): Promise<string> {
  return (await givenPassphrase(source.env)) ?? askPassphrase(source, '口令 / Passphrase: ')
}

/**
 * A passphrase for new keys: typed twice where it is typed.
 *
 * @throws {IssuerError} `passphrase-missing`, `passphrase-unreadable`, `passphrase-differs`
 */
export async function readNewPassphrase(source: PassphraseSource): Promise<string> {
  const given = await givenPassphrase(source.env)
  if (given !== undefined) return given
  const first = await askPassphrase(
    source,
    '新口令（至少 12 个字符） / New passphrase (12 characters or more): ',
  )
  const second = await askPassphrase(source, '再输一次 / Once more: ')
  if (first !== second) throw new IssuerError('passphrase-differs')
  return first
}

async function givenPassphrase(env: PassphraseSource['env']): Promise<string | undefined> {
  const { HEFU_PASSPHRASE: text, HEFU_PASSPHRASE_FILE: file } = env
  if (text !== undefined && text !== '') return text
  if (file === undefined || file === '') return undefined
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '')
  } catch (error) {
    throw new IssuerError('passphrase-unreadable', { file, reason: reasonOf(error) })
  }
}

async function askPassphrase({ input, output }: PassphraseSource, question: string): Promise<string> {
  if (input.isTTY !== true) throw new IssuerError('passphrase-missing')
  output.write(question)
  // readline echoes what is typed to its output: this one swallows it.
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input, output: unseen, terminal: true })
  try {
    return await new Promise<string>((resolve, reject) => {
      reader.once('SIGINT', () => reject(new IssuerError('passphrase-missing')))
      reader.once('line', resolve)
      reader.once('close', () => reject(new IssuerError('passphrase-missing')))
    })
  } finally {
    reader.close()
    output.write('\n')
  }
}
