/** `hefu-verifier key`. */
import { existsSync } from 'node:fs'
import { encodeKeyFile, encryptKey, fillIn, type PrivateJwk, suite, thumbprint } from '@hefu/protocol'
import { openGrowingFile, reasonOf, requestNewPassphrase, SECRET_MODE } from '@hefu/service'
import { CommandError } from '../error/command-error.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { KEY_TEXTS, type REPORT_ALGORITHMS } from './key-texts.ts'
import type { VerifierSession } from './session.ts'

export interface KeyCommandOptions {
  readonly algorithm: (typeof REPORT_ALGORITHMS)[number]
  readonly json?: boolean
}

const LEAST_PASSPHRASE_CHARACTERS = 12

/**
 * Makes a key, and tells its public half.
 *
 * @throws {CommandError} `passphrase-short`, `key-exists`, `key-unwritable`
 * @throws {ConfigurationError} {KeyError} as `requestNewPassphrase`
 */
export async function runKey(
  session: VerifierSession,
  path: string,
  { algorithm, json }: KeyCommandOptions,
): Promise<ExitCode> {
  // Before anybody types a passphrase for nothing.
  if (existsSync(path)) throw new CommandError('key-exists', path)
  const passphrase = await requestNewPassphrase(session)
  if (passphrase.length < LEAST_PASSPHRASE_CHARACTERS) throw new CommandError('passphrase-short', '')
  const privateJwk = await suite.generateKey(algorithm)
  const { d: _, ...publicJwk } = privateJwk
  const kid = thumbprint(publicJwk, suite)
  writeKey(path, await encodeEncrypted(privateJwk, kid, passphrase))
  const { zh, en } = fillIn(KEY_TEXTS.created, { file: path })
  session.stdout.write(
    json === true
      ? `${JSON.stringify({ event: 'created', file: path, kid, publicJwk })}\n`
      : `${zh}\n${en}\n公钥 · public key  ${JSON.stringify(publicJwk)}\nkid               ${kid}\n`,
  )
  return EXIT.done
}

async function encodeEncrypted(key: PrivateJwk, name: string, passphrase: string): Promise<string> {
  return `${encodeKeyFile(await encryptKey(key, { purpose: 'verifier-signing', name }, passphrase))}\n`
}

/** Whole or not at all, for its owner alone, and never in the place of another. */
function writeKey(path: string, text: string): void {
  try {
    const file = openGrowingFile(path, SECRET_MODE)
    try {
      file.append(text)
      file.placeNew()
    } finally {
      file.drop()
    }
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST'
    throw new CommandError(
      exists ? 'key-exists' : 'key-unwritable',
      exists ? path : `${path} (${reasonOf(error)})`,
    )
  }
}
