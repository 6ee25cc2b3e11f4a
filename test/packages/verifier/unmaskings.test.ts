/** Plain values: by a call of their own, with a second factor where a person asks, and recorded. */
import { createMemoryQuota, readClock } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { AUDIENCE, bearer, CLIENTS } from './guarded-service.ts'
import { type PersonIssuer, startPersonIssuer } from './person-issuer.ts'
import {
  alter,
  createKeyPair,
  createSample,
  createVerifierKeyFile,
  FACE,
  revoke,
  type Sample,
} from './sample.ts'
import { type Answer, send, startTestService, type TestService } from './service.ts'
import { testStore } from './test-store.ts'

const ACR = 'urn:example:two-factors'

describe('POST /v1/unmaskings', () => {
  let issuer: PersonIssuer
  let sample: Sample
  let service: TestService

  const keyPair = createKeyPair()
  const start = async (
    view: Sample['view'],
    demandedFields: readonly string[] | null = ['holderId', 'holderName'],
    clients = CLIENTS,
  ): Promise<TestService> =>
    startTestService(
      { ...view, lookup: async (query) => ({ ...(await view.lookup(query)), demandedFields }) },
      {
        // As processes of one verifier have the same.
        keyFile: await createVerifierKeyFile(keyPair),
        clock: readClock,
        secondFactor: { acr: ACR, maxAgeSeconds: 600 },
        access: {
          issuer: issuer.url,
          audience: AUDIENCE,
          clients: new Map(clients.map((client) => [client.id, client])),
          quota: createMemoryQuota(),
          proxies: { addresses: [], header: 'x-forwarded-for' },
        },
      },
    )

  before(async () => {
    issuer = await startPersonIssuer()
    sample = await createSample(readClock())
    service = await start(sample.view)
  })
  after(async () => {
    await service.close()
    issuer.stop()
  })

  const ask = async (
    claims: object,
    members: object = {},
    { url }: Pick<TestService, 'url'> = service,
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    send(`${url}/v1/unmaskings`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...bearer(await issuer.tokenOf(claims)), ...headers },
      body: JSON.stringify({
        presented: sample.bundle,
        receivingRegion: '440000',
        fields: ['holderName'],
        caseNo: '粤2026-0001',
        useCause: '核对申请人身份',
        serviceItem: 'ITEM-1',
        ...members,
      }),
    })
  const SYSTEM = { sub: 'counter' }
  const signedIn = (secondsAgo = 0, acr = ACR) => ({
    sub: 'clerk-7',
    acr,
    auth_time: readClock() - secondsAgo,
  })

  it('gives the named fields in plain, and no others', async () => {
    const { status, json } = await ask(SYSTEM)
    expect(status).to.equal(200)
    expect(json.values).to.deep.equal({ holderName: FACE.holderName })
    expect(json.withheld).to.deep.equal([])
    expect(json.report.number).to.equal(json.number)
    expect(JSON.stringify(json)).to.not.include(FACE.holderId)
    const both = await ask(SYSTEM, { fields: ['holderId', 'address'] })
    expect(both.json.values).to.deep.equal({ holderId: FACE.holderId })
    expect(both.json.withheld).to.deep.equal(['address'])
  })

  it('withholds what the service item does not demand, and all where nothing is registered of it', async () => {
    for (const [demanded, shown] of [
      [['holderName'], ['holderName']],
      [[], []],
      [null, []],
    ] as const) {
      const other = await start(sample.view, demanded)
      try {
        const { status, json } = await ask(SYSTEM, { fields: ['holderName', 'holderId'] }, other)
        expect(status).to.equal(200)
        expect(Object.keys(json.values)).to.deep.equal(shown)
        expect(json.withheld).to.include('holderId')
      } finally {
        await other.close()
      }
    }
  })

  it('gives nothing of a licence that does not stand, or was altered', async () => {
    const revoked = await start(revoke(sample.memory))
    try {
      for (const [members, where] of [
        [{}, revoked],
        [{ presented: alter(sample.bundle) }, service],
        [{ presented: sample.credential.replace('~', 'A~') }, service],
        [{ presented: 'no licence' }, service],
      ] as const) {
        const { status, json } = await ask(SYSTEM, members, where)
        expect([status, json.values, json.withheld]).to.deep.equal([200, {}, ['holderName']])
      }
    } finally {
      await revoked.close()
    }
  })

  it('demands of a person a second factor, not long ago, and says which (RFC 9470)', async () => {
    for (const claims of [
      { sub: 'clerk-7' },
      { sub: 'clerk-7', acr: ACR },
      { sub: 'clerk-7', auth_time: readClock() },
      signedIn(0, 'urn:example:password'),
      signedIn(700),
      signedIn(-300),
      { ...signedIn(), acr: [ACR] },
      { ...signedIn(), auth_time: 'now' },
    ]) {
      const { status, json, headers } = await ask(claims)
      expect([status, json.code], JSON.stringify(claims)).to.deep.equal([401, 'second-factor-missing'])
      expect(headers.get('www-authenticate')).to.equal(
        `Bearer realm="hefu", error="insufficient_user_authentication", scope="unmask", acr_values="${ACR}", max_age="600"`,
      )
    }
    expect((await ask(signedIn(599))).json.values).to.deep.equal({ holderName: FACE.holderName })
  })

  it('is for no client that may know verdicts alone, and for no token without its scope', async () => {
    const verdicts = await ask({ sub: 'portal', client_id: 'portal' })
    expect([verdicts.status, verdicts.json.code]).to.deep.equal([403, 'verdict-only'])
    const verify = await ask({ ...SYSTEM, scope: 'verify reports' })
    expect([verify.status, verify.json.code]).to.deep.equal([403, 'scope-missing'])
  })

  it('demands case number, use and service item, and refuses a resident number in them', async () => {
    for (const [members, pointer] of [
      [{ caseNo: undefined }, '/caseNo'],
      [{ useCause: undefined }, '/useCause'],
      [{ serviceItem: undefined }, '/serviceItem'],
      [{ useCause: '' }, '/useCause'],
      [{ useCause: '核'.repeat(201) }, '/useCause'],
      [{ useCause: '核对11010519491231002X' }, '/useCause'],
      [{ useCause: '核对 1101 0519 4912 3100 2X' }, '/useCause'],
      [{ caseNo: '11010519491231002X' }, '/caseNo'],
      [{ fields: [] }, '/fields'],
      [{ fields: ['holderName', 'holderName'] }, '/fields'],
      [{ fields: 'holderName' }, '/fields'],
      [{ submitted: {} }, ''],
    ] as const) {
      const { status, json, text } = await ask(SYSTEM, members)
      expect([status, json.errors?.[0].pointer], JSON.stringify(members)).to.deep.equal([422, pointer])
      expect(text).to.not.include('11010519491231002X')
    }
    expect((await ask(SYSTEM, { useCause: '核'.repeat(200) })).status).to.equal(200)
    // Region, day and count, which by chance have the form of a resident number: no case is as old as a grown person.
    expect((await ask(SYSTEM, { caseNo: '440305202601010010' })).status).to.equal(200)
  })

  it('leaves a record of who saw which fields, for which case and use', async () => {
    const { json } = await ask(signedIn(), { caseNo: '粤2026-77', fields: ['holderId', 'address'] })
    const { db } = await testStore()
    const rows = await db.selectFrom('reading').selectAll().where('report', '=', json.number).execute()
    expect(rows).to.have.length(1)
    expect(rows[0]).to.deep.include({
      kind: 'unmasking',
      client: 'counter',
      person: 'clerk-7',
      region: '440000',
      case_no: '粤2026-77',
      service_item: 'ITEM-1',
      use_cause: '核对申请人身份',
      shown: 'plain',
      fields: '["holderId"]',
      verdict: 'accepted',
    })
    expect(rows[0]?.credential).to.match(/^[A-Za-z0-9_-]{43}$/)
  })

  it('answers a repeated request alike, records that it was seen again, and answers no other person', async () => {
    const key = { 'Idempotency-Key': '"unmasking-number-1"' }
    const claims = signedIn()
    const first = await ask(claims, {}, service, key)
    const again = await ask(claims, {}, service, key)
    expect(again.text).to.equal(first.text)
    const { db } = await testStore()
    const readings = db.selectFrom('reading').selectAll().where('report', '=', first.json.number)
    const [seen, replayed, ...more] = await readings.orderBy('number').execute()
    expect([seen?.kind, replayed?.kind, more]).to.deep.equal(['unmasking', 'replayed', []])
    for (const name of ['client', 'person', 'case_no', 'use_cause', 'fields', 'credential', 'shown'] as const)
      expect(replayed?.[name], name).to.equal(seen?.[name])
    const other = await ask({ ...claims, sub: 'clerk-8' }, {}, service, key)
    expect(other.json.number).to.not.equal(first.json.number)
    expect((await ask({ sub: 'clerk-7' }, {}, service, key)).status).to.equal(401)
  })

  it('shows nothing again to whoever may not see it any more', async () => {
    const key = { 'Idempotency-Key': '"unmasking-number-2"' }
    const first = await ask(SYSTEM, {}, service, key)
    const barred = CLIENTS.map((client) => ({ ...client, licenceTypes: new Set<string>() }))
    const other = await start(sample.view, ['holderName'], barred)
    try {
      const again = await ask(SYSTEM, {}, other, key)
      expect([again.status, again.json.code]).to.deep.equal([403, 'type-not-permitted'])
      expect(again.text).to.not.include(FACE.holderName)
      const { db } = await testStore()
      const kept = await db
        .selectFrom('reading')
        .select('kind')
        .where('report', '=', first.json.number)
        .execute()
      expect(kept).to.deep.equal([{ kind: 'unmasking' }])
    } finally {
      await other.close()
    }
  })
})
