/** What a deployment left where, in a file that is replaced at once or not at all. */
import { existsSync, readFileSync } from 'node:fs'
import { openGrowingFile } from '@hefu/service'
import { isAddress } from 'ethers'
import { DeploymentMismatchError } from './artifact.ts'
import type { Deployment } from './deploy-ledger.ts'

/** As JSON, addresses in lower case, as the packages read them. */
export function encodeRecord(record: object): string {
  const lowerCase = (name: string, value: unknown): unknown =>
    name !== '' && isAddress(value) ? value.toLowerCase() : value
  return `${JSON.stringify(record, lowerCase, 2)}\n`
}

/**
 * Reads the record of a deployment that was begun or done.
 *
 * @throws {DeploymentMismatchError} when there is none, or none that can be read: nothing is deployed in its place
 */
export function readRecord(path: string): Partial<Deployment> {
  if (!existsSync(path)) {
    throw new DeploymentMismatchError(
      `没有部署记录 ${path}；请核对 --record · there is no record of a deployment at ${path}: check --record`,
    )
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new DeploymentMismatchError(`部署记录 ${path} 无法读取 · the record ${path} cannot be read`, {
      cause,
    })
  }
}

/** Never half-written. */
export function writeRecord(path: string, record: object): void {
  const file = openGrowingFile(path)
  file.append(encodeRecord(record))
  file.place()
}
