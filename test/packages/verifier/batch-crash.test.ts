/** A batch outlives its process: whatever is killed in its midst, each item is done once, in a folder and among several processes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openVerifierStore } from '@hefu/verifier'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, before, describe, it } from 'mocha'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../fixtures/postgres-server.ts'
import { runs } from '../../fixtures/test-profile.ts'
import { giveBatch, linesOf, readResults, waitForBatch } from './batch-client.ts'
import { createSample } from './sample.ts'
import {
  startVerifierProcess,
  type VerifierFiles,
  type VerifierProcess,
  writeDepositKey,
  writeVerifierFiles,
} from './verifier-process.ts'

const ITEMS = 2_000
/** Beyond what the process has with an empty store: the database of a folder is within it, and two threads. */
const MOST_MORE_BYTES = 600_000_000

describe('a batch whose process is killed', function () {
  this.timeout(120_000)
  let files: VerifierFiles
  let environment: Readonly<Record<string, string>>
  let items: readonly object[]
  const running = new Set<VerifierProcess>()

  before(async () => {
    files = await writeVerifierFiles()
    environment = {
      ...files.environment,
      HEFU_DEPOSIT_KEYS: await writeDepositKey(files),
      HEFU_BATCH_THREADS: '2',
    }
    const { bundle } = await createSample(Math.floor(Date.now() / 1_000))
    items = Array.from({ length: ITEMS }, (_, i) => ({
      id: `t-${i}`,
      presented: bundle,
      receivingRegion: '440000',
    }))
  })
  after(async () => {
    await Promise.all([...running].map((one) => one.kill()))
    await files.remove()
  })

  const start = async (more: Record<string, string>): Promise<VerifierProcess> => {
    const process = await startVerifierProcess({ ...environment, ...more })
    running.add(process)
    return process
  }

  /** Every item stands in the results, in the record and among the reports: once. */
  async function expectOnce(
    number: string,
    place: string,
    url: string,
    end: () => Promise<unknown>,
  ): Promise<void> {
    expect(await waitForBatch(url, number)).to.deep.include({ items: ITEMS, done: ITEMS, refused: 0 })
    const lines = await readResults(url, number)
    expect(lines.map(({ id }) => id)).to.deep.equal(items.map((_, i) => `t-${i}`))
    await end()
    const store = await openVerifierStore(place)
    try {
      const { rows } = await sql<{ report: string }>`select report from hefu_verifier.reading`.execute(
        store.db,
      )
      const numbers = rows.map(({ report }) => report)
      expect(numbers).to.have.length(ITEMS)
      expect(new Set(numbers)).to.deep.equal(new Set(lines.map((line) => line.number)))
      const kept = await store.db.selectFrom('report').select('number').execute()
      expect(new Set(kept.map((one) => one.number))).to.deep.equal(new Set(numbers))
    } finally {
      await store.close()
    }
  }

  it('goes on where it was once the process is there again, over a folder', async () => {
    const first = await start({})
    const { json } = await giveBatch(first.url, linesOf(items))
    await waitForBatch(first.url, json.number, ({ done }) => done >= 100)
    await first.kill()
    running.delete(first)
    const second = await start({})
    await expectOnce(json.number, join(files.folder, 'key.store'), second.url, async () => {
      running.delete(second)
      expect(await second.stop()).to.equal(0)
    })
  })

  describe('and others share its database', () => {
    let server: PostgresServer

    before(async function () {
      const bin = findPostgres()
      // Not part of what a newcomer needs: Debian's package postgresql brings it.
      if (bin === null) return this.skip()
      server = await startPostgres(bin)
    })
    after(() => server?.stop())

    it('is taken up by another, and one that is stopped gives back what it has', async () => {
      const database = { HEFU_DATABASE: await createDatabase(server) }
      const [first, second, third] = await Promise.all([start(database), start(database), start(database)])
      const { json } = await giveBatch(first.url, linesOf(items))
      await waitForBatch(second.url, json.number, ({ done }) => done >= 100)
      await first.kill()
      await second.stop()
      await expectOnce(json.number, database.HEFU_DATABASE, third.url, () => third.stop())
      for (const process of [first, second, third]) running.delete(process)
    })
  })

  it('of 100,000 items is done in flat memory', async function () {
    if (runs(0, 1) === 0) return this.skip()
    this.timeout(3_600_000)
    const process = await start({})
    const atFirst = residentBytes(process.process.pid ?? 0)
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, residentBytes(process.process.pid ?? 0))
    }, 250)
    const one = linesOf(items)
    const all = ReadableStream.from(
      (function* () {
        for (let i = 0; i < 100_000; i += ITEMS) yield Buffer.from(one)
      })(),
    )
    const { json } = await giveBatch(process.url, all)
    expect(json.items).to.equal(100_000)
    await waitForBatch(process.url, json.number, ({ state }) => state === 'done', {}, 3_000_000)
    const response = await fetch(`${process.url}/v1/batches/${json.number}/results`)
    let told = 0
    for await (const piece of response.body ?? [])
      told += Buffer.from(piece).filter((byte) => byte === 0x0a).length
    clearInterval(watch)
    expect(told).to.equal(100_000)
    expect(most - atFirst).to.be.lessThan(MOST_MORE_BYTES)
    running.delete(process)
    await process.stop()
  })
})

/** Of a process of this machine. */
function residentBytes(pid: number): number {
  const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')
  return Number(pages) * 4_096
}
