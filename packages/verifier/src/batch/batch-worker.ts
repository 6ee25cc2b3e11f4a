/** A thread that verifies items of batches, numbers and signs their reports. */
import { parentPort } from 'node:worker_threads'
import { createReportSigner, suite } from '@hefu/protocol'
import { serveTasks } from './serve-tasks.ts'
import { verifyTask } from './verify-task.ts'

if (parentPort === null) throw new Error('verify a batch: this is no thread of its own')
serveTasks(parentPort, async (verifier, { privateJwk }) => {
  const attest = await createReportSigner(privateJwk, suite)
  return (task) => verifyTask(verifier, attest, task)
})
