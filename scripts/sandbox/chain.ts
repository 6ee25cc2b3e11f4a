/** The embedded chain: a real anvil process with its state on disk. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { isPortTaken, type RunningProcess, startProcess } from './process.ts'
import { StartError } from './start-error.ts'

export const SANDBOX_CHAIN_ID = 31337

/** A chain process and the endpoint it answers at. */
export interface RunningChain extends RunningProcess {
  readonly rpcUrl: string
}

export interface ChainOptions {
  readonly port: number
  /** By default {@link SANDBOX_CHAIN_ID}. */
  readonly chainId?: number
  /** Kept from start to start. */
  readonly stateFile: string
  /** How often the state is written; by default every second. */
  readonly stateIntervalSeconds?: number
  /** An empty block at least this often, so that the ledger's time does not stand still. */
  readonly blockTimeSeconds?: number
  /** Further options of anvil: chains of other kinds, for tests. */
  readonly args?: readonly string[]
}

/**
 * Starts the chain, or resumes it from its state file.
 *
 * @throws {StartError} when the port is taken or the state cannot be read
 */
export async function startChain({
  port,
  chainId = SANDBOX_CHAIN_ID,
  stateFile,
  stateIntervalSeconds = 1,
  blockTimeSeconds = 60,
  args: more = [],
}: ChainOptions): Promise<RunningChain> {
  if (await isPortTaken(port)) {
    throw new StartError(
      `端口 ${port} 已被占用，区块链无法启动。请停止占用它的程序，或用 HEFU_CHAIN_PORT 指定其他端口。`,
      `Port ${port} is taken, so the chain cannot start. Stop the program that holds it, or name another port with HEFU_CHAIN_PORT.`,
    )
  }
  assertReadable(stateFile)
  const rpcUrl = `http://127.0.0.1:${port}`
  const options = {
    host: '127.0.0.1',
    port,
    'chain-id': chainId,
    state: stateFile,
    'state-interval': stateIntervalSeconds,
    'block-time': blockTimeSeconds,
  }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const running = await startProcess(
    anvilBinary(),
    [...args, '--mixed-mining', '--preserve-historical-states', ...more],
    () => answers(rpcUrl),
  )
  return { ...running, rpcUrl }
}

/** A state that is no JSON (a disk that was full, a file edited by hand) is told before the chain trips over it. */
function assertReadable(stateFile: string): void {
  try {
    JSON.parse(readFileSync(stateFile, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw new StartError(
      `区块链状态文件 ${stateFile} 无法读取。请恢复备份；若只是试用，删除其所在的状态目录即可重新开始。`,
      `The chain’s state ${stateFile} cannot be read. Restore it from a backup; for a mere trial, delete the state folder to begin anew.`,
      { cause: error },
    )
  }
}

/** The binary itself and not its wrapper script, so that signals reach the process that is meant. */
export function anvilBinary(): string {
  const require = createRequire(import.meta.url)
  const wrapper = createRequire(require.resolve('@foundry-rs/anvil/package.json'))
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const name = process.platform === 'win32' ? 'anvil.exe' : 'anvil'
  return join(
    dirname(wrapper.resolve(`@foundry-rs/anvil-${process.platform}-${arch}/package.json`)),
    'bin',
    name,
  )
}

async function answers(rpcUrl: string): Promise<boolean> {
  return (await rpc(rpcUrl, 'eth_chainId', [])) !== undefined
}

/** One JSON-RPC call to the sandbox's own node. */
export async function rpc(rpcUrl: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } }
  if (error !== undefined) throw new Error(`${method}: ${error.message}`)
  return result
}

/** Gives an account of the sandbox what its transactions cost. */
export async function fund(rpcUrl: string, address: string): Promise<void> {
  await rpc(rpcUrl, 'anvil_setBalance', [address, `0x${(10n ** 24n).toString(16)}`])
}
