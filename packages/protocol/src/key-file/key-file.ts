/**
 * Key file: a private key at rest, encrypted under a passphrase as an encrypted JWK (RFC 7517 §7) with
 * PBES2-HS512+A256KW (RFC 7518 §4.8); its public half stands beside it in the clear.
 */
import { CompactEncrypt, compactDecrypt, errors } from 'jose'
import { parseBase64url } from '../bytes/base64url.ts'
import { MalformedError, malformed, quote } from '../bytes/malformed.ts'
import { assertOnly, collect, constantMember, parseObject, textMember } from '../bytes/members.ts'
import { type JsonObject, parseStrictJson } from '../bytes/strict-json.ts'
import { encodeUtf8, parseUtf8 } from '../bytes/text.ts'

/** Media type of a key file, version 1. */
export const KEY_FILE_MEDIA_TYPE = 'application/vnd.hefu.key+json;version=1'
/** What a key is for: signing credentials, signing reports, sending the ledger's transactions, or sealing what is deposited. */
export type KeyPurpose = 'issuer-signing' | 'verifier-signing' | 'account' | 'deposit-sealing'

/** PBKDF2 iterations; above OWASP's 210,000 for HMAC-SHA-512. */
const ITERATIONS = 300_000
const MIN_PASSPHRASE_CHARACTERS = 12
const MAX_KEY_FILE_CHARACTERS = 16_384
const PURPOSES: readonly KeyPurpose[] = ['issuer-signing', 'verifier-signing', 'account', 'deposit-sealing']

/** A key at rest, as data. */
export interface KeyFile {
  readonly purpose: KeyPurpose
  /** Thumbprint of the key, address of the account, or name of the sealing key. */
  readonly name: string
  /** Compact JWE over the private JWK. */
  readonly encrypted: string
}

/**
 * The passphrase does not open the key file.
 *
 * @example
 * ```ts
 * new WrongPassphraseError('open the key').name // 'WrongPassphraseError'
 * ```
 */
export class WrongPassphraseError extends Error {
  override readonly name = 'WrongPassphraseError'
}

/**
 * Encrypts a private JWK (any kind) under a passphrase.
 *
 * @throws {RangeError} for a passphrase of fewer than 12 characters
 * @example
 * ```ts
 * const about = { purpose: 'verifier-signing', name: thumbprint(verifierPublicKey, suite) }
 * const file = await encryptKey(verifierKey, about, 'correct horse battery')
 * file.purpose // 'verifier-signing'
 * encryptKey(verifierKey, about, 'short') // throws RangeError
 * ```
 */
export async function encryptKey(
  privateJwk: object,
  about: Pick<KeyFile, 'purpose' | 'name'>,
  passphrase: string,
): Promise<KeyFile> {
  if (passphrase.length < MIN_PASSPHRASE_CHARACTERS) {
    throw new RangeError(
      `encrypt a key: a passphrase of at least ${MIN_PASSPHRASE_CHARACTERS} characters is needed`,
    )
  }
  const encrypted = await new CompactEncrypt(encodeUtf8(JSON.stringify(privateJwk)))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', cty: 'jwk+json' })
    .setKeyManagementParameters({ p2c: ITERATIONS })
    .encrypt(encodeUtf8(passphrase))
  return { ...about, encrypted }
}

/**
 * The private JWK of a key file.
 *
 * @throws {WrongPassphraseError}
 * @example
 * ```ts
 * const about = { purpose: 'verifier-signing', name: thumbprint(verifierPublicKey, suite) }
 * const file = await encryptKey(verifierKey, about, 'correct horse battery')
 * await decryptKey(file, 'correct horse battery') // verifierKey
 * decryptKey(file, 'another passphrase') // throws WrongPassphraseError
 * ```
 */
export async function decryptKey(file: KeyFile, passphrase: string): Promise<JsonObject> {
  try {
    assertHeader(file.encrypted)
    const { plaintext } = await compactDecrypt(file.encrypted, encodeUtf8(passphrase), {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: ITERATIONS,
    })
    return parseObject(parseStrictJson(parseUtf8(plaintext, 'key'), MAX_KEY_FILE_CHARACTERS, 'key'), 'key')
  } catch (error) {
    if (!(error instanceof errors.JOSEError || error instanceof MalformedError)) throw error
    throw new WrongPassphraseError(
      `open the key ${quote(file.name)}: the passphrase is wrong or the file is damaged`,
    )
  }
}

/** What stands in the header of a JWE that this program made; `zip` and `crit` do not. */
const HEADER_MEMBERS = ['alg', 'enc', 'cty', 'p2c', 'p2s']

/** @throws {MalformedError} for a header that says more, before anything is derived or unpacked */
function assertHeader(encrypted: string): void {
  const [header = ''] = encrypted.split('.')
  const text = parseUtf8(parseBase64url(header, 'key.header'), 'key.header')
  const object = parseObject(parseStrictJson(text, MAX_KEY_FILE_CHARACTERS, 'key.header'), 'key.header')
  assertOnly(object, HEADER_MEMBERS, 'key.header')
}

/**
 * The text of a key file.
 *
 * @example
 * ```ts
 * const file = { purpose: 'account', name: `0x${'00'.repeat(20)}`, encrypted: 'e30.A.A.A.A' }
 * parseKeyFile(encodeKeyFile(file)) // file
 * ```
 */
export function encodeKeyFile({ purpose, name, encrypted }: KeyFile): string {
  return JSON.stringify({ mediaType: KEY_FILE_MEDIA_TYPE, purpose, name, encrypted })
}

/**
 * Reads a key file's text.
 *
 * @throws {MalformedError}
 * @example
 * ```ts
 * parseKeyFile('{}') // throws MalformedError
 * ```
 */
export function parseKeyFile(text: string): KeyFile {
  const where = 'key file'
  const object = parseObject(parseStrictJson(text.trimEnd(), MAX_KEY_FILE_CHARACTERS, where), where)
  constantMember(object, 'mediaType', KEY_FILE_MEDIA_TYPE, where)
  assertOnly(object, ['encrypted', 'mediaType', 'name', 'purpose'], where)
  return collect({
    purpose: () => parsePurpose(object),
    name: () => textMember(object, 'name', /^[0-9A-Za-z_-]{42,43}$/, 'a thumbprint or an address', where),
    encrypted: () => textMember(object, 'encrypted', /^[A-Za-z0-9_.-]+$/, 'a compact JWE', where),
  })
}

function parsePurpose(object: JsonObject): KeyPurpose {
  const purpose = PURPOSES.find((known) => known === object['purpose'])
  if (purpose !== undefined) return purpose
  throw malformed('wrong-value', 'key file.purpose', PURPOSES.join(', '), quote(object['purpose']))
}
