/** A thread that verifies all its licences whenever it is told to, over facts of its own in memory. */
import { parentPort, workerData } from 'node:worker_threads'
import { createVerifier, suite } from '@hefu/protocol'
import { createAnchoredLicences, NOW } from '../anchored-licences.ts'

const { bundles, view } = await createAnchoredLicences('ES256', Number(workerData))
const verifier = createVerifier({ view, suite })
parentPort?.on('message', async () => {
  for (const presented of bundles) {
    const { verdict } = await verifier.verify({ presented, receivingRegion: '440000' }, NOW)
    if (verdict !== 'accepted') throw new Error(`measure a verification that ended ${verdict}`)
  }
  parentPort?.postMessage('done')
})
parentPort?.postMessage('ready')
