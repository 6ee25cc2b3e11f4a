/** Nobody starts an unguarded service by leaving something out. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Environment, readConfiguration } from '@hefu/service'
import { readClientTable, VerifierStartError } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { ACCESS_SETTINGS, openAccess } from '#internal/verifier/access/access-settings'
import { createSample } from './sample.ts'
import { startTestService } from './service.ts'

const GOOD = {
  requestsPerMinute: 60,
  licenceTypes: 'any',
  receivingRegions: ['440000'],
  shown: 'report',
  deposits: ['11430000006122244L', 'holders'],
  givenBundles: false,
  batches: 2,
}

describe('who is let in, by the configuration of the verifier service', () => {
  let folder: string
  let issuer: Record<string, string>

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hefu-access-'))
    const clients = join(folder, 'clients.json')
    await writeFile(clients, JSON.stringify({ a: GOOD }))
    issuer = { HEFU_ISSUER: 'https://id.example', HEFU_AUDIENCE: 'urn:hefu:verifier', HEFU_CLIENTS: clients }
  })
  after(() => rm(folder, { recursive: true }))

  const open = (environment: Environment) =>
    openAccess(readConfiguration(ACCESS_SETTINGS, environment), () => undefined)
  async function refusalOf(opening: Promise<unknown>): Promise<VerifierStartError> {
    const error = await opening.catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(VerifierStartError)
    return error as VerifierStartError
  }
  const codeOf = async (opening: Promise<unknown>): Promise<string> => (await refusalOf(opening)).code
  /** In both languages. */
  function expectNamed(name: string, { says }: VerifierStartError): void {
    for (const sentence of [says.zh, says.en]) expect(sentence).to.include(name)
  }

  it('is the clients of an issuer, when all of it is said', async () => {
    const access = await open(issuer)
    expect(access).to.deep.include({ issuer: 'https://id.example', audience: 'urn:hefu:verifier' })
  })

  it('is nobody, and the service does not start, when nothing is said', async () => {
    expect(await codeOf(open({}))).to.equal('no-issuer')
    expect(await codeOf(open({ HEFU_ACCESS: 'guarded' }))).to.equal('no-issuer')
  })

  it('is nobody when only a part is said', async () => {
    for (const left of Object.keys(issuer))
      expect(await codeOf(open({ ...issuer, [left]: '' })), left).to.equal('half-issuer')
  })

  it('is anybody when that is said in so many words, and nothing contradicts it', async () => {
    expect(await open({ HEFU_ACCESS: 'unguarded' })).to.equal('unguarded')
    expect(await codeOf(open({ ...issuer, HEFU_ACCESS: 'unguarded' }))).to.equal('issuer-and-unguarded')
  })

  it('is never anybody of another machine', async () => {
    const { view } = await createSample()
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'verifier.example']) {
      const refusal = await refusalOf(startTestService(view, { host }))
      expect(refusal.code, host).to.equal('unguarded-address')
      expectNamed(host, refusal)
    }
    await (await startTestService(view, { host: 'localhost' })).close()
  })

  it('takes only addresses, origins and proxies of the right form, and repeats none', () => {
    for (const [name, ...values] of [
      [
        'HEFU_ISSUER',
        'http://id.example',
        'https://id.example?a=1',
        'https://u:secret@id.example',
        'id.example',
      ],
      ['HEFU_AUDIENCE', 'a b', 'a'.repeat(257)],
      ['HEFU_ACCESS', 'off', 'true', 'Unguarded'],
      ['HEFU_ORIGINS', '*', 'https://page.example/', 'https://page.example,null', ','],
      ['HEFU_PROXIES', '10.0.0.0/33', 'proxy.example', '10.0.0.1;10.0.0.2'],
      ['HEFU_PROXY_HEADER', 'x-real-ip'],
      ['HEFU_QUOTA_DATABASE', 'mysql://u:secret@h/d'],
    ] as const) {
      for (const value of values) {
        expect(() => readConfiguration(ACCESS_SETTINGS, { [name]: value }), value)
          .to.throw(name)
          .with.property('message')
          .that.does.not.include('secret')
      }
    }
  })

  it('reads a table of clients whole, or not at all', async () => {
    const path = join(folder, 'other.json')
    const read = async (text: string) => {
      await writeFile(path, text)
      return readClientTable(path)
    }
    const table = await read(JSON.stringify({ a: GOOD, b: { ...GOOD, shown: 'verdict' } }, null, 2))
    expect(table.get('a')).to.deep.equal({
      id: 'a',
      requestsPerMinute: 60,
      licenceTypes: 'any',
      receivingRegions: new Set(['440000']),
      shown: 'report',
      deposits: new Set(['11430000006122244L', 'holders']),
      givenBundles: false,
      batches: 2,
    })
    expect(table.get('c')).to.equal(undefined)
    for (const text of [
      '',
      '[]',
      '{"a":{}}',
      `{"a":${JSON.stringify(GOOD)},"a":${JSON.stringify(GOOD)}}`,
      ...Object.keys(GOOD).map((left) => JSON.stringify({ a: { ...GOOD, [left]: undefined } })),
      ...[
        { requestsPerMinute: 0 },
        { requestsPerMinute: 1.5 },
        { licenceTypes: [] },
        { licenceTypes: 'all' },
        { receivingRegions: ['990000'] },
        { receivingRegions: '440000' },
        { shown: 'everything' },
        { deposits: 'all' },
        { deposits: ['11430000006122244X'] },
        { givenBundles: 'yes' },
        { batches: -1 },
        { batches: 101 },
        { batches: 0.5 },
        { batches: true },
        { alsoShown: 'x' },
      ].map((change) => JSON.stringify({ a: { ...GOOD, ...change } })),
      JSON.stringify({ '': GOOD }),
      JSON.stringify({ 'a b': GOOD }),
    ])
      expect(await codeOf(read(text)), text).to.equal('bad-clients')
    const absent = join(folder, 'absent.json')
    const refusal = await refusalOf(readClientTable(absent))
    expect(refusal.code).to.equal('bad-clients')
    expectNamed(absent, refusal)
  })
})
