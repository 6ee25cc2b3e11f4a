/** What a deployment left where, in a file that is replaced at once or not at all. */
import { existsSync, readFileSync } from 'node:fs'
import { parseNetworkMembers } from '@hefu/ledger'
import { type Bilingual, explainDefects, MalformedError } from '@hefu/protocol'
import { openGrowingFile } from '@hefu/service'
import { isAddress } from 'ethers'
import { DeploymentMismatchError } from './artifact.ts'
import { type ContractName, type Deployment, PLANS } from './deployment-plan.ts'
import type { Keepers } from './holders.ts'

/** What a run that may have been interrupted recorded. */
export type DeploymentRecord = Partial<Deployment> & Partial<Provenance>

/** What the proof has to be told beside the addresses: who deployed, and once it is handed over to whom. */
interface Provenance extends Keepers {
  readonly deployer: string
  /** From when on a block of the chain stays, for whoever takes the record as network file. */
  readonly finality: 'finalized' | number
}

/** A deployment that came to its end. */
export type WholeRecord = Deployment & Partial<Provenance>

/** As JSON, addresses in lower case, as the packages read them. */
export function encodeRecord(record: object): string {
  const lowerCase = (name: string, value: unknown): unknown =>
    name !== '' && isAddress(value) ? value.toLowerCase() : value
  return `${JSON.stringify(record, lowerCase, 2)}\n`
}

/**
 * Reads the record of a deployment that was begun or done: a network file that may not be whole yet.
 *
 * @throws {DeploymentMismatchError} when there is none, or none that can be read: nothing is deployed in its place
 */
export function readRecord(path: string): DeploymentRecord {
  if (!existsSync(path)) {
    throw new DeploymentMismatchError({
      zh: `没有部署记录 ${path}；请核对 --record`,
      en: `there is no record of a deployment at ${path}: check --record`,
    })
  }
  try {
    return parseNetworkMembers(readFileSync(path, 'utf8')) as DeploymentRecord
  } catch (cause) {
    const { zh, en } = reasonsOf(cause)
    throw new DeploymentMismatchError(
      {
        zh: `部署记录 ${path} 无法读取${zh}；请核对 --record`,
        en: `the record ${path} cannot be read${en}: check --record`,
      },
      { cause },
    )
  }
}

function reasonsOf(error: unknown): Bilingual {
  if (!(error instanceof MalformedError)) return { zh: '', en: '' }
  const { zh, en } = explainDefects(error)
  return { zh: `：${zh}`, en: `: ${en}` }
}

/**
 * As {@link readRecord}, of a deployment that is done.
 *
 * @throws {DeploymentMismatchError} also where an address is missing
 */
export function readWholeRecord(path: string): WholeRecord {
  const record = readRecord(path)
  const names: readonly (ContractName | 'deploymentBlock' | 'chainId')[] = [
    'chainId',
    ...PLANS.map(({ name }) => name),
    'deploymentBlock',
  ]
  const missing = names.filter((name) => record[name] === undefined)
  if (missing.length === 0) return record as WholeRecord
  throw new DeploymentMismatchError({
    zh: `部署记录 ${path} 不完整（缺少 ${missing.join('、')}）；请先完成部署`,
    en: `the record ${path} is not whole (${missing.join(', ')} missing): finish the deployment first`,
  })
}

/** Never half-written. */
export function writeRecord(path: string, record: object): void {
  const file = openGrowingFile(path)
  file.append(encodeRecord(record))
  file.place()
}
