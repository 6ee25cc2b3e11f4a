/** A batch from its files to its last result, against a real service: counted whole, paused, taken up again, and forgotten. */
import { setTimeout as pauseFor } from 'node:timers/promises'
import { expect } from 'chai'
import { after, afterEach, before, describe, it } from 'mocha'
import type { ForAll } from '#internal/console/batch/batch-lines'
import {
  type BatchPorts,
  type BatchRun,
  type BatchRunState,
  createBatchRun,
} from '#internal/console/batch/batch-run'
import {
  cancelBatch,
  readResult,
  readResults,
  readState,
  sendPart,
} from '#internal/console/batch/batch-service'
import type { GivenFile } from '#internal/console/batch/given-files'
import type { KeptNumber } from '#internal/console/batch/kept-numbers'
import { writeReports } from '#internal/console/batch/report-lines'
import { progressOf, stageSentence } from '#internal/console/batch/told-progress'
import { ServiceProblem } from '#internal/console/service/service-problem'
import { alter, createKeyPair, createSample, FACE, NOW, type Sample } from '../verifier/sample.ts'
import { startTestService, type TestService } from '../verifier/service.ts'
import { DEPOSITS } from '../verifier/test-store.ts'
import { askFrom } from './own-service.ts'

const CASE: ForAll = { all: { receivingRegion: '440000', caseNo: '粤2026-1', useCause: '投标资格审查' } }

describe('a batch of the console', function () {
  this.timeout(60_000)
  let sample: Sample
  let service: TestService
  let giveBack: () => void
  const runs: BatchRun[] = []

  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view, { deposits: DEPOSITS, batchThreads: 1 })
    giveBack = askFrom(service)
  })
  // A client has a few at a time.
  afterEach(async () => {
    for (const run of runs.splice(0)) {
      await run.cancel()
      run.forget()
    }
  })
  after(async () => {
    giveBack()
    await service.close()
  })

  function begin(changes: Partial<BatchPorts> = {}): BatchRun {
    const run = createBatchRun({
      sendPart,
      readState,
      readResults,
      cancelBatch,
      keep: () => undefined,
      untilSignedIn: () => Promise.resolve(),
      pause: async (ms, signal) => {
        await pauseFor(Math.min(ms, 20), undefined, { signal })
      },
      ticks: () => performance.now(),
      now: () => NOW,
      newKey: () => crypto.randomUUID(),
      ...changes,
    })
    runs.push(run)
    return run
  }

  const files = (...texts: readonly string[]): readonly GivenFile[] =>
    texts.map((text, i) => ({ name: `张样例-${i + 1}.json`, file: new File([text], `${i + 1}`) }))

  it('is verified whole: what is read, what is not, and what the service refuses add up to what was given', async () => {
    const run = begin()
    await run.begin(
      [...files(sample.bundle, alter(sample.bundle), 'GIF89a', sample.bundle), ...files('x'.repeat(600_000))],
      CASE,
    )
    expect(run.state.value).to.include({ stage: 'done', sent: 3, isReading: false })
    expect(run.rows.all().map(({ row, outcome }) => [row, outcome])).to.deep.equal([
      [1, 'accepted'],
      [2, 'rejected'],
      [3, 'unread'],
      [4, 'accepted'],
      [5, 'unread'],
    ])
    expect(run.rows.at(2)?.reason).to.match(/^finding:/)
    expect(run.rows.at(3)?.reason).to.equal('file:unsupported-file')
    expect(run.rows.at(5)?.reason).to.equal('file:long-item')
    expect(run.rows.at(1)?.name).to.equal('张样例-1.json')
    expect(progressOf(run.rows.counts(), run.state.value)).to.deep.equal({ done: 5, all: 5 })
  })

  it('is sent under numbers of rows alone, for the case that was typed', async () => {
    const bodies: string[] = []
    const run = begin({
      sendPart: async (part, key, signal) => {
        bodies.push(await part.lines.text())
        return sendPart(part, key, signal)
      },
    })
    await run.begin(files(sample.bundle, 'GIF89a', sample.bundle), CASE)
    const [head, ...lines] = bodies
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(head).to.deep.equal(CASE)
    expect(lines.map(({ id }) => id)).to.deep.equal(['1', '3'])
    expect(bodies.join('')).to.not.include('张样例')
  })

  it('says of an item what keeps the service from verifying it, and ends no other', async () => {
    const run = begin()
    await run.begin(files(sample.bundle, sample.bundle), {
      all: { ...CASE.all, serviceItem: 'ITEM-1' },
      asOf: NOW - 500,
    })
    expect(run.rows.counts().accepted + run.rows.counts().refer).to.equal(2)
    const other = begin()
    await other.begin(files(sample.bundle), { all: { receivingRegion: '990000' } })
    expect(other.state.value.stage).to.equal('stopped')
    expect(other.state.value.problem?.code).to.equal('not-a-request')
  })

  it('takes no result of another item, another case or another key', async () => {
    const swapped = begin({
      readResults: async function* (number, cursor, signal) {
        for await (const result of readResults(number, cursor, signal))
          yield { ...result, row: result.row === 1 ? 2 : 1 }
      },
    })
    await swapped.begin(files(sample.bundle, alter(sample.bundle)), CASE)
    expect(swapped.rows.all().map(({ reason }) => reason)).to.deep.equal(
      Array.from({ length: 2 }, () => 'problem:other-item'),
    )
    const elsewhere = begin({
      sendPart: async ({ lines, rows }, key, signal) => {
        const text = (await lines.text()).replace('粤2026-1', '粤2026-2')
        return sendPart({ lines: new Blob([text]), rows }, key, signal)
      },
    })
    await elsewhere.begin(files(sample.bundle), CASE)
    expect(elsewhere.rows.at(1)).to.include({ outcome: 'refused', reason: 'problem:other-item' })
  })

  it('believes a line as far as its signature: another key, another verdict, and what is none, are no result', async () => {
    const run = begin()
    await run.begin(files(sample.bundle), CASE)
    const [number = ''] = run.numbers()
    const text = await (await fetch(`/v1/batches/${number}/results`)).text()
    const line = text.trim()
    const key = { kid: '', publicJwk: service.verifierKey }
    expect(await readResult(line, key)).to.include({ verdict: 'accepted' })
    const lying = JSON.stringify({ ...JSON.parse(line), verdict: 'rejected' })
    expect(await readResult(lying, key)).to.have.nested.property('problem.code', 'unproven')
    const foreign = { kid: '', publicJwk: createKeyPair().publicJwk }
    expect(await readResult(line, foreign)).to.have.nested.property('problem.code', 'unproven')
    for (const broken of [
      '',
      '{}',
      '[]',
      '{"item":1,"id":"x","after":"a"}',
      '{"item":1,"id":"1","id":"2","after":"a"}',
    ])
      expect(await refusalOf(readResult(broken, key)), broken).to.match(/bad-answer|not-json|repeated-member/)
  })

  it('pauses: nothing more is read, and what came stays; and goes on behind the last result', async () => {
    let asked = 0
    let askedAtPause = 0
    const run = begin({
      readResults: async function* (number, cursor, signal) {
        asked += 1
        for await (const result of readResults(number, cursor, signal)) {
          yield result
          // However often was asked before there was any.
          if (askedAtPause === 0) {
            askedAtPause = asked
            run.pause()
          }
          signal.throwIfAborted()
        }
      },
    })
    const texts = Array.from({ length: 5 }, () => sample.bundle)
    const ended = run.begin(files(...texts), CASE)
    while (!run.state.value.isPaused) await pauseFor(5)
    await pauseFor(100)
    expect(stageSentence(run.state.value).zh).to.include('已暂停')
    expect([asked, run.rows.counts().waiting]).to.deep.equal([askedAtPause, 4])
    run.goOn()
    await ended
    expect(run.rows.counts()).to.include({ waiting: 0, accepted: 5 })
  })

  it('is tried again where the service is away, as it says so, and is the same batch', async () => {
    const keys: string[] = []
    const seen: BatchRunState[] = []
    const run = begin({
      sendPart: async (part, key, signal) => {
        keys.push(key)
        const sent = await sendPart(part, key, signal)
        // The answer is lost on its way.
        if (keys.length === 1) throw new ServiceProblem(0, 'unreachable', { zh: '无', en: 'none' })
        return sent
      },
      readResults: (number, cursor, signal) => {
        seen.push(run.state.value)
        if (seen.length === 1) throw new ServiceProblem(503, 'busy', { zh: '忙', en: 'busy' }, 1)
        return readResults(number, cursor, signal)
      },
    })
    await run.begin(files(sample.bundle), CASE)
    expect(new Set(keys).size).to.equal(1)
    expect(run.state.value).to.include({ stage: 'done', sent: 1, problem: null })
    expect(run.rows.counts().accepted).to.equal(1)
  })

  it('is taken up again by its number, without names, until the same files are given again', async () => {
    let kept: readonly KeptNumber[] = []
    const before = begin({ keep: (parts) => (kept = parts) })
    await before.begin(files(sample.bundle, alter(sample.bundle)), CASE)
    expect(kept.map(({ number }) => number)).to.deep.equal(before.numbers())
    const run = begin()
    await run.takeUp(kept)
    expect(run.state.value).to.include({ stage: 'done', isTakenUp: true, unknown: 0 })
    expect(run.rows.all().map(({ outcome, name }) => [outcome, name])).to.deep.equal([
      ['accepted', null],
      ['rejected', null],
    ])
    let sent = 0
    const again = begin({ sendPart: () => Promise.reject(new Error(`sent ${++sent}`)) })
    await again.takeUp(kept)
    await again.nameAgain(files(alter(sample.bundle), 'something else'))
    expect(again.rows.all().map(({ name }) => name)).to.deep.equal([null, '张样例-1.json'])
    expect(sent).to.equal(0)
  })

  it('is over where the service has it no longer, and says so where somebody cancelled it', async () => {
    const over = begin()
    await over.takeUp([{ number: '00000000-0000-4000-8000-000000000000', expiresAt: 2_000_000_000 }])
    expect(over.state.value.stage).to.equal('expired')
    let kept: readonly KeptNumber[] = []
    const run = begin({ keep: (parts) => (kept = parts.length > 0 ? parts : kept) })
    await run.begin(files(sample.bundle), CASE)
    await run.cancel()
    expect(run.state.value.stage).to.equal('cancelled')
    expect(run.numbers(), 'nothing is fetched of it').to.deep.equal([])
    const other = begin()
    await other.takeUp(kept)
    expect(other.state.value.stage).to.equal('cancelled')
  })

  it('forgets all of it, also in the middle, and leaves nothing to be taken up', async () => {
    const told: (readonly KeptNumber[])[] = []
    const run = begin({ keep: (parts) => void told.push(parts) })
    const ended = run.begin(files(sample.bundle, sample.bundle), CASE)
    while (run.rows.all().length === 0) await pauseFor(1)
    run.forget()
    await ended
    expect(run.state.value.stage).to.equal('empty')
    expect([run.rows.all().length, run.rows.reasons.size, run.numbers().length]).to.deep.equal([0, 0, 0])
    expect(told.at(-1)).to.deep.equal([])
  })

  it('is given up at the service once it is done and another is begun, and not while it is under way', async () => {
    const ended: string[] = []
    const ending = { cancelBatch: async (number: string) => void ended.push(number) }
    const done = begin(ending)
    await done.begin(files(sample.bundle), CASE)
    const numbers = done.numbers()
    done.release()
    expect(ended).to.deep.equal(numbers).and.have.lengthOf(1)
    expect(done.state.value.stage).to.equal('empty')
    for (const number of numbers) await cancelBatch(number)
    const running = begin(ending)
    const began = running.begin(files(sample.bundle), CASE)
    running.release()
    await began
    expect(ended).to.have.lengthOf(1)
  })

  it('waits while the page is locked, and asks nothing', async () => {
    let unlock = (): void => undefined
    const locked = new Promise<void>((go) => {
      unlock = go
    })
    let asked = 0
    const run = begin({
      untilSignedIn: () => locked,
      sendPart: (...args) => {
        asked += 1
        return sendPart(...args)
      },
    })
    const ended = run.begin(files(sample.bundle), CASE)
    await pauseFor(50)
    expect(asked).to.equal(0)
    unlock()
    await ended
    expect(run.rows.counts().accepted).to.equal(1)
  })

  it('is exported as the reports that the service signed, a line each, with no value of a face', async () => {
    const run = begin()
    await run.begin(files(sample.bundle, 'no licence'), CASE)
    const lines: string[] = []
    for await (const line of writeReports(run.numbers(), readResults, new AbortController().signal))
      lines.push(line)
    expect(lines).to.have.lengthOf(2)
    for (const line of lines) {
      expect(JSON.parse(line)).to.have.keys(
        'row',
        'number',
        'verdict',
        'resultCode',
        'nextStep',
        'report',
        'attestation',
      )
      for (const value of Object.values(FACE)) expect(line).to.not.include(value)
    }
  })

  async function refusalOf(reading: Promise<unknown>): Promise<string> {
    try {
      await reading
      return ''
    } catch (error) {
      const { code, defects } = Object(error)
      return String(code ?? defects?.[0]?.code)
    }
  }
})
