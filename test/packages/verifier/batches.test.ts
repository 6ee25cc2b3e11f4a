/** Batches: many licences given at once are verified as each would be alone, once, in flat memory, and told in their order. */
import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import {
  encodeQrReference,
  type LedgerQuery,
  type LedgerView,
  parsePresented,
  suite,
  verifyAttestation,
} from '@hefu/protocol'
import { createLoadGate, type Exchange, readClock } from '@hefu/service'
import type { VerifierStore } from '@hefu/verifier'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, afterEach, before, beforeEach, describe, it } from 'mocha'
import { createBatchShare } from '#internal/verifier/batch/batch-share'
import { SupersededError } from '#internal/verifier/batch/chunk-leases'
import { giveUpChunk } from '#internal/verifier/batch/do-chunk'
import { createKeptBatches } from '#internal/verifier/batch/kept-batches'
import { resealBatches } from '#internal/verifier/batch/reseal-batches'
import { createEvidenceLog } from '#internal/verifier/store/evidence'
import { DEFAULT_RETENTION, giveUpOld } from '#internal/verifier/store/retention'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { askBatch, giveBatch, linesOf, type ResultLine, readResults, waitForBatch } from './batch-client.ts'
import { bearer, startGuardedService, startProvider, tokenOf } from './guarded-service.ts'
import { alter, createSample, FACE, NOW, type Sample } from './sample.ts'
import { post, send, startTestService, type TestService } from './service.ts'
import { DEPOSITS, openMemoryStore } from './test-store.ts'

/** Of all services here, which are there one after another. */
let store: VerifierStore
before(async () => {
  store = await openMemoryStore()
})
after(() => store.close())

/** What one test left counts no more for the next. */
const forget = async (): Promise<void> => {
  await sql`delete from hefu_verifier.batch`.execute(store.db)
}

describe('a batch', () => {
  let sample: Sample
  let service: TestService
  let clockAt = NOW

  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view, {
      store,
      deposits: DEPOSITS,
      batchThreads: 2,
      mostBatchItems: 1_000,
      clock: () => clockAt,
      access: 'unguarded',
    })
  })
  afterEach(forget)
  after(() => service.close())

  it('is answered 202 with its number, and ends with what each of its items would be answered alone', async () => {
    const good = { presented: sample.bundle, receivingRegion: '440000' }
    const requests = [
      good,
      { ...good, presented: alter(sample.bundle) },
      { ...good, presented: sample.credential },
      { ...good, presented: 'no licence' },
      { ...good, submitted: FACE, caseNo: 'c-1', serviceItem: 'ITEM-1', useCause: '跨省办理' },
      { ...good, receivingRegion: '110000', asOf: NOW - 500 },
    ]
    const answer = await giveBatch(service.url, linesOf(requests.map((one, i) => ({ id: `t-${i}`, ...one }))))
    expect(answer.status, answer.text).to.equal(202)
    const { number, items, expiresAt } = answer.json
    expect([items, expiresAt]).to.deep.equal([requests.length, NOW + 86_400])
    expect(answer.headers.get('location')).to.equal(`/v1/batches/${number}`)
    const state = await waitForBatch(service.url, number)
    expect(state).to.include({ done: requests.length, refused: 0 })
    const lines = await readResults(service.url, number)
    expect(lines.map(({ item, id }) => [item, id])).to.deep.equal(requests.map((_, i) => [i + 1, `t-${i}`]))
    for (const [i, request] of requests.entries()) {
      const { json } = await post(service.url, request)
      const { number: numbered, report, attestation, code } = lines[i]
      expect({ ...report, number: json.number }).to.deep.equal(json.report)
      expect(await verifyAttestation(attestation, service.verifierKey)).to.deep.equal(report)
      const kept = await send(`${service.url}/v1/reports/${numbered}`)
      expect(kept.json).to.deep.equal({ report, attestation })
      const checked = await send(`${service.url}/v1/report-checks`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ number: numbered, code }),
      })
      expect(checked.status).to.equal(200)
      const rows = await store.db
        .selectFrom('reading')
        .selectAll()
        .where('report', 'in', [numbered, json.number])
        .where('kind', '=', 'verification')
        .execute()
      expect(rows).to.have.length(2)
      const [one, other] = rows.map(({ number: _, report: __, ...row }) => row)
      expect(one).to.deep.equal(other)
    }
  })

  const good = (): { presented: string; receivingRegion: string } => ({
    presented: sample.bundle,
    receivingRegion: '440000',
  })
  const countRows = async (
    table: 'batch' | 'batch_chunk' | 'batch_result',
    number: string,
  ): Promise<number> => {
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from ${sql.table(`hefu_verifier.${table}`)}
      where ${sql.ref(table === 'batch' ? 'number' : 'batch')} = ${number}`.execute(store.db)
    return rows[0]?.n ?? 0
  }

  it('takes what its first line says for all, unless an item says otherwise', async () => {
    const { presented } = good()
    const all = { receivingRegion: '440000', useCause: '投标资格审查', caseNo: 'T-1' }
    const items = [{ presented }, { presented, receivingRegion: '110000', caseNo: 'T-2' }]
    const { json } = await giveBatch(service.url, linesOf([{ all }, ...items]))
    expect(json.items).to.equal(2)
    await waitForBatch(service.url, json.number)
    const lines = await readResults(service.url, json.number)
    expect(lines.map(({ report }) => [report.request.receivingRegion, report.request.caseNo])).to.deep.equal([
      ['440000', 'T-1'],
      ['110000', 'T-2'],
    ])
    for (const bad of [{ all: { receivingRegion: '990000' } }, { all: { other: 1 } }, { all, presented }]) {
      const refused = await giveBatch(service.url, linesOf([bad, ...items]))
      expect([refused.status, refused.json.code]).to.deep.equal([422, 'not-a-request'])
    }
  })

  it('tells of each line that is no request what is wrong with it, and goes on', async () => {
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
    const bad: readonly (readonly [object | string, string])[] = [
      ['{"presented":', 'not-json'],
      ['7', 'not-a-request'],
      ['[]', 'not-a-request'],
      [deep, 'too-many-members'],
      ['{"id":"a","id":"b"}', 'repeated-member'],
      [`"${'x'.repeat(600_000)}"`, 'too-large'],
      [{ ...good(), receivingRegion: '990000' }, 'not-a-request'],
      [{ ...good(), id: '11010519491231002X' }, 'not-a-request'],
      [{ ...good(), caseNo: '11010519491231002X' }, 'not-a-request'],
      [{ ...good(), explain: true }, 'not-a-request'],
      [{ ...good(), asOf: NOW + 60 }, 'not-a-request'],
      [{ ...good(), other: '张样例' }, 'not-a-request'],
    ]
    const text = Buffer.from(linesOf(bad.flatMap(([line]) => [line, '', good()])))
    const whole = Buffer.concat([
      text,
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.alloc(10_485_760, 0x20),
      Buffer.from('x'),
    ])
    const { json, status } = await giveBatch(service.url, whole)
    expect(status).to.equal(202)
    const expected = [...bad.flatMap(([, code]) => [code, null]), 'not-text', 'too-large']
    expect(json.items).to.equal(expected.length)
    const state = await waitForBatch(service.url, json.number)
    expect(state.refused).to.equal(bad.length + 2)
    expect(state.verdicts.accepted).to.equal(bad.length)
    const lines = await readResults(service.url, json.number)
    expect(lines.map(({ problem }) => problem?.code ?? null)).to.deep.equal(expected)
    expect(lines.map(({ item }) => item)).to.deep.equal(expected.map((_, i) => i + 1))
    for (const { problem, line, item } of lines.filter((one) => 'problem' in one)) {
      expect(problem.says.zh).to.match(/\p{Script=Han}/u)
      expect(JSON.stringify(problem)).to.not.include('张样例').and.not.include('11010519491231002X')
      if (item <= 2 * bad.length) expect(line).to.equal(((item - 1) / 2) * 3 + 1)
    }
    expect(service.log()).to.not.include('张样例').and.not.include('11010519491231002X')
  })

  it('is none where nothing stands in it, where it is more than may be, and where it is of another form', async () => {
    for (const [body, headers, code] of [
      ['\n \n\r\n', {}, 'batch-empty'],
      [linesOf([{ all: {} }]), {}, 'batch-empty'],
      [linesOf([good()]), { 'Content-Type': 'application/json' }, 'unsupported-media-type'],
      [linesOf([good()]), { 'Content-Encoding': 'gzip' }, 'unsupported-media-type'],
      [linesOf([good()]), { Accept: 'text/html' }, 'not-acceptable'],
      ['x\n'.repeat(1_001), {}, 'too-many-items'],
    ] as const) {
      const answer = await giveBatch(service.url, body, headers as Record<string, string>)
      expect(answer.json.code, answer.text).to.equal(code)
    }
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from hefu_verifier.batch where state = 'receiving'`.execute(store.db)
    expect(rows[0]?.n).to.equal(0)
  })

  it('that was not sent to its end is thrown away', async () => {
    const before = await countAll(store)
    const { port } = new URL(service.url)
    const socket = connect(Number(port), '127.0.0.1')
    const line = linesOf([good()])
    socket.write(
      `POST /v1/batches HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: 10000000\r\n\r\n${line.repeat(200)}`,
    )
    await until(async () => (await countAll(store)).chunks > before.chunks)
    socket.destroy()
    await until(async () => (await countAll(store)).batches === before.batches)
    expect((await countAll(store)).chunks).to.equal(before.chunks)
  })

  it('that waits to be asked for is asked for', async () => {
    const body = linesOf(Array.from({ length: 150 }, good))
    const { port } = new URL(service.url)
    const answer = await new Promise<string>((resolve, reject) => {
      const headers = {
        'Content-Type': 'application/x-ndjson',
        'Content-Length': body.length,
        Expect: '100-continue',
      }
      const req = request({ port, path: '/v1/batches', method: 'POST', headers })
      req.on('continue', () => req.end(body))
      req.on('error', reject)
      req.on('response', async (res) => resolve(await text(res)))
      req.flushHeaders()
    })
    expect(JSON.parse(answer).items).to.equal(150)
    await waitForBatch(service.url, JSON.parse(answer).number)
  })

  it('that is sent again with its key is the same batch; with other bytes it is refused', async () => {
    const key = { 'Idempotency-Key': `"${crypto.randomUUID()}"` }
    const body = linesOf([good(), good()])
    const first = await giveBatch(service.url, body, key)
    const again = await giveBatch(service.url, body, key)
    expect([again.status, again.text]).to.deep.equal([202, first.text])
    expect(again.headers.get('location')).to.equal(first.headers.get('location'))
    const other = await giveBatch(service.url, linesOf([good()]), key)
    expect([other.status, other.json.code]).to.deep.equal([422, 'idempotency-key-reused'])
    expect((await waitForBatch(service.url, first.json.number)).done).to.equal(2)
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from hefu_verifier.batch where state = 'receiving'`.execute(store.db)
    expect(rows[0]?.n).to.equal(0)
  })

  it('is told in its order, as far as all before is done, and goes on behind any line', async () => {
    const { json } = await giveBatch(
      service.url,
      linesOf(Array.from({ length: 200 }, (_, i) => ({ id: `${i}`, ...good() }))),
    )
    await waitForBatch(service.url, json.number)
    const lines = await readResults(service.url, json.number)
    expect(lines.map(({ id }) => id)).to.deep.equal(Array.from({ length: 200 }, (_, i) => `${i}`))
    for (const at of [0, 62, 63, 64, 130, 198]) {
      const rest = await readResults(service.url, json.number, {}, lines[at].after)
      expect(rest.map(({ item }) => item)).to.deep.equal(lines.slice(at + 1).map(({ item }) => item))
    }
    expect(await readResults(service.url, json.number, {}, lines[199].after)).to.deep.equal([])
    const others = await giveBatch(service.url, linesOf([good()]))
    for (const after of ['x', '1', `${lines[0].after}x`])
      expect(
        (await send(`${service.url}/v1/batches/${json.number}/results?after=${after}`)).json.code,
      ).to.equal('bad-cursor')
    const elsewhere = await send(
      `${service.url}/v1/batches/${others.json.number}/results?after=${lines[0].after}`,
    )
    expect(elsewhere.json.code).to.equal('bad-cursor')
  })

  it('leaves out nothing of an altered store in silence: a report that is not the one is not told', async () => {
    const { json } = await giveBatch(service.url, linesOf([good()]))
    await waitForBatch(service.url, json.number)
    const [line] = await readResults(service.url, json.number)
    await sql`alter table hefu_verifier.report disable trigger all`.execute(store.db)
    await sql`update hefu_verifier.report set attestation = 'e30.e30.AA' where number = ${line.number}`.execute(
      store.db,
    )
    await sql`alter table hefu_verifier.report enable trigger all`.execute(store.db)
    const answer = await send(`${service.url}/v1/batches/${json.number}/results`)
    expect([answer.status, answer.json.code]).to.deep.equal([500, 'report-unproven'])
  })

  it('expires after a day, with all that is kept of it', async () => {
    const { json } = await giveBatch(service.url, linesOf([good()]))
    await waitForBatch(service.url, json.number)
    await giveUpOld(store.db, DEFAULT_RETENTION, NOW + 86_399)
    expect(await countRows('batch_result', json.number)).to.equal(1)
    clockAt = NOW + 86_400
    try {
      expect((await askBatch(service.url, json.number)).json.code).to.equal('batch-not-found')
    } finally {
      clockAt = NOW
    }
    expect((await giveUpOld(store.db, DEFAULT_RETENTION, NOW + 86_400)).batches).to.be.at.least(1)
    expect(await countRows('batch', json.number)).to.equal(0)
    expect(await countRows('batch_result', json.number)).to.equal(0)
  })
})

describe('a batch over other services', () => {
  let sample: Sample

  before(async () => {
    sample = await createSample()
  })
  afterEach(forget)

  const good = (): { presented: string; receivingRegion: string } => ({
    presented: sample.bundle,
    receivingRegion: '440000',
  })

  describe('over a ledger that does not answer yet', () => {
    let held: TestService
    let release: () => void
    let isHeld: (query: LedgerQuery) => boolean

    beforeEach(async () => {
      const gate = new Promise<void>((resolve) => {
        release = resolve
      })
      isHeld = () => true
      const view: LedgerView = {
        ledger: sample.view.ledger,
        lookup: async (query) => {
          if (isHeld(query)) await gate
          return sample.view.lookup(query)
        },
      }
      held = await startTestService(view, {
        store,
        deposits: DEPOSITS,
        batchThreads: 1,
        ledgerDeadlineMs: 60_000,
      })
    })
    afterEach(async () => {
      release()
      await held.close()
    })

    it('shows nothing of its items to who has the store', async () => {
      const { json } = await giveBatch(held.url, linesOf([{ ...good(), submitted: FACE, id: 'tender-77' }]))
      const { rows } = await sql<{
        sealed: Uint8Array
      }>`select sealed from hefu_verifier.batch_chunk`.execute(store.db)
      expect(rows).to.have.length(1)
      const bytes = Buffer.from(rows[0]?.sealed ?? []).toString('latin1')
      for (const text of [FACE.holderId, 'tender-77', sample.bundle.slice(0, 40), 'presented'])
        expect(bytes).to.not.include(text)
      expect((await askBatch(held.url, json.number)).json).to.include({ state: 'running', done: 0 })
    })

    it('is not told beyond the first item that is not done', async () => {
      isHeld = ({ receivingRegion }) => receivingRegion === '110000'
      const items = Array.from({ length: 130 }, good)
      items[70] = { ...good(), receivingRegion: '110000' }
      const { json } = await giveBatch(held.url, linesOf(items))
      await waitForBatch(held.url, json.number, ({ done }) => done === 66)
      expect(await readResults(held.url, json.number)).to.have.length(64)
      release()
      await waitForBatch(held.url, json.number)
      expect(await readResults(held.url, json.number)).to.have.length(130)
    })

    it('that is cancelled ends, and nothing is kept of it: also not what was under way', async () => {
      const readings = await countReadings()
      const { json } = await giveBatch(held.url, linesOf(Array.from({ length: 300 }, good)))
      const cancelled = await askBatch(held.url, json.number, {}, 'DELETE')
      expect(cancelled.json).to.include({ state: 'cancelled', items: 300, done: 0 })
      release()
      expect((await askBatch(held.url, json.number, {}, 'DELETE')).json).to.deep.equal(cancelled.json)
      const after = await giveBatch(held.url, linesOf([good()]))
      await waitForBatch(held.url, after.json.number)
      expect((await askBatch(held.url, json.number)).json).to.deep.equal(cancelled.json)
      expect(await readResults(held.url, json.number)).to.deep.equal([])
      await held.close()
      const { rows } = await sql<{ n: number }>`select (select count(*) from hefu_verifier.batch_chunk)::int
        + (select count(*) from hefu_verifier.reading)::int as n`.execute(store.db)
      expect(rows[0]?.n, 'the one that came afterwards').to.equal(readings + 1)
    })

    it('is bounded in number for each client, and one that is cancelled counts no more', async () => {
      const numbers: string[] = []
      for (let i = 0; i < 8; i++) numbers.push((await giveBatch(held.url, linesOf([good()]))).json.number)
      const full = await giveBatch(held.url, linesOf([good()]))
      expect([full.status, full.json.code]).to.deep.equal([409, 'batches-full'])
      await askBatch(held.url, numbers[0] ?? '', {}, 'DELETE')
      expect((await giveBatch(held.url, linesOf([good()]))).status).to.equal(202)
    })
  })

  it('whose item ends the thread tells of that item alone, and of the others what they are', async () => {
    const before = await countReadings()
    const dying = await startTestService(sample.view, {
      store,
      deposits: DEPOSITS,
      batchThreads: 1,
      batchProgram: new URL('./fixtures/dying-worker.ts', import.meta.url),
    })
    try {
      const items = Array.from({ length: 5 }, good)
      items[3] = { ...good(), presented: 'ENDS-THE-THREAD' }
      const { json } = await giveBatch(dying.url, linesOf(items))
      const state = await waitForBatch(dying.url, json.number)
      expect([state.verdicts.accepted, state.refused]).to.deep.equal([4, 1])
      const lines = await readResults(dying.url, json.number)
      expect(lines.map((line) => line.problem?.code ?? line.verdict)).to.deep.equal([
        'accepted',
        'accepted',
        'accepted',
        'item-unanswered',
        'accepted',
      ])
      expect((await countReadings()) - before).to.equal(4)
    } finally {
      await dying.close()
    }
  })

  it('is not taken where nothing could be sealed', async () => {
    const without = await startTestService(sample.view, { store })
    try {
      const answer = await giveBatch(without.url, linesOf([good()]))
      expect([answer.status, answer.json.code]).to.deep.equal([404, 'no-batches'])
    } finally {
      await without.close()
    }
  })
})

describe('batches of clients', () => {
  let provider: IdentityProvider
  let sample: Sample
  let service: TestService

  before(async () => {
    provider = await startProvider()
    sample = await createSample(readClock())
    service = await startGuardedService(
      sample.view,
      provider,
      {},
      { store, deposits: DEPOSITS, batchThreads: 1 },
    )
  })
  after(async () => {
    await service.close()
    await provider.stop()
  })

  const as = async (id: string, scope = 'verify'): Promise<Record<string, string>> =>
    bearer(await tokenOf(provider, id, undefined, scope))
  const good = (): object => ({ presented: sample.bundle, receivingRegion: '440000' })
  const giveAndRead = async (id: string, items: readonly object[]): Promise<readonly ResultLine[]> => {
    const headers = await as(id)
    const { json } = await giveBatch(service.url, linesOf(items), headers)
    await waitForBatch(service.url, json.number, undefined, headers)
    return readResults(service.url, json.number, headers)
  }

  it('are their own: another client has none of that number', async () => {
    const { json } = await giveBatch(service.url, linesOf([good()]), await as('counter'))
    for (const [path, method] of [
      ['', 'GET'],
      ['', 'DELETE'],
      ['/results', 'GET'],
    ] as const) {
      const answer = await send(`${service.url}/v1/batches/${json.number}${path}`, {
        method,
        headers: await as('bench'),
      })
      expect([answer.status, answer.json.code]).to.deep.equal([404, 'batch-not-found'])
    }
    await waitForBatch(service.url, json.number, undefined, await as('counter'))
  })

  it('compare no more wrong values with a licence that was found than single requests do', async () => {
    const body = JSON.stringify({
      presented: sample.bundle,
      reference: encodeQrReference(sample.bundle, suite),
    })
    const headers = { 'Content-Type': 'application/json', ...(await as('counter', 'deposit')) }
    expect((await send(`${service.url}/v1/deposits`, { method: 'POST', headers, body })).status).to.equal(200)
    const finding = await as('counter', 'verify retrieve')
    const { jti: presented } = parsePresented(sample.bundle).credential.claims
    const item = { presented, receivingRegion: '440000', caseNo: 'c-1', useCause: '跨省办理' }
    const problemsOf = async (items: readonly object[]): Promise<readonly string[]> => {
      const { json } = await giveBatch(service.url, linesOf(items), finding)
      await waitForBatch(service.url, json.number, undefined, finding)
      const lines = await readResults(service.url, json.number, finding)
      return lines.flatMap(({ problem }) => problem?.code ?? [])
    }
    const right = { ...item, submitted: { holderName: FACE.holderName } }
    expect(await problemsOf([right, right])).to.deep.equal([])
    const guesses = Array.from({ length: 12 }, (_, at) => ({ ...item, submitted: { holderName: `张${at}` } }))
    expect(await problemsOf(guesses)).to.deep.equal(Array(2).fill('too-many-comparisons'))
    expect(await problemsOf([right, item])).to.deep.equal(['too-many-comparisons'])
  })

  it('tell of a licence that was found those tokens alone that may have one found', async () => {
    const finding = await as('bench', 'verify retrieve')
    const { jti: presented } = parsePresented(sample.bundle).credential.claims
    const found = { presented, receivingRegion: '440000', caseNo: 'c-1', useCause: '跨省办理' }
    const { json } = await giveBatch(service.url, linesOf([found, good()]), finding)
    await waitForBatch(service.url, json.number, undefined, finding)
    const told = async (headers: Record<string, string>) =>
      (await readResults(service.url, json.number, headers)).map((line) => line.problem?.code ?? line.verdict)
    expect(await told(finding)).to.deep.equal(['accepted', 'accepted'])
    expect(await told(await as('bench'))).to.deep.equal(['scope-missing', 'accepted'])
  })

  it('tell who may know yes or no just that', async () => {
    const [line] = await giveAndRead('portal', [{ ...good(), id: 'p' }])
    const { json } = await post(service.url, good(), await as('portal'))
    expect(Object.keys(line)).to.have.members(['item', 'id', 'after', ...Object.keys(json)])
    expect({ ...line, number: '' }).to.deep.include({ ...json, number: '' })
    const reading = await store.db
      .selectFrom('reading')
      .select('shown')
      .where('report', '=', line.number)
      .execute()
    expect(reading).to.deep.equal([{ shown: 'verdict' }])
  })

  it('are given by who may give them', async () => {
    const answer = await giveBatch(service.url, linesOf([good()]), await as('wallet'))
    expect([answer.status, answer.json.code]).to.deep.equal([403, 'batch-not-permitted'])
  })

  it('hold the regions and types of their client item by item, and nothing is recorded of what it may not know', async () => {
    const lines = await giveAndRead('guangdong', [good(), { ...good(), receivingRegion: '110000' }])
    expect(lines.map((line) => line.problem?.code ?? line.verdict)).to.deep.equal([
      'accepted',
      'region-not-permitted',
    ])
    const before = await store.db.selectFrom('reading').select('number').execute()
    const [line] = await giveAndRead('drivers', [good()])
    expect(line.problem.code).to.equal('type-not-permitted')
    expect(await store.db.selectFrom('reading').select('number').execute()).to.have.length(before.length)
  })
})

describe('a chunk of a batch', () => {
  afterEach(forget)

  it('is had by one at a time, and what came of it is kept once, whoever did it twice', async () => {
    const batches = await createKeptBatches(store, DEPOSITS.keys, () => NOW)
    const batch = await batches.begin({ client: 'c', person: null, finds: false, narrowedTo: [] }, 1)
    if (batch === 'full') throw new Error('it is the first')
    const problem = { code: 'x', says: { zh: '无', en: 'none' } }
    await batch.add([{ item: 1, id: null, line: 1, problem }])
    expect(await batches.take(['c']), 'it is not whole').to.equal(null)
    await batch.settle(1, NOW + 60, null)
    expect(await batches.take(['other'])).to.equal(null)
    const slow = await batches.take(['c'])
    expect(await batches.take(['c']), 'it is had').to.equal(null)
    await sql`update hefu_verifier.batch_chunk set leased_until = 0`.execute(store.db)
    const quick = await batches.take(['c'])
    expect([slow?.tries, quick?.tries]).to.deep.equal([1, 2])
    const log = createEvidenceLog(store)
    const done = giveUpChunk(quick?.items ?? [])
    await quick?.complete(log, done.evidence, done.results)
    const again = await slow?.complete(log, done.evidence, done.results).catch((error: unknown) => error)
    expect(again).to.be.instanceOf(SupersededError)
    expect(await batches.find(batch.number, { id: 'c' })).to.include({ state: 'done', done: 1, refused: 1 })
    expect(await batches.resultsAfter(batch.number, 0)).to.have.length(1)
  })

  it('is opened by a key that it was sealed under anew, and by none that it was not', async () => {
    const batches = await createKeptBatches(store, DEPOSITS.keys, () => NOW)
    const batch = await batches.begin({ client: 'c', person: null, finds: false, narrowedTo: [] }, 1)
    if (batch === 'full') throw new Error('it is the first')
    const problem = { code: 'x', says: { zh: '无', en: 'none' } }
    await batch.add([{ item: 1, id: null, line: 1, problem }])
    await batch.settle(1, NOW + 60, null)
    const other = { name: 'other', key: randomBytes(32) }
    const refusal = await createKeptBatches(store, [other], () => NOW).catch((error: unknown) => error)
    expect(refusal).to.include({ code: 'deposit-key-missing' })
    expect(await resealBatches(store, [other, ...DEPOSITS.keys])).to.equal(1)
    expect(await resealBatches(store, [other, ...DEPOSITS.keys])).to.equal(0)
    const chunk = await (await createKeptBatches(store, [other], () => NOW)).take(['c'])
    expect(chunk?.items).to.deep.equal([{ item: 1, id: null, line: 1, problem }])
  })

  it('that is given back is had by others at once', async () => {
    const batches = await createKeptBatches(store, DEPOSITS.keys, () => NOW)
    const batch = await batches.begin({ client: 'c', person: null, finds: false, narrowedTo: [] }, 1)
    if (batch === 'full') throw new Error('it is the first')
    await batch.add([{ item: 1, id: null, line: 1, problem: { code: 'x', says: { zh: '无', en: 'none' } } }])
    await batch.settle(1, NOW + 60, null)
    const taken = await batches.take(['c'])
    await taken?.release()
    expect((await batches.take(['c']))?.tries).to.equal(1)
  })
})

describe('the share of batches', () => {
  it('is all while nobody else is there, and half of the time for a moment after somebody asked', async () => {
    let now = 0
    const load = createLoadGate(1)
    const share = createBatchShare(
      load,
      ({ path }) => path === '/v1/batches',
      () => now,
    )
    const ask = (path: string): unknown => share.load.turnAway({ path } as Exchange, {})
    const restOf = async (tookMs: number): Promise<number> => {
      const beganAt = performance.now()
      await share.giveWay(tookMs)
      return performance.now() - beganAt
    }
    ask('/v1/batches')
    expect(share.hasOthers()).to.equal(false)
    expect(await restOf(10_000)).to.be.lessThan(500)
    ask('/v1/verifications')
    expect(share.hasOthers()).to.equal(true)
    expect(await restOf(60)).to.be.at.least(55)
    now += 251
    expect(share.hasOthers()).to.equal(false)
  })
})

async function countReadings(): Promise<number> {
  return (await store.db.selectFrom('reading').select('number').execute()).length
}

async function countAll({ db }: VerifierStore): Promise<{ batches: number; chunks: number }> {
  const { rows } = await sql<{ batches: number; chunks: number }>`select
    (select count(*) from hefu_verifier.batch)::int as batches,
    (select count(*) from hefu_verifier.batch_chunk)::int as chunks`.execute(db)
  return rows[0] ?? { batches: 0, chunks: 0 }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await isSo()); await pause(20))
    if (Date.now() > end) throw new Error('wait until it is so: it is not')
}
