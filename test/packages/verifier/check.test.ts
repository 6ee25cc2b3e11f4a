/** `hefu-verifier check` refuses what the service would not start with, of every place that it keeps something in. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityOf, type Network } from '@hefu/ledger'
import { suite, thumbprint } from '@hefu/protocol'
import { type ExplainedError, openPostgresDatabase } from '@hefu/service'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, before, describe, it } from 'mocha'
import { createOperations } from '#internal/verifier/operator'
import { openPlace } from '#internal/verifier/replica/replica-place'
import { replicaStore } from '#internal/verifier/replica/schema'
import { openReplicaStore } from '#internal/verifier/replica/shared-store'
import { createDeposits } from '#internal/verifier/store/deposits'
import { endKey, enterKey } from '#internal/verifier/store/key-history'
import { openVerifierStore } from '#internal/verifier/store/open-store'
import { VERIFIER_STORE } from '#internal/verifier/store/schema'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../fixtures/postgres-server.ts'
import { startPersonIssuer } from './person-issuer.ts'
import { createKeyPair, createVerifierKeyFileText, LEDGER, NOW, PASSPHRASE } from './sample.ts'

const NETWORK: Network = {
  rpcUrl: 'http://127.0.0.1:9',
  chainId: LEDGER.chainId,
  ledger: LEDGER.address,
  deploymentBlock: 0,
}
const AWAY = 'postgres://hefu:secret@127.0.0.1:9/none'

/** Of this machine, where nothing listens. */
async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return `http://127.0.0.1:${port}`
}

describe('hefu-verifier check', () => {
  let folder: string
  let good: Record<string, string>
  const path = (name: string) => join(folder, name)

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hefu-check-'))
    const { rpcUrl, chainId, ledger } = NETWORK
    await writeFile(path('network.json'), JSON.stringify(NETWORK))
    await writeFile(path('registry.json'), JSON.stringify({ rpcUrl, chainId, registry: ledger }))
    await writeFile(path('key.json'), await createVerifierKeyFileText(createKeyPair()))
    good = {
      HEFU_NETWORK: path('network.json'),
      HEFU_VERIFIER_KEY: path('key.json'),
      HEFU_PASSPHRASE: PASSPHRASE,
      HEFU_PORT: '0',
      HEFU_REPLICA: 'none',
      HEFU_ACCESS: 'unguarded',
    }
  })
  after(() => rm(folder, { recursive: true }))

  async function refusalsOf(variables: Record<string, string | undefined>): Promise<string[]> {
    const found = await createOperations({ ...good, ...variables }).check()
    for (const { says } of found) expect(says.zh + says.en).to.not.include('secret')
    return found.map(({ code }) => code)
  }

  async function refusalOf(variables: Record<string, string | undefined>): Promise<string | null> {
    const [first = null, ...more] = await refusalsOf(variables)
    expect(more).to.deep.equal([])
    return first
  }

  const guarded = async (): Promise<Record<string, string>> => {
    const client = {
      requestsPerMinute: 1,
      licenceTypes: 'any',
      receivingRegions: 'any',
      shown: 'report',
      deposits: [],
      givenBundles: false,
      batches: 0,
    }
    await writeFile(path('clients.json'), JSON.stringify({ a: client }))
    return {
      HEFU_ACCESS: 'guarded',
      HEFU_ISSUER: await closedAddress(),
      HEFU_AUDIENCE: 'urn:hefu:verifier',
      HEFU_CLIENTS: path('clients.json'),
    }
  }

  it('says all that is wrong at once, and why the issuer of tokens is not heard', async () => {
    const found = await createOperations({
      ...good,
      ...(await guarded()),
      HEFU_NETWORK: path('absent.json'),
      HEFU_VERIFIER_KEY: path('absent.json'),
    }).check()
    expect(found.map(({ code }) => code)).to.deep.equal(['bad-network', 'key-unreadable', 'issuer-silent'])
    expect(found[0]?.says.zh)
      .to.include('没有该文件或文件夹（ENOENT）')
      .and.not.match(/no such file/)
    expect(found[2]?.says.en).to.include('ECONNREFUSED')
  })

  it('says what is wrong with the console: by halves, without its client or secret, where nobody can sign in', async () => {
    const issuer = await startPersonIssuer()
    try {
      const whole = {
        ...(await guarded()),
        HEFU_ISSUER: issuer.url,
        HEFU_CONSOLE_ORIGIN: 'https://verifier.example',
        HEFU_CONSOLE_CLIENT: 'a',
        HEFU_CONSOLE_SECRET_FILE: path('console-word'),
      }
      await writeFile(path('console-word'), 'a word of the console\n')
      await writeFile(path('short-word'), 'word\n')
      await writeFile(path('two-words'), 'a word of one line\nand another\n')
      // This issuer publishes keys, and no more.
      expect(await refusalOf(whole)).to.equal('issuer-without-sign-in')
      expect(await refusalOf({ ...whole, HEFU_CONSOLE_CLIENT: 'b' })).to.equal('console-client-unknown')
      for (const file of ['absent', 'short-word', 'two-words'])
        expect(await refusalOf({ ...whole, HEFU_CONSOLE_SECRET_FILE: path(file) })).to.equal(
          'bad-console-secret',
        )
      for (const left of ['HEFU_CONSOLE_ORIGIN', 'HEFU_CONSOLE_CLIENT', 'HEFU_CONSOLE_SECRET_FILE'])
        expect(await refusalOf({ ...whole, [left]: '' }), left).to.equal('half-console')
      expect(await refusalOf({ HEFU_CONSOLE_ORIGIN: 'http://localhost:8470' })).to.equal(
        'console-and-unguarded',
      )
      for (const variables of [
        { HEFU_CONSOLE_ORIGIN: 'http://verifier.example' },
        { HEFU_CONSOLE_ORIGIN: 'https://verifier.example/' },
        { HEFU_CONSOLE_CLIENT: 'a b' },
        { HEFU_CONSOLE_IDLE_SECONDS: '59' },
        { HEFU_CONSOLE_SESSION_SECONDS: '86401' },
      ]) {
        const refused = await createOperations({ ...good, ...whole, ...variables })
          .check()
          .catch((error: unknown) => error)
        expect(refused, JSON.stringify(variables)).to.include({ code: 'bad-configuration' })
      }
    } finally {
      issuer.stop()
    }
  })

  it('takes the replica where the service would, and makes nothing', async () => {
    await mkdir(path('kept'))
    const before = await readdir(folder)
    for (const HEFU_NETWORK of [path('network.json'), path('registry.json')])
      for (const HEFU_REPLICA of ['none', path('kept'), path('not/there/yet'), undefined])
        expect(await refusalOf({ HEFU_NETWORK, HEFU_REPLICA }), HEFU_REPLICA).to.equal(null)
    expect(await readdir(folder)).to.deep.equal(before)
    expect(await readdir(path('kept'))).to.deep.equal([])
  })

  it('refuses a replica that is in no folder and no PostgreSQL database', async () => {
    for (const HEFU_NETWORK of [path('network.json'), path('registry.json')]) {
      expect(await refusalOf({ HEFU_NETWORK, HEFU_REPLICA: 'mysql://hefu:secret@h/d' })).to.equal(
        'replica-place',
      )
      expect(await refusalOf({ HEFU_NETWORK, HEFU_REPLICA: path('key.json') })).to.equal('folder-unwritable')
      expect(await refusalOf({ HEFU_NETWORK, HEFU_REPLICA: path('key.json/in') })).to.equal(
        'folder-unwritable',
      )
      expect(await refusalOf({ HEFU_NETWORK, HEFU_REPLICA: AWAY })).to.equal('database-unreachable')
    }
  }).timeout(30_000)

  it('refuses what is not to be written beside the key file', async () => {
    for (const [name, variables] of [
      ['key.store', {}],
      ['key.replica', { HEFU_REPLICA: undefined }],
    ] as const) {
      await writeFile(path(name), '')
      expect(await refusalOf(variables), name).to.equal('folder-unwritable')
      await rm(path(name))
      expect(await refusalOf(variables), name).to.equal(null)
    }
  })

  describe('over PostgreSQL', function () {
    this.timeout(60_000)
    let server: PostgresServer
    let url: string

    before(async function () {
      const bin = findPostgres()
      if (bin === null) this.skip()
      server = await startPostgres(bin)
      url = await createDatabase(server)
    })
    after(() => server?.stop())

    it('takes a replica that is none yet, or of this ledger, also while it is held, and refuses one of another', async () => {
      expect(await refusalOf({ HEFU_REPLICA: url })).to.equal(null)
      const held = await openReplicaStore({
        open: () => openPlace(url),
        definition: replicaStore(),
        ledger: identityOf(NETWORK),
      })
      expect(await refusalOf({ HEFU_REPLICA: url })).to.equal(null)
      await writeFile(path('other.json'), JSON.stringify({ ...NETWORK, chainId: 7 }))
      const other = { HEFU_NETWORK: path('other.json'), HEFU_REPLICA: url }
      expect(await refusalOf(other)).to.equal('replica-foreign')
      expect(await refusalOf({ ...other, HEFU_REPLICA: 'none' })).to.equal(null)
      await held.close()
    })

    it('looks at the database of counts, and makes nothing in it', async () => {
      const access = await guarded()
      const counts = await createDatabase(server)
      expect(await refusalsOf({ ...access, HEFU_QUOTA_DATABASE: counts })).to.deep.equal(['issuer-silent'])
      const database = openPostgresDatabase(counts)
      const made = await sql`select 1 from pg_namespace where nspname like 'hefu%'`.execute(database.db)
      await database.close()
      expect(made.rows).to.deep.equal([])
    })

    it('says of a database why it cannot be used, and what to do, of each that is named', async () => {
      const database = await createDatabase(server)
      const admin = openPostgresDatabase(database)
      try {
        await sql`create role powerless login`.execute(admin.db)
        const powerless = database.replace('hefu@', 'powerless@')
        const named = { HEFU_DATABASE: powerless, HEFU_REPLICA: powerless, HEFU_QUOTA_DATABASE: powerless }
        const found = await createOperations({ ...good, ...(await guarded()), ...named }).check()
        expect(found.map(({ code }) => code)).to.deep.equal([
          ...Array.from({ length: 3 }, () => 'database-unreachable'),
          'issuer-silent',
        ])
        for (const { says } of found.slice(0, 3)) {
          expect(says.zh).to.include('授予数据库的 CREATE 权限').and.include('42501')
          expect(says.en).to.include('grant it CREATE').and.include('42501')
        }
        const refused = await openVerifierStore(powerless).catch((error: unknown) => error)
        expect((refused as ExplainedError).says.en, 'the start says so too').to.include('42501')
        await sql`alter role powerless set default_transaction_read_only = on`.execute(admin.db)
        await sql`grant create on database ${sql.id(database.split('/').at(-1) ?? '')} to powerless`.execute(
          admin.db,
        )
        for (const [url, part] of [
          [powerless, '25006'],
          [`${database}x`, '3D000'],
          [database.replace('hefu@', 'nobody@'), '28000'],
          [AWAY, 'ECONNREFUSED'],
        ] as const) {
          const [told] = await createOperations({ ...good, HEFU_DATABASE: url }).check()
          expect(told?.says.en, url).to.include(part)
          expect(told?.says.zh, url).to.match(/：\p{Script=Han}{4,}.*（/u)
        }
      } finally {
        await admin.close()
      }
    })

    it('refuses a key that was ended, and deposits that no key opens', async () => {
      const own = await createDatabase(server)
      const { db, close, flush } = await openVerifierStore(own)
      const pair = createKeyPair()
      await writeFile(path('ended.json'), await createVerifierKeyFileText(pair))
      const variables = { HEFU_DATABASE: own, HEFU_VERIFIER_KEY: path('ended.json') }
      await enterKey(db, pair.publicJwk, NOW)
      expect(await refusalOf(variables)).to.equal(null)
      const { publicJwk } = createKeyPair()
      await enterKey(db, publicJwk, NOW)
      expect(await refusalOf(variables), 'nothing was noted yet').to.equal(null)
      await writeFile(path('verifier-keys.known.json'), JSON.stringify([thumbprint(pair.publicJwk, suite)]))
      expect(await refusalOf(variables)).to.equal('key-not-known')
      const known = thumbprint(pair.publicJwk, suite)
      for (const [from, refused] of [
        [NOW, 'key-not-known'],
        [NOW - 1, 'key-altered'],
      ] as const) {
        const noted = { [known]: { from, until: null } }
        await writeFile(path('verifier-keys.known.json'), JSON.stringify(noted))
        expect(await refusalOf(variables)).to.equal(refused)
      }
      await rm(path('verifier-keys.known.json'))
      await db.updateTable('verifier_key').set({ public_jwk: '{' }).where('valid_until', 'is', null).execute()
      expect(await refusalOf(variables), 'rubbish').to.equal('key-not-known')
      await db.deleteFrom('verifier_key').execute()
      await enterKey(db, pair.publicJwk, NOW)
      await endKey(db, thumbprint(pair.publicJwk, suite), NOW + 1_000_000_000)
      expect(await refusalOf(variables), 'also where its end is still to come').to.equal('key-ended')
      const other = { name: 'x'.repeat(43), key: randomBytes(32) }
      await createDeposits({ db, close, flush }, [other], { mostInAll: 1, mostOfClient: 1 })
      await createOperations({ ...good, ...variables }).makeDepositKey(path('deposit.json'))
      const sealed = { HEFU_DATABASE: own, HEFU_DEPOSIT_KEYS: path('deposit.json') }
      expect(await refusalOf(sealed)).to.equal('deposit-key-missing')
      await close()
    })

    it('takes a store that is there or not, and refuses one of a newer program', async () => {
      expect(await refusalOf({ HEFU_DATABASE: url })).to.equal(null)
      const { db, close } = await openVerifierStore(url)
      expect(await refusalOf({ HEFU_DATABASE: url })).to.equal(null)
      const migrations = sql.table(`${VERIFIER_STORE.schema}.kysely_migration`)
      await sql`insert into ${migrations} values ('999-newer', '')`.execute(db)
      await close()
      expect(await refusalOf({ HEFU_DATABASE: url })).to.equal('store-newer')
    })
  })
})
