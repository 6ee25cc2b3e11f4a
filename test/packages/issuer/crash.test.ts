import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { finishBatches, issueLicences, recordLicences, sealAll } from '@hefu/issuer'
import { LedgerRefusedError, type SendingOperator } from '@hefu/ledger'
import { LedgerUnavailableError, parseBundle, suite, verifyInclusion } from '@hefu/protocol'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { generateLicences } from '../../../scripts/sample/licence-rows.ts'
import { startChild } from '../../fixtures/child.ts'
import { runs } from '../../fixtures/test-profile.ts'
import {
  createSampleHome,
  ISSUER,
  openSampleOffice,
  type SampleOffice,
  sampleRows,
  typeOf,
} from './fixtures/agency.ts'

const TYPE = 'teacher'

/** The whole state, after everything is done: every licence anchored exactly once, and its bundle proves it. */
async function assertExactlyOnce(office: SampleOffice, count: number): Promise<void> {
  expect(await office.journal.counts()).to.deep.equal({
    recorded: 0,
    batched: 0,
    anchored: 0,
    bundled: count,
    givenUp: 0,
  })
  const entries = office.operator.transactions().flatMap((transaction) => transaction.entries ?? [])
  expect(new Set(entries.map(({ root }) => root)).size).to.equal(entries.length)
  expect(entries.reduce((total, { size }) => total + size, 0)).to.equal(count)
  const roots = new Set(entries.map(({ root }) => root))
  const indices = new Set<number>()
  for (const { licenceId } of generateLicences({ type: TYPE, issuer: ISSUER, count, seed: 1 })) {
    const bundle = parseBundle(await readFile(join(office.bundles, `${licenceId}.hefu.json`), 'utf8'))
    if (bundle.receipt === null) throw new Error('read a receipt')
    expect(roots.has(bundle.receipt.root)).to.equal(true)
    expect(verifyInclusion(bundle.credential.signingInput, bundle.receipt, suite)).to.equal(true)
    indices.add(bundle.credential.claims.status.status_list.idx)
  }
  expect(indices.size).to.equal(count)
  // Also of what a killed process had not finished nothing is left.
  expect(await readdir(office.bundles)).to.have.lengthOf(count)
}

const issueAll = (office: SampleOffice, count: number, batchSize: number) =>
  issueLicences(office, { type: typeOf(TYPE), key: office.key }, sampleRows({ type: TYPE, count }), batchSize)

describe('a process that is killed (SIGKILL)', function () {
  this.timeout(240_000)
  /** Eight batches; each of their licences is a file that is flushed. */
  const COUNT = runs(480, 1200)
  const BATCH = COUNT / 8
  /** Kills beside those at the five boundaries. */
  const MOMENTS = runs(2, 12)
  /** Of two that take turns at every batch. */
  const SHARED = COUNT / 2
  const start = (home: string, count = COUNT) =>
    startChild(import.meta.resolve('./fixtures/issue-in-child.ts'), [home, TYPE, `${count}`, `${BATCH}`])

  it('at each boundary and at random moments leaves every licence to be anchored exactly once', async () => {
    const { home } = await createSampleHome()
    for (const boundary of ['opened', 'recorded', 'batch-sealed', 'batch-anchored', 'licences-bundled']) {
      const child = start(home)
      await child.saw(`"${boundary}"`)
      await child.kill()
    }
    for (let i = 0; i < MOMENTS; i++) {
      const child = start(home)
      await child.saw('"opened"')
      await wait(Math.random() * 250)
      await child.kill()
    }
    const office = await openSampleOffice(home)
    await issueAll(office, COUNT, BATCH)
    await assertExactlyOnce(office, COUNT)
    await office.journal.close()
  })

  it('leaves the journal to others between its steps, and for good when it is gone', async () => {
    const { home } = await createSampleHome()
    const child = start(home)
    await child.saw('"opened"')
    const meanwhile = await openSampleOffice(home)
    const { recorded, batched, anchored, bundled } = await meanwhile.journal.counts()
    expect(recorded + batched + anchored + bundled, 'while it is issued').to.be.at.most(COUNT)
    await meanwhile.journal.close()
    expect(child.process.exitCode, 'it issues meanwhile').to.equal(null)
    await child.kill()
    const office = await openSampleOffice(home)
    await office.journal.close()
    const signs = (await readdir(home)).filter((name) => /^(in-use|waiting)/.test(name))
    expect(signs).to.deep.equal([])
  })

  it('shares the journal with others that issue the same at once, and each licence is issued by one of them', async () => {
    const { home } = await createSampleHome()
    const children = [start(home, SHARED), start(home, SHARED)]
    const codes = await Promise.all(children.map((child) => child.ended()))
    expect(codes).to.deep.equal([0, 0])
    const office = await openSampleOffice(home)
    await issueAll(office, SHARED, BATCH)
    await assertExactlyOnce(office, SHARED)
    await office.journal.close()
  })
})

describe('a ledger that fails between two steps', () => {
  const COUNT = 10
  const failing = (office: SampleOffice, operator: Partial<SendingOperator>): SampleOffice => ({
    ...office,
    operator: { ...office.operator, ...operator },
  })
  const unreachable = new LedgerUnavailableError('unreachable', 'reach the ledger')

  async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => 'done',
      (error: unknown) => error,
    )
  }

  it('before a submission: what is recorded is anchored by the next run', async () => {
    const office = await openSampleOffice((await createSampleHome()).home)
    const cut = failing(office, { findAnchor: async () => Promise.reject(unreachable) })
    expect(await outcomeOf(issueAll(cut, COUNT, 4))).to.equal(unreachable)
    expect(await office.journal.counts()).to.include({ recorded: 0, batched: 10, anchored: 0, bundled: 0 })
    expect(await readdir(office.bundles)).to.deep.equal([])
    await finishBatches(office)
    await assertExactlyOnce(office, COUNT)
    await office.journal.close()
  })

  it('after a submission: the next run finds the anchor and submits nothing', async () => {
    const office = await openSampleOffice((await createSampleHome()).home)
    const cut = failing(office, {
      send: async (id, call) => {
        await office.operator.send(id, call)
        throw unreachable
      },
    })
    expect(await outcomeOf(issueAll(cut, COUNT, 4))).to.equal(unreachable)
    const submitted = office.operator.transactions().length
    await finishBatches(office)
    expect(office.operator.transactions().length).to.equal(submitted)
    await assertExactlyOnce(office, COUNT)
    await office.journal.close()
  })

  it('with an earlier transaction mined only after it was asked: the refusal is no failure', async () => {
    const office = await openSampleOffice((await createSampleHome()).home)
    await recordLicences(
      office,
      { type: typeOf(TYPE), key: office.key },
      sampleRows({ type: TYPE, count: COUNT }),
    )
    await sealAll(office, 4)
    const sentTwice: Partial<SendingOperator> = {
      send: async (id, call) => {
        await office.operator.send('by an earlier journal', call)
        return office.operator.send(id, call)
      },
    }
    await finishBatches(failing(office, sentTwice))
    await assertExactlyOnce(office, COUNT)
    await office.journal.close()
  })

  it('by a loss of blocks between the mining and the look: it is no conflict, and the next run finishes', async () => {
    const office = await openSampleOffice((await createSampleHome()).home)
    const cut = failing(office, { findAnchor: async () => null })
    expect(await outcomeOf(issueAll(cut, COUNT, 4))).to.include({
      name: 'LedgerUnavailableError',
      code: 'inconsistent',
    })
    expect(await office.journal.counts()).to.include({ batched: COUNT, anchored: 0 })
    await finishBatches(office)
    await assertExactlyOnce(office, COUNT)
    await office.journal.close()
  })

  it('by a refusal: it is told, and nothing is marked as anchored', async () => {
    const office = await openSampleOffice((await createSampleHome()).home)
    const refusal = new LedgerRefusedError('AgencyNotActive', [ISSUER])
    const refused = failing(office, { send: async () => Promise.reject(refusal) })
    expect(await outcomeOf(issueAll(refused, COUNT, 4))).to.equal(refusal)
    expect(await office.journal.counts()).to.include({ batched: COUNT, anchored: 0, bundled: 0 })
    await office.journal.close()
  })

  it('by an anchor of another size: issuing stops', async () => {
    const office = await openSampleOffice((await createSampleHome()).home)
    const lying = failing(office, {
      findAnchor: async () => ({ anchoredAt: 1, blockNumber: 1, size: 3, firstIndex: 0 }),
    })
    expect(await outcomeOf(issueAll(lying, COUNT, 4))).to.have.property('code', 'anchor-conflict')
    expect(await office.journal.counts()).to.include({ anchored: 0, bundled: 0 })
    await office.journal.close()
  })

  it('by an abort: the step at hand is finished, and the next run goes on', async () => {
    const office = await openSampleOffice((await createSampleHome()).home)
    for (const stopAt of ['recorded', 'batch-sealed', 'batch-anchored', 'batch-bundled']) {
      const controller = new AbortController()
      const onEvent: typeof office.onEvent = ({ event }) => event === stopAt && controller.abort()
      await issueAll({ ...office, onEvent, signal: controller.signal } as SampleOffice, COUNT, 4)
    }
    await finishBatches(office, 4)
    await assertExactlyOnce(office, COUNT)
    await office.journal.close()
  })
})
