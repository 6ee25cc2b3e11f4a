/** Founding the sample alliance on a ledger; every step finds out by itself whether it was done before. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { licenceTypeRegistration } from '@hefu/issuer'
import { connectAdministration, LedgerRefusedError, type Network, type RefusalCode } from '@hefu/ledger'
import {
  encodeHex,
  encodeKeyFile,
  type Hex,
  type LicenceType,
  PROVINCES,
  type PrivateJwk,
  type PublicJwk,
  suite,
  type TermFact,
  thumbprint,
} from '@hefu/protocol'
import { createSealingKeyFile, openSigningKey, SECRET_MODE, writeDurably } from '@hefu/service'
import type { ServiceItem } from '../deploy/service-items.ts'
import { type Account, readOrCreateAccount, readOrCreateKeyFile } from './accounts.ts'
import { fund } from './chain.ts'
import { contactOf } from './provinces.ts'
import type { StateFolder } from './state-folder.ts'

/** Who holds which power in the sandbox. */
export interface AllianceAccounts {
  readonly council: Account
  /** By GB/T 2260 code. */
  readonly regionAdmins: ReadonlyMap<string, Account>
}

/** The accounts of council and regions, made on the first call and given what their transactions cost. */
export async function readOrCreateAllianceAccounts(
  folder: StateFolder,
  regions: readonly string[],
  passphrase: string,
  rpcUrl: string,
): Promise<AllianceAccounts> {
  const council = await readOrCreateAccount(folder, 'council', passphrase)
  const regionAdmins = new Map<string, Account>()
  for (const region of regions) {
    regionAdmins.set(region, await readOrCreateAccount(folder, `region-${region}`, passphrase))
  }
  for (const { address } of [council, ...regionAdmins.values()]) await fund(rpcUrl, address)
  return { council, regionAdmins }
}

/** The council admits the regions. */
export async function admitRegions(
  network: Network,
  { council, regionAdmins }: AllianceAccounts,
): Promise<void> {
  const administration = connectAdministration({ network, privateKey: council.privateKey })
  for (const [region, { address }] of regionAdmins) {
    const name = { zh: PROVINCES[region] ?? region, en: '', contact: contactOf(region) }
    await unlessRefused('RegionAlreadyAdmitted', administration.admitRegion(region, address, name))
  }
}

/** From the time of the block on, without end. */
const FROM_NOW_ON: TermFact = { from: 0, until: null }

/** The council enters the licence types into the catalogue and puts each on the national baseline. */
export async function registerLicenceTypes(
  network: Network,
  { council }: AllianceAccounts,
  types: readonly LicenceType[],
): Promise<void> {
  const administration = connectAdministration({ network, privateKey: council.privateKey })
  for (const type of types) {
    const registered = administration.registerLicenceType(licenceTypeRegistration(type))
    await unlessRefused('LicenceTypeAlreadyRegistered', registered)
    // A baseline without end overlaps with itself: this one stands already.
    await unlessRefused('TermOverlaps', administration.setBaseline(type.code, FROM_NOW_ON))
  }
}

/** The council enters the service items, and what each demands: by them a counter is shown what it may see. */
export async function registerServiceItems(
  network: Network,
  { council }: AllianceAccounts,
  items: readonly ServiceItem[],
): Promise<void> {
  const administration = connectAdministration({ network, privateKey: council.privateKey })
  for (const { code, demands } of items)
    await unlessRefused('ServiceItemAlreadyRegistered', administration.registerServiceItem(code, demands))
}

/** What an agency hands to its region's admin. */
export interface Application {
  /** USCC. */
  readonly agency: string
  /** Official name. */
  readonly name: string
  /** Whom to ask. */
  readonly contact: string
  readonly region: string
  readonly operator: Hex
  readonly publicJwk: PublicJwk
  /** Codes of the types that it issues. */
  readonly licenceTypes: readonly string[]
}

/**
 * The region's admin accredits an agency, registers its key, open-ended and from the day before, and makes it
 * responsible for its licence types.
 */
export async function accredit(
  network: Network,
  { regionAdmins }: AllianceAccounts,
  { agency, name, contact, region, operator, publicJwk, licenceTypes }: Application,
  now: number,
): Promise<void> {
  const admin = regionAdmins.get(region)
  if (admin === undefined) throw new RangeError(`accredit in the region ${region}: it is not in the alliance`)
  const administration = connectAdministration({ network, privateKey: admin.privateKey })
  await unlessRefused(
    'AgencyAlreadyAccredited',
    administration.accreditAgency(agency, region, operator, { zh: name, en: '', contact }),
  )
  const registration = { agency, publicJwk, validFrom: now - 86_400, validUntil: null }
  await unlessRefused('KeyAlreadyRegistered', administration.registerKey(registration))
  for (const licenceType of licenceTypes) {
    const assigned = administration.assignResponsibility(agency, licenceType, FROM_NOW_ON)
    await unlessRefused('TermOverlaps', assigned)
  }
  await fund(network.rpcUrl, operator)
}

/** What a sample province does not take from another, by a decision whose document is invented. */
export interface SampleRefusal {
  readonly receiving: string
  readonly issuing: string
  /** Catalogue code. */
  readonly licenceType: string
}

/** A province enters on its negative list what it refuses. */
export async function refuse(
  network: Network,
  { regionAdmins }: AllianceAccounts,
  { receiving, issuing, licenceType }: SampleRefusal,
): Promise<void> {
  const admin = regionAdmins.get(receiving)
  if (admin === undefined)
    throw new RangeError(`refuse in the region ${receiving}: it is not in the alliance`)
  const { enterNegative } = connectAdministration({ network, privateKey: admin.privateKey })
  const number = '样例批〔2026〕1号'
  const approval = { number, documentDigest: encodeHex(suite.sha256(number)) }
  const entry = { issuing, licenceType, serviceItem: null, term: FROM_NOW_ON, approval }
  await unlessRefused('TermOverlaps', enterNegative(receiving, entry))
}

async function unlessRefused(code: RefusalCode, done: Promise<unknown>): Promise<void> {
  try {
    await done
  } catch (error) {
    if (!(error instanceof LedgerRefusedError && error.code === code)) throw error
  }
}

/** The verifier's signing key: a key file, and the public key that callers pin. */
export async function readOrCreateVerifierKey(
  folder: StateFolder,
  passphrase: string,
): Promise<{ readonly file: string; readonly publicJwk: PublicJwk }> {
  const path = join(folder.keys, 'verifier.json')
  const file = await readOrCreateKeyFile(path, 'verifier-signing', passphrase, createSigningJwk)
  const { publicJwk } = await openSigningKey(file, 'verifier-signing', passphrase)
  return { file: path, publicJwk }
}

/** The key that the verifier seals deposits under: the path of its file. */
export async function readOrCreateDepositKey(
  { keys }: Pick<StateFolder, 'keys'>,
  passphrase: string,
): Promise<string> {
  const path = join(keys, 'deposits.json')
  if (!existsSync(path))
    await writeDurably(path, `${encodeKeyFile(await createSealingKeyFile(passphrase))}\n`, SECRET_MODE)
  return path
}

async function createSigningJwk(): Promise<{ jwk: PrivateJwk; name: string }> {
  const jwk = await suite.generateKey('ES256')
  return { jwk, name: thumbprint(jwk, suite) }
}
