/** The folder that keeps a sandbox between starts, and the lock that keeps two starts apart. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { StartError } from './start-error.ts'

export interface StateFolder {
  readonly path: string
  /** State of the chain process. */
  readonly chain: string
  /** Where the ledger is: for the services and the SDK. */
  readonly network: string
  readonly keys: string
  readonly issuers: string
  readonly samples: string
  readonly passphrase: string
}

/** The paths of a sandbox below `path`; the folder is made, and tried, first. */
export function openStateFolder(path: string): StateFolder {
  const folder: StateFolder = {
    path,
    chain: join(path, 'chain'),
    network: join(path, 'network.json'),
    keys: join(path, 'keys'),
    issuers: join(path, 'issuers'),
    samples: join(path, 'samples'),
    passphrase: join(path, 'passphrase'),
  }
  try {
    for (const sub of [folder.path, folder.chain, folder.keys, folder.issuers, folder.samples]) {
      makeFolder(sub)
      accessSync(sub, constants.R_OK | constants.W_OK | constants.X_OK)
    }
  } catch (error) {
    throw new StartError(
      `状态目录 ${path} 无法读写（${describe(error)}）。请检查权限，或用 HEFU_HOME 指定其他目录。`,
      `The state folder ${path} cannot be read and written (${describe(error)}). Check its permissions, or name another with HEFU_HOME.`,
      { cause: error },
    )
  }
  return folder
}

/** One level after another: Node 24's own recursive mkdir never returns where a file system refuses every name. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

function describe(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

/**
 * Takes the folder for this process; the returned function gives it back. The lock of a process that is gone
 * (killed, machine restarted) is taken over.
 *
 * @throws {StartError} when another process that lives holds it
 */
export function lockStateFolder(folder: StateFolder): () => void {
  const lock = join(folder.path, 'lock')
  const holder = readHolder(lock)
  if (holder !== null && isAlive(holder)) {
    throw new StartError(
      `另一个 npm start（进程 ${holder}）正在使用 ${folder.path}。请先停止它，或用 HEFU_HOME 指定其他目录。`,
      `Another npm start (process ${holder}) is using ${folder.path}. Stop it first, or name another folder with HEFU_HOME.`,
    )
  }
  rmSync(lock, { force: true })
  const file = openSync(lock, 'wx')
  writeSync(file, String(process.pid))
  closeSync(file)
  return () => rmSync(lock, { force: true })
}

function readHolder(lock: string): number | null {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return null
  }
}

/** Whether a process of this number exists. */
export function isAlive(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
