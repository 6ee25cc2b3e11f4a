/** Journals written before stores had schemas of their own, in `public` under the lock of the whole database. */
import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { finishBatches } from '@hefu/issuer'
import { StorageError } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import pg from 'pg'
import { faceOf, samenessOf } from '#internal/issuer/journal/sameness'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../fixtures/postgres-server.ts'
import { createSampleHome, openSampleOffice, type SampleOffice } from './fixtures/agency.ts'

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name)
const TABLES = `select schemaname || '.' || tablename as name from pg_tables
  where schemaname in ('public', 'hefu_journal') order by name`
const FIRST = ['batch', 'kysely_migration', 'kysely_migration_lock', 'licence', 'owner']
const OWN = [...FIRST, 'entry', 'gap', 'outbox'].toSorted()

interface TableName {
  readonly name: string
}

/** A folder whose ledger knows the journal's batch. */
async function createHome(): Promise<string> {
  const { home } = await createSampleHome()
  await cp(fixture('first-layout.ledger.ndjson'), join(home, 'ledger.ndjson'))
  return home
}

/** Its licences are found by what a licence over again would have in common with them. */
async function assertKnowsTheSame({ journal }: SampleOffice): Promise<void> {
  const batches = [0, 3, 6].map((index) => journal.batchOf(index))
  for (const batch of await Promise.all(batches)) {
    if (batch === null) throw new Error('expect a batch')
    for await (const { licenceId, type, credential } of journal.licencesOf(batch)) {
      const found = await journal.findSame([samenessOf(type, faceOf(credential))])
      expect(found.map((same) => same.licenceId)).to.deep.equal([licenceId])
    }
  }
}

/** What was recorded, sealed and bundled before stands, and is finished: now, and at every later opening. */
async function assertGoesOn(home: string, databaseUrl?: string): Promise<void> {
  const office = await openSampleOffice(home, databaseUrl)
  expect(await office.journal.counts()).to.include({ recorded: 3, batched: 2, anchored: 0, bundled: 4 })
  await finishBatches(office)
  await assertKnowsTheSame(office)
  await office.journal.close()
  const again = await openSampleOffice(home, databaseUrl)
  expect(await again.journal.counts()).to.include({ recorded: 0, batched: 0, anchored: 0, bundled: 9 })
  await again.journal.close()
}

describe('a journal of the first layout', function () {
  this.timeout(120_000)
  let layout: string

  before(async () => {
    layout = await readFile(fixture('first-layout.sql'), 'utf8')
  })

  it('in an agency’s folder goes on in a schema of its own', async () => {
    const home = await createHome()
    const folder = join(home, 'journal')
    const earlier = await PGlite.create({ dataDir: folder })
    await earlier.exec(`drop schema hefu_journal cascade; ${layout}`)
    await earlier.close()
    await assertGoesOn(home)
    const now = await PGlite.create({ dataDir: folder })
    const { rows } = await now.query<TableName>(TABLES)
    await now.close()
    expect(rows.map(({ name }) => name)).to.deep.equal(OWN.map((table) => `hefu_journal.${table}`))
  })

  describe('in PostgreSQL', () => {
    let server: PostgresServer

    before(async function () {
      const bin = findPostgres()
      // Not part of what a newcomer needs: Debian's package postgresql brings it.
      if (bin === null) return this.skip()
      server = await startPostgres(bin)
    })
    after(() => server?.stop())

    async function connect(url: string): Promise<pg.Client> {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return client
    }

    async function tablesOf(client: pg.Client): Promise<readonly string[]> {
      return (await client.query<TableName>(TABLES)).rows.map(({ name }) => name)
    }

    it('goes on in a schema of its own', async () => {
      const url = await createDatabase(server)
      const client = await connect(url)
      await client.query(layout)
      await assertGoesOn(await createHome(), url)
      expect(await tablesOf(client)).to.deep.equal(OWN.map((table) => `hefu_journal.${table}`))
      await client.end()
    })

    it('is left to an earlier program that has it open', async () => {
      const url = await createDatabase(server)
      const client = await connect(url)
      await client.query(layout)
      await client.query('select pg_advisory_lock($1)', [0x6865_6675])
      const refused = await openSampleOffice(await createHome(), url, 500).catch((error: unknown) => error)
      expect(refused).to.be.instanceOf(StorageError).with.property('code', 'store-in-use')
      expect((refused as StorageError).says.zh).to.include('旧版本程序')
      expect(await tablesOf(client)).to.deep.equal(FIRST.map((table) => `public.${table}`))
      await client.end()
    })

    it('is told from another program’s tables of the same names, which stay where they are', async () => {
      const url = await createDatabase(server)
      const client = await connect(url)
      await client.query(layout)
      await client.query(`update kysely_migration set name = '2020-shop' where name = '001-tables'`)
      const office = await openSampleOffice(await createHome(), url)
      expect(await office.journal.counts()).to.include({ recorded: 0, bundled: 0 })
      await office.journal.close()
      expect(await tablesOf(client)).to.deep.equal([
        ...OWN.map((table) => `hefu_journal.${table}`),
        ...FIRST.map((table) => `public.${table}`),
      ])
      await client.end()
    })
  })
})
