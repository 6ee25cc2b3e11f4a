/** What the verifier service keeps: durable before the answer, never changed, nobody's data, and no number twice. */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { parsePresented, suite } from '@hefu/protocol'
import { createRegistry } from '@hefu/service'
import { openVerifierStore } from '@hefu/verifier'
import { expect } from 'chai'
import { Kysely, PGliteDialect, sql } from 'kysely'
import { after, before, describe, it } from 'mocha'
import { digestOfCredential } from '#internal/verifier/store/credential-digest'
import { createEvidenceLog, type Evidence } from '#internal/verifier/store/evidence'
import { createGroupCommit } from '#internal/verifier/store/group-commit'
import { openStoreIn, type VerifierStore } from '#internal/verifier/store/open-store'
import { StoreTimeoutError } from '#internal/verifier/store/patience'
import { giveUpOld } from '#internal/verifier/store/retention'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../fixtures/postgres-server.ts'
import { startSilentProxy } from '../../fixtures/silent-proxy.ts'
import { createKeyPair, createSample, createVerifierKeyFile, FACE, NOW, type Sample } from './sample.ts'
import { post, postUntilServed, send, startTestService } from './service.ts'
import { openMemoryStore } from './test-store.ts'

const DAY = 86_400
const realNow = (): number => Math.floor(Date.now() / 1_000)

describe('the record of readings', () => {
  let store: VerifierStore
  let sample: Sample

  before(async () => {
    store = await openMemoryStore()
    sample = await createSample()
  })
  after(() => store.close())

  const addReadings = async (count: number, at: number): Promise<void> => {
    await sql`insert into hefu_verifier.reading (at, kind, client, region, shown, fields, verdict, report)
      select ${at}::bigint, 'verification', 'c', '440000', 'report', '[]', 'accepted', 'n'
      from generate_series(1, ${count}::int)`.execute(store.db)
  }
  const refusalOf = (query: ReturnType<typeof sql>): Promise<string> =>
    query.execute(store.db).then(
      () => 'it was done',
      (error: Error) => error.message,
    )

  it('says of every answer who asked, for which case, and what was shown; and holds nobody’s data', async () => {
    const service = await startTestService(sample.view, { store })
    try {
      const asked = { presented: sample.bundle, receivingRegion: '440000', submitted: FACE }
      const { json } = await post(service.url, {
        ...asked,
        caseNo: '粤2026-1',
        serviceItem: 'ITEM-1',
        useCause: '跨省办理',
      })
      await post(service.url, asked, { 'Idempotency-Key': '"one-of-this-file"' })
      await post(service.url, { presented: FACE.holderId, receivingRegion: '440000' })
      const rows = await store.db.selectFrom('reading').selectAll().orderBy('number').execute()
      expect(rows).to.have.length(3)
      const { number: _, ...first } = rows[0] ?? {}
      expect(first).to.deep.equal({
        at: NOW,
        kind: 'verification',
        client: 'anybody',
        person: null,
        region: '440000',
        case_no: '粤2026-1',
        service_item: 'ITEM-1',
        use_cause: '跨省办理',
        credential: suite.sha256Base64url(parsePresented(sample.bundle).credential.signingInput),
        shown: 'report',
        fields: JSON.stringify(Object.keys(FACE)),
        verdict: 'accepted',
        report: json.number,
      })
      expect(rows[1]?.credential, 'joined by the licence').to.equal(rows[0]?.credential)
      expect(rows[2]?.credential).to.equal(null)
      const dump = await dumpOf(store)
      expect(dump).to.include(json.number)
      for (const value of [...Object.values(FACE), json.code, json.code.replaceAll('-', '')])
        expect(dump).to.not.include(value)
    } finally {
      await service.close()
    }
  })

  it('names a licence alike, however it is presented', () => {
    const { signingInput } = parsePresented(sample.bundle).credential
    for (const presented of [sample.bundle, sample.credential, sample.credential.replace(/~.*~/, '~')])
      expect(digestOfCredential(presented)).to.equal(suite.sha256Base64url(signingInput))
  })

  it('is changed by nobody, and given up by nobody before half a year', async () => {
    await addReadings(1, realNow() - 179 * DAY)
    for (const table of ['reading', 'report']) {
      const kept = sql.table(`hefu_verifier.${table}`)
      for (const query of [
        sql`update ${kept} set client = 'x'`,
        sql`delete from ${kept} where at > ${realNow() - 180 * DAY + 60}`,
        sql`truncate ${kept}`,
      ]) {
        const message = await refusalOf(query)
        // No report is that young: the service of the test before has its own clock.
        const isNothing = table === 'report' && message === 'it was done'
        if (!isNothing) expect(message).to.include('kept as they were written')
      }
    }
    expect(await refusalOf(sql`delete from hefu_verifier.reading`)).to.include('kept as they were written')
  })

  it('is given up beyond its term, in batches, and what is younger stays', async () => {
    const terms = { readingDays: 400, reportDays: 400 }
    await addReadings(2_500, realNow() - 401 * DAY)
    await addReadings(5, realNow() - 399 * DAY)
    const counted = await giveUpOld(store.db, terms, realNow())
    expect(counted.readings).to.be.at.least(2_500)
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from hefu_verifier.reading where at < ${realNow() - 180 * DAY}`.execute(
      store.db,
    )
    expect(rows[0]?.n).to.equal(5)
    expect((await giveUpOld(store.db, terms, realNow())).readings).to.equal(0)
    // Whatever term is asked for: the store itself holds half a year.
    await addReadings(1, realNow() - 10 * DAY)
    const early = await giveUpOld(store.db, { readingDays: 1, reportDays: 1 }, realNow()).catch(
      (error: Error) => error.message,
    )
    expect(early).to.include('kept as they were written')
  })

  it('keeps nothing else from being given up where the store refuses; and none is asked of it a moment too early', async () => {
    const replay = {
      fingerprint: Buffer.alloc(32),
      claim: 'c',
      answer: null,
      sealed_by: null,
      begun_at: realNow() - 2 * DAY,
    }
    await store.db
      .insertInto('replay')
      .values({ ...replay, key: Buffer.alloc(32, 9) })
      .execute()
    await addReadings(1, realNow() - 10 * DAY)
    const refused = await giveUpOld(store.db, { readingDays: 1, reportDays: 180 }, realNow()).catch(
      (error: Error) => error.message,
    )
    expect(refused).to.include('kept as they were written')
    expect(
      await store.db.selectFrom('replay').select('key').where('claim', '=', 'c').execute(),
    ).to.have.length(0)
    await addReadings(1, realNow() - 180 * DAY + 1)
    // A clock that is two seconds ahead of the database's.
    await giveUpOld(store.db, { readingDays: 180, reportDays: 180 }, realNow() + 2)
  })

  it('has no room for a report: readiness says so, though a smaller thing may still be written, until there is room', async () => {
    const registry = createRegistry()
    const service = await startTestService(sample.view, { store, registry })
    const body = { presented: sample.bundle, receivingRegion: '440000' }
    const reachable = async (): Promise<string> =>
      /^hefu_store_reachable (\d)/m.exec(await registry.metrics())?.[1] ?? ''
    const ready = async (): Promise<number> => (await send(`${service.url}/health/ready`)).status
    /** The store is tried once a second: what readiness says is at most so old. */
    const readyThen = async (): Promise<number> => {
      await pause(1_100)
      return ready()
    }
    const withoutRoom = async (table: string, column: string): Promise<void> => {
      const kept = sql.table(`hefu_verifier.${table}`)
      await sql`alter table ${kept} add constraint room check (length(${sql.ref(column)}) < 100) not valid`.execute(
        store.db,
      )
    }
    try {
      expect([await ready(), await reachable()]).to.deep.equal([200, '1'])
      await withoutRoom('report', 'attestation')
      await withoutRoom('replay', 'answer')
      expect((await post(service.url, body)).json.code).to.equal('records-unreachable')
      expect([await readyThen(), await reachable()]).to.deep.equal([503, '0'])
      for (const table of ['report', 'replay'])
        await sql`alter table ${sql.table(`hefu_verifier.${table}`)} drop constraint room`.execute(store.db)
      expect([await readyThen(), await reachable()]).to.deep.equal([200, '1'])
      expect((await post(service.url, body)).status).to.equal(200)
    } finally {
      await service.close()
    }
  })

  it('cannot be written: nobody is answered, and readiness and a number say so', async () => {
    const registry = createRegistry()
    const service = await startTestService(sample.view, { store, registry })
    await store.close()
    try {
      const body = { presented: sample.bundle, receivingRegion: '440000' }
      for (const headers of [{}, { 'Idempotency-Key': '"one-of-this-file"' }]) {
        const {
          status,
          json,
          headers: told,
          text,
        } = await post(service.url, body, headers as Record<string, string>)
        expect([status, json.code]).to.deep.equal([503, 'records-unreachable'])
        expect(told.get('retry-after')).to.equal('5')
        expect(text).to.not.include('attestation').and.not.include('accepted')
      }
      for (const path of [
        '/health/ready',
        '/.well-known/jwks.json',
        '/v1/reports/20260112-7K3M9QXA-000123-J',
      ])
        expect((await send(service.url + path)).json.code, path).to.equal('records-unreachable')
      expect((await send(`${service.url}/health/live`)).status).to.equal(200)
      const numbers = await registry.metrics()
      expect(numbers).to.include('hefu_store_reachable 0').and.include('hefu_ledger_state{state="ready"} 1')
      expect(service.log()).to.include('store fault').and.not.include(FACE.holderName)
    } finally {
      await service.close()
    }
  })
})

describe('a group commit', () => {
  it('makes one transaction of what came in one turn, or while another was under way, and answers each when it is durable', async () => {
    const groups: (readonly number[])[] = []
    const ends: (() => void)[] = []
    const log = createGroupCommit<number>((entries) => {
      groups.push(entries)
      return new Promise((resolve) => ends.push(resolve))
    })
    const done: number[] = []
    const add = (n: number) => log.add(n).then(() => done.push(n))
    const until = async (count: number): Promise<void> => {
      while (groups.length < count) await nextTurn()
    }
    const first = [add(1), add(2)]
    await until(1)
    const second = [add(3), add(4)]
    await nextTurn()
    expect(groups).to.deep.equal([[1, 2]])
    expect(done).to.deep.equal([])
    ends[0]?.()
    await Promise.all(first)
    expect(done).to.deep.equal([1, 2])
    await until(2)
    expect(groups).to.deep.equal([
      [1, 2],
      [3, 4],
    ])
    ends[1]?.()
    await Promise.all(second)
    expect(done).to.deep.equal([1, 2, 3, 4])
  })

  it('tells a whole group of its failure, and goes on with the next; also past a commit that never ends', async () => {
    let fails = true
    const failing = createGroupCommit<number>(async () => {
      if (fails) throw new Error('no room')
    })
    const outcomes = await Promise.allSettled([failing.add(1), failing.add(2)])
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
    fails = false
    await failing.add(3)
    let isHung = true
    const hung = createGroupCommit<number>(() => (isHung ? new Promise(() => {}) : Promise.resolve()), 20)
    const error = await hung.add(1).catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(StoreTimeoutError)
    isHung = false
    await hung.add(2)
  })
})

/** Of an answer; `report` names it. */
const evidenceOf = (report: string): Evidence => ({
  reading: {
    at: NOW,
    kind: 'verification',
    client: 'c',
    person: null,
    region: '440000',
    case_no: null,
    service_item: null,
    use_cause: null,
    credential: null,
    shown: 'report',
    fields: '[]',
    verdict: 'accepted',
    report,
  },
  report: { number: report, at: NOW, client: 'c', lookup: Buffer.from(report), attestation: 'a' },
  replay: null,
})
const codeOf = (error: unknown): string => (error instanceof Error ? error.name : 'nothing')
const readingsIn = async ({ db }: Pick<VerifierStore, 'db'>): Promise<readonly string[]> => {
  const rows = await db.selectFrom('reading').select(['kind', 'shown', 'report']).orderBy('number').execute()
  return rows.map(({ kind, shown, report }) => `${report} ${kind} ${shown}`)
}

describe('evidence that was given up', function () {
  this.timeout(30_000)

  it('and stands all the same: the record itself says that nobody was answered', async () => {
    const kept = await openMemoryStore()
    let flush = (): Promise<void> => new Promise(() => undefined)
    const log = createEvidenceLog({ ...kept, flush: () => flush() }, undefined, 2_000)
    try {
      expect(codeOf(await log.add(evidenceOf('late')).catch((error) => error))).to.equal('StoreTimeoutError')
      flush = () => Promise.reject(new Error('no room'))
      expect(codeOf(await log.add(evidenceOf('failed')).catch((error) => error))).to.equal('Error')
      flush = async () => undefined
      await log.add(evidenceOf('good'))
      await log.add(evidenceOf('next'))
      expect(await readingsIn(kept)).to.deep.equal([
        'late verification report',
        'failed verification report',
        'late unanswered nothing',
        'good verification report',
        'late unanswered nothing',
        'failed unanswered nothing',
        'next verification report',
      ])
    } finally {
      await kept.close()
    }
  })

  it('before the store was told to commit it: nothing of it stands, nor is anything said of it', async () => {
    const kept = await openMemoryStore()
    try {
      await sql`alter table hefu_verifier.report add constraint room check (number <> 'refused')`.execute(
        kept.db,
      )
      const log = createEvidenceLog(kept)
      expect(codeOf(await log.add(evidenceOf('refused')).catch((error) => error))).to.not.equal('nothing')
      await log.add(evidenceOf('good'))
      expect(await readingsIn(kept)).to.deep.equal(['good verification report'])
    } finally {
      await kept.close()
    }
  })
})

describe('numbers of reports', () => {
  it('none comes twice where an older backup is restored and goes on', async () => {
    const sample = await createSample()
    const keyFile = await createVerifierKeyFile(createKeyPair())
    const numbersOf = async (store: VerifierStore, count: number): Promise<string[]> => {
      const service = await startTestService(sample.view, { store, keyFile })
      const body = { presented: sample.bundle, receivingRegion: '440000' }
      const answers = await Promise.all(Array.from({ length: count }, () => post(service.url, body)))
      await service.close()
      return answers.map(({ json }) => json.number)
    }
    const openOver = (pglite: PGlite): Promise<VerifierStore> => {
      const db = new Kysely<unknown>({ dialect: new PGliteDialect({ pglite }) })
      return openStoreIn({
        db,
        hold: async () => async () => undefined,
        flush: async () => undefined,
        close: () => db.destroy(),
      })
    }
    const original = new PGlite()
    const store = await openOver(original)
    const kept = await numbersOf(store, 5)
    const backup = await original.dumpDataDir('none')
    const lost = await numbersOf(store, 5)
    await store.close()
    const restored = await openOver(new PGlite({ loadDataDir: backup }))
    const after = await numbersOf(restored, 10)
    const all = [...kept, ...lost, ...after]
    expect(new Set(all).size).to.equal(all.length)
    const found = await restored.db.selectFrom('report').select('number').execute()
    expect(found.map(({ number }) => number)).to.have.members([...kept, ...after])
    await restored.close()
  })
})

describe('several processes of a verifier on one PostgreSQL', function () {
  this.timeout(120_000)
  let server: PostgresServer

  before(async function () {
    const bin = findPostgres()
    // Not part of what a newcomer needs: Debian's package postgresql brings it.
    if (bin === null) return this.skip()
    server = await startPostgres(bin)
  })
  after(() => server?.stop())

  it('start at once, answer side by side, and each knows what the others answered, after a crash too', async () => {
    const place = await createDatabase(server)
    const stores = await Promise.all([1, 2, 3].map(() => openVerifierStore(place)))
    const sample = await createSample()
    const keyFile = await createVerifierKeyFile(createKeyPair())
    const services = await Promise.all(
      stores.map((store) => startTestService(sample.view, { store, keyFile })),
    )
    try {
      const body = { presented: sample.bundle, receivingRegion: '440000' }
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, i) => postUntilServed(services[i % 3]?.url ?? '', body)),
      )
      const numbers = answers.map(({ json }) => json.number)
      expect(new Set(numbers).size).to.equal(60)
      const key = { 'Idempotency-Key': '"shared-by-processes"' }
      const first = await post(services[0]?.url ?? '', body, key)
      expect((await post(services[1]?.url ?? '', body, key)).text).to.equal(first.text)
      await server.crash()
      const during = await post(services[0]?.url ?? '', body)
      expect([during.status, during.json.code]).to.deep.equal([503, 'records-unreachable'])
      await server.restart()
      for (const { url } of services) {
        for (const number of [numbers[0], numbers[59], first.json.number])
          expect((await send(`${url}/v1/reports/${number}`)).status).to.equal(200)
      }
      const rows = await stores[0]?.db
        .selectFrom('reading')
        .select('report')
        .where('kind', '<>', 'report')
        .execute()
      // What is answered again is read again.
      const read = [...numbers, first.json.number, first.json.number]
      expect(rows?.map(({ report }) => report)).to.have.members(read)
    } finally {
      await Promise.all(services.map(({ close }) => close()))
      await Promise.all(stores.map(({ close }) => close()))
    }
  })

  it('are silent where the database is: each is told so in time, and is answered again once it is heard', async () => {
    const proxy = await startSilentProxy(await createDatabase(server))
    const store = await openVerifierStore(proxy.url)
    const sample = await createSample()
    const service = await startTestService(sample.view, { store })
    try {
      const body = { presented: sample.bundle, receivingRegion: '440000' }
      const paths = ['/health/ready', '/v1/reports/20260112-7K3M9QXA-000123-J']
      const { number } = (await post(service.url, body)).json
      proxy.silence()
      const begun = performance.now()
      const told = await Promise.all([
        post(service.url, body),
        post(service.url, body, { 'Idempotency-Key': '"sent-into-silence"' }),
        ...paths.map((path) => send(service.url + path)),
      ])
      expect(performance.now() - begun).to.be.below(14_000)
      for (const { json } of told) expect(json.code).to.equal('records-unreachable')
      proxy.speak()
      const heard = async (): Promise<boolean> => (await send(`${service.url}/health/ready`)).status === 200
      for (const deadline = Date.now() + 30_000; !(await heard()); )
        expect(Date.now(), 'heard').to.be.below(deadline)
      expect((await send(`${service.url}/v1/reports/${number}`)).status).to.equal(200)
    } finally {
      await service.close()
      await store.close()
      await proxy.close()
    }
  })

  it('commit nothing later of what was given up while another held the tables', async () => {
    const place = await createDatabase(server)
    const [store, other] = await Promise.all([openVerifierStore(place), openVerifierStore(place)])
    try {
      let letGo = (): void => undefined
      const held = new Promise<void>((resolve) => {
        letGo = resolve
      })
      let isLocked = false
      const locking = other.db.transaction().execute(async (trx) => {
        await sql`lock table hefu_verifier.reading in access exclusive mode`.execute(trx)
        isLocked = true
        await held
      })
      while (!isLocked) await pause(10)
      const log = createEvidenceLog(store, undefined, 3_000)
      expect(codeOf(await log.add(evidenceOf('late')).catch((error) => error))).to.equal('StoreTimeoutError')
      letGo()
      await locking
      const busy = async (): Promise<boolean> => {
        const { rows } = await sql`select 1 from pg_stat_activity where datname = current_database()
          and state <> 'idle' and pid <> pg_backend_pid()`.execute(other.db)
        return rows.length > 0
      }
      while (await busy()) await pause(10)
      for (const one of ['good', 'next']) await log.add(evidenceOf(one))
      expect(await readingsIn(other)).to.deep.equal(['good verification report', 'next verification report'])
      expect(await other.db.selectFrom('report').select('number').execute()).to.have.length(2)
    } finally {
      await Promise.all([store.close(), other.close()])
    }
  })

  it('answer nobody while the database takes no writing', async () => {
    const place = await createDatabase(server)
    const store = await openVerifierStore(place)
    const sample = await createSample()
    const service = await startTestService(sample.view, { store })
    try {
      const name = new URL(place).pathname.slice(1)
      await sql`alter database ${sql.id(name)} set default_transaction_read_only = on`.execute(store.db)
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = ${name} and pid <> pg_backend_pid()`.execute(store.db)
      await sql`set default_transaction_read_only = on`.execute(store.db)
      const answer = await post(service.url, { presented: sample.bundle, receivingRegion: '440000' })
      const ready = await send(`${service.url}/health/ready`)
      for (const { status, json } of [answer, ready])
        expect([status, json.code]).to.deep.equal([503, 'records-unreachable'])
      expect(service.log()).to.include('"code":"25006"')
    } finally {
      await service.close()
      await store.close()
    }
  })
})

/** Every row of every table, as text, and bytes as such. */
async function dumpOf({ db }: VerifierStore): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_catalog.pg_tables where schemaname = 'hefu_verifier'`.execute(db)
  expect(tables.length).to.be.at.least(5)
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<
      Record<string, unknown>
    >`select * from ${sql.table(`hefu_verifier.${name}`)}`.execute(db)
    for (const row of rows) {
      for (const value of Object.values(row))
        texts.push(value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value))
    }
  }
  // An attestation holds its report in base64url.
  const payloads = texts.filter((text) => text.startsWith('eyJ')).map((text) => text.split('.')[1] ?? '')
  return [...texts, ...payloads.map((payload) => Buffer.from(payload, 'base64url').toString())].join('\n')
}
