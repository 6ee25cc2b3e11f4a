/** A thread that verifies items of batches. It has the rules and the signing key, and asks for every fact. */
import { parentPort, workerData } from 'node:worker_threads'
import { createReportSigner, createVerifier, suite } from '@hefu/protocol'
import { createAskedDirectory } from './asked-directory.ts'
import { verifyTask } from './verify-task.ts'
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts'

const port = parentPort
if (port === null) throw new Error('verify a batch: this is no thread of its own')
const { privateJwk, maxLedgerAgeSeconds, licenceTypes } = workerData as WorkerStart
const post = (message: FromWorker): void => port.postMessage(message)
const directory = createAskedDirectory((asks) => post({ asks }))
const verifier = createVerifier({
  suite,
  directory,
  maxLedgerAgeSeconds,
  licenceTypes,
  onUnavailable: ({ code }) => post({ unavailable: code }),
})
const signer = createReportSigner(privateJwk, suite)

port.on('message', async (message: ToWorker) => {
  if ('answers' in message) {
    directory.settle(message.answers)
    return
  }
  const attest = await signer
  const outcomes = await Promise.all(message.tasks.map((task) => verifyTask(verifier, attest, task)))
  post({ job: message.job, outcomes })
})
