/** The verifier as it is run in earnest: a process of its own, configured by its environment, over a folder of files. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeKeyFile } from '@hefu/protocol'
import { createSealingKeyFile } from '@hefu/service'
import { createKeyPair, createVerifierKeyFileText, LEDGER, PASSPHRASE } from './sample.ts'

const MAIN = fileURLToPath(new URL('../../../packages/verifier/dist/main.js', import.meta.url))

/** The files of one verifier, whose processes share them. */
export interface VerifierFiles {
  readonly folder: string
  /** What a process is configured with: it checks no tokens, and its ledger's node does not answer. */
  readonly environment: Readonly<Record<string, string>>
  remove(): Promise<void>
}

export async function writeVerifierFiles(): Promise<VerifierFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'hefu-verifier-'))
  const path = (name: string): string => join(folder, name)
  const pinned = { chainId: LEDGER.chainId, ledger: LEDGER.address, deploymentBlock: 0 }
  // A port of loopback where nothing answers: a verification ends undetermined, and is recorded like any other.
  await writeFile(path('network.json'), JSON.stringify({ rpcUrl: 'http://127.0.0.1:9', ...pinned }))
  await writeFile(path('key.json'), await createVerifierKeyFileText(createKeyPair()))
  await writeFile(path('passphrase'), `${PASSPHRASE}\n`, { mode: 0o600 })
  const environment = {
    HEFU_NETWORK: path('network.json'),
    HEFU_VERIFIER_KEY: path('key.json'),
    HEFU_PASSPHRASE_FILE: path('passphrase'),
    HEFU_PORT: '0',
    HEFU_REPLICA: 'none',
    HEFU_ACCESS: 'unguarded',
  }
  return { folder, environment, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A key that deposits and batches are sealed under; its path, for `HEFU_DEPOSIT_KEYS`. */
export async function writeDepositKey({ folder }: VerifierFiles): Promise<string> {
  const path = join(folder, 'deposit-key.json')
  await writeFile(path, encodeKeyFile(await createSealingKeyFile(PASSPHRASE)))
  return path
}

export interface VerifierProcess {
  readonly url: string
  readonly process: ChildProcess
  /** All that it said so far, its log among it. */
  readonly said: () => string
  /** SIGTERM; its exit code once it is gone, `null` when it was killed. */
  stop(): Promise<number | null>
  /** SIGKILL. */
  kill(): Promise<void>
}

/** @throws when it ends before it says where it answers */
export async function startVerifierProcess(
  environment: Readonly<Record<string, string>>,
): Promise<VerifierProcess> {
  const child = spawn(process.execPath, [MAIN], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        said += text
        const [, address] = /answers at (http:\S+) now.*\n/.exec(said) ?? []
        if (address !== undefined) resolve(address)
      })
    }
    void ended.then((code) =>
      reject(new Error(`the verifier ended with ${code} before it answered: ${said}`)),
    )
  })
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child.kill(signal)
    return await ended
  }
  return {
    url,
    process: child,
    said: () => said,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  }
}
