/** An older backup of a verifier in use is restored, and goes on: no number twice, nothing of a feed lost. */
import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompactFacts } from '@hefu/ledger/replica'
import type { KeyFile } from '@hefu/protocol'
import { openPostgresDatabase, openStore, type Store } from '@hefu/service'
import { openVerifierStore, type VerifierStore } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { createChangeFeed } from '#internal/verifier/replica/change-feed'
import { asOneState } from '#internal/verifier/replica/one-state'
import { createReplicaStore } from '#internal/verifier/replica/replica-store'
import { type ReplicaSchema, replicaStore } from '#internal/verifier/replica/schema'
import { placeEmptyDatabase } from '../../fixtures/empty-database.ts'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../fixtures/postgres-server.ts'
import { runs } from '../../fixtures/test-profile.ts'
import { changesOfBlock, headerOf } from './fixtures/replica-changes.ts'
import { createKeyPair, createSample, createVerifierKeyFile, LEDGER, type Sample } from './sample.ts'
import { post, send, startTestService, type TestService } from './service.ts'

const NO_FACTS_SAVED = new CompactFacts()
const ANSWERS = 5

describe('an older backup of the verifier that is restored', function () {
  this.timeout(120_000)
  let folder: string
  let sample: Sample
  let keyFile: KeyFile

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hefu-backup-'))
    sample = await createSample()
    keyFile = await createVerifierKeyFile(createKeyPair())
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const askFor = (key: string, { url }: TestService) =>
    post(
      url,
      { presented: sample.bundle, receivingRegion: '440000' },
      { 'Idempotency-Key': `"backup-test-of-${key}"` },
    )

  /** Starts the service over a store, and closes both behind the work. */
  async function withService<T>(
    place: string,
    work: (service: TestService, store: VerifierStore) => Promise<T>,
  ): Promise<T> {
    const store = await openVerifierStore(place)
    const service = await startTestService(sample.view, { store, keyFile })
    try {
      return await work(service, store)
    } finally {
      await service.close()
      await store.close()
    }
  }

  async function numbersOf(service: TestService, of: string): Promise<readonly string[]> {
    const keys = Array.from({ length: ANSWERS }, (_, i) => `${of}${i}`)
    const answers = await Promise.all(keys.map((key) => askFor(key, service)))
    return answers.map(({ json }) => json.number)
  }

  /** What is asked of it once it is restored; `backUp` is called while the service has answered half. */
  async function goOn(place: string, backUp: () => Promise<string>, isStoppedFor: boolean): Promise<void> {
    let restored = ''
    const kept = await withService(place, async (service) => {
      const numbers = await numbersOf(service, 'kept')
      if (!isStoppedFor) restored = await backUp()
      return numbers
    })
    if (isStoppedFor) restored = await backUp()
    const lost = await withService(place, (service) => numbersOf(service, 'lost'))
    await withService(restored, async (service, { db }) => {
      const again = await askFor('kept0', service)
      expect(again.json.number, 'a key is known').to.equal(kept[0])
      const anew = await numbersOf(service, 'anew')
      const all = [...kept, ...lost, ...anew]
      expect(new Set(all).size, 'numbers').to.equal(all.length)
      for (const number of [...kept, ...anew])
        expect((await send(`${service.url}/v1/reports/${number}`)).status).to.equal(200)
      for (const number of lost)
        expect((await send(`${service.url}/v1/reports/${number}`)).status).to.equal(404)
      const rows = await db
        .selectFrom('reading')
        .select(['number', 'report'])
        .where('kind', '<>', 'report')
        .orderBy('number')
        .execute()
      expect(rows.map(({ report }) => report)).to.have.members([...kept, ...kept.slice(0, 1), ...anew])
      const refused = await db
        .updateTable('reading')
        .set({ verdict: 'rejected' })
        .execute()
        .catch((error: Error) => error.message)
      expect(refused).to.match(/kept as they were written/)
      const keys = await (await fetch(`${service.url}/.well-known/jwks.json`)).json()
      expect(keys).to.have.property('keys').with.length(1)
    })
  }

  it('a copy of the folder, taken while the service is stopped: goes on without repeating a number', async function () {
    // Three openings of a folder, whose thousand files are flushed each time.
    if (runs(0, 1) === 0) return this.skip()
    const [place, copy] = [join(folder, 'original'), join(folder, 'copy')]
    await mkdir(place)
    await placeEmptyDatabase(join(place, 'store'))
    const backUp = async (): Promise<string> => {
      await cp(place, copy, { recursive: true })
      return copy
    }
    await goOn(place, backUp, true)
  })

  describe('by pg_dump, while it is in use, and pg_restore', () => {
    let server: PostgresServer
    let bin: string

    before(async function () {
      const found = findPostgres()
      // Not part of what a newcomer needs: Debian's package postgresql brings it.
      if (found === null) return this.skip()
      bin = found
      server = await startPostgres(bin)
    })
    after(() => server?.stop())

    /** The URL of a new database with what one holds now of a schema. */
    async function copyOf(url: string, schema: string): Promise<string> {
      const [file, fresh] = [join(folder, `${schema}.dump`), await createDatabase(server)]
      execFileSync(join(bin, 'pg_dump'), ['-Fc', `--schema=${schema}`, '-f', file, url])
      execFileSync(join(bin, 'pg_restore'), ['--exit-on-error', '-d', fresh, file])
      return fresh
    }

    it('the store goes on without repeating a number, and its rows are still never changed', async () => {
      const place = await createDatabase(server)
      await goOn(place, () => copyOf(place, 'hefu_verifier'), false)
    })

    it('the feed of changes goes on from the cursor of a reader who was further: it loses none', async () => {
      const place = await createDatabase(server)
      const told = new Set<string>()
      let cursor: string | null = null
      const readAll = async ({ db }: Store<ReplicaSchema>): Promise<void> => {
        const feed = createChangeFeed((read) => asOneState(db, read), LEDGER)
        for (;;) {
          const batch = await feed.read(cursor, 1_000)
          cursor = batch.cursor
          if (batch.changes.length === 0) return
          for (const change of batch.changes) told.add(JSON.stringify(change))
        }
      }
      const withReplica = async (url: string, work: (opened: Store<ReplicaSchema>) => Promise<void>) => {
        const database = openPostgresDatabase(url)
        const opened = await openStore<ReplicaSchema>(database, replicaStore())
        await work(opened)
        await opened.close()
        await database.close()
      }
      let restored = ''
      const save = async (opened: Store<ReplicaSchema>, ...blocks: number[]): Promise<void> => {
        const store = await createReplicaStore(opened, LEDGER)
        const changes = blocks.flatMap(changesOfBlock)
        await store.save(changes, headerOf(blocks.at(-1) ?? 0), NO_FACTS_SAVED)
      }
      await withReplica(place, async (opened) => {
        await save(opened, 1, 2)
        restored = await copyOf(place, 'hefu_replica')
        await save(opened, 3)
        await save(opened, 4, 5)
        await readAll(opened)
      })
      await withReplica(restored, async (opened) => {
        await readAll(opened)
        // What it had not is read from the chain again, in pages of another cut.
        await save(opened, 3, 4)
        await save(opened, 5, 6)
        await readAll(opened)
      })
      const all = [1, 2, 3, 4, 5, 6].flatMap(changesOfBlock).map((change) => JSON.stringify(change))
      expect([...told]).to.have.members([...new Set(all)])
    })
  })
})
