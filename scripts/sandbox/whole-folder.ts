/** Whether a state folder is whole: what a first start made and somebody deleted since is told before anything is started. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from './start-error.ts'
import type { StateFolder } from './state-folder.ts'

const WAY_OUT = {
  zh: '请从备份恢复；若只是试用，删除整个状态目录即可重新开始。',
  en: 'Restore it from a backup; for a mere trial, delete the whole state folder to begin anew.',
}

/**
 * @param accounts names of the key files that the ledger on record was founded with
 * @throws {StartError} naming what is missing, and the way out
 */
export function assertWhole(folder: StateFolder, accounts: readonly string[], rpcUrl: string): void {
  const hasState = existsSync(stateFileOf(folder))
  const hasNetwork = existsSync(folder.network)
  const hasAgencies = entriesOf(folder.issuers).length > 0
  // Before the first agency nothing is lost: the ledger is deployed once more, to where it was.
  if (!hasState && hasAgencies) throw missing(folder, stateFileOf(folder))
  if (!hasNetwork && hasAgencies) throw missing(folder, folder.network)
  if (!existsSync(folder.passphrase) && entriesOf(folder.keys).length > 0)
    throw missing(folder, folder.passphrase)
  if (!hasNetwork) return
  for (const account of accounts) {
    const path = join(folder.keys, `${account}.json`)
    if (!existsSync(path)) throw missing(folder, path)
  }
  if (hasAgencies) assertSameNode(folder, rpcUrl)
}

/** Where the chain keeps its state. */
export function stateFileOf(folder: StateFolder): string {
  return join(folder.chain, 'state.json')
}

function missing({ path }: StateFolder, what: string): StartError {
  return new StartError(
    `状态目录 ${path} 不完整：${what} 不见了，其余与它不可分。${WAY_OUT.zh}`,
    `The state folder ${path} is not whole: ${what} is gone, and the rest is worth nothing without it. ${WAY_OUT.en}`,
  )
}

function entriesOf(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}

/** Each agency's folder names the node that it was made with. */
function assertSameNode({ path, network }: StateFolder, rpcUrl: string): void {
  const recorded = recordedNode(network)
  if (recorded === undefined || recorded === rpcUrl) return
  throw new StartError(
    `状态目录 ${path} 的各机构连接的是 ${recorded}，而本次区块链在 ${rpcUrl}。请把 HEFU_CHAIN_PORT 设回 ${portOf(recorded)}，或用 HEFU_HOME 指定另一目录。`,
    `The agencies of the state folder ${path} reach the chain at ${recorded}, and it would be at ${rpcUrl} now. Set HEFU_CHAIN_PORT back to ${portOf(recorded)}, or name another folder with HEFU_HOME.`,
  )
}

/** Undefined for a file that cannot be read, which is told where it is read. */
function recordedNode(network: string): string | undefined {
  try {
    const { rpcUrl } = JSON.parse(readFileSync(network, 'utf8')) as { readonly rpcUrl?: unknown }
    return typeof rpcUrl === 'string' ? rpcUrl : undefined
  } catch {
    return undefined
  }
}

function portOf(rpcUrl: string): string {
  return URL.canParse(rpcUrl) ? new URL(rpcUrl).port : rpcUrl
}

/**
 * The first bundle of an agency.
 *
 * @throws {StartError} when there is none any more
 */
export function firstBundleOf(folder: StateFolder, agency: string): string {
  const bundles = join(folder.issuers, agency, 'bundles')
  const [name] = entriesOf(bundles)
    .filter((file) => file.endsWith('.hefu.json'))
    .toSorted()
  if (name !== undefined) return join(bundles, name)
  throw new StartError(
    `${bundles} 中没有电子证照文件，无可核验：签发过的证照文件被删除了。${WAY_OUT.zh}`,
    `There is no bundle in ${bundles} to verify: those that were issued were deleted. ${WAY_OUT.en}`,
  )
}
