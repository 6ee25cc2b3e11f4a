/** A chain of its own, with the history of `proven-history.ts` on it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonRpcProvider } from 'ethers'
import { NodeProvider } from '../../scripts/deploy/node-provider.ts'
import { startChain } from '../../scripts/sandbox/chain.ts'
import { makeHistory, type ProvenHistory } from './proven-history.ts'

export interface ProvenChain {
  readonly provider: JsonRpcProvider
  readonly history: ProvenHistory
  stop(): Promise<void>
}

export async function startProvenChain(): Promise<ProvenChain> {
  const folder = await mkdtemp(join(tmpdir(), 'hefu-proofs-'))
  const stateFile = join(folder, 'chain.json')
  const chain = await startChain({ port: await freePort(), stateFile, args: ['--accounts', '20'] })
  const provider = new NodeProvider(chain.rpcUrl, 50)
  const stop = async (): Promise<void> => {
    provider.destroy()
    await chain.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return { provider, history: await makeHistory(chain.rpcUrl, provider), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
