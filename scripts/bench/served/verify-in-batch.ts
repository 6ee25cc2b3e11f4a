/** A thread of a batch that verifies, as the service's own does, and makes nothing of the report. */
import { parentPort } from 'node:worker_threads'
import { nextStepOf } from '@hefu/protocol'
import { serveTasks } from '#internal/verifier/batch/serve-tasks'

if (parentPort === null) throw new Error('measure a batch: this is no thread of its own')
serveTasks(parentPort, async (verifier) => async ({ item, request, now, number, read }) => {
  const report = await verifier.verify(request, now)
  const { verdict, resultCode } = report
  const reading = { ...REST, ...read, at: now, client: read.client.id, person: null, verdict, report: number }
  return {
    item,
    evidence: { reading: { ...reading, fields: '[]' }, report: null },
    code: '',
    attested: '',
    verdict,
    resultCode,
    nextStep: nextStepOf(report),
    licenceType: null,
    differs: false,
  }
})

const REST = { region: '440000', case_no: null, service_item: null, use_cause: null, credential: null }
