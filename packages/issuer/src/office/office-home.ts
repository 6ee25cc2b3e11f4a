/** The folder of an office's account: `keys/account.json`, encrypted. What it administers the ledger says. */
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type ConnectedOffice, connectOffice, type OfficeNetwork } from '@hefu/ledger'
import { encodeKeyFile, encryptKey, type Hex, type KeyFile } from '@hefu/protocol'
import {
  openAccountKey,
  placeFolder,
  readKeyFile,
  reasonOf,
  removeUnfinished,
  SECRET_MODE,
  writeDurably,
} from '@hefu/service'
import { accountPrivateKey, createAccountKey } from '../home/account-key.ts'
import { pathsOf } from '../home/agency-home.ts'
import { OfficeError } from './office-error.ts'

const MIN_PASSPHRASE_CHARACTERS = 12

function keyPathOf(home: string): string {
  return join(home, 'keys', 'account.json')
}

/**
 * Makes the folder with a fresh account, whole or not at all.
 *
 * @returns the account's address
 * @throws {OfficeError} `passphrase-short`, `home-exists`, `home-unwritable`
 */
export async function createOfficeHome(folder: string, passphrase: string): Promise<Hex> {
  const home = resolve(folder)
  if (passphrase.length < MIN_PASSPHRASE_CHARACTERS) throw new OfficeError('passphrase-short')
  await assertVacant(home)
  const jwk = createAccountKey()
  const address = addressOf(accountPrivateKey(jwk))
  const file = encodeKeyFile(await encryptKey(jwk, { purpose: 'account', name: address }, passphrase))
  try {
    await mkdir(dirname(home), { recursive: true })
    await removeUnfinished(dirname(home))
    await placeFolder(home, async (staging) => {
      await mkdir(join(staging, 'keys'), { mode: 0o700 })
      await writeDurably(keyPathOf(staging), `${file}\n`, SECRET_MODE)
    })
  } catch (error) {
    throw new OfficeError('home-unwritable', { home, reason: reasonOf(error) }, { cause: error })
  }
  return address
}

async function assertVacant(home: string): Promise<void> {
  const names = await readdir(home).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new OfficeError('home-unwritable', { home, reason: reasonOf(error) })
  })
  if (names.length > 0) throw new OfficeError('home-exists', { home })
}

/** An address asks no node: the network is never reached. */
function addressOf(privateKey: Hex): Hex {
  const network = { rpcUrl: 'http://127.0.0.1', chainId: 1, ledger: NOWHERE, deploymentBlock: 0 }
  return connectOffice({ network, privateKey }).address
}

const NOWHERE: Hex = `0x${'0'.repeat(40)}`

/**
 * The account's address; needs no passphrase.
 *
 * @throws {OfficeError} `home-missing`
 */
export async function readOfficeAddress(home: string): Promise<Hex> {
  return (await readOfficeKeyFile(home)).name as Hex
}

/**
 * The office, with its key opened; an agency's folder serves as well, for what its operator does for the agency itself.
 *
 * @throws {OfficeError} `home-missing`, `home-damaged`
 * @throws {KeyError} for a wrong passphrase, or a key file that is not one
 */
export async function openOffice(
  home: string,
  network: OfficeNetwork,
  passphrase: string,
): Promise<ConnectedOffice> {
  const file = await readOfficeKeyFile(home)
  const office = connectOffice({ network, privateKey: await openAccountKey(file, passphrase) })
  if (office.address !== file.name) throw new OfficeError('home-damaged', { file: keyPathOf(home) })
  return office
}

async function readOfficeKeyFile(home: string): Promise<KeyFile> {
  for (const path of [keyPathOf(home), pathsOf(home).operatorKey]) {
    const file = await unlessMissing(readKeyFile(path))
    if (file !== null) return file
  }
  throw new OfficeError('home-missing', { home })
}

async function unlessMissing(reading: Promise<KeyFile>): Promise<KeyFile | null> {
  try {
    return await reading
  } catch (error) {
    const { cause } = error as { cause?: NodeJS.ErrnoException }
    if (cause?.code === 'ENOENT') return null
    throw error
  }
}
