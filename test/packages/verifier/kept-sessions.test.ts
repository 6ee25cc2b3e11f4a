/** Sessions in the store: bounded, swept, opened by no other secret; and how far a person’s region narrows a client. */
import type { VerifierStore } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, beforeEach, describe, it } from 'mocha'
import { narrowClient, regionsSaid } from '#internal/verifier/access/narrowed-client'
import {
  createKeptSessions,
  type KeptSession,
  type KeptSessions,
} from '#internal/verifier/console/kept-sessions'
import { createSessionSeal, type SessionSeal } from '#internal/verifier/console/session-seal'
import { openVerifierStore } from '#internal/verifier/store/open-store'
import { DEFAULT_RETENTION, giveUpOld } from '#internal/verifier/store/retention'
import { createDatabase, findPostgres, startPostgres } from '../../fixtures/postgres-server.ts'
import { COUNTER } from './guarded-service.ts'
import { NOW } from './sample.ts'
import { openMemoryStore } from './test-store.ts'

type Session = Omit<KeptSession, 'isLocked'>

interface OpenedStore {
  readonly store: VerifierStore
  readonly end: () => Promise<void>
}

async function openPglite(): Promise<OpenedStore> {
  const store = await openMemoryStore()
  return { store, end: store.close }
}

/** `null`: there is none on this machine. */
async function openPostgres(): Promise<OpenedStore | null> {
  const bin = findPostgres()
  if (bin === null) return null
  const server = await startPostgres(bin)
  const store = await openVerifierStore(await createDatabase(server))
  return {
    store,
    end: async () => {
      await store.close()
      await server.stop()
    },
  }
}

for (const [where, open] of [
  ['in PGlite', openPglite],
  ['in PostgreSQL', openPostgres],
] as const) {
  describe(`sessions in the store, ${where}`, () => provenIn(open))
}

function provenIn(open: () => Promise<OpenedStore | null>): void {
  const faults: unknown[] = []
  const seal = createSessionSeal('kid', 'd of the signing key')
  let store: VerifierStore
  let kept: KeptSessions
  let end: () => Promise<void> = async () => undefined
  before(async function () {
    this.timeout(60_000)
    const opened = await open()
    if (opened === null) return this.skip()
    store = opened.store
    end = opened.end
    kept = keptBy(seal)
  })
  after(() => end())
  beforeEach(async () => {
    faults.length = 0
    await store.db.deleteFrom('console_session').execute()
  })

  const keptBy = (by: SessionSeal, bounds = { mostInAll: 4, mostOfPerson: 2 }) =>
    createKeptSessions(store.db, by, (fault) => faults.push(fault), bounds)
  const sessionOf = (person: string, begunAt: number): Session => ({
    id: seal.idOf(seal.drawCookie()) ?? Buffer.alloc(0),
    person: seal.personOf(person),
    begunAt,
    endsAt: begunAt + 100,
    seenAt: begunAt,
    content: {
      name: person,
      roles: ['clerk'],
      claims: {},
      region: null,
      scopes: ['verify'],
      signIn: null,
      tokens: { access: 'a', refresh: 'r', expiresAt: begunAt + 50, renewAt: begunAt + 40 },
    },
  })
  async function addAll(...all: Session[]): Promise<void> {
    for (const session of all) await kept.add(session, null)
  }
  const there = async (...all: Session[]): Promise<boolean[]> =>
    Promise.all(all.map(async ({ id }) => (await kept.find(id)) !== undefined))

  it('are as many of a person, and in all, as may be: the oldest give way, and never the one that begins', async () => {
    const mine = [0, 1, 2].map((at) => sessionOf('me', NOW + at))
    await addAll(...mine)
    expect(await there(...mine)).to.deep.equal([false, true, true])
    const others = ['a', 'b', 'c'].map((person, at) => sessionOf(person, NOW + 3 + at))
    await addAll(...others)
    expect(await there(...mine, ...others)).to.deep.equal([false, false, true, true, true, true])
    // Also of a clock that is behind.
    const late = sessionOf('d', NOW - 60)
    await addAll(late)
    expect(await there(late, ...others, ...mine)).to.deep.equal([true, true, true, true, false, false, false])
  })

  it('stand in the place of the one that the browser had', async () => {
    const [first, next] = [sessionOf('me', NOW), sessionOf('you', NOW)]
    await kept.add(first, null)
    await kept.add(next, first.id)
    expect(await there(first, next)).to.deep.equal([false, true])
  })

  it('are seen while they are used, and neither once they are locked nor after a pause', async () => {
    const session = sessionOf('me', NOW)
    await addAll(session)
    expect(await kept.see(session.id, NOW + 9, NOW - 1)).to.equal(true)
    expect(await kept.see(session.id, NOW + 5, NOW - 1), 'by a clock that is behind').to.equal(true)
    expect((await kept.find(session.id))?.seenAt).to.equal(NOW + 9)
    expect(await kept.see(session.id, NOW + 19, NOW + 9)).to.equal(false)
    expect(await kept.see(session.id, NOW + 18, NOW + 8)).to.equal(true)
    await kept.lock(session.id)
    expect(await kept.see(session.id, NOW + 19, NOW)).to.equal(false)
  })

  it('are renewed by one at a time', async () => {
    const session = sessionOf('me', NOW)
    await addAll(session)
    const taken = await Promise.all([1, 2, 3].map(() => kept.takeRenewal(session.id)))
    expect(taken.filter((one) => one !== undefined)).to.have.length(1)
    const content = { ...session.content, name: 'renewed' }
    await kept.renew({ ...session, isLocked: false }, content)
    expect((await kept.find(session.id))?.content.name).to.equal('renewed')
    expect(await kept.takeRenewal(session.id)).to.not.equal(undefined)
  })

  it('are opened by the secret that they were sealed with alone', async () => {
    const session = sessionOf('me', NOW)
    await addAll(session)
    expect(await keptBy(createSessionSeal('other kid', 'other d')).find(session.id)).to.equal(undefined)
    expect(faults, 'after a change of keys that is no fault').to.deep.equal([])
    expect(await keptBy(createSessionSeal('kid', 'other d')).find(session.id)).to.equal(undefined)
    expect(faults).to.have.length(1)
    const cookie = seal.drawCookie()
    expect(createSessionSeal('kid', 'other d').idOf(cookie)).to.equal(null)
    expect(seal.idOf(`${cookie}A`)).to.equal(null)
  })

  it('are given up once they have ended', async () => {
    const [over, going] = [sessionOf('me', NOW - 101), sessionOf('you', NOW)]
    await addAll(over, going)
    expect((await giveUpOld(store.db, DEFAULT_RETENTION, NOW)).sessions).to.equal(1)
    expect(await there(over, going)).to.deep.equal([false, true])
  })
}

describe('a client for a person of a region', () => {
  const regionsOf = (receivingRegions: 'any' | readonly string[], ...said: unknown[]): unknown => {
    const client = {
      ...COUNTER,
      receivingRegions: receivingRegions === 'any' ? ('any' as const) : new Set(receivingRegions),
    }
    const claims = said.map((hefu_region) => ({ hefu_region }))
    const narrowed = narrowClient(client, regionsSaid(claims)).receivingRegions
    return narrowed === 'any' ? narrowed : [...narrowed]
  }

  it('asks for what both may, and for nothing where that is nothing, or no region', () => {
    for (const [client, said, expected] of [
      ['any', [], 'any'],
      [['440000'], [], ['440000']],
      ['any', ['440300'], ['440300']],
      [['440000'], ['440300'], ['440300']],
      [['440300', '440100', '430000'], ['440000'], ['440300', '440100']],
      [['440305'], ['440300'], ['440305']],
      [['440300'], ['440305'], ['440305']],
      [['440000'], ['430000'], []],
      ['any', ['440000', '440300'], ['440300']],
      ['any', ['440000', '430000'], []],
      ['any', ['440000', '440000'], ['440000']],
      ['any', ['Guangdong'], []],
      ['any', [null], []],
      ['any', [440000], []],
      [['440000'], [['440000']], []],
      ['any', [''], []],
    ] as const)
      expect(regionsOf(client, ...said), JSON.stringify([client, said])).to.deep.equal(expected)
  })
})
