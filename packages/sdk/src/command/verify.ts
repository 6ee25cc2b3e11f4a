/** From the options of `hefu verify` to a verifier and a request. */
import { join } from 'node:path'
import { createNetworkDirectory, parseTrustedNetwork } from '@hefu/ledger/registry'
import {
  type Challenge,
  explainDefects,
  isRegionCode,
  type JsonObject,
  LedgerUnavailableError,
  MalformedError,
  parseJsonText,
  quote,
  type RegionCode,
  type VerificationRequest,
} from '@hefu/protocol'
import type { SheetLanguage } from '../display/voice.ts'
import { createLocalVerifier } from '../local/local-verifier.ts'
import { isAccessToken } from '../remote/remote-transport.ts'
import { createRemoteVerifier } from '../remote/remote-verifier.ts'
import { readVerifierKeys, type VerifierKey } from '../remote/verifier-key.ts'
import { readClock } from '../verification/clock.ts'
import type { LicenceVerifier } from '../verification/verification.ts'
import { readText } from './input-files.ts'
import { parseAsOf } from './time.ts'
import { UsageError, type UsageErrorCode } from './usage-error.ts'

export interface VerifyOptions {
  readonly region: string
  readonly network?: string
  readonly remote?: string
  readonly verifierKey?: string
  readonly case?: string
  readonly item?: string
  readonly asOf?: string
  readonly submitted?: string
  readonly challenge?: string
  readonly lang: SheetLanguage
  readonly json?: boolean
  readonly ndjson?: boolean
  /** Verifications at a time. */
  readonly concurrency?: number
  readonly quiet?: boolean
}

/** Of the sandbox, in the folder that `npm start` was given. A variable that is set and empty is not set. */
function defaultNetworkPath(): string {
  return join(process.env['HEFU_HOME'] || './.hefu', 'network.json')
}

/**
 * @param onUnavailable hears why the ledger could not be asked from here
 * @throws {UsageError}
 */
export async function createVerifierOf(
  options: VerifyOptions,
  onUnavailable: (reason: LedgerUnavailableError) => void,
): Promise<LicenceVerifier> {
  const { remote, verifierKey } = options
  if (remote !== undefined) return createRemote(remote, verifierKey)
  if (verifierKey !== undefined) throw new UsageError('no-remote')
  return createLocalVerifier({
    directory: createNetworkDirectory(await readTrustedNetwork(options.network)),
    onUnavailable,
    onFault: (fault) => onUnavailable(toUnavailable(fault)),
  })
}

function toUnavailable(fault: unknown): LedgerUnavailableError {
  const message = `read the ledger: ${fault instanceof Error ? fault.name : typeof fault}`
  return new LedgerUnavailableError('inconsistent', message, { cause: fault })
}

/**
 * The network of a file: the one that is given, or else that of the environment or of the sandbox.
 *
 * @throws {UsageError}
 */
export async function readTrustedNetwork(
  given: string | undefined,
): Promise<ReturnType<typeof parseTrustedNetwork>> {
  const path = given ?? (process.env['HEFU_NETWORK'] || defaultNetworkPath())
  try {
    return await parseFile(path, parseTrustedNetwork, 'bad-network')
  } catch (error) {
    if (error instanceof UsageError && error.code === 'absent-file') throw new UsageError('no-network', path)
    throw error
  }
}

async function createRemote(url: string, keyPath: string | undefined): Promise<LicenceVerifier> {
  if (keyPath === undefined) throw new UsageError('no-verifier-key')
  const verifierKey = await readVerifierKey(keyPath)
  const token = process.env['HEFU_ACCESS_TOKEN'] || undefined
  if (token !== undefined && !isAccessToken(token)) throw new UsageError('bad-token')
  try {
    return createRemoteVerifier({
      url,
      verifierKey,
      ...(token === undefined ? {} : { accessToken: () => token }),
    })
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError('bad-remote')
    throw error
  }
}

/** @throws {UsageError} */
export function readVerifierKey(path: string): Promise<VerifierKey> {
  return parseFile(path, parseVerifierKey, 'bad-verifier-key')
}

function parseVerifierKey(text: string): VerifierKey {
  const given = parseJsonObject(text, 'verifier key')
  readVerifierKeys(given)
  return given as unknown as VerifierKey
}

/** Options that are judged before any file is read. */
export interface Terms {
  readonly receivingRegion: RegionCode
  readonly asOf?: number
}

/** @throws {UsageError} */
export function readTerms({ region, asOf: text }: VerifyOptions): Terms {
  if (!isRegionCode(region)) throw new UsageError('bad-region', quote(region))
  const asOf = text === undefined ? undefined : parseAsOf(text, readClock())
  return { receivingRegion: region, ...(asOf === undefined ? {} : { asOf }) }
}

/**
 * What is asked beside what is presented.
 *
 * @throws {UsageError}
 */
export async function readAsked(
  { receivingRegion, asOf }: Terms,
  options: VerifyOptions,
): Promise<Omit<VerificationRequest, 'presented'>> {
  const { item, submitted, challenge } = options
  return {
    receivingRegion,
    ...(item === undefined ? {} : { serviceItem: item }),
    ...(options.case === undefined ? {} : { caseNo: options.case }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(submitted === undefined ? {} : { submitted: await readSubmitted(submitted) }),
    ...(challenge === undefined ? {} : { challenge: await readChallenge(challenge) }),
  }
}

/** Members, elements and levels: a case has a few dozen. */
const MOST_PARTS = 4_096

/** As it was given to the holder; its members are judged with the request. */
export async function readChallenge(path: string): Promise<Challenge> {
  return parseJsonObject(await readText(path), path) as unknown as Challenge
}

/** Its names and values are judged with the request. */
export async function readSubmitted(path: string): Promise<Record<string, string>> {
  return parseJsonObject(await readText(path), path) as Record<string, string>
}

/** @throws {UsageError} */
export function parseJsonObject(text: string, path: string): JsonObject {
  const value = parseJson(text, path)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw new UsageError('not-json', path)
}

function parseJson(text: string, path: string): unknown {
  try {
    return parseJsonText(text, MOST_PARTS, path)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    throw new UsageError(error.code === 'repeated-member' ? 'repeated-member' : 'not-json', path)
  }
}

/** @throws {UsageError} with the code and what is wrong with the file */
export async function parseFile<T>(
  path: string,
  parse: (text: string) => T,
  code: UsageErrorCode,
): Promise<T> {
  const text = await readText(path)
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    const { zh, en } = explainDefects(error)
    throw new UsageError(code, { zh: `${path}：${zh}`, en: `${path}: ${en}` }, { cause: error })
  }
}
