/** The feed of changes: every one, in order, at least once, through restarts and pages that are written again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Change, CompactFacts, CursorUndoneError, encodeCursor } from '@hefu/ledger/replica'
import { type Hex, MalformedError } from '@hefu/protocol'
import { holdFolder, openFolderDatabase, openStore, type Store } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { createChangeFeed, MOST_CHANGES } from '#internal/verifier/replica/change-feed'
import { asOneState } from '#internal/verifier/replica/one-state'
import { createReplicaStore } from '#internal/verifier/replica/replica-store'
import { type ReplicaSchema, replicaStore } from '#internal/verifier/replica/schema'
import { placeEmptyDatabase } from '../../fixtures/empty-database.ts'
import { runs } from '../../fixtures/test-profile.ts'

const LEDGER = { chainId: 31_337, address: `0x${'1e'.repeat(20)}` as Hex }
const RUNS = runs(12, 1_000)
const BLOCKS = 60
/** No checkpoint falls due in so few pages. */
const NO_FACTS_SAVED = new CompactFacts()

function headerOf(number: number) {
  const hash: Hex = `0x${String(number).padStart(64, '0')}`
  return { number, hash, parentHash: hash, time: number }
}

/** Numbers from 0 up to, and without, a bound; the same for the same seed. */
function createDraw(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

describe('The feed of changes', function () {
  this.timeout(120_000)
  let folder: string
  let opened: Store<ReplicaSchema>
  let close: () => Promise<void>

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-change-feed-'))
    await placeEmptyDatabase(join(folder, 'replica'))
    const held = await holdFolder(folder)
    const database = await openFolderDatabase(held, 'replica')
    opened = { ...(await openStore<ReplicaSchema>(database, replicaStore())), flush: async () => undefined }
    close = async () => {
      await opened.close()
      await database.close()
      await held.release()
    }
  })
  after(async () => {
    await close?.()
    rmSync(folder, { recursive: true, force: true })
  })

  const clear = async (): Promise<void> => {
    await opened.db.deleteFrom('page').execute()
    await opened.db.deleteFrom('position').execute()
  }

  const change = (name: string): Change => ({
    history: 'notices',
    key: name,
    entry: { code: 1, stands: true, effectiveAt: 1 },
  })

  it('tells every change in its order, in batches of any size, and then that there are no more', async () => {
    await clear()
    const store = await createReplicaStore(opened, LEDGER)
    const all: string[] = []
    for (const [number, count] of [
      [3, 5],
      [4, 0],
      [9, 12],
      [10, 1],
    ] as const) {
      const names = Array.from({ length: count }, (_, at) => `${number}/${at}`)
      await store.save(names.map(change), headerOf(number), NO_FACTS_SAVED)
      all.push(...names)
    }
    for (const most of [1, 4, 5, 100]) {
      const feed = createChangeFeed((read) => asOneState(opened.db, read), LEDGER)
      const told: string[] = []
      let cursor: string | null = null
      for (;;) {
        const batch = await feed.read(cursor, most)
        cursor = batch.cursor
        if (batch.changes.length === 0) break
        expect(batch.changes.length).to.be.at.most(most)
        told.push(...batch.changes.map(({ key }) => key))
      }
      expect(told).to.deep.equal(all)
      expect(await feed.read(cursor, most)).to.deep.equal({ changes: [], block: null, cursor })
    }
  })

  it('loses none, whatever pages are written again unheard, and goes back to none that was dealt with in peace', async () => {
    for (let seed = 1; seed <= RUNS; seed++) await readAlong(seed)
  })

  /**
   * A writer whose saves may be unheard, and written again up to other blocks and in another order within a page, and
   * a reader that reads in between, now and then from an earlier cursor, as one that was killed.
   */
  async function readAlong(seed: number): Promise<void> {
    await clear()
    const draw = createDraw(seed)
    const feed = createChangeFeed((read) => asOneState(opened.db, read), LEDGER)
    const told = new Set<string>()
    let [cursor, kept]: [string | null, string | null] = [null, null]
    const read = async (): Promise<number> => {
      if (draw(6) === 0) cursor = kept
      const { changes, cursor: next } = await feed.read(cursor, 1 + draw(6))
      for (const { key } of changes) told.add(key)
      kept = cursor
      cursor = next
      return changes.length
    }
    const changesIn = (from: number, to: number): Change[] => {
      const names = Array.from({ length: to - from }, (_, at) => from + 1 + at)
      const inOrder = names.flatMap((block) => [0, 1].map((at) => `${block}/${at}`))
      // A rulebook that was named in between brings its past before all else of the page.
      const early = inOrder.filter((name) => name.endsWith('1'))
      const late = inOrder.filter((name) => name.endsWith('0'))
      return (draw(2) === 0 ? inOrder : [...early, ...late]).map(change)
    }
    let isHeard = true
    const flush = async (): Promise<void> => {
      if (!isHeard) throw new Error('the disk does not answer')
    }
    const store = await createReplicaStore({ ...opened, flush }, LEDGER)
    let saved = 0
    while (saved < BLOCKS) {
      // Unheard: it is in the database, and whoever wrote it begins anew from where it knows.
      for (let unheard = draw(3); unheard > 0; unheard--) {
        const to = Math.min(BLOCKS, saved + 1 + draw(8))
        isHeard = false
        await store.save(changesIn(saved, to), headerOf(to), NO_FACTS_SAVED).catch(() => undefined)
        isHeard = true
        for (let times = draw(4); times > 0; times--) await read()
      }
      const to = Math.min(BLOCKS, saved + 1 + draw(8))
      await store.save(changesIn(saved, to), headerOf(to), NO_FACTS_SAVED)
      saved = to
      for (let times = draw(4); times > 0; times--) await read()
    }
    for (let silent = 0; silent < 8; ) silent = (await read()) === 0 ? silent + 1 : 0
    expect(told.size, `seed ${seed}`).to.equal(2 * BLOCKS)
  }

  it('goes on in no other store of the same ledger: begun anew, it has other blocks or other kinds of changes', async () => {
    await clear()
    const readAll = async (cursor: string | null, most: number) =>
      await createChangeFeed((read) => asOneState(opened.db, read), LEDGER).read(cursor, most)
    const saveTwo = async (): Promise<void> => {
      const store = await createReplicaStore(opened, LEDGER)
      for (const number of [1, 2])
        await store.save([change(`${number}/0`), change(`${number}/1`)], headerOf(number), NO_FACTS_SAVED)
    }
    // Of nothing that was read nothing can be another.
    const unread = (await readAll(null, 1)).cursor
    await saveTwo()
    const { cursor: inFirst } = await readAll(unread, 1)
    const { cursor: behindFirst } = await readAll(inFirst, 9)
    await clear()
    expect((await readAll(behindFirst, 9)).changes).to.deep.equal([])
    await saveTwo()
    for (const cursor of [inFirst, behindFirst])
      expect(await readAll(cursor, 9).catch((thrown: Error) => thrown)).to.be.instanceOf(CursorUndoneError)
    expect((await readAll(unread, 9)).changes).to.have.length(2)
  })

  it('goes on behind no other block than the one that was read', async () => {
    await clear()
    const store = await createReplicaStore(opened, LEDGER)
    await store.save([change('1/0')], headerOf(1), NO_FACTS_SAVED)
    const feed = createChangeFeed((read) => asOneState(opened.db, read), LEDGER)
    const { cursor } = await feed.read(null, 9)
    const [list, place] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string]
    const other = encodeCursor(list, place.replace(headerOf(1).hash, headerOf(2).hash))
    expect(await feed.read(other, 9).catch((thrown: Error) => thrown)).to.be.instanceOf(CursorUndoneError)
    // What is as it should be and was never given is no cursor either.
    for (const forged of [
      '',
      '/NaN//0/',
      '/1//0/',
      `/-1/${headerOf(1).hash}/0/`,
      '/1e3//0/',
      '/-1//0.5/',
      '/-1//7/',
      "/-1'//0/",
    ]) {
      const error = await feed.read(encodeCursor(list, forged), 9).catch((thrown: Error) => thrown)
      expect(error, forged).to.be.instanceOf(MalformedError)
    }
  })

  it('passes over no page that was lost or altered, also one that no start reads', async () => {
    const damages: readonly (() => Promise<unknown>)[] = [
      () => opened.db.deleteFrom('page').where('number', '=', 2).execute(),
      () => opened.db.deleteFrom('page').where('number', '>=', 2).execute(),
      () => opened.db.updateTable('page').set({ changes: '[]' }).where('number', '=', 2).execute(),
      () => opened.db.updateTable('page').set({ changes: 'z' }).where('number', '=', 2).execute(),
    ]
    for (const [at, damage] of damages.entries()) {
      await clear()
      const store = await createReplicaStore(opened, LEDGER)
      for (const number of [1, 2, 3])
        await store.save([change(`${number}/0`)], headerOf(number), NO_FACTS_SAVED)
      const feed = createChangeFeed((read) => asOneState(opened.db, read), LEDGER)
      const { cursor } = await feed.read(null, 9)
      await damage()
      const fault = await feed.read(cursor, 9).catch((thrown: Error) => thrown)
      expect(fault, `damage ${at}`).to.have.property('code', 'replica-damaged')
    }
  })

  it('takes no cursor of another ledger, none that nobody gave, and no batch without a bound', async () => {
    const feed = createChangeFeed((read) => asOneState(opened.db, read), LEDGER)
    const { cursor } = await createChangeFeed((read) => asOneState(opened.db, read), {
      ...LEDGER,
      chainId: 1,
    }).read(null, 1)
    for (const foreign of [cursor, '', 'AAAA', 'x'.repeat(10_000)]) {
      const error = await feed.read(foreign, 1).catch((thrown: Error) => thrown)
      expect(error).to.be.instanceOf(MalformedError)
    }
    for (const most of [0, -1, 0.5, MOST_CHANGES + 1]) {
      const error = await feed.read(null, most).catch((thrown: Error) => thrown)
      expect(error).to.be.instanceOf(RangeError)
    }
  })
})
