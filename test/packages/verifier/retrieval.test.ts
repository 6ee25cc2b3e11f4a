/** Licences that are deposited, and found again by reference or identifier: proven, sealed, bounded, recorded. */
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import {
  createMemoryLedgerView,
  createPresentation,
  demandKey,
  encodeQrReference,
  LedgerUnavailableError,
  type LedgerView,
  type LicenceReference,
  type MemoryLedger,
  parsePresented,
  parseQrText,
  suite,
  thumbprint,
} from '@hefu/protocol'
import { readClock } from '@hefu/service'
import { type DepositOptions, VerifierStartError } from '@hefu/verifier'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, before, describe, it } from 'mocha'
import { createFoundComparisons } from '#internal/verifier/routes/found-comparisons'
import { giveUpDeposits } from '#internal/verifier/store/deposit-expiry'
import { sealKey } from '#internal/verifier/store/deposit-seal'
import { createDeposits, type Deposit, resealDeposits } from '#internal/verifier/store/deposits'
import type { VerifierStore } from '#internal/verifier/store/open-store'
import { DEFAULT_RETENTION, startRetention } from '#internal/verifier/store/retention'
import { sealText } from '#internal/verifier/store/sealing'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { AUDIENCE, bearer, startGuardedService, startProvider, tokenOf } from './guarded-service.ts'
import { alter, createKeyPair, createSample, FACE, ISSUER, LEDGER, revoke, type Sample } from './sample.ts'
import { type Answer, send, type TestService } from './service.ts'
import { openMemoryStore } from './test-store.ts'

const DAY = 86_400
const LICENCE_TYPE = '11100000000013338W011'
const ITEM = 'ITEM-1'
const CASE = { receivingRegion: '440000', caseNo: '粤2026-0001', useCause: '建筑业企业资质跨省办理' }
const sealingKey = () => ({ name: randomBytes(32).toString('base64url'), key: randomBytes(32) })
const BOUNDS = { mostOfClient: 100, mostInAll: 1_000 }

describe('licences that are deposited, and found again', () => {
  const holder = createKeyPair()
  const keys: DepositOptions['keys'] = [sealingKey()]
  let provider: IdentityProvider
  let sample: Sample
  let reference: string
  let licenceId: string
  let store: VerifierStore
  let service: TestService
  let skew = 0

  const start = (view: LedgerView, kept: VerifierStore = store, bounds = BOUNDS): Promise<TestService> =>
    startGuardedService(
      view,
      provider,
      {},
      {
        store: kept,
        clock: () => readClock() + skew,
        maxLedgerAgeSeconds: DAY,
        deposits: { keys, bounds, days: 30 },
      },
    )

  before(async () => {
    provider = await startProvider()
    sample = await createSample(readClock(), holder.publicJwk)
    reference = encodeQrReference(sample.bundle, suite)
    licenceId = parsePresented(sample.bundle).credential.claims.jti
    store = await openMemoryStore()
    service = await start(demanding(['holderName']))
  })
  after(async () => {
    await service.close()
    await provider.stop()
    await store.close()
  })

  function demanding(fields: readonly string[]): LedgerView {
    return createMemoryLedgerView(demandedBy(fields))
  }
  function demandedBy(fields: readonly string[]): MemoryLedger {
    return {
      ...sample.memory,
      demands: new Map([[demandKey(ITEM, LICENCE_TYPE), [{ since: 1, fields }]]]),
    }
  }

  const ask = async (
    path: string,
    body: object,
    client = 'counter',
    scope = path === '/v1/deposits' ? 'deposit' : 'retrieve',
    { url }: Pick<TestService, 'url'> = service,
  ): Promise<Answer> =>
    send(`${url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...bearer(await tokenOf(provider, client, AUDIENCE, scope)),
      },
      body: JSON.stringify(body),
    })
  const deposit = (
    presented = sample.bundle,
    client?: string,
    where?: Pick<TestService, 'url'>,
    of = presented,
  ): Promise<Answer> =>
    ask('/v1/deposits', { presented, reference: encodeQrReference(of, suite) }, client, 'deposit', where)
  const retrieve = (licence: string, client?: string, members: object = {}): Promise<Answer> =>
    ask('/v1/retrievals', { licence, ...CASE, ...members }, client)
  const give = (licence: string, members: object = {}, where = service, client?: string): Promise<Answer> =>
    ask(
      '/v1/retrievals/bundle',
      { licence, ...CASE, serviceItem: ITEM, ...members },
      client,
      'retrieve',
      where,
    )
  const present = async (secondsAgo = 0, key = holder, of = sample.bundle): Promise<string> =>
    createPresentation(
      of,
      {
        challenge: { nonce: randomBytes(24).toString('base64url'), audience: 'urn:x' },
        issuedAt: readClock() - secondsAgo,
      },
      {
        kid: thumbprint(key.publicJwk, suite),
        algorithm: 'ES256',
        key: await suite.importPrivateKey(key.privateJwk),
      },
      suite,
    )
  /** All that an answer says, but for what is of the one request. */
  const told = ({ status, json }: Answer): object => ({ ...json, status, requestId: '', instance: '' })

  describe('POST /v1/deposits', () => {
    it('keeps a licence for its term, and answers whoever sends it again alike', async () => {
      const first = await deposit()
      expect(first.status, first.text).to.equal(200)
      expect(first.json.reference).to.equal(reference)
      expect(first.json.expiresAt - readClock()).to.be.within(30 * DAY - 5, 30 * DAY)
      try {
        skew = 60
        expect((await deposit()).json).to.deep.equal(first.json)
      } finally {
        skew = 0
      }
      const { rows } = await sql<{ held: string }>`select held from hefu_verifier.deposit_count`.execute(
        store.db,
      )
      expect(rows.map(({ held }) => Number(held))).to.deep.equal([1])
    })

    it('refuses what its issuer did not sign, what is not anchored, and another text’s reference', async () => {
      const { view } = await createSample(readClock())
      const other = await start(view)
      try {
        for (const [presented, where, code] of [
          [alter(sample.bundle), service, 'disclosures/not-signed'],
          [sample.bundle, other, 'issuerKey/not-registered'],
        ] as const) {
          const { status, json } = await deposit(presented, 'counter', where)
          expect([status, json.code]).to.deep.equal([422, 'deposit-refused'])
          expect(json.findings).to.include(code)
        }
      } finally {
        await other.close()
      }
      const swapped = await deposit(sample.bundle, 'counter', service, alter(sample.bundle))
      expect([swapped.status, swapped.json.errors[0].pointer]).to.deep.equal([422, '/reference'])
      for (const presented of [sample.credential, `${sample.bundle}\n`, '', '{}', reference]) {
        const { status, json } = await ask('/v1/deposits', { presented, reference })
        expect([status, json.errors[0].pointer]).to.deep.equal([422, '/presented'])
      }
      expect((await ask('/v1/deposits', { presented: sample.bundle })).json.errors[0].pointer).to.equal(
        '/reference',
      )
      expect((await ask('/v1/deposits', { presented: 'a'.repeat(600_000), reference })).status).to.equal(413)
    })

    it('neither keeps nor refuses what cannot be checked now', async () => {
      const silent: LedgerView = {
        ledger: LEDGER,
        lookup: () => Promise.reject(new LedgerUnavailableError('unreachable', 'refused')),
      }
      const away = await start(silent, store)
      try {
        const { status, json, headers } = await deposit(sample.bundle, 'counter', away)
        expect([status, json.code]).to.deep.equal([503, 'deposit-uncheckable'])
        expect(headers.get('retry-after')).to.equal('5')
      } finally {
        await away.close()
      }
    })

    it('is for clients of that issuer, and holders’ for those that stand for holders', async () => {
      for (const [presented, client] of [
        [sample.bundle, 'elsewhere'],
        [sample.bundle, 'wallet'],
        [await present(), 'elsewhere'],
      ] as const) {
        const { status, json } = await deposit(presented, client)
        expect([status, json.code]).to.deep.equal([403, 'deposit-not-permitted'])
      }
    })

    it('keeps what a holder signed for ten minutes from then, found by its reference alone', async () => {
      const presented = await present(100)
      const kept = await deposit(presented, 'wallet')
      expect(kept.status, kept.text).to.equal(200)
      expect(kept.json.expiresAt - readClock()).to.be.within(495, 500)
      expect((await retrieve(kept.json.reference)).status).to.equal(200)
      const byId = await retrieve(licenceId)
      expect(byId.json.report.request.presented, 'the agency’s').to.equal(
        suite.sha256Base64url(sample.bundle),
      )
      try {
        skew = 501
        expect((await retrieve(kept.json.reference)).json.code).to.equal('licence-not-found')
        expect((await deposit(presented, 'wallet')).json.findings).to.deep.equal(['holderBinding/stale'])
      } finally {
        skew = 0
      }
    })

    it('refuses what another than the holder signed, or signed of old', async () => {
      const presented = await present()
      const { length } =
        presented.slice(presented.lastIndexOf('~'), presented.indexOf('","receipt"')).split('.')[2] ?? ''
      const forged = presented.replace(/.{10}","receipt"/, `${'A'.repeat(10)}","receipt"`)
      expect(length).to.equal(86)
      const bad = await deposit(forged, 'wallet')
      expect([bad.status, bad.json.code], bad.text).to.deep.equal([422, 'deposit-refused'])
      expect(bad.json.findings).to.deep.equal(['holderBinding/signature-mismatch'])
      expect((await deposit(await present(601), 'wallet')).json.findings).to.deep.equal([
        'holderBinding/stale',
      ])
    })
  })

  describe('POST /v1/retrievals', () => {
    it('verifies what a reference or an identifier leads to, and shows no value of it', async () => {
      for (const licence of [reference, licenceId]) {
        const { status, json, text } = await retrieve(licence, 'counter', { serviceItem: ITEM })
        expect([status, json.report?.verdict], text).to.deep.equal([200, 'accepted'])
        expect(json.report.licence.licenceId).to.equal(licenceId)
        for (const value of Object.values(FACE)) expect(text).to.not.include(value)
        expect(json).to.have.keys('number', 'code', 'report', 'attestation')
      }
      const { json } = await retrieve(reference, 'portal')
      expect(json).to.have.keys('number', 'verdict', 'resultCode', 'nextStep')
    })

    it('leaves a record of who had it found, for which case and use', async () => {
      const { json } = await retrieve(reference, 'counter', { caseNo: '粤2026-77' })
      const rows = await store.db
        .selectFrom('reading')
        .selectAll()
        .where('report', '=', json.number)
        .execute()
      expect(rows).to.have.length(1)
      expect(rows[0]).to.deep.include({
        kind: 'retrieval',
        client: 'counter',
        region: '440000',
        case_no: '粤2026-77',
        use_cause: CASE.useCause,
        shown: 'report',
        fields: '[]',
        verdict: 'accepted',
        credential: suite.sha256Base64url(parsePresented(sample.bundle).credential.signingInput),
      })
    })

    it('demands case, use and region, and a reference or an identifier', async () => {
      for (const [members, pointer] of [
        [{ caseNo: undefined }, '/caseNo'],
        [{ useCause: undefined }, '/useCause'],
        [{ useCause: '核'.repeat(201) }, '/useCause'],
        [{ useCause: '核对11010519491231002X' }, '/useCause'],
        [{ receivingRegion: undefined }, '/receivingRegion'],
        [{ licence: sample.bundle }, '/licence'],
        [{ licence: `${reference} ` }, '/licence'],
        [{ licence: 'HEFU1:R:http://169.254.169.254/' }, '/licence'],
        [{ licence: '110105194912310029' }, '/licence'],
        // A name of the sender's own is not repeated.
        [{ service: 'http://127.0.0.1/' }, ''],
      ] as const) {
        const { status, json } = await retrieve(reference, 'counter', members)
        expect([status, json.errors?.[0].pointer], JSON.stringify(members)).to.deep.equal([422, pointer])
      }
    })

    it('says the same of what there is not, what is over, and what its reference does not name', async () => {
      const unknown = licenceId.replace('.20230001.', '.20230002.')
      const sought = () =>
        store.db.selectFrom('reading').selectAll().where('kind', '=', 'sought').orderBy('number').execute()
      const before = (await sought()).length
      const none = await retrieve(unknown)
      expect([none.status, none.json.code]).to.deep.equal([404, 'licence-not-found'])
      const another = reference.replace(/.{43}$/, 'A'.repeat(43))
      expect(told(await retrieve(another))).to.deep.equal(told(none))
      expect((await give(unknown)).json.code).to.equal('licence-not-found')
      // Who guesses identifiers is seen; which were guessed stands nowhere.
      const rows = (await sought()).slice(before)
      expect(rows).to.have.length(3)
      expect(rows[0]).to.deep.include({
        client: 'counter',
        region: CASE.receivingRegion,
        case_no: CASE.caseNo,
        use_cause: CASE.useCause,
        shown: 'nothing',
        credential: null,
        verdict: null,
        report: null,
      })
      expect(JSON.stringify(rows)).to.not.include(unknown)
      // A token is over long before: of time so far ahead only the store is asked.
      const deposits = await createDeposits(store, keys, BOUNDS)
      const digest = reference.slice(-43)
      for (const [days, is] of [
        [29, sample.bundle],
        [31, null],
      ] as const) {
        const at = readClock() + days * DAY
        expect(await deposits.findByLicenceId(licenceId, at)).to.equal(is)
        expect(await deposits.findByReference({ licenceId, issuer: ISSUER, digest }, at)).to.equal(is)
      }
    })

    it('tells who may not hear of a type, or ask for a region, nothing of what there is', async () => {
      const there = await retrieve(reference, 'drivers')
      const not = await retrieve(licenceId.replace('.20230001.', '.20230002.'), 'drivers')
      expect([there.status, there.json.code]).to.deep.equal([403, 'type-not-permitted'])
      expect(told(there)).to.deep.equal(told(not))
      const region = await retrieve(reference, 'guangdong', { receivingRegion: '110000' })
      expect(region.json.code).to.equal('region-not-permitted')
    })

    it('says what became of the licence since', async () => {
      const revoked = await start(revoke(sample.memory))
      try {
        const { json } = await ask(
          '/v1/retrievals',
          { licence: reference, ...CASE },
          'counter',
          'retrieve',
          revoked,
        )
        expect(json.report.verdict).to.equal('rejected')
      } finally {
        await revoked.close()
      }
    })
  })

  describe('POST /v1/retrievals/bundle', () => {
    it('gives the licence with what the item demands, and nothing beyond', async () => {
      const { status, json, text } = await give(reference)
      expect(status, text).to.equal(200)
      const { disclosures } = parsePresented(json.bundle).credential
      expect(disclosures.map(({ name }) => name)).to.deep.equal(['holderName'])
      expect(text).to.not.include(Buffer.from(FACE.holderId).toString('base64url'))
      const rows = await store.db
        .selectFrom('reading')
        .selectAll()
        .where('report', '=', json.number)
        .execute()
      expect(rows[0]).to.deep.include({ kind: 'retrieval', shown: 'bundle', fields: '["holderName"]' })
    })

    it('gives none where the item demands nothing of such licences, or the holder signed for more', async () => {
      expect((await give(reference, { serviceItem: 'ITEM-2' })).json.bundle).to.equal(null)
      expect((await give(reference, { serviceItem: undefined })).json.errors[0].pointer).to.equal(
        '/serviceItem',
      )
      const presented = await present()
      const { json } = await deposit(presented, 'wallet')
      expect((await give(json.reference)).json.bundle).to.equal(null)
      const both = await start(demanding(['holderId', 'holderName']))
      try {
        expect((await give(json.reference, {}, both)).json.bundle).to.equal(presented)
      } finally {
        await both.close()
      }
    })

    it('is for clients that may be given licences', async () => {
      for (const [client, code] of [
        ['elsewhere', 'bundle-not-permitted'],
        ['portal', 'verdict-only'],
      ] as const)
        expect((await give(reference, {}, service, client)).json.code).to.equal(code)
    })
  })

  describe('POST /v1/verifications', () => {
    it('a reference that is presented for verification is found for who says for which case and use', async () => {
      const verify = (scope: string, members: object = {}, client = 'counter') =>
        ask('/v1/verifications', { presented: reference, ...CASE, ...members }, client, scope)
      const { json } = await verify('verify retrieve')
      expect([json.report.verdict, json.report.licence?.licenceId]).to.deep.equal(['accepted', licenceId])
      expect((await verify('verify retrieve', { presented: licenceId })).json.report.verdict).to.equal(
        'accepted',
      )
      for (const [scope, members, client] of [
        ['verify', {}, 'counter'],
        ['verify retrieve', { useCause: undefined }, 'counter'],
        ['verify retrieve', { caseNo: undefined }, 'counter'],
        ['verify retrieve', {}, 'drivers'],
        ['verify retrieve', { presented: reference.replace(/.{43}$/, 'A'.repeat(43)) }, 'counter'],
      ] as const) {
        const answer = await verify(scope, members, client)
        expect([answer.status, answer.json.report.verdict], answer.text).to.deep.equal([200, 'undetermined'])
        expect(answer.json.report.licence).to.equal(null)
      }
    })
  })

  describe('the face, where it is asked for', () => {
    const MASKED = { holderName: '张**', holderId: '1101**********0029' }

    before(async () => {
      expect((await deposit()).status).to.equal(200)
    })

    const verifying = (members: object, client = 'counter', where = service): Promise<Answer> =>
      ask(
        '/v1/verifications',
        { presented: reference, ...CASE, serviceItem: ITEM, face: 'masked', ...members },
        client,
        'verify retrieve',
        where,
      )
    const valuesOf = (json: Answer['json']) =>
      Object.fromEntries(json.face.map(({ name, value }: { name: string; value: string }) => [name, value]))

    it('is masked by the service, as far as the item demands it, of what was found and of what was presented', async () => {
      for (const presented of [reference, licenceId, sample.bundle]) {
        const { status, json, text } = await verifying({ presented })
        expect([status, json.report?.verdict], text).to.deep.equal([200, 'accepted'])
        expect(valuesOf(json)).to.deep.equal({ holderName: MASKED.holderName })
        for (const value of Object.values(FACE)) expect(text).to.not.include(value)
      }
      const all = await start(demanding(['holderId', 'holderName']))
      try {
        const { json } = await verifying({}, 'counter', all)
        expect(valuesOf(json)).to.deep.equal(MASKED)
      } finally {
        await all.close()
      }
    })

    it('is not answered where it is not asked for, nor of an item that is not registered', async () => {
      const { json } = await verifying({ face: undefined })
      expect(json).to.have.keys('number', 'code', 'report', 'attestation')
      for (const serviceItem of [undefined, 'ITEM-2']) {
        const other = await verifying({ serviceItem })
        expect([other.status, other.json.face], other.text).to.deep.equal([200, []])
      }
    })

    it('of a licence that is refused says whose it is, and no more', async () => {
      const revoked = await start(revoke(demandedBy(['holderId', 'holderName'])))
      try {
        const { json } = await verifying({}, 'counter', revoked)
        expect([json.report.verdict, valuesOf(json)]).to.deep.equal([
          'rejected',
          { holderName: MASKED.holderName },
        ])
      } finally {
        await revoked.close()
      }
    })

    it('is for clients that see reports, and is no other word than masked', async () => {
      const { status, json } = await verifying({}, 'portal')
      expect([status, json.code]).to.deep.equal([403, 'verdict-only'])
      for (const face of ['plain', true, '', null]) {
        const refused = await verifying({ face })
        expect([refused.status, refused.json.errors?.[0].pointer], JSON.stringify(face)).to.deep.equal([
          422,
          '/face',
        ])
      }
    })

    it('plain values of what a reference names are given to who may have it found', async () => {
      const members = { presented: reference, ...CASE, serviceItem: ITEM, fields: ['holderName', 'holderId'] }
      const shown = await ask('/v1/unmaskings', members, 'counter', 'unmask retrieve')
      expect([shown.status, shown.json.values], shown.text).to.deep.equal([
        200,
        { holderName: FACE.holderName },
      ])
      expect(shown.json.withheld).to.deep.equal(['holderId'])
      const alone = await ask('/v1/unmaskings', members, 'counter', 'unmask')
      expect([alone.status, alone.json.values], alone.text).to.deep.equal([200, {}])
    })

    it('is recorded by the names of what was shown', async () => {
      const { json } = await verifying({})
      const row = await store.db
        .selectFrom('reading')
        .selectAll()
        .where('report', '=', json.number)
        .executeTakeFirstOrThrow()
      expect([row.kind, row.shown, row.fields]).to.deep.equal(['retrieval', 'report', '["holderName"]'])
    })
  })

  it('are told again, by an Idempotency-Key, to tokens that may have one found, and to no other', async () => {
    await deposit()
    const key = { 'Idempotency-Key': `"${crypto.randomUUID()}"` }
    const verify = async (scope: string, client = 'counter'): Promise<Answer> =>
      send(`${service.url}/v1/verifications`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...key,
          ...bearer(await tokenOf(provider, client, AUDIENCE, scope)),
        },
        body: JSON.stringify({ presented: licenceId, ...CASE }),
      })
    const first = await verify('verify retrieve')
    expect(first.json.report.licence?.licenceId, first.text).to.equal(licenceId)
    const refused = await verify('verify')
    expect([refused.status, refused.json.code]).to.deep.equal([403, 'scope-missing'])
    expect(refused.headers.get('www-authenticate')).to.include('scope="retrieve"')
    expect(refused.text).to.not.include(licenceId)
    expect((await verify('verify retrieve')).text).to.equal(first.text)
  })

  describe('values compared with a licence that was found', () => {
    const guess = (presented: string, holderName: string, client: string): Promise<Answer> =>
      ask('/v1/verifications', { presented, ...CASE, submitted: { holderName } }, client, 'verify retrieve')
    let alone: TestService

    before(async () => {
      // Who has never compared anything.
      alone = service
      service = await start(sample.view)
      await deposit()
    })
    after(async () => {
      await service.close()
      service = alone
    })

    it('are refused after ten that were wrong, right or wrong, by whatever name it is found', async () => {
      const { holderName } = FACE
      for (let at = 0; at < 10; at += 1) {
        const presented = at % 2 === 0 ? licenceId : reference
        expect((await guess(presented, `张${at}`, 'portal')).json.resultCode).to.equal(9)
        if (at === 9) break
        const right = await guess(presented, holderName, 'portal')
        expect(right.json.resultCode, right.text).to.equal(0)
      }
      expect((await guess(licenceId, '张3', 'portal')).json.resultCode, 'the same again').to.equal(9)
      for (const [presented, name] of [
        [licenceId, holderName],
        [reference, '张十'],
      ] as const) {
        const answer = await guess(presented, name, 'portal')
        expect([answer.status, answer.json.code]).to.deep.equal([429, 'too-many-comparisons'])
        expect(Number(answer.headers.get('retry-after'))).to.be.within(86_000, 86_400)
      }
    })

    it('are compared still where it is shown, by others, and where none are submitted', async () => {
      expect((await guess(sample.bundle, '张十', 'portal')).json.resultCode).to.equal(9)
      expect((await guess(licenceId, FACE.holderName, 'counter')).json.report.verdict).to.equal('accepted')
      const without = { presented: licenceId, ...CASE }
      const { json } = await ask('/v1/verifications', without, 'portal', 'verify retrieve')
      expect(json.resultCode).to.equal(0)
    })

    it('are bounded for who sees reports and asks all at once, too, and again after a day', async () => {
      const all = await Promise.all(
        Array.from({ length: 12 }, (_, at) => guess(reference, `王${at}`, 'counter')),
      )
      expect(all.map(({ status }) => status).filter((status) => status === 429)).to.have.length(2)
      const tries = createFoundComparisons()
      const begin = (at: number, now: number) =>
        tries.begin({ client: 'c', licenceId, submitted: { holderName: `${at}` } }, now)
      for (let at = 0; at < 10; at += 1) begin(at, 0)
      expect(() => begin(10, DAY - 1)).to.throw()
      begin(10, DAY)
    })
  })

  it('is 404 no-deposits where nothing is taken in deposit', async () => {
    const without = await startGuardedService(sample.view, provider, {}, { store })
    try {
      for (const path of ['/v1/deposits', '/v1/retrievals', '/v1/retrievals/bundle'])
        expect((await ask(path, {}, 'counter', undefined, without)).json.code).to.equal('no-deposits')
    } finally {
      await without.close()
    }
  })

  describe('at rest', () => {
    it('holds no name, no number and no identifier', async () => {
      await deposit()
      const dump = await dumpOf(store)
      expect(dump).to.include(ISSUER)
      const parts = licenceId.split('.')
      for (const secret of [
        ...Object.values(FACE),
        licenceId,
        `${parts.at(-3)}.${parts.at(-2)}`,
        'eyJhbGciOi',
      ])
        for (const form of formsOf(secret)) expect(dump, secret).to.not.include(form)
    })

    it('keeps no more of a client, and no more in all, than is configured; what is over makes room', async () => {
      for (const bounds of [
        { mostOfClient: 1, mostInAll: 10 },
        { mostOfClient: 10, mostInAll: 1 },
      ]) {
        await empty(store)
        const small = await start(sample.view, store, bounds)
        try {
          const first = await present(590)
          expect((await deposit(first, 'counter', small)).status).to.equal(200)
          const full = await deposit(sample.bundle, 'counter', small)
          expect([full.status, full.json.code]).to.deep.equal([409, 'deposits-full'])
          expect((await deposit(first, 'counter', small)).status, 'the same again').to.equal(200)
          expect(await giveUpDeposits(store.db, readClock() + 20)).to.equal(1)
          expect((await deposit(sample.bundle, 'counter', small)).status).to.equal(200)
        } finally {
          await small.close()
        }
      }
    })

    it('opens nothing that was altered, or put in the place of another', async () => {
      await empty(store)
      const deposits = await createDeposits(store, keys, BOUNDS)
      for (const at of [1, 2]) await deposits.keep(entry(at))
      const found = (at: number) => deposits.findByReference(entry(at).reference, 1_000)
      expect([await found(1), await found(2)]).to.deep.equal(['text 1', 'text 2'])
      await sql`update hefu_verifier.deposit set sealed_key = (select sealed_key from hefu_verifier.deposit where digest = ${digest(2)}),
          sealed_text = (select sealed_text from hefu_verifier.deposit where digest = ${digest(2)}) where digest = ${digest(1)}`.execute(
        store.db,
      )
      await sql`update hefu_verifier.deposit set sealed_text = set_byte(sealed_text, 30, 0) where digest = ${digest(2)}`.execute(
        store.db,
      )
      for (const at of [1, 2])
        expect(
          await found(at).then(
            () => 'opened',
            (error: Error) => error.name,
          ),
        ).to.equal('DepositAlteredError')
      // Asking again does not help, and that is said.
      await empty(store)
      expect((await deposit()).status).to.equal(200)
      await sql`update hefu_verifier.deposit set sealed_text = set_byte(sealed_text, 30, get_byte(sealed_text, 30) # 1)`.execute(
        store.db,
      )
      for (const answer of [await retrieve(reference), await give(reference)])
        expect([answer.status, answer.json.code]).to.deep.equal([500, 'deposit-altered'])
      await empty(store)
    })

    it('is found by nobody else and no longer than it was deposited for, whoever alters its row', async () => {
      const terms = { depositor: 'agency', client: 'else', signed_at: 1, deposited_at: 1 } as const
      const presented = await present()
      const { digest } = referenceOf(presented)
      expect((await deposit(presented)).status).to.equal(200)
      const row = store.db.selectFrom('deposit').selectAll().where('digest', '=', digest)
      const kept = await row.executeTakeFirstOrThrow()
      const altered = { ...terms, expires_at: Number(kept.expires_at) + 1 }
      const as = (set: object) =>
        store.db.updateTable('deposit').set(set).where('digest', '=', digest).execute()
      for (const [name, value] of Object.entries(altered)) {
        await as({ [name]: value })
        const answer = await retrieve(encodeQrReference(presented, suite))
        expect([answer.status, answer.json.code], name).to.deep.equal([500, 'deposit-altered'])
        await as(kept)
      }
      await as({ depositor: 'agency', expires_at: readClock() + DAY })
      expect((await retrieve(licenceId)).json.code, 'by its identifier').to.equal('deposit-altered')
      await as(kept)
      expect((await retrieve(encodeQrReference(presented, suite))).status).to.equal(200)
    })

    it('is opened as an earlier version sealed it, where its terms are those of its text', async () => {
      const presented = await present()
      const { digest } = referenceOf(presented)
      expect((await deposit(presented)).status).to.equal(200)
      const row = store.db.selectFrom('deposit').selectAll().where('digest', '=', digest)
      const kept = await row.executeTakeFirstOrThrow()
      const key = randomBytes(32)
      const name = `hefu deposit\n${digest}\n${kept.issuer}\n${Buffer.from(kept.licence).toString('base64url')}`
      const former = { ...kept, ...sealKey(key, keys[0], name), sealed_text: sealText(presented, key, name) }
      const statusWith = async (set: object): Promise<number> => {
        const altered: object = { ...former, ...set }
        await store.db.updateTable('deposit').set(altered).where('digest', '=', digest).execute()
        return (await retrieve(encodeQrReference(presented, suite))).status
      }
      expect(await statusWith({})).to.equal(200)
      const prolonged = { expires_at: Number(kept.expires_at) + 1 }
      for (const set of [{ depositor: 'agency' }, { signed_at: 1 }, prolonged])
        expect(await statusWith(set), Object.keys(set)[0]).to.equal(500)
    })

    it('is given up within a minute of its end, and not only each hour', async () => {
      await empty(store)
      const deposits = await createDeposits(store, keys, BOUNDS)
      let now = 0
      const end = startRetention(
        store.db,
        DEFAULT_RETENTION,
        () => now,
        (fault) => expect.fail(String(fault)),
        5,
      )
      try {
        await deposits.keep(entry(1))
        const rows = () => store.db.selectFrom('deposit').select('digest').execute()
        expect(await rows()).to.have.length(1)
        now = 10_000
        for (const deadline = Date.now() + 10_000; (await rows()).length > 0; await pause(5))
          expect(Date.now(), 'given up').to.be.below(deadline)
      } finally {
        await end()
      }
    })

    it('goes over to a new key in batches, after which the old one opens nothing and is needed no more', async () => {
      await empty(store)
      const former = sealingKey()
      const next = sealingKey()
      const before = await createDeposits(store, [former], { mostOfClient: 5, mostInAll: 5 })
      for (let at = 1; at <= 5; at += 1) await before.keep(entry(at))
      const refused = await createDeposits(store, [next], BOUNDS).catch((error: unknown) => error)
      expect(refused).to.be.instanceOf(VerifierStartError).and.have.property('code', 'deposit-key-missing')
      expect(await resealDeposits(store, [next, former], 2)).to.equal(5)
      expect(await resealDeposits(store, [next, former], 2)).to.equal(0)
      const now = await createDeposits(store, [next], BOUNDS)
      expect(await now.findByReference(entry(3).reference, 1_000)).to.equal('text 3')
      expect(await now.findByLicenceId(entry(3).reference.licenceId, 1_000)).to.equal('text 3')
      const { code } = (await createDeposits(store, [former], BOUNDS).catch(
        (error: VerifierStartError) => error,
      )) as VerifierStartError
      expect(code).to.equal('deposit-key-missing')
      expect(await giveUpDeposits(store.db, 10_000)).to.equal(5)
      const { rows } = await sql<{ held: string }>`select held from hefu_verifier.deposit_count`.execute(
        store.db,
      )
      expect(rows.map(({ held }) => Number(held))).to.deep.equal([0])
    })

    it('gives up what is over, however much it is, and no more', async () => {
      await empty(store)
      await sql`insert into hefu_verifier.deposit
        select 'x' || n, 'i', '\\x00', 'agency', 'c' || n % 2, 1, 1, case when n > 2500 then 900 else 800 end, 'k', '\\x00', '\\x00'
        from generate_series(1, 2600) as n`.execute(store.db)
      await sql`insert into hefu_verifier.deposit_count values ('c0', 1300), ('c1', 1300)`.execute(store.db)
      expect([await giveUpDeposits(store.db, 800), await giveUpDeposits(store.db, 899)]).to.deep.equal([
        2_500, 0,
      ])
      const { rows } = await sql<{ held: string }>`select held from hefu_verifier.deposit_count`.execute(
        store.db,
      )
      expect(rows.map(({ held }) => Number(held))).to.deep.equal([50, 50])
    })

    it('finds of several texts of a licence the one that was signed last, in whatever order they came', async () => {
      await empty(store)
      const deposits = await createDeposits(store, keys, BOUNDS)
      const { reference: first } = entry(1)
      const of = (at: number, signedAt: number): Deposit => ({
        ...entry(at),
        reference: { ...entry(at).reference, licenceId: first.licenceId },
        signedAt,
      })
      for (const one of [of(1, 20), of(2, 30), of(3, 10)]) await deposits.keep(one)
      expect(await deposits.findByLicenceId(first.licenceId, 1_000)).to.equal('text 2')
      expect(await deposits.findByReference(of(3, 10).reference, 1_000)).to.equal('text 3')
    })
  })
})

function referenceOf(presented: string): LicenceReference {
  const scanned = parseQrText(encodeQrReference(presented, suite))
  if (scanned.kind !== 'reference') throw new Error('not a reference')
  return scanned.reference
}

const digest = (at: number): string => `${at}`.padStart(43, 'D')

function entry(at: number): Deposit {
  const serial = `${at}`.padStart(8, '0')
  return {
    text: `text ${at}`,
    reference: {
      licenceId: `1.2.156.3005.2.${LICENCE_TYPE}.${ISSUER}.${serial}.001.0`,
      issuer: ISSUER,
      digest: digest(at),
    },
    depositor: 'agency',
    client: 'c',
    signedAt: 10,
    depositedAt: 100,
    expiresAt: 5_000,
  }
}

async function empty({ db }: VerifierStore): Promise<void> {
  await sql`truncate hefu_verifier.deposit, hefu_verifier.deposit_count, hefu_verifier.deposit_index`.execute(
    db,
  )
}

/** As texts and as bytes would show it. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  return [secret, bytes.toString('hex'), bytes.toString('base64').replace(/.{0,2}=*$/, '')]
}

/** Every row of every table, bytes in hexadecimal. */
async function dumpOf({ db }: VerifierStore): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'hefu_verifier'`.execute(db)
  const dumps = await Promise.all(
    tables
      // Reports name the licence, and are evidence; what is sealed is looked at here.
      .filter(({ name }) => name.startsWith('deposit'))
      .map(({ name }) => sql`select * from ${sql.table(`hefu_verifier.${name}`)}`.execute(db)),
  )
  return JSON.stringify(
    dumps.map(({ rows }) => rows),
    (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value),
  )
}
