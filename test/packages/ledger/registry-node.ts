/** A node with a registry at one address, which says whatever it is told to; its answers are encoded by ethers. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Interface } from 'ethers'

const ARTIFACT = join(
  import.meta.dirname,
  '../../../artifacts/contracts/governance/Registry.sol/Registry.json',
)
const registry = new Interface(JSON.parse(readFileSync(ARTIFACT, 'utf8')).abi)

export const REGISTRY = `0x${'7e'.repeat(20)}` as const
export const REGISTRY_CHAIN = 31_337

export interface NodeEntry {
  readonly ledger: string
  readonly chainId: number
  readonly successor: number
  readonly openedAt: number
  readonly closedAt: number
  readonly registeredAt: number
}

/** What the node says; changed between questions. */
export interface NodeState {
  chainId: number
  block: { number: number; hash: string; time: number }
  /** `null`: no contract stands at the address. */
  entries: readonly NodeEntry[] | null
  /** Said in place of their number. */
  count?: number
  /** Blocks that it has beside the newest, by hash. */
  older: Record<
    string,
    { readonly number: number; readonly time: number; readonly entries: readonly NodeEntry[] }
  >
  /** Contracts refuse every call. */
  reverts?: boolean
}

export interface RegistryNode {
  readonly rpcUrl: string
  readonly state: NodeState
  /** Methods asked so far. */
  readonly asked: string[]
  close(): Promise<void>
}

type Params = readonly unknown[]

class Refused extends Error {}

export async function startRegistryNode(state: NodeState): Promise<RegistryNode> {
  const asked: string[] = []
  const server = createServer(async (incoming, outgoing) => {
    let text = ''
    for await (const chunk of incoming) text += String(chunk)
    const { id, method, params = [] } = JSON.parse(text)
    asked.push(method)
    outgoing.setHeader('content-type', 'application/json')
    try {
      outgoing.end(JSON.stringify({ jsonrpc: '2.0', id, result: answer(state, method, params) }))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      outgoing.end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32_000, message: error.message } }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    rpcUrl: `http://127.0.0.1:${port}`,
    state,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function answer(state: NodeState, method: string, [first, second]: Params): unknown {
  const { block } = state
  if (method === 'eth_chainId') return hex(state.chainId)
  if (method === 'eth_getBlockByNumber') return blockOf(block.hash, block)
  if (method === 'eth_getBlockByHash') {
    const found = first === block.hash ? block : state.older[String(first)]
    return found === undefined ? null : blockOf(String(first), found)
  }
  if (method !== 'eth_call') throw new Refused(`answer ${method}: not known`)
  const { blockHash } = second as { readonly blockHash: string }
  const entries = blockHash === block.hash ? state.entries : state.older[blockHash]?.entries
  if (entries === undefined) throw new Refused('header not found')
  const { to, data } = first as { readonly to: string; readonly data: string }
  if (entries === null || to !== REGISTRY) return '0x'
  if (state.reverts) throw new Refused('execution reverted')
  return callRegistry(entries, state.count ?? entries.length, data)
}

function callRegistry(entries: readonly NodeEntry[], count: number, data: string): string {
  const call = registry.parseTransaction({ data })
  if (call?.name === 'ledgerCount') return registry.encodeFunctionResult('ledgerCount', [count])
  const entry = entries[Number(call?.args[0]) - 1]
  if (entry === undefined) throw new Refused('execution reverted')
  return registry.encodeFunctionResult('ledgerAt', [entry])
}

function blockOf(hash: string, { number, time }: { readonly number: number; readonly time: number }) {
  return { number: hex(number), hash, timestamp: hex(time), transactions: [] }
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
