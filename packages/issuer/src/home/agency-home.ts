/**
 * An agency's folder: `agency.json`, `registration.json` (for the region's admin), `keys/` (encrypted),
 * `journal/` (unless PostgreSQL keeps it) and `bundles/`.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import {
  connectOperator,
  connectSendingOperator,
  type Outbox,
  parseNetwork,
  type SendingOperator,
} from '@hefu/ledger'
import {
  encodeKeyFile,
  encryptKey,
  type Hex,
  type IssuingKey,
  isRegionCode,
  isUscc,
  type KeyPurpose,
  type PrivateJwk,
  type PublicJwk,
  parseJsonText,
  type SignatureAlgorithm,
  suite,
  thumbprint,
} from '@hefu/protocol'
import {
  KeyError,
  openAccountKey,
  openSigningKey as openSigningKeyFile,
  placeFolder,
  readKeyFile,
  reasonOf,
  removeUnfinished,
  SECRET_MODE,
  writeDurably,
} from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import { type AccountJwk, accountPrivateKey, createAccountKey } from './account-key.ts'
import { type Agency, encodeAgency, parseAgency } from './agency-file.ts'
import { createKeyPossession } from './key-possession.ts'
import { readingAnswers } from './read-answers.ts'

/** What the region's admin needs to accredit the agency and to register its key. All of it is public. */
export interface Registration {
  readonly agency: string
  readonly region: string
  readonly algorithm: SignatureAlgorithm
  readonly kid: string
  readonly publicJwk: PublicJwk
  /** Address of the account that will anchor and act. */
  readonly operator: Hex
  /** See `createKeyPossession`. */
  readonly possession: string
}

export interface AgencyHomeOptions {
  readonly home: string
  /** USCC. */
  readonly agency: string
  /** GB/T 2260. */
  readonly region: string
  /** Text of the network file. */
  readonly network: string
  readonly algorithm: SignatureAlgorithm
  readonly passphrase: string
}

export interface HomePaths {
  readonly agency: string
  readonly registration: string
  readonly signingKey: string
  readonly operatorKey: string
  readonly journal: string
  readonly bundles: string
}

const MIN_PASSPHRASE_CHARACTERS = 12

/** Where everything stands in a folder. */
export function pathsOf(home: string): HomePaths {
  return {
    agency: join(home, 'agency.json'),
    registration: join(home, 'registration.json'),
    signingKey: join(home, 'keys', 'signing.json'),
    operatorKey: join(home, 'keys', 'operator.json'),
    journal: join(home, 'journal'),
    bundles: join(home, 'bundles'),
  }
}

/**
 * Makes the folder with fresh keys, whole or not at all.
 *
 * @throws {IssuerError} `not-a-uscc`, `not-a-region`, `passphrase-short`, `home-exists`, `home-unwritable`
 * @throws {MalformedError} for a wrong network
 */
export async function createAgencyHome(options: AgencyHomeOptions): Promise<Registration> {
  const home = resolve(options.home)
  const { agency, region, algorithm, passphrase } = options
  if (!isUscc(agency)) throw new IssuerError('not-a-uscc', { value: JSON.stringify(agency) })
  if (!isRegionCode(region)) throw new IssuerError('not-a-region', { value: JSON.stringify(region) })
  if (passphrase.length < MIN_PASSPHRASE_CHARACTERS) throw new IssuerError('passphrase-short')
  const network = parseNetwork(options.network)
  await assertVacant(home)

  const signing = await suite.generateKey(algorithm)
  const account = createAccountKey()
  const { d: _, ...publicJwk } = signing
  const kid = thumbprint(publicJwk, suite)
  const operator = connectOperator({ network, privateKey: accountPrivateKey(account) }).address
  const possession = await createKeyPossession(agency, signing)
  const registration = { agency, region, algorithm, kid, publicJwk, operator, possession }
  const keyFiles = {
    signingKey: await encryptedKey(signing, 'issuer-signing', kid, passphrase),
    operatorKey: await encryptedKey(account, 'account', operator, passphrase),
  }
  await placeHome(home, async (staging) => {
    const paths = pathsOf(staging)
    await writeDurably(paths.signingKey, keyFiles.signingKey, SECRET_MODE)
    await writeDurably(paths.operatorKey, keyFiles.operatorKey, SECRET_MODE)
    await writeDurably(paths.registration, `${JSON.stringify(registration, null, 2)}\n`)
    await writeDurably(paths.agency, encodeAgency({ agency, region, algorithm, kid, operator, network }))
  })
  return registration
}

async function encryptedKey(
  jwk: PrivateJwk | AccountJwk,
  purpose: KeyPurpose,
  name: string,
  passphrase: string,
): Promise<string> {
  return `${encodeKeyFile(await encryptKey(jwk, { purpose, name }, passphrase))}\n`
}

async function assertVacant(home: string): Promise<void> {
  const names = await readdir(home).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new IssuerError('home-unwritable', { home, reason: reasonOf(error) })
  })
  if (names.length > 0) throw new IssuerError('home-exists', { home })
}

async function placeHome(home: string, fill: (staging: string) => Promise<void>): Promise<void> {
  try {
    await mkdir(dirname(home), { recursive: true })
    await removeUnfinished(dirname(home))
    await placeFolder(home, async (staging) => {
      await mkdir(join(staging, 'keys'), { mode: 0o700 })
      await mkdir(join(staging, 'bundles'))
      await fill(staging)
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTEMPTY' || code === 'EEXIST') throw new IssuerError('home-exists', { home })
    throw new IssuerError('home-unwritable', { home, reason: reasonOf(error) })
  }
}

/**
 * Reads a folder's `agency.json`.
 *
 * @throws {IssuerError} `home-missing` or `home-damaged`
 */
export async function readAgency(home: string): Promise<Agency> {
  return readHomeFile(home, pathsOf(home).agency, parseAgency)
}

/** Members, elements and levels of a registration. */
const MOST_PARTS = 256

/**
 * Reads what `createAgencyHome` left for the region's admin.
 *
 * @throws {IssuerError} `home-missing` or `home-damaged`
 */
export async function readRegistration(home: string): Promise<Registration> {
  return readHomeFile(
    home,
    pathsOf(home).registration,
    (text) => parseJsonText(text, MOST_PARTS, 'registration') as Registration,
  )
}

/**
 * The key that signs credentials.
 *
 * @throws {KeyError}
 * @throws {IssuerError} `home-damaged` for another key than agency.json names
 */
export async function openSigningKey(home: string, agency: Agency, passphrase: string): Promise<IssuingKey> {
  const path = pathsOf(home).signingKey
  const { privateJwk, kid } = await openSigningKeyFile(await readKeyFile(path), 'issuer-signing', passphrase)
  if (kid !== agency.kid) throw notTheKey(path)
  return { kid, algorithm: agency.algorithm, key: await suite.importPrivateKey(privateJwk) }
}

/** The operator's account, its key opened. */
export interface OpenedOperator {
  readonly address: Hex
  /** The operator on the ledger, which sends what this outbox has written down. */
  connect(outbox: Outbox): SendingOperator
}

/**
 * The account of the operator.
 *
 * @throws {KeyError}
 * @throws {IssuerError} `home-damaged` for another account than agency.json names
 */
export async function openOperator(
  home: string,
  agency: Agency,
  passphrase: string,
): Promise<OpenedOperator> {
  const path = pathsOf(home).operatorKey
  const file = await readKeyFile(path)
  const privateKey = await openAccountKey(file, passphrase)
  const { network } = agency
  const { address } = connectOperator({ network, privateKey })
  if (address !== file.name) throw new KeyError('key-of-other-name', path)
  if (address !== agency.operator) throw notTheKey(path)
  return {
    address,
    connect: (outbox) => readingAnswers(connectSendingOperator({ network, privateKey, outbox })),
  }
}

function notTheKey(file: string): IssuerError {
  return new IssuerError('home-damaged', { file, reason: 'the key is not the one that agency.json names' })
}

async function readHomeFile<T>(home: string, file: string, parse: (text: string) => T): Promise<T> {
  try {
    return parse(await readFile(file, 'utf8'))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (missing && file === pathsOf(home).agency) throw new IssuerError('home-missing', { home })
    throw new IssuerError('home-damaged', { file, reason: reasonOf(error) }, { cause: error })
  }
}
