/** A save that came through and was not heard of is made again: what is kept stands there once all the same. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Change } from '@hefu/ledger/replica'
import type { Hex } from '@hefu/protocol'
import { holdFolder, openFolderDatabase, openStore } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { createReplicaStore } from '#internal/verifier/replica/replica-store'
import { REPLICA, type ReplicaSchema } from '#internal/verifier/replica/schema'

const LEDGER = { chainId: 31_337, address: `0x${'1e'.repeat(20)}` } as const

const noticeOf = (number: number): Change => ({
  history: 'notices',
  key: `11430000000000201H/${number}`,
  entry: { code: 1, stands: true, effectiveAt: number },
})

function headerOf(number: number) {
  const hash: Hex = `0x${String(number).padStart(64, '0')}`
  return { number, hash, parentHash: hash, time: number }
}

describe('The store of a replica', function () {
  this.timeout(120_000)
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-replica-store-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps a change once that was saved unheard, and again up to the same block or a later one', async () => {
    const held = await holdFolder(folder)
    const database = await openFolderDatabase(held, 'replica')
    const opened = await openStore<ReplicaSchema>(database, REPLICA)
    let failing = false
    const flush = async (): Promise<void> => {
      if (failing) throw new Error('the disk does not answer')
    }
    const store = await createReplicaStore({ ...opened, flush }, LEDGER)
    const saveUnheard = async (number: number): Promise<void> => {
      failing = true
      const error = await store.save([noticeOf(number)], headerOf(number)).catch((thrown: Error) => thrown)
      expect(error).to.be.instanceOf(Error)
      failing = false
    }
    await store.save([noticeOf(1)], headerOf(1))
    await saveUnheard(2)
    await store.save([noticeOf(2)], headerOf(2))
    await saveUnheard(3)
    await store.save([noticeOf(3)], headerOf(4))

    const kept: Change[] = []
    for await (const changes of store.changes()) kept.push(...changes)
    expect(kept).to.deep.equal([1, 2, 3].map(noticeOf))
    expect(await store.position()).to.deep.equal(headerOf(4))
    await opened.close()
    await database.close()
    await held.release()
  })

  it('gives back in their order pages of which one is more than is read at once, and many small ones', async () => {
    const path = join(folder, 'long')
    mkdirSync(path)
    const held = await holdFolder(path)
    const database = await openFolderDatabase(held, 'replica')
    const opened = await openStore<ReplicaSchema>(database, REPLICA)
    const store = await createReplicaStore(opened, LEDGER)
    const long = Array.from({ length: 50_000 }, (_, place) => noticeOf(place))
    const pages = [long, long, ...Array.from({ length: 300 }, (_, place) => [noticeOf(place)]), long]
    const rows = pages.map((changes, number) => ({ number, changes: JSON.stringify(changes) }))
    await opened.db.insertInto('page').values(rows).execute()
    let read = 0
    // As texts: of so many, a comparison member by member takes its time.
    for await (const changes of store.changes())
      expect(JSON.stringify(changes) === JSON.stringify(pages[read++]), `page ${read}`).to.equal(true)
    expect(read).to.equal(pages.length)
    await opened.close()
    await database.close()
    await held.release()
  })
})
