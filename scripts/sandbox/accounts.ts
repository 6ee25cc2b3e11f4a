/** Accounts and keys of the sandbox's council, regions and verifier, kept as encrypted key files. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  decryptKey,
  encodeBase64url,
  encodeHex,
  encodeKeyFile,
  encryptKey,
  type Hex,
  type KeyPurpose,
  parseBase64url,
  parseKeyFile,
} from '@hefu/protocol'
import { computeAddress } from 'ethers'
import type { StateFolder } from './state-folder.ts'

/** The sandbox's passphrase: made on the first start, readable by its owner only. A real agency brings its own. */
export function readOrCreatePassphrase(folder: StateFolder): string {
  if (!existsSync(folder.passphrase)) {
    writeFileSync(folder.passphrase, encodeBase64url(randomBytes(24)), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(folder.passphrase, 'utf8').trim()
}

/** An account of the chain, its private key decrypted into memory. */
export interface Account {
  readonly address: Hex
  readonly privateKey: Hex
}

/** The account of this name, made on the first call. */
export async function readOrCreateAccount(
  folder: StateFolder,
  name: string,
  passphrase: string,
): Promise<Account> {
  const jwk = await readOrCreateKey(
    join(folder.keys, `${name}.json`),
    'account',
    passphrase,
    createAccountJwk,
  )
  const privateKey = encodeHex(parseBase64url(String(jwk['d']), 'd'))
  return { address: addressOf(privateKey), privateKey }
}

/** A private JWK and the name of its key file. */
interface NewKey {
  readonly jwk: object
  readonly name: string
}

function createAccountJwk(): NewKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const jwk = privateKey.export({ format: 'jwk' })
  return { jwk, name: addressOf(encodeHex(parseBase64url(String(jwk.d), 'd'))) }
}

function addressOf(privateKey: Hex): Hex {
  return computeAddress(privateKey).toLowerCase() as Hex
}

/** The private JWK of a key file, which is made when it is not there. */
export async function readOrCreateKey(
  path: string,
  purpose: KeyPurpose,
  passphrase: string,
  create: () => NewKey | Promise<NewKey>,
): Promise<Record<string, unknown>> {
  if (!existsSync(path)) {
    const { jwk, name } = await create()
    writeFileSync(path, encodeKeyFile(await encryptKey(jwk, { purpose, name }, passphrase)), {
      mode: 0o600,
      flag: 'wx',
    })
  }
  return decryptKey(parseKeyFile(readFileSync(path, 'utf8')), passphrase)
}
