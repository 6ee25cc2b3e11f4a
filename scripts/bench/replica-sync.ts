/** A replica that reads a chain of thousands of anchors from its beginning, against the same logs fetched and decoded, and nothing else. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Network } from '@hefu/ledger'
import { connectNodes, decodeEvent, type EventLog, Replica } from '@hefu/ledger/replica'
import type { Hex } from '@hefu/protocol'
import { id } from 'ethers'
import { rpc } from '../sandbox/chain.ts'
import { createFoundedSandbox, type FoundedSandbox, nowSeconds } from '../sandbox/founded-sandbox.ts'
import { compareSpeed, type Figure } from './measure.ts'

const CALLS = 50
const ANCHORS_A_CALL = 100
const SIZE = 1_000
const RULEBOOK_CHANGED = id('RulebookChanged(address,uint40)')
/** On the licences of a word and more, by one decision. */
const ACTS_A_CALL = 64

export async function benchReplicaSync(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'hefu-bench-'))
  const sandbox = await createFoundedSandbox(folder)
  try {
    await fillChain(sandbox)
    const network: Network = { ...sandbox.network, finality: 0 }
    const count = CALLS * ANCHORS_A_CALL
    const fetched = await fetchAndDecode(network)
    if (fetched < 2 * CALLS)
      throw new Error(`measure a chain of ${2 * CALLS} events and more: it has ${fetched}`)
    return await compareSpeed(
      'replica-sync',
      { count, run: () => followOnce(network) },
      { count, run: () => fetchAndDecode(network) },
    )
  } finally {
    await sandbox.stop()
    rmSync(folder, { recursive: true })
  }
}

async function fillChain({ operator, agency }: FoundedSandbox): Promise<void> {
  const { effectiveAt, decisionNumber } = {
    effectiveAt: nowSeconds() - 60,
    decisionNumber: '湘建许决〔2026〕1号',
  }
  for (let call = 0; call < CALLS; call++) {
    const entries = Array.from({ length: ANCHORS_A_CALL }, (_, place) => ({
      root: id(`batch ${call} ${place}`) as Hex,
      size: SIZE,
    }))
    const firstIndex = call * ANCHORS_A_CALL * SIZE
    await operator.confirm(await operator.submitAnchors(agency, firstIndex, entries))
    const indices = Array.from({ length: ACTS_A_CALL }, (_, place) => firstIndex + place)
    await operator.confirm(
      await operator.submitAct(agency, { act: 'suspend', indices, effectiveAt, decisionNumber }),
    )
  }
}

async function followOnce(network: Network): Promise<void> {
  const replica = await Replica.open(network, connectNodes(network, { clock: nowSeconds }))
  await replica.advance()
}

interface LogAnswer extends EventLog {
  readonly blockNumber: string
}

/** The pages that the replica reads: its chain is no longer than one. */
async function fetchAndDecode({ rpcUrl, ledger, deploymentBlock }: Network): Promise<number> {
  const fromBlock = `0x${deploymentBlock.toString(16)}`
  const [named] = (await rpc(rpcUrl, 'eth_getLogs', [
    { address: ledger, fromBlock, toBlock: 'latest', topics: [RULEBOOK_CHANGED] },
  ])) as readonly LogAnswer[]
  const rulebook = `0x${named?.topics[1]?.slice(26)}`
  const logs = (await rpc(rpcUrl, 'eth_getLogs', [
    { address: [ledger, rulebook], fromBlock, toBlock: 'latest' },
  ])) as readonly LogAnswer[]
  for (const log of logs) decodeEvent(log, ledger, { number: Number(log.blockNumber), time: 0 })
  return logs.length
}
