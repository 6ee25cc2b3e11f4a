/** Keys that stand in the store: those of the verifier are believed and published, whatever else somebody wrote there is not. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReportSigner, suite, thumbprint } from '@hefu/protocol'
import { VerifierStartError } from '@hefu/verifier'
import { expect } from 'chai'
import { sql } from 'kysely'
import { afterEach, before, beforeEach, describe, it } from 'mocha'
import { endKey } from '#internal/verifier/store/key-history'
import { createKnownKeyNotes, knownBeside } from '#internal/verifier/store/known-keys'
import type { VerifierStore } from '#internal/verifier/store/open-store'
import { createKeyPair, createSample, createVerifierKeyFile, NOW, type Sample } from './sample.ts'
import { post, send, startTestService, type TestService } from './service.ts'
import { openMemoryStore } from './test-store.ts'

type Pair = ReturnType<typeof createKeyPair>

describe('keys in the store', () => {
  let sample: Sample
  let folder: string
  let store: VerifierStore
  let clock: number
  const started: TestService[] = []

  before(async () => {
    sample = await createSample()
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hefu-known-'))
    store = await openMemoryStore()
    clock = NOW
  })
  afterEach(async () => {
    await Promise.all(started.splice(0).map(({ close }) => close()))
    await store.close()
    await rm(folder, { recursive: true })
  })

  const place = (): string => knownBeside(join(folder, 'verifier-key.json'))
  const kidOf = ({ publicJwk }: Pair): string => thumbprint(publicJwk, suite)
  const start = async (pair: Pair): Promise<TestService> => {
    const service = await startTestService(sample.view, {
      store,
      keyFile: await createVerifierKeyFile(pair),
      knownKeys: createKnownKeyNotes(place()),
      clock: () => clock,
      maxLedgerAgeSeconds: 1_000_000,
    })
    started.push(service)
    return service
  }
  const insert = (kid: string, jwk: string, until: number | null = null) =>
    store.db
      .insertInto('verifier_key')
      .values({ kid, public_jwk: jwk, valid_from: 1, valid_until: until })
      .execute()
  const published = async ({ url }: TestService): Promise<readonly string[]> => {
    const { json } = await send(`${url}/.well-known/jwks.json`)
    return json.keys.map(({ kid }: { readonly kid: string }) => kid)
  }
  const verify = ({ url }: TestService) => post(url, { presented: sample.bundle, receivingRegion: '440000' })

  it('that somebody wrote there are not published, and nothing that they sign is believed', async () => {
    const [own, foreign] = [createKeyPair(), createKeyPair()]
    const service = await start(own)
    const { json } = await verify(service)
    await insert(kidOf(foreign), JSON.stringify(foreign.publicJwk))
    clock += 11
    expect(await published(service)).to.deep.equal([kidOf(own)])
    const forged = await (await createReportSigner(foreign.privateJwk, suite))(json.report)
    await sql`alter table hefu_verifier.report disable trigger as_written`.execute(store.db)
    await store.db.updateTable('report').set({ attestation: forged }).execute()
    const refused = await send(`${service.url}/v1/reports/${json.report.number}`)
    expect([refused.status, refused.json.code]).to.deep.equal([500, 'report-unproven'])
    await start(createKeyPair())
    expect(await published(started[1] as TestService), 'nor after the next start').to.not.include(
      kidOf(foreign),
    )
  })

  it('that are rubbish, or not what their thumbprint says, stop nothing', async () => {
    const [own, foreign] = [createKeyPair(), createKeyPair()]
    const service = await start(own)
    await insert('rubbish', '{', 5)
    await insert('x'.repeat(43), JSON.stringify(foreign.publicJwk))
    clock += 11
    expect(await published(service)).to.deep.equal([kidOf(own)])
    expect((await send(`${service.url}/health/ready`)).status).to.equal(200)
    expect((await verify(service)).status).to.equal(200)
    // Also where the own row was altered: its key is put right at the next start.
    await store.db
      .updateTable('verifier_key')
      .set({ public_jwk: '{' })
      .where('kid', '=', kidOf(own))
      .execute()
    expect(await published(await start(own))).to.deep.equal([kidOf(own)])
  })

  it('that ended before the store knew them have no term, and no end before their beginning', async () => {
    const [ended, inForce] = [createKeyPair(), createKeyPair()]
    await insert(kidOf(ended), JSON.stringify(ended.publicJwk), 0)
    await insert(kidOf(inForce), JSON.stringify(inForce.publicJwk), 2)
    const { url } = await start(createKeyPair())
    const { json } = await send(`${url}/.well-known/jwks.json`)
    const termOf = (pair: Pair) => {
      const { nbf, exp } = json.keys.find(({ kid }: { readonly kid: string }) => kid === kidOf(pair))
      return [nbf, exp]
    }
    expect([termOf(ended), termOf(inForce)]).to.deep.equal([
      [0, 0],
      [1, 2],
    ])
  })

  it('of this verifier are published still by who came after them, or beside them', async () => {
    const [former, next] = [createKeyPair(), createKeyPair()]
    const first = await start(former)
    await start(next)
    clock += 11
    expect(await published(first)).to.have.members([kidOf(former), kidOf(next)])
    const term = { from: NOW, until: null }
    expect(JSON.parse(await readFile(place(), 'utf8'))).to.deep.equal({
      [kidOf(former)]: term,
      [kidOf(next)]: term,
    })
  })

  for (const [what, change] of [
    ['begins earlier', { valid_from: 1 }],
    ['begins later', { valid_from: NOW + 1 }],
    ['ends no more', { valid_until: null }],
    ['ends later', { valid_until: NOW + 1_000_000 }],
    ['is none', { valid_from: -1 }],
  ] as const) {
    it(`whose term ${what} by a hand in the store are not published, and no report of theirs is shown`, async () => {
      const [former, next] = [createKeyPair(), createKeyPair()]
      const first = await start(former)
      const { json } = await verify(first)
      const reports = `${first.url}/v1/reports/${json.report.number}`
      await endKey(store.db, kidOf(former), NOW + 5)
      clock += 11
      await first.close()
      const service = await start(next)
      expect(await published(service)).to.have.members([kidOf(former), kidOf(next)])
      await store.db.updateTable('verifier_key').set(change).where('kid', '=', kidOf(former)).execute()
      clock += 11
      expect(await published(service)).to.deep.equal([kidOf(next)])
      const refused = await send(reports.replace(first.url, service.url))
      expect([refused.status, refused.json.code]).to.deep.equal([500, 'report-unproven'])
      if (what !== 'is none') expect(service.log()).to.include('another than was noted')
      await store.db
        .updateTable('verifier_key')
        .set({ valid_from: NOW, valid_until: NOW + 5 })
        .where('kid', '=', kidOf(former))
        .execute()
      clock += 11
      expect(await published(service), 'set right').to.have.members([kidOf(former), kidOf(next)])
      expect((await send(reports.replace(first.url, service.url))).status).to.equal(200)
    })
  }

  it('whose own term was altered do not start; of a store that lost it, it is entered as it was', async () => {
    const own = createKeyPair()
    await (await start(own)).close()
    const ofOwn = store.db.updateTable('verifier_key').where('kid', '=', kidOf(own))
    await ofOwn.set({ valid_from: NOW - 5 }).execute()
    const refused = await start(own).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(VerifierStartError).and.include({ code: 'key-altered' })
    await store.db.deleteFrom('verifier_key').execute()
    clock += 1_000
    expect(await published(await start(own))).to.deep.equal([kidOf(own)])
    const rows = await store.db.selectFrom('verifier_key').select('valid_from').execute()
    expect(rows.map(({ valid_from: from }) => Number(from))).to.deep.equal([NOW])
  })

  it('take their terms from the store where an earlier version noted none, and an older backup ends none anew', async () => {
    const [former, next] = [createKeyPair(), createKeyPair()]
    await (await start(former)).close()
    await writeFile(place(), JSON.stringify([kidOf(former)]))
    await endKey(store.db, kidOf(former), NOW + 5)
    const service = await start(next)
    expect(JSON.parse(await readFile(place(), 'utf8'))).to.deep.equal({
      [kidOf(former)]: { from: NOW, until: NOW + 5 },
      [kidOf(next)]: { from: NOW, until: null },
    })
    await service.close()
    await store.db.updateTable('verifier_key').set({ valid_until: null }).execute()
    expect(await published(await start(next))).to.have.members([kidOf(former), kidOf(next)])
    const ended = await start(former).catch((error: unknown) => error)
    expect(ended).to.be.instanceOf(VerifierStartError).and.include({ code: 'key-ended' })
  })

  it('are all believed where nothing was noted yet, and none more than once that is noted', async () => {
    const earlier = createKeyPair()
    await insert(kidOf(earlier), JSON.stringify(earlier.publicJwk))
    const own = createKeyPair()
    expect(await published(await start(own))).to.have.members([kidOf(earlier), kidOf(own)])
    await writeFile(place(), '{')
    clock += 11
    expect(await published(started[0] as TestService), 'what was known goes on').to.have.length(2)
    const refused = await start(own).catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(VerifierStartError).and.include({ code: 'bad-known-keys' })
  })
})
