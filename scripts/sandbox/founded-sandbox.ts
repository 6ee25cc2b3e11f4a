/** A chain process with a ledger on which two provinces and one agency are in: where journeys and benches begin. */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import {
  type Administration,
  connectAdministration,
  connectOperator,
  type Network,
  type Operator,
} from '@hefu/ledger'
import {
  type Hex,
  type IssuingKey,
  LICENCE_TYPES,
  parsePublicJwk,
  type SignatureAlgorithm,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { type Account, readOrCreateAccount, readOrCreatePassphrase } from './accounts.ts'
import {
  type AllianceAccounts,
  accredit,
  admitRegions,
  readOrCreateAllianceAccounts,
  registerLicenceTypes,
} from './alliance.ts'
import { type RunningChain, rpc, SANDBOX_CHAIN_ID, startChain } from './chain.ts'
import { deployNetwork } from './deployed-network.ts'
import { HUNAN_HOUSING, SAMPLE_AGENCIES } from './provinces.ts'
import { openStateFolder, type StateFolder } from './state-folder.ts'

/** The provinces of the sandbox: the issuing one first. */
export const ISSUING_REGION = '430000'
export const RECEIVING_REGION = '440000'

/** An agency that can issue. */
export interface FoundedAgency {
  readonly network: Network
  /** USCC of the accredited agency. */
  readonly agency: string
  readonly issuingKey: IssuingKey
  readonly operatorAccount: Account
  readonly operator: Operator
}

/** The issuing province's agency, and all that is around it. */
export interface FoundedSandbox extends FoundedAgency {
  readonly folder: StateFolder
  readonly chain: RunningChain
  readonly councilAdministration: Administration
  /** Of the issuing province. */
  readonly regionAdministration: Administration
  administrationOf(region: string): Administration
  /** Another agency, with an operator and a key of its own. */
  addAgency(agency: string, region: string): Promise<FoundedAgency>
  gasUsed(transactionHash: Hex): Promise<number>
  stop(): Promise<void>
}

/** Founds a sandbox below an empty folder, on a chain of its own; its agency signs with `algorithm`. */
export async function createFoundedSandbox(
  path: string,
  algorithm: SignatureAlgorithm = 'ES256',
  chainId: number = SANDBOX_CHAIN_ID,
): Promise<FoundedSandbox> {
  const folder = openStateFolder(path)
  const chain = await startChain({
    port: await freePort(),
    chainId,
    stateFile: join(folder.chain, 'state.json'),
    blockTimeSeconds: 5,
    // Nobody resumes it: a chain that writes its state answers nobody meanwhile, on a busy machine for seconds.
    stateIntervalSeconds: 3600,
  })
  try {
    return { ...(await found(folder, chain, algorithm)), stop: () => chain.stop() }
  } catch (error) {
    await chain.kill()
    throw error
  }
}

/** Founds another ledger, with accounts of its own below an empty folder, on a chain that is running. */
export function foundOnChain(path: string, chain: RunningChain): Promise<Omit<FoundedSandbox, 'stop'>> {
  return found(openStateFolder(path), chain, 'ES256')
}

async function found(
  folder: StateFolder,
  chain: RunningChain,
  algorithm: SignatureAlgorithm,
): Promise<Omit<FoundedSandbox, 'stop'>> {
  const passphrase = readOrCreatePassphrase(folder)
  const regions = [ISSUING_REGION, RECEIVING_REGION]
  const accounts = await readOrCreateAllianceAccounts(folder, regions, passphrase, chain.rpcUrl)
  const network = await deployNetwork(folder, chain.rpcUrl, accounts.council)
  await admitRegions(network, accounts)
  await registerLicenceTypes(network, accounts, LICENCE_TYPES)
  const addAgency = (agency: string, region: string, its: SignatureAlgorithm): Promise<FoundedAgency> =>
    foundAgency({ folder, network, accounts, passphrase }, { agency, region, algorithm: its })
  const administrationOf = (region: string): Administration =>
    connectAdministration({ network, privateKey: adminOf(accounts, region).privateKey })
  return {
    ...(await addAgency(HUNAN_HOUSING, ISSUING_REGION, algorithm)),
    folder,
    chain,
    councilAdministration: connectAdministration({ network, privateKey: accounts.council.privateKey }),
    regionAdministration: administrationOf(ISSUING_REGION),
    administrationOf,
    addAgency: (agency, region) => addAgency(agency, region, algorithm),
    gasUsed: (transactionHash) => gasUsed(chain.rpcUrl, transactionHash),
  }
}

interface Foundation {
  readonly folder: StateFolder
  readonly network: Network
  readonly accounts: AllianceAccounts
  readonly passphrase: string
}

/** An agency with an operator and a key of its own, responsible for every type of the catalogue. */
async function foundAgency(
  { folder, network, accounts, passphrase }: Foundation,
  { agency, region, algorithm }: { agency: string; region: string; algorithm: SignatureAlgorithm },
): Promise<FoundedAgency> {
  const operatorAccount = await readOrCreateAccount(folder, `operator-${agency}`, passphrase)
  const { issuingKey, publicJwk } = await createIssuingKey(algorithm)
  const licenceTypes = LICENCE_TYPES.map(({ code }) => code)
  const operator = operatorAccount.address
  await accredit(
    network,
    accounts,
    { agency, name: nameOf(agency), contact: '', region, operator, publicJwk, licenceTypes },
    nowSeconds(),
  )
  return {
    network,
    agency,
    issuingKey,
    operatorAccount,
    operator: connectOperator({ network, privateKey: operatorAccount.privateKey }),
  }
}

/** Its own where it is a sample agency, else one that nobody else has. */
function nameOf(uscc: string): string {
  return SAMPLE_AGENCIES.find(({ agency }) => agency === uscc)?.name ?? `样例机构${uscc}`
}

function adminOf({ regionAdmins }: AllianceAccounts, region: string): Account {
  const admin = regionAdmins.get(region)
  if (admin === undefined) throw new RangeError(`administer the region ${region}: it is not in the alliance`)
  return admin
}

async function createIssuingKey(algorithm: SignatureAlgorithm) {
  const jwk = await suite.generateKey(algorithm)
  const { d: _secret, ...publicMembers } = jwk
  const publicJwk = parsePublicJwk(publicMembers, 'publicJwk')
  const key = await suite.importPrivateKey(jwk)
  const issuingKey: IssuingKey = { kid: thumbprint(publicJwk, suite), algorithm, key }
  return { issuingKey, publicJwk }
}

async function gasUsed(rpcUrl: string, transactionHash: Hex): Promise<number> {
  const receipt = (await rpc(rpcUrl, 'eth_getTransactionReceipt', [transactionHash])) as { gasUsed: string }
  return Number(receipt.gasUsed)
}

/** A port of this machine that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** The wall clock in Unix seconds. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
