/** A thread that verifies all its licences whenever it is told to, over facts of its own in memory. */
import { parentPort, workerData } from 'node:worker_threads'
import { createMemoryLedgerView, createVerifier, type MemoryLedger, suite } from '@hefu/protocol'
import { NOW } from '../anchored-licences.ts'

/** Plain data, copied. */
export interface LocalStart {
  readonly bundles: readonly string[]
  readonly memory: MemoryLedger
}

const { bundles, memory } = workerData as LocalStart
const verifier = createVerifier({ view: createMemoryLedgerView(memory), suite })
parentPort?.on('message', async () => {
  for (const presented of bundles) {
    const { verdict } = await verifier.verify({ presented, receivingRegion: '440000' }, NOW)
    if (verdict !== 'accepted') throw new Error(`measure a verification that ended ${verdict}`)
  }
  parentPort?.postMessage('done')
})
parentPort?.postMessage('ready')
