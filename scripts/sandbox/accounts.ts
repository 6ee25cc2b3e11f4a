/** Accounts and keys of the sandbox's council, regions and verifier, kept as encrypted key files. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  encodeBase64url,
  encodeHex,
  encodeKeyFile,
  encryptKey,
  type Hex,
  type KeyFile,
  type KeyPurpose,
  parseBase64url,
} from '@hefu/protocol'
import { openAccountKey, readKeyFile, SECRET_MODE, writeDurably } from '@hefu/service'
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
  const path = join(folder.keys, `${name}.json`)
  const file = await readOrCreateKeyFile(path, 'account', passphrase, createAccountJwk)
  const privateKey = await openAccountKey(file, passphrase)
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

/** A key file, which is made when it is not there. */
export async function readOrCreateKeyFile(
  path: string,
  purpose: KeyPurpose,
  passphrase: string,
  create: () => NewKey | Promise<NewKey>,
): Promise<KeyFile> {
  if (!existsSync(path)) {
    const { jwk, name } = await create()
    await writeDurably(path, encodeKeyFile(await encryptKey(jwk, { purpose, name }, passphrase)), SECRET_MODE)
  }
  return readKeyFile(path)
}
