/** A PostgreSQL that is silent, rather than gone: whoever asks it is told so, and nobody keeps a store by being silent. */
import { setTimeout as pause } from 'node:timers/promises'
import { codeOf, type Database, openPostgresDatabase, openStore, StorageError } from '@hefu/service'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, afterEach, before, beforeEach, describe, it } from 'mocha'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../fixtures/postgres-server.ts'
import { type SilentProxy, startSilentProxy } from '../../../fixtures/silent-proxy.ts'
import { LETTERS } from '../fixtures/stores.ts'

const PATIENCE = { statementMs: 500, leaseMs: 1_500 }

describe('A silent PostgreSQL', function () {
  this.timeout(60_000)
  let server: PostgresServer
  let proxy: SilentProxy
  let url: string
  let database: Database

  before(async function () {
    const bin = findPostgres()
    if (bin === null) return this.skip()
    server = await startPostgres(bin)
  })
  beforeEach(async () => {
    url = await createDatabase(server)
    proxy = await startSilentProxy(url)
    database = openPostgresDatabase(proxy.url, PATIENCE)
  })
  afterEach(async () => {
    await database.close()
    await proxy.close()
  })
  after(() => server?.stop())

  const ask = (): Promise<unknown> => sql`select 1`.execute(database.db)
  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (error: unknown) => error,
    )

  it('is waited for no longer than it is said, also where it is connected to and within a transaction', async () => {
    await ask()
    proxy.silence()
    const begun = performance.now()
    expect(await failureOf(ask()), 'on a connection that there was').to.be.instanceOf(Error)
    expect(performance.now() - begun).to.be.below(5_000)
    expect(await failureOf(ask()), 'on a new one').to.be.instanceOf(Error)
    expect(performance.now() - begun).to.be.below(12_000)
  })

  it('is asked again by a new connection, and not behind what it did not answer', async () => {
    const transaction = database.db.transaction().execute(async (trx) => {
      await sql`select 1`.execute(trx)
      proxy.silence()
      await sql`select 1`.execute(trx)
    })
    expect(await failureOf(transaction)).to.be.instanceOf(Error)
    proxy.speak()
    await ask()
  })

  it('ends a statement that is too long, and keeps the connection', async () => {
    const pidOf = async () =>
      (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.db)).rows
    const pid = await pidOf()
    expect(await failureOf(sql`select pg_sleep(30)`.execute(database.db))).to.include({ code: '57014' })
    expect(await pidOf()).to.deep.equal(pid)
  })

  it('keeps a store for who says that it is there, and for nobody who is not heard any more', async () => {
    const held = await openStore(database, LETTERS)
    const other = openPostgresDatabase(url, PATIENCE)
    try {
      const refused = async (): Promise<boolean> => {
        const error = await failureOf(openStore(other, LETTERS).then(({ close }) => close()))
        if (error !== null) expect(error).to.be.instanceOf(StorageError).and.include({ code: 'store-in-use' })
        return error !== null
      }
      await pause(2 * PATIENCE.leaseMs)
      expect(await refused(), 'while it beats').to.equal(true)
      await ask()
      proxy.silence()
      const begun = performance.now()
      while (await refused()) await pause(50)
      expect(performance.now() - begun).to.be.below(2 * PATIENCE.leaseMs)
      proxy.speak()
      expect(codeOf(await failureOf(ask())), 'who lost it writes no more').to.equal('HOLD_LOST')
    } finally {
      await other.close()
      await held.close()
    }
  })
})
