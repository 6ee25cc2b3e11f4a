/** The folder that keeps a sandbox between starts. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
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
  /** The verifier's replica of the ledger. */
  readonly replica: string
  /** Which clients the services let in, and to what. */
  readonly clients: string
  /** By which a sample client obtains its tokens. */
  readonly clientSecret: string
  /** By which the console obtains those of the people who sign in at it. */
  readonly consoleSecret: string
  /** Of all sample people. */
  readonly samplePassword: string
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
    replica: join(path, 'replica'),
    clients: join(path, 'clients.json'),
    clientSecret: join(path, 'client-secret'),
    consoleSecret: join(path, 'console-secret'),
    samplePassword: join(path, 'sample-password'),
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
