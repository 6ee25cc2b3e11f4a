/** `hefu-verifier check` refuses what the service would not start with, of every place that it keeps something in. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityOf, type Network } from '@hefu/ledger'
import { expect } from 'chai'
import { sql } from 'kysely'
import { after, before, describe, it } from 'mocha'
import { createOperations } from '#internal/verifier/operator'
import { openPlace } from '#internal/verifier/replica/replica-place'
import { replicaStore } from '#internal/verifier/replica/schema'
import { openReplicaStore } from '#internal/verifier/replica/shared-store'
import { openVerifierStore } from '#internal/verifier/store/open-store'
import { VERIFIER_STORE } from '#internal/verifier/store/schema'
import {
  createDatabase,
  findPostgres,
  type PostgresServer,
  startPostgres,
} from '../../fixtures/postgres-server.ts'
import { createKeyPair, createVerifierKeyFileText, LEDGER, PASSPHRASE } from './sample.ts'

const NETWORK: Network = {
  rpcUrl: 'http://127.0.0.1:9',
  chainId: LEDGER.chainId,
  ledger: LEDGER.address,
  deploymentBlock: 0,
}
const AWAY = 'postgres://hefu:secret@127.0.0.1:9/none'

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

  async function refusalOf(variables: Record<string, string | undefined>): Promise<string | null> {
    try {
      await createOperations({ ...good, ...variables }).check()
      return null
    } catch (error) {
      expect(String(error)).to.not.include('secret')
      return (error as { code: string }).code
    }
  }

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
