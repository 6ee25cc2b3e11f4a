/** Opening the key files of a program: the purpose is the wanted one, and the key inside has the name outside. */
import { createHmac, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  decryptKey,
  encodeHex,
  encryptKey,
  type Hex,
  type JsonObject,
  type KeyFile,
  type KeyPurpose,
  MalformedError,
  type PrivateJwk,
  type PublicJwk,
  parseBase64url,
  parseKeyFile,
  parsePublicJwk,
  suite,
  thumbprint,
  WrongPassphraseError,
} from '@hefu/protocol'
import { KeyError } from './key-error.ts'
import { pathReason } from './system-reason.ts'

export interface SigningKey {
  readonly privateJwk: PrivateJwk
  readonly publicJwk: PublicJwk
  /** RFC 7638 thumbprint. */
  readonly kid: string
}

/**
 * A key file, still encrypted.
 *
 * @throws {KeyError} `key-unreadable`, `key-malformed`
 */
export async function readKeyFile(path: string): Promise<KeyFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new KeyError('key-unreadable', pathReason(path, error), { cause: error })
  })
  try {
    return parseKeyFile(text)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    throw new KeyError('key-malformed', `${path} (${error.message})`, { cause: error })
  }
}

/**
 * The key that signs credentials, or reports.
 *
 * @throws {KeyError} `key-of-other-purpose`, `wrong-passphrase`, `key-malformed`, `key-of-other-name`
 */
export async function openSigningKey(
  file: KeyFile,
  purpose: 'issuer-signing' | 'verifier-signing',
  passphrase: string,
): Promise<SigningKey> {
  const { d, ...publicMembers } = await openKey(file, purpose, passphrase)
  const publicJwk = inside(file, () => parsePublicJwk(publicMembers, 'key'))
  const privateJwk = { ...publicJwk, d: privatePart(file, d) }
  const kid = thumbprint(publicJwk, suite)
  if (kid !== file.name) throw new KeyError('key-of-other-name', file.name)
  return { privateJwk, publicJwk, kid }
}

/**
 * The 32 bytes of the key that sends an account's transactions. Whether they are the account's that the file is
 * named after is told by whoever derives addresses.
 *
 * @throws {KeyError} `key-of-other-purpose`, `wrong-passphrase`, `key-malformed`
 */
export async function openAccountKey(file: KeyFile, passphrase: string): Promise<Hex> {
  const { kty, crv, d } = await openKey(file, 'account', passphrase)
  if (kty !== 'EC' || crv !== 'secp256k1') throw malformedInside(file)
  return inside(file, () => encodeHex(parseBase64url(privatePart(file, d), 'key.d')))
}

/** A key that data at rest is sealed under. */
export interface SealingKey {
  /** Tells nothing of the key. */
  readonly name: string
  /** 32 bytes. A secret. */
  readonly key: Uint8Array
}

/**
 * The key that deposits are sealed under.
 *
 * @throws {KeyError} `key-of-other-purpose`, `wrong-passphrase`, `key-malformed`, `key-of-other-name`
 */
export async function openSealingKey(file: KeyFile, passphrase: string): Promise<SealingKey> {
  const { kty, k } = await openKey(file, 'deposit-sealing', passphrase)
  if (kty !== 'oct') throw malformedInside(file)
  const key = inside(file, () => parseBase64url(privatePart(file, k), 'key.k'))
  if (nameOfSealingKey(key) !== file.name) throw new KeyError('key-of-other-name', file.name)
  return { name: file.name, key }
}

/** A new sealing key, drawn at random, as it is kept. */
export async function createSealingKeyFile(passphrase: string): Promise<KeyFile> {
  const key = randomBytes(32)
  const about = { purpose: 'deposit-sealing', name: nameOfSealingKey(key) } as const
  return encryptKey({ kty: 'oct', k: key.toString('base64url') }, about, passphrase)
}

function nameOfSealingKey(key: Uint8Array): string {
  return createHmac('sha256', key).update('hefu deposit key').digest('base64url')
}

async function openKey(file: KeyFile, purpose: KeyPurpose, passphrase: string): Promise<JsonObject> {
  if (file.purpose !== purpose) {
    const { name, purpose: own } = file
    throw new KeyError('key-of-other-purpose', {
      zh: `${name} 的用途为“${own}”，应为“${purpose}”`,
      en: `${name} is for "${own}", expected "${purpose}"`,
    })
  }
  try {
    return await decryptKey(file, passphrase)
  } catch (error) {
    if (!(error instanceof WrongPassphraseError)) throw error
    throw new KeyError('wrong-passphrase', file.name, { cause: error })
  }
}

function privatePart(file: KeyFile, d: JsonObject[string] | undefined): string {
  if (typeof d !== 'string' || d.length !== 43) throw malformedInside(file)
  return inside(file, () => {
    parseBase64url(d, 'key.d')
    return d
  })
}

function inside<T>(file: KeyFile, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof MalformedError) throw malformedInside(file)
    throw error
  }
}

/** Without the cause and its sentence: what stands in an unexpected place of a key may be secret. */
function malformedInside({ name, purpose }: KeyFile): KeyError {
  return new KeyError('key-malformed', `no key for "${purpose}" is inside ${name}`)
}
