/** Key files: read, misnamed, not opened, refused. */
import {
  encodeKeyFile,
  KEY_FILE_MEDIA_TYPE,
  type KeyFile,
  type PrivateJwk,
  parseKeyFile,
  thumbprint,
} from '@hefu/protocol'
import { ED25519_KEY, ES256_KEY, SM2_KEY } from '../../../fixtures/sample-keys.ts'
import { defectsOf } from '../defects.ts'
import { deterministicSuite as suite } from '../deterministic-suite.ts'
import { drop, type Json, reversed } from './altered-object.ts'
import { encrypt, MANY, PASSPHRASE } from './encrypted-key.ts'
import type { Named } from './named.ts'
import { unopened } from './unopened-keys.ts'

function keyFileOf(encrypted: string, key: PrivateJwk = ED25519_KEY): KeyFile {
  return { purpose: 'verifier-signing', name: thumbprint(key, suite), encrypted }
}

function refusedKeyFiles(text: string): Named<string> {
  const file: Json = JSON.parse(text)
  const other = (change: Json): string => JSON.stringify({ ...file, ...change })
  return [
    ['nothing', ''],
    ['cut short', text.slice(0, -1)],
    ['white space before', ` ${text}`],
    ['white space between', JSON.stringify(file, null, 2)],
    ['a member twice', text.replace('"name"', '"name":"","name"')],
    ['a list', `[${text}]`],
    ['16,385 characters', other({ encrypted: 'A'.repeat(16_385 - other({ encrypted: '' }).length) })],
    ['another version', other({ mediaType: KEY_FILE_MEDIA_TYPE.replace('=1', '=2') })],
    ...Object.keys(file).map((name) => [`no ${name}`, JSON.stringify(drop(file, name))] as const),
    ['a member more: the key in the clear', other({ d: ED25519_KEY.d })],
    ['another purpose', other({ purpose: 'anything' })],
    ['a name that is a path', other({ name: '../../../../etc/passwd-aaaaaaaaaaaaaaaaaaaaaa' })],
    ['a name of 41 characters', other({ name: 'A'.repeat(41) })],
    ['a key that is not encrypted', other({ encrypted: ED25519_KEY })],
    ['white space in what is encrypted', other({ encrypted: 'a b' })],
  ]
}

export async function keyFiles(): Promise<readonly object[]> {
  const encrypted = await encrypt()
  const slow = encodeKeyFile(keyFileOf(await encrypt({ key: ES256_KEY, iterations: MANY }), ES256_KEY))
  const text = encodeKeyFile(keyFileOf(encrypted))
  const account = encodeKeyFile({ purpose: 'account', name: `0x${'c5'.repeat(20)}`, encrypted })
  const read = [
    { is: 'ES256', text: slow, key: ES256_KEY },
    { is: 'EdDSA, with fewer iterations than are written', text, key: ED25519_KEY },
    { is: 'white space after', text: `${text} \r\n`, key: ED25519_KEY },
    {
      is: 'its members in another order',
      text: JSON.stringify(reversed(JSON.parse(text))),
      key: ED25519_KEY,
    },
    { is: 'SM2', text: encodeKeyFile(keyFileOf(await encrypt({ key: SM2_KEY }), SM2_KEY)), key: SM2_KEY },
  ].map((file) => ({ ...file, named: true }))
  const misnamed = [
    { is: 'the name of another key', text: encodeKeyFile(keyFileOf(encrypted, ES256_KEY)) },
    { is: 'the name of an account', text: account },
  ].map((file) => ({ ...file, key: ED25519_KEY, named: false }))
  const passphrases: Named<readonly [text: string, passphrase: string]> = [
    ['another passphrase, at 300,000 iterations', [slow, 'another passphrase']],
    ['a space after the passphrase', [text, `${PASSPHRASE} `]],
    ['the passphrase without its last character', [text, PASSPHRASE.slice(0, -1)]],
    ['no passphrase', [text, '']],
  ]
  const broken = await unopened(encrypted)
  return [
    ...[...read, ...misnamed].map(({ key, ...file }) => ({
      ...file,
      passphrase: PASSPHRASE,
      privateJwk: key,
    })),
    ...passphrases.map(([is, [own, passphrase]]) => ({
      is,
      text: own,
      passphrase,
      refused: ['not-opened'],
    })),
    ...broken.map(([is, own]) => ({
      is,
      text: encodeKeyFile(keyFileOf(own)),
      passphrase: PASSPHRASE,
      refused: ['not-opened'],
    })),
    ...refusedKeyFiles(text).map(([is, own]) => ({
      is,
      text: own,
      passphrase: PASSPHRASE,
      refused: defectsOf(() => parseKeyFile(own)),
    })),
  ]
}
