/** The passphrase of a command: given to it, or typed unseen by whoever runs it. */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { readSettings } from './configuration.ts'
import { KeyError } from './key-error.ts'
import { givenPassphraseSetting, readPassphrase } from './passphrase.ts'
import type { Environment } from './setting.ts'

/** Where a command can be given a passphrase. */
export interface PassphrasePrompt {
  readonly env: Environment
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream
}

/**
 * The passphrase of keys that are there.
 *
 * @throws {ConfigurationError} where it is given twice
 * @throws {KeyError} `passphrase-missing`, or as `readPassphrase`
 */
export async function requestPassphrase(prompt: PassphrasePrompt): Promise<string> {
  return (await givenPassphrase(prompt)) ?? type(prompt, '口令 / Passphrase: ')
}

/**
 * A passphrase for new keys: typed twice where it is typed.
 *
 * @throws {ConfigurationError} where it is given twice
 * @throws {KeyError} `passphrase-missing`, `passphrase-differs`, or as `readPassphrase`
 */
export async function requestNewPassphrase(prompt: PassphrasePrompt): Promise<string> {
  const given = await givenPassphrase(prompt)
  if (given !== undefined) return given
  const first = await type(prompt, '新口令（至少 12 个字符） / New passphrase (12 characters or more): ')
  const second = await type(prompt, '再输一次 / Once more: ')
  if (first !== second) throw new KeyError('passphrase-differs')
  return first
}

async function givenPassphrase({ env }: PassphrasePrompt): Promise<string | undefined> {
  const { passphrase } = readSettings({ passphrase: givenPassphraseSetting }, env)
  return passphrase === undefined ? undefined : readPassphrase(passphrase)
}

async function type({ input, output }: PassphrasePrompt, question: string): Promise<string> {
  if (input.isTTY !== true) throw new KeyError('passphrase-missing')
  output.write(question)
  // readline echoes what is typed to its output: this one swallows it.
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input, output: unseen, terminal: true })
  try {
    return await new Promise<string>((resolve, reject) => {
      reader.once('SIGINT', () => reject(new KeyError('passphrase-missing')))
      reader.once('line', resolve)
      reader.once('close', () => reject(new KeyError('passphrase-missing')))
    })
  } finally {
    reader.close()
    output.write('\n')
  }
}
