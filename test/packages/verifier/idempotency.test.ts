/** A request that is sent again with its key is answered as before, and done once. */
import { createHmac } from 'node:crypto'
import type { LedgerView } from '@hefu/protocol'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { createReplaySecret, createReplays } from '#internal/verifier/store/replays'
import { createSample, FACE, NOW, type Sample } from './sample.ts'
import { type Answer, post, startTestService, type TestService } from './service.ts'
import { testStore } from './test-store.ts'

const SECRET = createReplaySecret('a key of this file', 'its private part')

describe('Idempotency-Key', () => {
  let sample: Sample
  let service: TestService
  let asked = 0
  let hold: Promise<void> = Promise.resolve()

  before(async () => {
    sample = await createSample()
    const view: LedgerView = {
      ledger: sample.view.ledger,
      lookup: async (query) => {
        asked += 1
        await hold
        return sample.view.lookup(query)
      },
    }
    service = await startTestService(view)
  })
  after(() => service.close())

  const body = (members: object = {}) => ({
    presented: sample.bundle,
    receivingRegion: '440000',
    submitted: FACE,
    ...members,
  })
  const ask = (key: string, members: object = {}): Promise<Answer> =>
    post(service.url, body(members), { 'Idempotency-Key': key })
  const newKey = (): string => `"${crypto.randomUUID()}"`

  it('same key and same body: the same answer, byte for byte, and one verification', async () => {
    const key = newKey()
    const before = asked
    const first = await ask(key)
    const again = await ask(key)
    expect([first.status, again.status]).to.deep.equal([200, 200])
    expect(again.text).to.equal(first.text)
    expect(again.headers.get('content-type')).to.equal(first.headers.get('content-type'))
    expect(asked - before).to.equal(1)
    expect((await ask(key.slice(1, -1))).text, 'with or without quotation marks').to.equal(first.text)
    expect((await ask(newKey())).json.number).to.not.equal(first.json.number)
  })

  it('same key and another body: 422', async () => {
    const key = newKey()
    await ask(key)
    const { status, json } = await ask(key, { receivingRegion: '440100' })
    expect([status, json.code]).to.deep.equal([422, 'idempotency-key-reused'])
  })

  it('under way: 409 with Retry-After, and one answer in the end', async () => {
    const key = newKey()
    let goOn = (): void => undefined
    hold = new Promise((resolve) => {
      goOn = resolve
    })
    const before = asked
    const first = ask(key)
    while (asked === before) await new Promise((resolve) => setTimeout(resolve, 5))
    const second = await ask(key)
    expect([second.status, second.json.code]).to.deep.equal([409, 'request-under-way'])
    expect(second.headers.get('retry-after')).to.equal('1')
    const other = await ask(key, { caseNo: 'other' })
    expect(other.status).to.equal(422)
    goOn()
    const { text } = await first
    expect((await ask(key)).text).to.equal(text)
    expect(asked - before).to.equal(1)
  })

  it('a request that was refused leaves its key free', async () => {
    const key = newKey()
    expect((await ask(key, { asOf: NOW + 100 })).status).to.equal(422)
    expect((await ask(key)).status).to.equal(200)
  })

  it('a key that is none: 400', async () => {
    for (const key of [
      '',
      '"',
      '""',
      '"a',
      'a b',
      'a,b',
      'a;b',
      '"é"',
      'a'.repeat(15),
      `"${'a'.repeat(15)}"`,
      'a'.repeat(129),
      '"a" "b"',
      `"${'a b'.repeat(9)}"`,
    ]) {
      const { status, json } = await ask(key).catch(() => ({ status: 400, json: { code: 'not sent' } }))
      expect(status, key).to.equal(400)
      expect(json.code).to.be.oneOf(['idempotency-key-malformed', 'not sent', 'malformed-http'])
    }
  })

  it('keeps neither key nor body nor answer in plain, and opens an answer by the whole request alone', async () => {
    const key = newKey()
    const { json } = await ask(key)
    const { db } = await testStore()
    const rows = await db.selectFrom('replay').selectAll().execute()
    expect(rows).to.not.be.empty
    const kept = rows
      .flatMap(({ answer, key: one, fingerprint }) => [answer ?? new Uint8Array(), one, fingerprint])
      .map((bytes) => Buffer.from(bytes).toString('latin1'))
      .join('\n')
    for (const secret of [key.slice(1, -1), json.code, json.number, FACE.holderId, 'attestation'])
      expect(kept).to.not.include(secret)
  })

  it('is kept for 24 hours, and what a process that is no more had taken on is free after a minute', async () => {
    const { db } = await testStore()
    let now = NOW
    const replays = createReplays(db, SECRET, () => now)
    const request = { sender: ['a'], path: '/p', key: crypto.randomUUID(), bytes: Buffer.from('body') }
    const first = await replays.begin(request)
    expect(first.state).to.equal('begun')
    now += 59
    expect((await replays.begin(request)).state).to.equal('under-way')
    now += 1
    const second = await replays.begin(request)
    if (second.state !== 'begun' || first.state !== 'begun') throw new Error('expect it to be taken over')
    // The first comes back after all: its claim is another's now.
    await first.begun.release()
    expect((await replays.begin(request)).state).to.equal('under-way')
    const { begunAt, ...row } = second.begun.settle('{"a":1}')
    await db.updateTable('replay').set({ answer: row.answer }).where('key', '=', row.key).execute()
    expect(begunAt).to.equal(now)
    now += 86_399
    expect(await replays.begin(request)).to.deep.equal({ state: 'answered', answer: '{"a":1}' })
    expect((await replays.begin({ ...request, path: '/q' })).state).to.equal('other-body')
    expect((await replays.begin({ ...request, sender: ['b'] })).state, 'another sender').to.equal('begun')
    now += 1
    expect((await replays.begin(request)).state).to.equal('begun')
  })

  it('opens an answer with the secret of the service alone, also where key and request are guessed', async () => {
    const { db } = await testStore()
    const request = { sender: ['a'], path: '/p', key: '440300-2026-000001', bytes: Buffer.from('body') }
    const replays = createReplays(db, SECRET, () => NOW)
    const first = await replays.begin(request)
    if (first.state !== 'begun') throw new Error('expect it to be new')
    const { key, answer, fingerprint } = first.begun.settle('{"a":1}')
    await db.updateTable('replay').set({ answer }).where('key', '=', key).execute()
    expect(await replays.begin(request)).to.deep.equal({ state: 'answered', answer: '{"a":1}' })
    // Whoever has the rows and guesses all of the request, and all but the secret.
    const guessed = createReplays(db, createReplaySecret(SECRET.name, 'another'), () => NOW)
    expect((await guessed.begin(request)).state, 'not even that it was this request').to.equal('other-body')
    const withoutSecret = createHmac('sha256', request.key).update('/p\n').update(request.bytes).digest()
    expect(Buffer.from(fingerprint).equals(withoutSecret)).to.equal(false)
    // After a rotation it is told so, and nothing is done twice.
    const rotated = createReplays(db, createReplaySecret('a later key', 'its private part'), () => NOW)
    for (const bytes of [request.bytes, Buffer.from('other')])
      expect(await rotated.begin({ ...request, bytes })).to.deep.equal({ state: 'sealed-otherwise' })
  })

  it('that a former key of the service sealed is answered 409, and asks for a new one', async () => {
    const [former, later] = [await startTestService(sample.view), await startTestService(sample.view)]
    const key = { 'Idempotency-Key': newKey() }
    try {
      expect((await post(former.url, body(), key)).status).to.equal(200)
      const { status, json } = await post(later.url, body(), key)
      expect([status, json.code]).to.deep.equal([409, 'idempotency-answer-sealed'])
      expect((await post(later.url, body(), { 'Idempotency-Key': newKey() })).status).to.equal(200)
    } finally {
      await Promise.all([former.close(), later.close()])
    }
  })

  it('two processes that are asked at once: one of them answers', async () => {
    const { db } = await testStore()
    const request = { sender: ['a'], path: '/p', key: crypto.randomUUID(), bytes: Buffer.from('body') }
    const states = await Promise.all(
      Array.from({ length: 8 }, () => createReplays(db, SECRET, () => NOW).begin(request)),
    )
    expect(states.filter(({ state }) => state === 'begun')).to.have.length(1)
  })
})
