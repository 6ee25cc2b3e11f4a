/** The whole path, step by step: chain → ledger → alliance → agencies → licences → verifier → verdict. */
import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Network } from '@hefu/ledger'
import { LICENCE_TYPES, type PublicJwk } from '@hefu/protocol'
import { createRemoteVerifier, renderSheet } from '@hefu/sdk'
import { holdFolder } from '@hefu/service'
import { SAMPLE_SERVICE_ITEMS } from '../deploy/service-items.ts'
import { readOrCreatePassphrase } from './accounts.ts'
import { type RunningAgency, startAgency } from './agency.ts'
import {
  type AllianceAccounts,
  accredit,
  admitRegions,
  readOrCreateAllianceAccounts,
  readOrCreateDepositKey,
  readOrCreateVerifierKey,
  refuse,
  registerLicenceTypes,
  registerServiceItems,
} from './alliance.ts'
import { type RunningChain, rpc, startChain } from './chain.ts'
import { deployNetwork } from './deployed-network.ts'
import { depositSamples } from './deposited-samples.ts'
import { nowSeconds, RECEIVING_REGION } from './founded-sandbox.ts'
import { inheritedEnvironment } from './inherited-environment.ts'
import { endOrphans, forgetProcesses, recordProcess } from './orphans.ts'
import { signInLines } from './people/sign-in-lines.ts'
import { isPortTaken, type RunningProcess, startProcess } from './process.ts'
import {
  HUNAN_HOUSING,
  SAMPLE_AGENCIES,
  SAMPLE_REFUSALS,
  SAMPLE_REGIONS,
  type SampleAgency,
} from './provinces.ts'
import {
  CONSOLE,
  COUNTER,
  PORTAL,
  type SampleIdentities,
  startSampleIdentities,
  VERIFIER_AUDIENCE,
} from './sample-identities.ts'
import { StartError } from './start-error.ts'
import { openStateFolder, type StateFolder } from './state-folder.ts'
import { isTrayWritten, writeTray } from './tray/write-tray.ts'
import { assertWhole, firstBundleOf, stateFileOf } from './whole-folder.ts'

export interface SandboxOptions {
  /** State folder. */
  readonly folder: string
  readonly chainPort: number
  readonly verifierPort: number
  readonly identityPort: number
  /** Origins of pages that may ask the verifier from a browser. */
  readonly origins: readonly string[]
  /** Takes the lines that a person reads. */
  readonly report: (line: string) => void
  /** Ends what is being brought up: what was started is stopped, and the reason thrown. */
  readonly signal?: AbortSignal
}

const LICENCES_PER_TYPE = 20
/** A verifier is ready once its replica has read the whole chain. */
const REPLICA_WITHIN_MS = 120_000
/** Key files of the council and of the regions' admins. */
const ACCOUNTS = ['council', ...SAMPLE_REGIONS.map((region) => `region-${region}`)]
const VERIFIER_MAIN = join(import.meta.dirname, '../../packages/verifier/dist/main.js')

type Step = <T>(zh: string, en: string, work: () => Promise<T>) => Promise<T>

/** A sandbox that is up. */
export interface RunningSandbox {
  /** What to tell who stays: where the console is, and who can sign in there. */
  readonly signIn: readonly string[]
  stop(): Promise<void>
  /** Settles once one of its programs ends by itself: without it nothing more can be verified. */
  readonly failed: Promise<StartError>
}

/** A program of the sandbox, and what people call it. */
interface NamedProcess extends Pick<RunningProcess, 'stop' | 'ended'> {
  readonly zh: string
  readonly en: string
}

/** Brings everything up and prints the verdict sheet; what was started is stopped again when a step fails. */
export async function runSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const folder = openStateFolder(options.folder)
  const held = await holdFolder(folder.path)
  const running: NamedProcess[] = []
  const stop = async () => {
    for (const process of running.toReversed()) await process.stop()
    forgetProcesses(folder)
    await held.release()
  }
  try {
    await endOrphans(folder)
    const signIn = await unlessAborted(bringUp(options, folder, running), options.signal)
    return { signIn, stop, failed: Promise.race(running.map(failureOf)) }
  } catch (error) {
    const ended = await endedAmong(running)
    await stop()
    throw options.signal?.aborted === true ? options.signal.reason : (ended ?? error)
  }
}

/** What is under way then fails by itself once its programs are stopped, and nobody hears of it. */
function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject)
  })
}

/** How long the end of a program may be told after what it did to a request. */
const MOST_BETWEEN_MS = 500

/** Which program ended by itself, where one did: whoever asked it was told no more than that a connection failed. */
async function endedAmong(running: readonly NamedProcess[]): Promise<StartError | undefined> {
  if (running.length === 0) return undefined
  const later = new Promise<undefined>((resolve) => setTimeout(resolve, MOST_BETWEEN_MS, undefined))
  return Promise.race([...running.map(failureOf), later])
}

async function bringUp(
  options: SandboxOptions,
  folder: StateFolder,
  running: NamedProcess[],
): Promise<RunningSandbox['signIn']> {
  const step = steps(options.report)
  await assertPortFree(options.verifierPort, 'HEFU_VERIFIER_PORT')
  await assertPortFree(options.identityPort, 'HEFU_IDENTITY_PORT')
  assertWhole(folder, ACCOUNTS, `http://127.0.0.1:${options.chainPort}`)
  const chain = await step('启动区块链', 'Starting the chain', () =>
    startChain({ port: options.chainPort, stateFile: stateFileOf(folder) }),
  )
  running.push({ ...chain, zh: '区块链', en: 'chain' })
  recordProcess(folder, chain.pid, folder.chain)
  const passphrase = readOrCreatePassphrase(folder)
  const { network, accounts } = await step(
    '部署互认链，接纳三省',
    'Deploying the ledger, admitting three provinces',
    () => foundAlliance(folder, chain, passphrase),
  )
  const agencies = await step('登记颁发机构', 'Accrediting the agencies', () =>
    accreditAgencies(folder, network, accounts),
  )
  // Each has a folder and an account of its own; where one fails, no other is left running.
  const issued = await Promise.allSettled(
    agencies.map(({ sample, issueSamples }) =>
      step(`${sample.name} 颁发样例证照`, `${sample.agency} issues sample licences`, issueSamples),
    ),
  )
  for (const outcome of issued) if (outcome.status === 'rejected') throw outcome.reason
  if (!isTrayWritten(folder))
    await step('备齐各种状态的样例', 'Laying out samples in every state', () => layOutTray(folder, agencies))
  const verifierKey = await readOrCreateVerifierKey(folder, passphrase)
  const depositKey = await readOrCreateDepositKey(folder, passphrase)
  const url = `http://127.0.0.1:${options.verifierPort}`
  const identity = await step('启动统一身份认证平台', 'Starting the identity provider', () =>
    startSampleIdentities(folder, options.identityPort, url),
  )
  running.push({ ...identity, zh: '统一身份认证平台', en: 'identity provider' })
  const verifier = await step('启动核验服务', 'Starting the verifier service', () =>
    startVerifier(folder, verifierKey.file, depositKey, options, url, identity.url),
  )
  running.push({ ...verifier, zh: '核验服务', en: 'verifier service' })
  recordProcess(folder, verifier.pid, VERIFIER_MAIN)
  await step('存入样例证照', 'Depositing the sample licences', () =>
    depositSamples(folder, url, identity.agenciesToken),
  )
  await presentInGuangdong(folder, url, verifierKey.publicJwk, identity, options.report)
  options.report(`\n核验服务 · Verifier service  ${url}`)
  options.report(
    `访问令牌 · Access tokens  ${identity.url}/token  (${COUNTER}, ${PORTAL}; ${relative(process.cwd(), folder.clientSecret)})`,
  )
  options.report(`区块链 · Chain  ${chain.rpcUrl}   互认链合约 · Ledger  ${network.ledger}`)
  options.report(
    `样例证照 · Sample licences  ${relative(process.cwd(), folder.issuers)}/*/bundles/*.hefu.json`,
  )
  return signInLines(`${url}/console/`, identity.password)
}

async function failureOf({ zh, en, ended }: NamedProcess): Promise<StartError> {
  const how = await ended
  return new StartError(
    `${zh}意外结束（${how}），其余一并停止。再次 npm start 即可从已保存的状态继续。`,
    `The ${en} ended by itself (${how}), so the rest stops too. Run npm start again to go on from what was saved.`,
  )
}

function steps(report: (line: string) => void): Step {
  return async (zh, en, work) => {
    report(`… ${zh} · ${en}`)
    const started = performance.now()
    const result = await work()
    report(`✔ ${zh} · ${en} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
    return result
  }
}

async function assertPortFree(port: number, variable: string): Promise<void> {
  if (!(await isPortTaken(port))) return
  throw new StartError(
    `端口 ${port} 已被占用。请停止占用它的程序，或用 ${variable} 指定其他端口。`,
    `Port ${port} is taken. Stop the program that holds it, or name another port with ${variable}.`,
  )
}

async function foundAlliance(
  folder: StateFolder,
  chain: RunningChain,
  passphrase: string,
): Promise<{ network: Network; accounts: AllianceAccounts }> {
  const accounts = await readOrCreateAllianceAccounts(folder, SAMPLE_REGIONS, passphrase, chain.rpcUrl)
  const network = await deployNetwork(folder, chain.rpcUrl, accounts.council)
  await admitRegions(network, accounts)
  await registerLicenceTypes(network, accounts, LICENCE_TYPES)
  await registerServiceItems(network, accounts, SAMPLE_SERVICE_ITEMS)
  // The chain may have slept since the last start: a fresh block brings the ledger's time up to now.
  await rpc(chain.rpcUrl, 'evm_mine', [])
  return { network, accounts }
}

interface AccreditedAgency extends Pick<RunningAgency, 'enterTrayActs'> {
  readonly sample: SampleAgency
  /** Those of an earlier start are not issued again. */
  issueSamples(): Promise<void>
}

/** Each agency enters its own acts, side by side; where one fails, no other is left running. */
async function layOutTray(folder: StateFolder, agencies: readonly AccreditedAgency[]): Promise<void> {
  const entered = await Promise.allSettled(agencies.map(({ enterTrayActs }) => enterTrayActs()))
  for (const outcome of entered) if (outcome.status === 'rejected') throw outcome.reason
  await writeTray(folder)
}

/** One after another: an account sends one transaction at a time, and two of them are of one region. */
async function accreditAgencies(
  folder: StateFolder,
  network: Network,
  accounts: AllianceAccounts,
): Promise<readonly AccreditedAgency[]> {
  const accredited: AccreditedAgency[] = []
  for (const sample of SAMPLE_AGENCIES) {
    const agency = await startAgency(folder, sample)
    await accredit(network, accounts, agency.application, nowSeconds())
    const issueSamples = async () => {
      for (const licenceType of sample.licenceTypes) await agency.issueSamples(licenceType, LICENCES_PER_TYPE)
    }
    accredited.push({ sample, issueSamples, enterTrayActs: agency.enterTrayActs })
  }
  for (const refusal of SAMPLE_REFUSALS) await refuse(network, accounts, refusal)
  return accredited
}

function startVerifier(
  folder: StateFolder,
  keyFile: string,
  depositKey: string,
  { verifierPort, origins }: Pick<SandboxOptions, 'verifierPort' | 'origins'>,
  url: string,
  issuer: string,
): Promise<RunningProcess> {
  const env = {
    ...inheritedEnvironment(),
    HEFU_NETWORK: folder.network,
    HEFU_VERIFIER_KEY: keyFile,
    HEFU_PASSPHRASE_FILE: folder.passphrase,
    HEFU_DEPOSIT_KEYS: depositKey,
    HEFU_PORT: String(verifierPort),
    HEFU_REPLICA: folder.replica,
    HEFU_ISSUER: issuer,
    HEFU_AUDIENCE: VERIFIER_AUDIENCE,
    HEFU_CLIENTS: folder.clients,
    HEFU_CONSOLE_ORIGIN: url,
    HEFU_CONSOLE_CLIENT: CONSOLE,
    HEFU_CONSOLE_SECRET_FILE: folder.consoleSecret,
    HEFU_CONSOLE_SAMPLES: folder.samples,
    ...(origins.length === 0 ? {} : { HEFU_ORIGINS: origins.join(',') }),
  }
  // The chain may have lost its last second with the power, and a replica that is ahead of it would not go on.
  rmSync(folder.replica, { recursive: true, force: true })
  return startProcess(
    process.execPath,
    [VERIFIER_MAIN],
    async () => (await fetch(`${url}/health/ready`)).ok,
    { env, readyWithinMs: REPLICA_WITHIN_MS },
  )
}

/** The counter in Guangdong: one licence of Hunan, verified by the service, its report checked against the pinned key. */
async function presentInGuangdong(
  folder: StateFolder,
  url: string,
  verifierKey: PublicJwk,
  identity: SampleIdentities,
  report: (line: string) => void,
): Promise<void> {
  const presented = readFileSync(firstBundleOf(folder, HUNAN_HOUSING), 'utf8')
  const verification = await createRemoteVerifier({
    url,
    verifierKey,
    accessToken: identity.counterToken,
  }).verify({
    presented,
    receivingRegion: RECEIVING_REGION,
    caseNo: '440000-SAMPLE-0001',
  })
  report(`\n${renderSheet(verification, { language: 'both' })}`)
}
