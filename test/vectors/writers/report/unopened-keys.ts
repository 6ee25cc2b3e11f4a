/** Encrypted keys that do not open. */
import { encodePart } from '../../../fixtures/forged-credential.ts'
import { ED25519_KEY } from '../../../fixtures/sample-keys.ts'
import { encrypt, FEW, JWE_HEADER, MANY } from './encrypted-key.ts'
import type { Named } from './named.ts'

function alterPart(compact: string, part: number): string {
  const own = compact.split('.')[part] ?? ''
  return compact
    .split('.')
    .with(part, (own.startsWith('A') ? 'B' : 'A') + own.slice(1))
    .join('.')
}

/** Encrypted texts that the passphrase does not open. */
export async function unopened(encrypted: string): Promise<Named<string>> {
  const [header = '', , , , tag = ''] = encrypted.split('.')
  const parts = ['header', 'encrypted key', 'initialization vector', 'ciphertext', 'tag']
  const iterations = encodePart({ ...JSON.parse(Buffer.from(header, 'base64url').toString()), p2c: FEW + 1 })
  return [
    ...parts.map((part, i) => [`its ${part} altered`, alterPart(encrypted, i)] as const),
    ['another number of iterations in its header', encrypted.split('.').with(0, iterations).join('.')],
    ['a tag of 12 bytes', encrypted.split('.').with(4, tag.slice(0, 16)).join('.')],
    ['no tag', encrypted.split('.').with(4, '').join('.')],
    ['four parts', encrypted.split('.').slice(0, 4).join('.')],
    ['six parts', `${encrypted}.`],
    ['300,001 iterations', await encrypt({ iterations: MANY + 1 })],
    ['alg PBES2-HS256+A128KW', await encrypt({ header: { ...JWE_HEADER, alg: 'PBES2-HS256+A128KW' } })],
    ['alg dir with a key of zeros', await encrypt({ header: { ...JWE_HEADER, alg: 'dir' } })],
    ['enc A128GCM', await encrypt({ header: { ...JWE_HEADER, enc: 'A128GCM' } })],
    ['zip DEF', await encrypt({ header: { ...JWE_HEADER, zip: 'DEF' } })],
    ['a header with a member more', await encrypt({ header: { ...JWE_HEADER, jku: 'https://example.org' } })],
    ['content that is no JSON', await encrypt({ content: 'key' })],
    ['content with a space in it', await encrypt({ content: JSON.stringify(ED25519_KEY, null, 1) })],
    ['content that is a number', await encrypt({ content: '1' })],
    ['enc A256CBC-HS512', await encrypt({ header: { ...JWE_HEADER, enc: 'A256CBC-HS512' } })],
  ]
}
