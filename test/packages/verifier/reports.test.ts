/** Reports are kept, and found again by who may: their client, and whoever has number and code. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { matchReportNumber, suite, thumbprint, verifyAttestation } from '@hefu/protocol'
import { readClock } from '@hefu/service'
import { endKey, type VerifierStore } from '@hefu/verifier'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, before, describe, it } from 'mocha'
import { createEndedKeyNotes } from '#internal/verifier/store/ended-keys'
import { ENDS_AHEAD_SECONDS } from '#internal/verifier/store/key-history'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { AUDIENCE, bearer, startGuardedService, startProvider, tokenOf } from './guarded-service.ts'
import { createKeyPair, createSample, createVerifierKeyFile, FACE, NOW, type Sample } from './sample.ts'
import { type Answer, post, send, startTestService, type TestService } from './service.ts'
import { openMemoryStore, testStore } from './test-store.ts'

const recheck = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  send(`${url}/v1/report-checks`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

describe('a report of the verifier service', () => {
  let sample: Sample
  let service: TestService
  let answered: Answer['json']

  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view)
    const body = { presented: sample.bundle, receivingRegion: '440000', caseNo: '粤2026-1', submitted: FACE }
    answered = (await post(service.url, body)).json
  })
  after(() => service.close())

  it('has a number of its day inside what is signed, and a code of 80 bits beside it', async () => {
    const { number, code, report, attestation } = answered
    expect(matchReportNumber(number)).to.deep.include({ day: '2025-06-15' })
    expect(report.number).to.equal(number)
    expect((await verifyAttestation(attestation, service.verifierKey)).number).to.equal(number)
    expect(code).to.match(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    const next = await post(service.url, { presented: 'x', receivingRegion: '440000' })
    expect(next.json.number).to.not.equal(number)
    expect(next.json.code).to.not.equal(code)
  })

  it('is given to its client again as it was answered, and as a sheet without a field', async () => {
    const again = await send(`${service.url}/v1/reports/${answered.number}`)
    expect(again.json).to.deep.equal({ report: answered.report, attestation: answered.attestation })
    const { status, json, text } = await send(`${service.url}/v1/reports/${answered.number}/sheet`)
    expect(status).to.equal(200)
    expect(json).to.deep.include({
      number: answered.number,
      checkedAt: NOW,
      verdict: 'accepted',
      resultCode: 0,
    })
    expect(json.says.verdict.zh).to.equal('核验通过')
    expect(json.request).to.deep.include({
      receivingRegion: '440000',
      province: '广东省',
      caseNo: '粤2026-1',
    })
    expect(json.checks).to.have.length(answered.report.findings.length)
    expect(json.kid).to.equal(thumbprint(service.verifierKey, suite))
    for (const value of [...Object.values(FACE), '张*']) expect(text).to.not.include(value)
  })

  it('is not found by another text than its number', async () => {
    const other = answered.number.replace(/.$/, (check: string) => (check === 'A' ? 'B' : 'A'))
    for (const number of [
      other,
      '1',
      'x'.repeat(5_000),
      '%00',
      "'%20or%20''='",
      answered.number.toLowerCase(),
    ]) {
      for (const end of ['', '/sheet']) {
        const { status, json } = await send(`${service.url}/v1/reports/${number}${end}`)
        expect([status, json.code], number.slice(0, 20)).to.deep.equal([422, 'bad-parameters'])
      }
    }
  })

  it('is looked up by number and code as people type them', async () => {
    const { number, code } = answered
    const { json, text } = await recheck(service.url, { number, code })
    expect(json).to.deep.include({ number, verdict: 'accepted' })
    for (const value of Object.values(FACE)) expect(text).to.not.include(value)
    for (const typed of [
      { number: number.toLowerCase(), code: code.toLowerCase() },
      { number: ` ${number.replaceAll('-', '–')} `, code: code.replaceAll('-', ' ') },
      { number: number.replaceAll('-', '－'), code: code.replaceAll('-', '') },
      { number, code: code.replaceAll('0', 'o').replaceAll('1', 'l') },
    ])
      expect((await recheck(service.url, typed)).json.number, JSON.stringify(typed)).to.equal(number)
  })

  it('is recorded each time that somebody sees it, before it is shown; what is not found, is not', async () => {
    const { db } = await testStore()
    const rows = () =>
      db
        .selectFrom('reading')
        .select(['kind', 'client', 'shown', 'verdict', 'region', 'credential'])
        .where('report', '=', answered.number)
        .orderBy('number')
        .execute()
    const before = (await rows()).length
    const { number, code } = answered
    await send(`${service.url}/v1/reports/${number}`)
    await send(`${service.url}/v1/reports/${number}/sheet`)
    await recheck(service.url, { number, code })
    await recheck(service.url, { number, code: 'AAAA-AAAA-AAAA-AAAA' })
    const known = { verdict: 'accepted', region: '440000', credential: null }
    expect((await rows()).slice(before)).to.deep.equal([
      { kind: 'report', client: 'anybody', shown: 'report', ...known },
      { kind: 'report', client: 'anybody', shown: 'sheet', ...known },
      { kind: 'recheck', client: null, shown: 'sheet', ...known },
    ])
  })

  it('answers a wrong code and an unknown number alike, and says what was mistyped', async () => {
    const { number, code } = answered
    const unknown = number.replace(/-[0-9A-Z]{8}-/, '-00000000-')
    const { mod37_36 } = await import('#internal/protocol/identifiers/check-character')
    const plain = unknown.replaceAll('-', '').slice(0, -1)
    const right = `${unknown.slice(0, -1)}${mod37_36(plain)}`
    const [one, two] = [
      await recheck(service.url, { number, code: `${code.slice(0, -1)}${code.endsWith('0') ? '2' : '0'}` }),
      await recheck(service.url, { number: right, code }),
    ]
    const without = ({ json: { requestId: _, instance: __, ...rest } }: Answer) => rest
    expect([one.status, two.status]).to.deep.equal([404, 404])
    expect(without(one)).to.deep.equal(without(two))
    for (const [body, pointer] of [
      [{ number: unknown, code }, '/number'],
      [{ number, code: 'AAAA' }, '/code'],
      [{ number, code: 'UUUU-UUUU-UUUU-UUUU' }, '/code'],
      [{ number: 1, code }, '/number'],
      [{ number }, '/code'],
      [{ number, code, more: 1 }, ''],
    ] as const) {
      const { status, json } = await recheck(service.url, body)
      expect([status, json.errors?.[0].pointer], JSON.stringify(body)).to.deep.equal([422, pointer])
    }
  })
})

describe('looking up a sheet at the verifier service', () => {
  it('listens to no address that tries too often, and no more to guesses at one number', async () => {
    const sample = await createSample()
    const proxies = { addresses: ['127.0.0.1'], header: 'x-forwarded-for' } as const
    const provider = await startProvider()
    const service = await startGuardedService(sample.view, provider, { proxies })
    try {
      const from = (address: string) => ({ 'X-Forwarded-For': address })
      const number = '20260112-7K3M9QXA-000123-J'
      const guess = { number, code: 'AAAA-AAAA-AAAA-AAAA' }
      const statuses: number[] = []
      for (let i = 0; i < 11; i += 1)
        statuses.push((await recheck(service.url, guess, from('198.51.100.1'))).status)
      expect(statuses).to.deep.equal([...Array.from({ length: 10 }, () => 404), 429])
      const other = await recheck(service.url, guess, from('198.51.100.2'))
      expect(other.status, 'nobody keeps another from a number').to.equal(404)
      const tries: Answer[] = []
      for (let i = 0; i < 31; i += 1) tries.push(await recheck(service.url, {}, from('203.0.113.9')))
      expect(tries.slice(0, 30).every(({ status }) => status === 422)).to.equal(true)
      expect(tries[30]?.status).to.equal(429)
      expect(tries[30]?.json.code).to.equal('too-many-tries')
      expect(Number(tries[30]?.headers.get('retry-after'))).to.be.within(1, 60)
      expect((await recheck(service.url, {}, from('203.0.113.10'))).status).to.equal(422)
    } finally {
      await service.close()
      await provider.stop()
    }
  })
})

describe('whose reports the verifier service gives', () => {
  let provider: IdentityProvider
  let service: TestService
  let number: string

  before(async () => {
    const sample = await createSample(readClock())
    provider = await startProvider()
    service = await startGuardedService(sample.view, provider)
    const body = { presented: sample.bundle, receivingRegion: '440000' }
    number = (await post(service.url, body, bearer(await tokenOf(provider)))).json.number
  })
  after(async () => {
    await service.close()
    await provider.stop()
  })

  const read = async (client: string): Promise<Answer> =>
    send(`${service.url}/v1/reports/${number}`, {
      headers: bearer(await tokenOf(provider, client, AUDIENCE, 'reports')),
    })

  it('its own to a client, to another none, and to who may know verdicts none at all', async () => {
    expect((await read('counter')).json.report.number).to.equal(number)
    const other = await read('guangdong')
    expect([other.status, other.json.code]).to.deep.equal([404, 'report-not-found'])
    const verdicts = await read('portal')
    expect([verdicts.status, verdicts.json.code]).to.deep.equal([403, 'verdict-only'])
  })
})

describe('the keys of the verifier service', () => {
  it('have a history: a report from before a rotation verifies after it, and not after its key’s end', async () => {
    const store = await testStore()
    const sample = await createSample()
    const [former, later] = [createKeyPair(), createKeyPair()]
    const own: unknown[] = [former, later].map(({ publicJwk }) => thumbprint(publicJwk, suite))
    const start = async (pair: typeof former, now: number): Promise<TestService> =>
      startTestService(sample.view, { store, keyFile: await createVerifierKeyFile(pair), clock: () => now })
    const ask = async ({ url }: TestService): Promise<Answer['json']> =>
      (await post(url, { presented: sample.bundle, receivingRegion: '440000' })).json
    const first = await start(former, NOW)
    const old = await ask(first)
    await first.close()
    const second = await start(later, NOW + 100)
    const kid = thumbprint(former.publicJwk, suite)
    await endKey(store.db, kid, NOW + 150)
    const third = await start(later, NOW + 200)
    const { json } = await send(`${third.url}/.well-known/jwks.json`)
    expect(
      json.keys
        .map(({ kid: one, nbf, exp }: Record<string, unknown>) => [one, nbf, exp])
        .filter(([one]: readonly unknown[]) => own.includes(one)),
    ).to.deep.equal([
      [thumbprint(later.publicJwk, suite), NOW + 100, undefined],
      [kid, NOW, NOW + 150],
    ])
    const { number, code } = old
    for (const { url } of [second, third]) {
      expect((await send(`${url}/v1/reports/${number}`)).json.attestation).to.equal(old.attestation)
      expect((await recheck(url, { number, code })).json.kid).to.equal(kid)
    }
    // What is said to be of the very second of its end is not believed, whoever signed it: so says the set, too.
    await endKey(store.db, thumbprint(later.publicJwk, suite), NOW + 200)
    const late = await ask(third)
    const fourth = await start(createKeyPair(), NOW + 300)
    const refused = await send(`${fourth.url}/v1/reports/${late.number}`)
    expect([refused.status, refused.json.code]).to.deep.equal([500, 'report-unproven'])
    const again = await start(former, NOW + 400).catch((error: unknown) => error)
    expect(again).to.include({ code: 'key-ended' })
    const unknown = await endKey(store.db, kid, NOW + 400).catch((error: unknown) => error)
    expect(unknown).to.include({ code: 'key-unknown' })
    await Promise.all([second, third, fourth].map(({ close }) => close()))
  })

  it('that were ended are ended again where an older backup of the store puts them in force, and sign nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hefu-ended-'))
    const { view } = await createSample()
    const [pair, later] = [createKeyPair(), createKeyPair()]
    const [keyFile, laterFile] = [await createVerifierKeyFile(pair), await createVerifierKeyFile(later)]
    const kid = thumbprint(pair.publicJwk, suite)
    const endedKeys = createEndedKeyNotes(join(folder, 'key.ended.json'))
    const stores = [await openMemoryStore(), await openMemoryStore()]
    const [store, backup] = stores as [VerifierStore, VerifierStore]
    const start = async (kept: VerifierStore, file: typeof keyFile, now: number): Promise<void> => {
      const clock = () => now
      await (await startTestService(view, { store: kept, keyFile: file, endedKeys, clock })).close()
    }
    try {
      for (const kept of [store, backup]) await start(kept, keyFile, NOW)
      await endKey(store.db, kid, NOW + 10)
      // Whichever process hears of the end notes it.
      await start(store, laterFile, NOW + 20)
      expect(await endedKeys.read()).to.deep.equal([{ kid, until: NOW + 10 }])
      const refused = await start(backup, keyFile, NOW + 30).catch((error: unknown) => error)
      expect(refused).to.include({ code: 'key-ended' })
      const [known] = await backup.db.selectFrom('verifier_key').selectAll().execute()
      expect(Number(known?.valid_until)).to.equal(NOW + 10)
      await start(backup, laterFile, NOW + 30)
      await writeFile(join(folder, 'key.ended.json'), '{"x":1}')
      const damaged = await start(backup, laterFile, NOW + 40).catch((error: unknown) => error)
      expect(damaged, 'never taken for none').to.include({ code: 'bad-ended-keys' })
    } finally {
      await Promise.all(stores.map(({ close }) => close()))
      await rm(folder, { recursive: true })
    }
  })

  it('that are ended are set to end later than any process signs that has not heard of it', async () => {
    let now = NOW
    const store = await testStore()
    const pair = createKeyPair()
    const { view, bundle } = await createSample()
    const keyFile = await createVerifierKeyFile(pair)
    const service = await startTestService(view, { store, keyFile, clock: () => now })
    try {
      const ask = () => post(service.url, { presented: bundle, receivingRegion: '440000' })
      await ask()
      const until = now + ENDS_AHEAD_SECONDS
      const kid = thumbprint(pair.publicJwk, suite)
      await endKey(store.db, kid, until)
      const signed: number[] = []
      // Also with a clock that is a minute ahead of the one that set the end.
      for (const ahead of [0, 9, 60, 60 + 29, 60 + 30, 60 + 40]) {
        now = NOW + ahead
        const { status, json } = await ask()
        if (status === 200) signed.push(json.report.checkedAt)
      }
      expect(signed).to.have.length(4)
      expect(Math.max(...signed)).to.be.below(until)
      const { json } = await send(`${service.url}/.well-known/jwks.json`)
      const told = json.keys.find((key: { readonly kid: string }) => key.kid === kid)
      expect(told.exp).to.equal(until)
    } finally {
      await service.close()
    }
  })

  it('sign nothing once their end is known, and say so to who asks whether the service is ready', async () => {
    let now = NOW
    const pair = createKeyPair()
    const { view, bundle } = await createSample()
    const keyFile = await createVerifierKeyFile(pair)
    const service = await startTestService(view, { keyFile, clock: () => now })
    try {
      const ask = () => post(service.url, { presented: bundle, receivingRegion: '440000' })
      expect((await ask()).status).to.equal(200)
      await endKey((await testStore()).db, thumbprint(pair.publicJwk, suite), NOW + 1)
      now += 11
      for (const { status, json } of [await ask(), await send(`${service.url}/health/ready`)])
        expect([status, json.code]).to.deep.equal([503, 'key-ended'])
    } finally {
      await service.close()
    }
  })

  it('are asked for once more before a report of one that was only just entered is called unproven', async () => {
    const { view, bundle } = await createSample()
    const first = await startTestService(view)
    await send(`${first.url}/.well-known/jwks.json`)
    const second = await startTestService(view)
    try {
      const { json } = await post(second.url, { presented: bundle, receivingRegion: '440000' })
      const found = await send(`${first.url}/v1/reports/${json.number}`)
      expect([found.status, found.json.attestation]).to.deep.equal([200, json.attestation])
    } finally {
      await first.close()
      await second.close()
    }
  })

  it('believe no report that was put into the store, be it under a known number', async () => {
    const sample = await createSample()
    const service = await startTestService(sample.view)
    const { db } = await testStore()
    try {
      const { json } = await post(service.url, { presented: sample.bundle, receivingRegion: '440000' })
      const [header, payload = '', signature] = json.attestation.split('.')
      const forged = Buffer.from(payload, 'base64url').toString().replace('440000', '430000')
      const encoded = Buffer.from(forged).toString('base64url')
      const other = await post(service.url, { presented: 'x', receivingRegion: '440000' })
      await sql`alter table hefu_verifier.report disable trigger as_written`.execute(db)
      const set = (number: string, attestation: string) =>
        db.updateTable('report').set({ attestation }).where('number', '=', number).execute()
      await set(json.number, [header, encoded, signature].join('.'))
      // A true report of this verifier under another number.
      await set(other.json.number, json.attestation)
      await sql`alter table hefu_verifier.report enable trigger as_written`.execute(db)
      for (const number of [json.number, other.json.number]) {
        const refused = await send(`${service.url}/v1/reports/${number}`)
        expect([refused.status, refused.json.code]).to.deep.equal([500, 'report-unproven'])
        expect(refused.text).to.not.include('eyJ')
      }
    } finally {
      await service.close()
    }
  })
})
