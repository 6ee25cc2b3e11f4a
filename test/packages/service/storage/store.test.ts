/** The promises of a store, in PGlite and in a real PostgreSQL. */
import { cp } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type Database, openSharedStore, openStore, StorageError, type StoreDefinition } from '@hefu/service'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, before, describe, it } from 'mocha'
import { startChild } from '../../../fixtures/child.ts'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../fixtures/postgres-server.ts'
import {
  EARLIER_LETTERS,
  FILES,
  type FileTables,
  LETTERS,
  type LetterTables,
  lettersWith,
  openDatabaseAt,
} from '../fixtures/stores.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'

const HOLD_STORE = import.meta.resolve('../fixtures/hold-store.ts')
const STOP_IN_MIGRATION = import.meta.resolve('../fixtures/stop-in-migration.ts')

async function withDatabase<T>(place: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabaseAt(place)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

const refusalOf = async (work: Promise<unknown>): Promise<StorageError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof StorageError) return error
  throw new Error(`expect a refusal, got ${error}`)
}

const schemasOf = async ({ db }: Database): Promise<readonly string[]> => {
  const tables = sql<{ name: string }>`
    select schemaname || '.' || tablename as name from pg_catalog.pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by name`
  return (await tables.execute(db)).rows.map(({ name }) => name)
}

const lettersOf = async (database: Database, definition: StoreDefinition = LETTERS) => {
  const store = await openStore<LetterTables>(database, definition)
  const rows = await store.db.selectFrom('entry').selectAll().orderBy('subject').execute()
  await store.close()
  return rows
}

const addLetter = async (database: Database, subject: string): Promise<void> => {
  const { db, close } = await openStore<{ entry: { subject: string } }>(database, EARLIER_LETTERS)
  await db.insertInto('entry').values({ subject }).execute()
  await close()
}

function promises(createPlace: () => Promise<string>): void {
  it('two stores in one database: each has its own tables and migrations, also of the same names', async () => {
    await withDatabase(await createPlace(), async (database) => {
      const letters = await openStore<LetterTables>(database, LETTERS)
      const files = await openStore<FileTables>(database, FILES)
      await files.db.insertInto('entry').values({ number: 7 }).execute()
      expect(await files.db.selectFrom('entry').selectAll().execute()).to.deep.equal([{ number: 7 }])
      const rows = await letters.db.selectFrom('entry').selectAll().execute()
      expect(rows).to.deep.equal([{ subject: 'added', checked: false }])
      const own = ['entry', 'kysely_migration', 'kysely_migration_lock']
      expect(await schemasOf(database)).to.deep.equal(
        ['hefu_files', 'hefu_letters'].flatMap((schema) => own.map((table) => `${schema}.${table}`)),
      )
    })
  })

  it('a store that is open is not opened again, and another one is', async () => {
    await withDatabase(await createPlace(), async (database) => {
      const letters = await openStore(database, LETTERS)
      const refused = await refusalOf(openStore(database, LETTERS))
      expect(refused.code).to.equal('store-in-use')
      expect(refused.says.zh).to.include('收文簿正由另一任务').and.include(String(process.pid))
      expect(refused.says.en).to.include('the letters').and.include(String(process.pid))
      await (await openStore(database, FILES)).close()
      await letters.close()
      await (await openStore(database, LETTERS)).close()
    })
  })

  it('what a newer program wrote is refused in a sentence, and nothing of it is changed', async () => {
    const place = await createPlace()
    await withDatabase(place, async (database) => {
      await lettersOf(database)
      const refused = await refusalOf(openStore(database, EARLIER_LETTERS))
      expect(refused.code).to.equal('store-newer')
      expect(refused.says.zh).to.include('收文簿').and.include('002-checked').and.include('升级')
      expect(refused.says.en).to.include('002-checked')
      expect(await lettersOf(database)).to.deep.equal([{ subject: 'added', checked: false }])
    })
  })

  it('a store that is shared is brought up to date once, and held by nobody afterwards', async () => {
    await withDatabase(await createPlace(), async (database) => {
      const opened = await Promise.all([1, 2, 3].map(() => openSharedStore<LetterTables>(database, LETTERS)))
      await Promise.all(
        opened.map(({ db }, i) =>
          db
            .insertInto('entry')
            .values({ subject: `letter ${i}`, checked: false })
            .execute(),
        ),
      )
      const rows = await opened[0]?.db.selectFrom('entry').select('subject').orderBy('subject').execute()
      expect(rows?.map(({ subject }) => subject)).to.deep.equal(['added', 'letter 0', 'letter 1', 'letter 2'])
      const refused = await refusalOf(openSharedStore(database, EARLIER_LETTERS))
      expect(refused.code).to.equal('store-newer')
      await (await openStore(database, LETTERS)).close()
    })
  })

  it('a migration that fails changes nothing', async () => {
    await withDatabase(await createPlace(), async (database) => {
      await addLetter(database, 'from before')
      const failing = lettersWith(() => Promise.reject(new Error('no room')))
      const refused = await refusalOf(openStore(database, failing))
      expect(refused.code).to.equal('database-unreachable')
      expect(refused.says.en).to.include('no room')
      const rows = await lettersOf(database)
      expect(rows.map(({ subject }) => subject)).to.deep.equal(['added', 'from before'])
    })
  })

  it('a process that is killed (SIGKILL) in a migration: nothing is repeated and nothing lost', async () => {
    const place = await createPlace()
    await withDatabase(place, (database) => addLetter(database, 'from before'))
    for (let i = 0; i < 2; i++) {
      const child = startChild(STOP_IN_MIGRATION, [place])
      await child.saw('half-way')
      await child.kill()
      await untilFree(place)
    }
    await withDatabase(place, async (database) => {
      for (let i = 0; i < 2; i++) {
        expect(await lettersOf(database)).to.deep.equal([
          { subject: 'added', checked: false },
          { subject: 'from before', checked: false },
        ])
      }
    })
  })
}

/** A server takes a moment to notice that a client was killed. */
async function untilFree(place: string): Promise<void> {
  const deadline = performance.now() + 10_000
  for (;;) {
    const error = await withDatabase(place, (database) => openStore(database, EARLIER_LETTERS)).catch(
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof StorageError)) return
    if (performance.now() > deadline) throw error
    await wait(20)
  }
}

describe('a store in a folder', function () {
  this.timeout(120_000)
  // Copies of one, since a first opening takes seconds.
  const template = temporaryFolder()
  const createPlace = async (): Promise<string> => {
    const place = temporaryFolder()
    await cp(template, place, { recursive: true })
    return place
  }
  before(() => withDatabase(template, async () => undefined))
  promises(createPlace)

  it('two processes: the second is told who has the folder', async () => {
    const place = await createPlace()
    const child = startChild(HOLD_STORE, [place])
    await child.saw('held')
    const refused = await refusalOf(openDatabaseAt(place))
    expect(refused.code).to.equal('folder-in-use')
    expect(refused.says.zh).to.include(place).and.include(`进程 ${child.process.pid}`)
    await child.kill()
    await withDatabase(place, (database) => lettersOf(database, EARLIER_LETTERS))
  })
})

describe('a store in PostgreSQL', function () {
  this.timeout(120_000)
  let server: PostgresServer

  before(async function () {
    const bin = findPostgres()
    // Not part of what a newcomer needs: Debian's package postgresql brings it.
    if (bin === null) return this.skip()
    server = await startPostgres(bin)
  })
  after(() => server?.stop())

  const createPlace = () => createDatabase(server)
  promises(createPlace)

  it('two processes: the second is told who has the store, and every other store is free', async () => {
    const place = await createPlace()
    const child = startChild(HOLD_STORE, [place])
    await child.saw('held')
    await withDatabase(place, async (database) => {
      const refused = await refusalOf(openStore(database, EARLIER_LETTERS))
      expect(refused.code).to.equal('store-in-use')
      expect(refused.says.zh).to.include('收文簿').and.include(`进程 ${child.process.pid}`)
      await (await openStore(database, FILES)).close()
    })
    await child.kill()
    await untilFree(place)
  })

  it('whose lock was lost with its connection writes nothing any more', async () => {
    const place = await createPlace()
    await withDatabase(place, async (database) => {
      const { db } = await openStore<LetterTables>(database, LETTERS)
      await withDatabase(place, (other) =>
        sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'`.execute(other.db),
      )
      await wait(100)
      const write = db.insertInto('entry').values({ subject: 'late', checked: false }).execute()
      expect(await write.catch((error: unknown) => error)).to.be.instanceOf(Error)
      const subjects = await withDatabase(place, async (other) =>
        (await lettersOf(other)).map(({ subject }) => subject),
      )
      expect(subjects).to.deep.equal(['added'])
    })
  })

  it('on a server that cannot be reached, or with a URL that is none, is told without the URL’s password', async () => {
    for (const url of [
      'postgres://hefu:open-sesame@127.0.0.1:9/none',
      'postgres://hefu:open-sesame@[/none',
    ]) {
      const refused = await refusalOf(withDatabase(url, (database) => openStore(database, LETTERS)))
      expect(refused.code).to.equal('database-unreachable')
      expect(`${refused.says.zh}${refused.says.en}${refused.stack}`).to.not.include('open-sesame')
    }
  })
})
