/** A key under a passphrase, with nothing left to chance. */
import type { PrivateJwk } from '@hefu/protocol'
import { CompactEncrypt, type CompactJWEHeaderParameters } from 'jose'
import { ED25519_KEY } from '../../../fixtures/sample-keys.ts'

export const PASSPHRASE = '湖南省-样例-通行短语-2026'

export const JWE_HEADER = { alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', cty: 'jwk+json' }

/** So many that a reader must do them, and so few that the others need no time. */
export const [MANY, FEW] = [300_000, 1000]

interface Encrypted {
  /** The text that is encrypted, if not the key's. */
  readonly content?: string
  readonly key?: PrivateJwk
  readonly header?: CompactJWEHeaderParameters
  readonly iterations?: number
  readonly passphrase?: string
}

/** What `encryptKey` makes, but with a fixed salt, content key and initialization vector. */
export async function encrypt({
  key = ED25519_KEY,
  header = JWE_HEADER,
  iterations = FEW,
  passphrase = PASSPHRASE,
  content = JSON.stringify(key),
}: Encrypted = {}): Promise<string> {
  const encoder = new TextEncoder()
  const lengths: Readonly<Record<string, number>> = { A128GCM: 16, 'A256CBC-HS512': 64 }
  const isGcm = header.enc.endsWith('GCM')
  const jwe = new CompactEncrypt(encoder.encode(content))
    .setProtectedHeader(header)
    .setInitializationVector(new Uint8Array(isGcm ? 12 : 16).fill(3))
  if (header.alg === 'dir') return jwe.encrypt(new Uint8Array(32))
  return jwe
    .setContentEncryptionKey(new Uint8Array(lengths[header.enc] ?? 32).fill(2))
    .setKeyManagementParameters({ p2c: iterations, p2s: new Uint8Array(16).fill(1) })
    .encrypt(encoder.encode(passphrase))
}
