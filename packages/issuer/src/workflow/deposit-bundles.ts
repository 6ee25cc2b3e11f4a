/** Bundles deposited at a verifier service: sent again, they are answered alike, so that it may be gone on with anywhere. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { encodeQrReference, MalformedError, suite } from '@hefu/protocol'
import { reasonOf } from '@hefu/service'
import { IssuerError } from '../error/issuer-error.ts'
import type { DepositRefusal, VerifierService } from './verifier-service.ts'

const BUNDLE_ENDING = '.hefu.json'
const SIDE_BY_SIDE = 8

/**
 * The bundle files of a folder, in the order of their names.
 *
 * @throws {IssuerError} `input-unreadable`, `input-empty`
 */
export async function listBundles(folder: string): Promise<readonly string[]> {
  const names = await reading(folder, () => readdir(folder))
  const bundles = names.filter((name) => name.endsWith(BUNDLE_ENDING)).sort()
  if (bundles.length === 0) throw new IssuerError('input-empty', { file: folder })
  return bundles.map((name) => join(folder, name))
}

export interface DepositNarration {
  readonly onDeposited: () => void
  readonly onRefused: (licenceId: string, refusal: DepositRefusal) => void
}

/**
 * Deposits these files, a few at once, until `signal` is aborted.
 *
 * @throws {IssuerError} `input-unreadable`, and as `VerifierService`: nothing is begun after it
 */
export async function depositBundles(
  service: VerifierService,
  files: readonly string[],
  signal: AbortSignal,
  { onDeposited, onRefused }: DepositNarration,
): Promise<void> {
  const left = files.values()
  let failed = false
  const work = async (): Promise<void> => {
    for (const file of left) {
      if (failed || signal.aborted) return
      const refusal = await depositFile(service, file)
      if (refusal === null) onDeposited()
      else onRefused(basename(file, BUNDLE_ENDING), refusal)
    }
  }
  const stopping = (error: unknown): never => {
    failed = true
    throw error
  }
  const ends = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, () => work().catch(stopping)))
  const end = ends.find((one) => one.status === 'rejected')
  if (end !== undefined && !signal.aborted) throw end.reason
}

async function depositFile(service: VerifierService, file: string): Promise<DepositRefusal | null> {
  const presented = await reading(file, () => readFile(file, 'utf8'))
  try {
    return await service.deposit(presented, encodeQrReference(presented, suite))
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return { code: error.code, findings: [] }
  }
}

/** @throws {IssuerError} `input-unreadable` */
async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw new IssuerError('input-unreadable', { file, reason: reasonOf(error) }, { cause: error })
  }
}
