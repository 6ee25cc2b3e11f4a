/**
 * What a replica's store keeps: each change once, in its order, though a save that came through was not heard of, and
 * the facts from a checkpoint as from all pages, whenever the process was killed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Change, COMPACT_LAYOUT, CompactFacts, type ReplicaStore } from '@hefu/ledger/replica'
import { openStore, StorageError } from '@hefu/service'
import { expect } from 'chai'
import { type Kysely, sql } from 'kysely'
import { after, before, beforeEach, describe, it } from 'mocha'
import type { Holding } from '#internal/verifier/replica/holding'
import { BEFORE_PAGES, type PageExtent, readPages } from '#internal/verifier/replica/page-log'
import { readPosition } from '#internal/verifier/replica/position'
import { openPlace, REPLICA_FOLDER } from '#internal/verifier/replica/replica-place'
import { assertPages, createReplicaStore } from '#internal/verifier/replica/replica-store'
import { NO_PAGES, pageDigest } from '#internal/verifier/replica/row-digests'
import { type ReplicaSchema, replicaStore } from '#internal/verifier/replica/schema'
import { startChild } from '../../fixtures/child.ts'
import { placeEmptyDatabase } from '../../fixtures/empty-database.ts'
import { findPostgres, startPostgres } from '../../fixtures/postgres-server.ts'
import { runs } from '../../fixtures/test-profile.ts'
import { type OpenReplicaStore, openReplicaStore } from './fixtures/open-replica-store.ts'
import { changesOfBlock, factsText, headerOf, plainFactsAt } from './fixtures/replica-changes.ts'

const LEDGER = { chainId: 31_337, address: `0x${'1e'.repeat(20)}` } as const
const KILLS = runs(2, 40)
/** So long may a start, a kill and the reading of all that was saved take on a machine that is busy. */
const KILL_MS = 90_000
/** So many that the acts of all do not fit a chunk. */
const BLOCKS = 30
const NOTHING = new CompactFacts()

const noticeOf = (number: number): Change => ({
  history: 'notices',
  key: `11430000000000201H/${number}`,
  entry: { code: 1, stands: true, effectiveAt: number },
})

async function pagesIn(db: Kysely<ReplicaSchema>): Promise<readonly (readonly Change[])[]> {
  const pages: (readonly Change[])[] = []
  for await (const { changes } of readPages(db, BEFORE_PAGES, Number.MAX_SAFE_INTEGER)) pages.push(changes)
  return pages
}

async function restored(store: ReplicaStore): Promise<CompactFacts> {
  const facts = new CompactFacts()
  await store.restore(facts)
  return facts
}

async function factsTextAt(store: ReplicaStore, upTo: number): Promise<string> {
  return factsText(await restored(store), upTo + 1)
}

/** As a replica does: what was saved is put afterwards. */
async function saveBlock(store: ReplicaStore, facts: CompactFacts, number: number): Promise<void> {
  await store.save(changesOfBlock(number), headerOf(number), facts)
  for (const change of changesOfBlock(number)) facts.put(change)
}

/** Everything up to where it stands, nothing twice, and nothing beyond. */
async function expectWhole({ opened, again }: OpenReplicaStore): Promise<number> {
  const store = await again()
  const upTo = (await store.position())?.number ?? 0
  // What the server ended for a process that was killed, after it was opened anew, is written over by the next save.
  const pages = await pagesIn(opened.db)
  expect(pages.length).to.be.at.most(upTo + 1)
  expect(JSON.stringify(pages.slice(0, upTo))).to.equal(
    JSON.stringify(Array.from({ length: upTo }, (_, place) => changesOfBlock(place + 1))),
  )
  expect(await factsTextAt(store, upTo)).to.equal(factsText(plainFactsAt(upTo), upTo + 1))
  return upTo
}

async function checkpointIn({ opened }: OpenReplicaStore): Promise<number | undefined> {
  const kept = await opened.db.selectFrom('checkpoint').select('number').executeTakeFirst()
  return kept && Number(kept.number)
}

describe('The store of a replica', function () {
  this.timeout(120_000)
  let folder: string
  let open: OpenReplicaStore
  let store: ReplicaStore
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-replica-store-'))
    for (const name of ['kept', 'killed']) await placeEmptyDatabase(join(folder, name, REPLICA_FOLDER))
    open = await openReplicaStore(join(folder, 'kept'))
  })
  beforeEach(async () => {
    for (const table of ['page', 'position', 'checkpoint', 'chunk'] as const)
      await open.opened.db.deleteFrom(table).execute()
    store = await open.again()
  })
  after(async () => {
    await open?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('of a version that kept no waits, or no digests, is read anew, once', async () => {
    const path = join(folder, 'earlier')
    await placeEmptyDatabase(join(path, REPLICA_FOLDER))
    const { migrations, ...definition } = replicaStore()
    const earlier = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '004'))
    const place = await openPlace(path)
    const opened = await openStore<ReplicaSchema>(place.database, { ...definition, migrations: earlier })
    const { number, hash, parentHash, time } = headerOf(1)
    const [position, page] = [
      { number, hash, parent_hash: parentHash, block_time: time },
      { number, after: 0, changes: JSON.stringify(changesOfBlock(1)) },
    ]
    await opened.db
      .insertInto('position')
      .values(position as never)
      .execute()
    await opened.db
      .insertInto('page')
      .values(page as never)
      .execute()
    await opened.close()
    await place.close()
    const { store: anew, opened: now, close } = await openReplicaStore(path)
    expect([await anew.position(), await pagesIn(now.db)]).to.deep.equal([null, []])
    await close()
    const kept = await openReplicaStore(path)
    await saveBlock(kept.store, new CompactFacts(), 1)
    await kept.close()
    const again = await openReplicaStore(path)
    expect((await again.store.position())?.number).to.equal(1)
    await again.close()
  })

  it('that was kept by the word of fewer nodes than now have to agree is read anew, and not passed off as theirs', async () => {
    const openBy = (holding?: Holding): Promise<ReplicaStore> =>
      createReplicaStore(open.opened, LEDGER, undefined, holding)
    const numberAfter = async (holding?: Holding): Promise<number | undefined> =>
      (await (await openBy(holding)).position())?.number
    const [two, withHeaders] = [
      { needed: 2, logsHeldBy: 'agreement' },
      { needed: 2, logsHeldBy: 'header' },
    ] as const
    for (const [kept, now] of [
      [undefined, two],
      [two, { needed: 3, logsHeldBy: 'agreement' }],
      [two, withHeaders],
      [{ needed: 1, logsHeldBy: 'header' }, two],
      [{ needed: 3, logsHeldBy: 'agreement' }, withHeaders],
    ] as const) {
      await saveBlock(await openBy(kept), new CompactFacts(), 1)
      expect(await numberAfter(now), `${JSON.stringify([kept, now])}`).to.equal(undefined)
    }
    await saveBlock(await openBy(two), new CompactFacts(), 1)
    expect(await numberAfter(two), 'by the same word').to.equal(1)
    expect(await numberAfter(), 'by a weaker one').to.equal(1)
    expect(await numberAfter(two), 'which is all that it is worth from then on').to.equal(undefined)
  })

  /** A store of which nobody hears that a save came through, whenever that is said of it. */
  async function openUnheard(
    mostUnread?: PageExtent,
  ): Promise<{ store: ReplicaStore; heard(is: boolean): void }> {
    let isHeard = true
    const flush = async (): Promise<void> => {
      if (!isHeard) throw new Error('the disk does not answer')
    }
    const store = await createReplicaStore({ ...open.opened, flush }, LEDGER, mostUnread)
    return {
      store,
      heard: (is) => {
        isHeard = is
      },
    }
  }

  async function expectUnsaved(saving: Promise<void>): Promise<void> {
    expect(await saving.catch((thrown: Error) => thrown)).to.be.instanceOf(Error)
  }

  /** What stands in pages up to a block is read by nobody who has a checkpoint of it. */
  async function expectFromCheckpoint(last: number, upTo: number): Promise<void> {
    await open.opened.db.deleteFrom('page').where('number', '<=', last).execute()
    expect(await factsTextAt(await open.again(), upTo)).to.equal(factsText(plainFactsAt(upTo), upTo + 1))
  }

  it('keeps a change once that was saved unheard, and again up to the same block or a later one', async () => {
    const { store, heard } = await openUnheard()
    const saveUnheard = async (number: number): Promise<void> => {
      heard(false)
      await expectUnsaved(store.save([noticeOf(number)], headerOf(number), NOTHING))
      heard(true)
    }
    await store.save([noticeOf(1)], headerOf(1), NOTHING)
    await saveUnheard(2)
    await store.save([noticeOf(2)], headerOf(2), NOTHING)
    await saveUnheard(3)
    await store.save([noticeOf(3)], headerOf(4), NOTHING)

    expect((await pagesIn(open.opened.db)).flat()).to.deep.equal([1, 2, 3].map(noticeOf))
    expect(await store.position()).to.deep.equal(headerOf(4))
  })

  it('writes nothing behind what another process saved meanwhile, or took away', async () => {
    const other = await open.again()
    await store.save([noticeOf(1)], headerOf(1), NOTHING)
    const refusalOf = (saving: Promise<void>) => saving.catch((thrown: Error) => thrown)
    for (const number of [1, 2]) {
      const refused = await refusalOf(other.save([noticeOf(number)], headerOf(number), NOTHING))
      expect(refused).to.have.property('code', 'replica-continued')
    }
    await open.opened.db.deleteFrom('position').execute()
    expect(await refusalOf(store.save([noticeOf(2)], headerOf(2), NOTHING))).to.have.property(
      'code',
      'replica-continued',
    )
    expect(await pagesIn(open.opened.db)).to.deep.equal([[noticeOf(1)]])
  })

  it('gives back in their order pages of which one is more than is read at once, and many small ones', async () => {
    const long = Array.from({ length: 50_000 }, (_, place) => noticeOf(place))
    const pages = [long, long, ...Array.from({ length: 300 }, (_, place) => [noticeOf(place)]), long]
    let before = NO_PAGES
    const rows = pages.map((changes, number) => {
      const row = { number, hash: headerOf(number).hash, after: number - 1, changes: JSON.stringify(changes) }
      before = pageDigest(before, row)
      return { ...row, digest: before }
    })
    await open.opened.db.insertInto('page').values(rows).execute()
    // As texts: of so many, a comparison member by member takes its time.
    const texts = (await pagesIn(open.opened.db)).map((changes) => JSON.stringify(changes))
    expect(texts.length).to.equal(pages.length)
    texts.forEach((text, place) => {
      expect(text === JSON.stringify(pages[place]), `page ${place}`).to.equal(true)
    })
  })

  it('starts from a checkpoint and what changed since as from all that changed, and goes on from there', async () => {
    let facts = await restored(store)
    const checkpoints = new Set<number | undefined>()
    for (let number = 1; number <= BLOCKS; number++) {
      await saveBlock(store, facts, number)
      checkpoints.add(await checkpointIn(open))
      if (number % 11 !== 0) continue
      expect(await expectWhole(open)).to.equal(number)
      store = await open.again()
      facts = await restored(store)
    }
    expect(checkpoints.size).to.be.above(BLOCKS / 5)
    const last = (await checkpointIn(open)) ?? 0
    expect(last).to.be.at.least(BLOCKS - 4)
    await expectFromCheckpoint(last, BLOCKS)
  })

  it('has no checkpoint of a block that it does not know to be saved', async () => {
    const { store, heard } = await openUnheard({ pages: 1, characters: 1 })
    const facts = await restored(store)
    for (let number = 1; number <= 4; number++) {
      heard(false)
      await expectUnsaved(saveBlock(store, facts, number))
      heard(true)
      expect(await checkpointIn(open)).to.equal(number === 1 ? undefined : number - 1)
      await saveBlock(store, facts, number)
    }
    await expectFromCheckpoint(3, 4)
  })

  it('reads no checkpoint of another version, and writes its own anew', async () => {
    const { db } = open.opened
    const facts = await restored(store)
    for (let number = 1; number <= 8; number++) await saveBlock(store, facts, number)
    const words = Buffer.from('none of ours')
    await db
      .updateTable('checkpoint')
      .set({ layout: COMPACT_LAYOUT + 1 })
      .execute()
    await db.updateTable('chunk').set({ words }).execute()
    expect(await expectWhole(open)).to.equal(8)
    store = await open.again()
    await saveBlock(store, await restored(store), 9)
    expect(await checkpointIn(open)).to.equal(8)
    await expectFromCheckpoint(8, 9)
  })

  /** Opened as by a service that starts, and by the audit; `null`: both read all of it. */
  async function faultOfOpening(): Promise<unknown> {
    const { db } = open.opened
    try {
      const opened = await open.again()
      const facts = await restored(opened)
      const position = await readPosition(db)
      if (position !== null) await assertPages(db, position)
      return factsText(facts, 9) === factsText(plainFactsAt(8), 9) ? null : 'other facts'
    } catch (error) {
      return error
    }
  }

  it('is not opened where rows were altered or lost, or are of another time, and says so', async () => {
    const { db } = open.opened
    const tables = ['page', 'position', 'checkpoint', 'chunk'] as const
    type Rows = Readonly<Record<(typeof tables)[number], readonly object[]>>
    const take = async (): Promise<Rows> =>
      Object.fromEntries(
        await Promise.all(
          tables.map(async (table) => [table, await db.selectFrom(table).selectAll().execute()] as const),
        ),
      ) as unknown as Rows
    const put = async (rows: Partial<Rows>): Promise<void> => {
      for (const table of tables) {
        const own = rows[table]
        if (own === undefined) continue
        await db.deleteFrom(table).execute()
        if (own.length > 0)
          await db
            .insertInto(table)
            .values(own as never)
            .execute()
      }
    }
    const facts = await restored(store)
    let before: Rows | null = null
    for (let number = 1; number <= 8; number++) {
      await saveBlock(store, facts, number)
      if (number === 6) before = await take()
    }
    const whole = await take()
    if (before === null) return expect.fail('saved')
    expect(await faultOfOpening()).to.equal(null)
    const text = sql<string>`replace(changes, '湘建罚', '粤建罚')`
    const last = (await checkpointIn(open)) ?? 0
    const alterations: Readonly<Record<string, () => Promise<unknown>>> = {
      'chunks truncated': () => db.deleteFrom('chunk').execute(),
      'a chunk of acts lost': () =>
        db.deleteFrom('chunk').where('log', '=', 'acts').where('number', '=', 0).execute(),
      'a chunk of names lost': () => db.deleteFrom('chunk').where('log', '=', 'names').execute(),
      'words altered': () =>
        db
          .updateTable('chunk')
          .set({ words: Buffer.alloc(64) })
          .where('log', '=', 'anchors')
          .execute(),
      'a chunk in the place of another': () =>
        db.updateTable('chunk').set({ log: 'origins' }).where('log', '=', 'successors').execute(),
      'a checkpoint of another block': () =>
        db
          .updateTable('checkpoint')
          .set({ number: last - 1 })
          .execute(),
      'the last page lost': () => db.deleteFrom('page').where('number', '=', 8).execute(),
      'a page lost that no start reads': () => db.deleteFrom('page').where('number', '=', 2).execute(),
      'a page altered that no start reads': () =>
        db.updateTable('page').set({ changes: text }).where('number', '=', 2).execute(),
      'a page altered': () => db.updateTable('page').set({ changes: text }).where('number', '=', 8).execute(),
      'a page that is none': () =>
        db.updateTable('page').set({ changes: 'zzz' }).where('number', '=', 8).execute(),
      'pages truncated': () => db.deleteFrom('page').execute(),
      'pages and checkpoint truncated': async () => {
        for (const table of ['page', 'checkpoint', 'chunk'] as const) await db.deleteFrom(table).execute()
      },
      'the time of the block altered': () => db.updateTable('position').set({ block_time: 90_000 }).execute(),
      'the position lost': () => db.deleteFrom('position').execute(),
      'pages of an earlier time': () => put({ page: before.page }),
      'chunks of an earlier time': () => put({ chunk: before.chunk }),
    }
    for (const [what, alter] of Object.entries(alterations)) {
      await put(whole)
      await alter()
      expect(await faultOfOpening(), what).to.have.property('code', 'replica-damaged')
    }
    // What is there of each time together is a replica of then, and without a checkpoint all pages are read.
    await put(whole)
    await db.deleteFrom('checkpoint').execute()
    expect(await faultOfOpening()).to.equal(null)
    for (const earlier of [before, { ...whole, position: before.position }]) {
      await put(earlier)
      expect(await faultOfOpening()).to.equal('other facts')
    }
  })

  it('saves nothing on where pages were lost under the running process', async () => {
    const facts = await restored(store)
    for (let number = 1; number <= 2; number++) await saveBlock(store, facts, number)
    await open.opened.db.deleteFrom('page').execute()
    const fault = await saveBlock(store, facts, 3).catch((error: Error) => error)
    expect(fault).to.have.property('code', 'replica-damaged')
  })

  /** The server hears of a process that is gone once it has done what that asked last. */
  async function openOnceLeft(place: string): ReturnType<typeof openReplicaStore> {
    for (const deadline = Date.now() + 10_000; ; await pause(50)) {
      try {
        return await openReplicaStore(place)
      } catch (error) {
        if (!(error instanceof StorageError) || Date.now() > deadline) throw error
      }
    }
  }

  /** Kills who saves, at any moment; each time all is there that it had said to be saved, and nothing twice. */
  async function expectThroughKills(place: string): Promise<void> {
    let told = 0
    for (let kill = 0; kill < KILLS; kill++) {
      const child = startChild(import.meta.resolve('./fixtures/save-for-ever.ts'), [place])
      child.process.stdout?.on('data', (text) => {
        for (const [, number] of String(text).matchAll(/saved (\d+)/g)) told = Math.max(told, Number(number))
      })
      await child.saw('opened')
      // Beyond a checkpoint.
      await child.saw(`saved ${told + 5}`)
      await pause(Math.random() * 700)
      await child.kill()
      const open = await openOnceLeft(place)
      expect(await expectWhole(open))
        .to.be.at.least(told)
        .and.at.most(told + 1)
      expect(await checkpointIn(open)).to.be.at.least(told - 4)
      await open.close()
    }
    expect(told, 'saved').to.be.above(KILLS)
  }

  it('loses and repeats nothing in a folder, whenever its process is killed', async function () {
    this.timeout(KILLS * KILL_MS)
    await expectThroughKills(join(folder, 'killed'))
  })

  it('loses and repeats nothing in PostgreSQL, whenever its process is killed, and when the server is', async function () {
    const bin = findPostgres()
    if (bin === null) this.skip()
    this.timeout(KILLS * KILL_MS)
    const server = await startPostgres(bin)
    try {
      await expectThroughKills(server.url)
      const child = startChild(import.meta.resolve('./fixtures/save-for-ever.ts'), [server.url])
      await child.saw('saved')
      await server.crash()
      await child.kill()
      await server.restart()
      const crashed = await openReplicaStore(server.url)
      await expectWhole(crashed)
      await crashed.close()
    } finally {
      await server.stop()
    }
  })
})
