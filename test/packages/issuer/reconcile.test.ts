/** What a process sent that was killed before it noted so: the next look at the ledger notes it, and sends nothing. */
import { join } from 'node:path'
import {
  actOnLicences,
  finishBatches,
  giveUpBatch,
  issueLicences,
  reconcile,
  recordLicences,
  sealAll,
} from '@hefu/issuer'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import {
  createSampleHome,
  ISSUER,
  NOW,
  openSampleOffice,
  type SampleOffice,
  sampleRows,
  typeOf,
} from './fixtures/agency.ts'
import { createFileOperator, OPERATOR } from './fixtures/file-operator.ts'

const TYPE = 'teacher'
const COUNT = 3
const [first = ''] = [...generateLicences({ type: TYPE, issuer: ISSUER, count: COUNT, seed: 1 })].map(
  ({ licenceId }) => licenceId,
)

interface Stopped {
  readonly office: SampleOffice
  /** Of a process that is stopped after its transaction was mined, before it noted so. */
  readonly stopping: SampleOffice
}

async function openStopping(): Promise<Stopped> {
  const { home } = await createSampleHome()
  const office = await openSampleOffice(home)
  const outbox = office.journal.outboxOf(OPERATOR)
  const settle = () => Promise.reject(new Error('stopped'))
  const operator = createFileOperator(join(home, 'ledger.ndjson'), () => NOW, { ...outbox, settle })
  return { office, stopping: { ...office, operator } }
}

const stopped = async (work: Promise<unknown>): Promise<void> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(String(error)).to.equal('Error: stopped')
}

const assignmentOf = ({ key }: SampleOffice) => ({ type: typeOf(TYPE), key })
const rows = () => sampleRows({ type: TYPE, count: COUNT })
const told = ({ events }: SampleOffice): readonly string[] => events.map(({ event }) => event)

/** Looks at the ledger, which sends nothing. */
async function look(office: SampleOffice): Promise<void> {
  const sent = office.operator.transactions().length
  await reconcile(office)
  expect(office.operator.transactions()).to.have.lengthOf(sent)
}

describe('what was sent by a process that was killed', () => {
  it('is an anchor: it is noted, and told', async () => {
    const { office, stopping } = await openStopping()
    await stopped(issueLicences(stopping, assignmentOf(office), rows()))
    expect(await office.journal.counts()).to.include({ batched: COUNT, anchored: 0 })
    await look(office)
    expect(await office.journal.counts()).to.include({ batched: 0, anchored: COUNT })
    expect(told(office)).to.include('batch-anchored')
    await finishBatches(office)
    expect(await office.journal.counts()).to.include({ bundled: COUNT })
    await office.journal.close()
  })

  it('is an act: it stands, with its block', async () => {
    const { office, stopping } = await openStopping()
    await issueLicences(office, assignmentOf(office), rows())
    const request = {
      act: 'suspend',
      licenceIds: [first],
      decisionNumber: '样例决字〔2026〕1号',
      effective: 'now',
    } as const
    await stopped(actOnLicences(stopping, request))
    expect(await office.journal.countEntries()).to.include({ standing: 0, waiting: 1 })
    await look(office)
    expect(await office.journal.countEntries()).to.include({ standing: 1, waiting: 0 })
    expect(office.events.at(-1)).to.include({ event: 'entry-stands', number: 1, blockNumber: 2 })
    expect(await actOnLicences(office, request)).to.include({ repeated: true })
    await office.journal.close()
  })

  it('is a passing over: it is noted, and told', async () => {
    const { office, stopping } = await openStopping()
    await recordLicences(office, assignmentOf(office), rows())
    await sealAll(office, COUNT)
    const [batch] = await office.journal.unfinished()
    await stopped(giveUpBatch(stopping, batch?.root ?? ''))
    expect(await office.journal.unfinished()).to.have.lengthOf(1)
    await look(office)
    expect(await office.journal.unfinished()).to.deep.equal([])
    expect(told(office)).to.include('batch-passed-over')
    await office.journal.close()
  })

  it('is nothing where it was only written down', async () => {
    const { office } = await openStopping()
    await recordLicences(office, assignmentOf(office), rows())
    await sealAll(office, COUNT)
    await look(office)
    expect(await office.journal.counts()).to.include({ batched: COUNT, anchored: 0 })
    await office.journal.close()
  })
})
