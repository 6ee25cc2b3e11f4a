/** What a service publishes for software that knows no ledger: its word for keys, types and statuses, and a library that goes by it. */
import { inflateSync } from 'node:zlib'
import { type Change, createLedgerQueries, FactLayer } from '@hefu/ledger/replica'
import { findLicenceType, keyIdOf, statusListUri, suite, thumbprint } from '@hefu/protocol'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { expect } from 'chai'
import { afterEach, describe, it } from 'mocha'
import type { LedgerReader } from '#internal/verifier/ledger/ledger-reader'
import { type ListedLedgers, listPinned } from '#internal/verifier/ledger/listed-ledgers'
import {
  assertDisclosuresSigned,
  createResolver,
} from '../../../packages/verifier/examples/sd-jwt-vc-resolver.ts'
import { agency, createReadLedger, OTHER_AGENCY } from './read-ledger.ts'
import { createKeyPair, createSample, FACE, ISSUER, LEDGER, NOW, type Sample } from './sample.ts'
import { send, startTestService, type TestService } from './service.ts'

const TYPE = '11100000000013338W011'

/** Of the ledger that the sample stands on: what its issuer registered, anchored, and did. */
function listedOf({ memory }: Sample, besides: readonly Change[] = []): ListedLedgers {
  const [key] = memory.keys.values()
  const [anchor] = memory.anchors.values()
  if (key === undefined || anchor === undefined)
    throw new Error('read the sample: it has a key and an anchor')
  const facts = new FactLayer()
  const kid = thumbprint(key.publicJwk, suite)
  for (const change of [
    agency(ISSUER, 430000, '湖南省住房和城乡建设厅'),
    agency(OTHER_AGENCY, 430121, '湖南样例自然资源局'),
    { table: 'keys', key: `${ISSUER}/${keyIdOf(kid)}`, fact: key },
    { table: 'anchors', key: `${ISSUER}/0x${'fe'.repeat(32)}`, fact: anchor },
    ...besides,
  ] as readonly Change[])
    facts.put(change)
  const reader: LedgerReader = {
    queries: () => createLedgerQueries(facts, { ledger: LEDGER, block: memory.block }),
    agreement: () => createReadLedger().reader.agreement(),
  }
  return listPinned(LEDGER, () => ({ state: 'following', reader }))
}

const act = (statusIndex: number, named: 'suspend' | 'revoke' | 'restrict'): Change => ({
  history: 'acts',
  key: `${ISSUER}/${statusIndex}`,
  entry: {
    act: named,
    effectiveAt: NOW - 1_000,
    decisionNumber: '第1号',
    legalBasis: 'XZCFF-9-3',
    capacity: 'operator',
  },
})

describe('What a verifier service publishes for other software', () => {
  let service: TestService
  afterEach(() => service.close())

  const start = async (sample: Sample, besides?: readonly Change[]): Promise<SDJwtVcInstance> => {
    service = await startTestService(sample.view, { listed: listedOf(sample, besides) })
    return new SDJwtVcInstance({
      ...createResolver(service.url, () => 'none is needed here'),
      loadTypeMetadataFormat: true,
    })
  }
  const isRefused = async (library: SDJwtVcInstance, compact: string): Promise<string> =>
    library.verify(compact, { currentDate: NOW }).then(
      () => 'verified',
      (error: Error) => error.message,
    )

  it('is enough for @sd-jwt/sd-jwt-vc to verify a licence, and to show its face in words', async () => {
    const sample = await createSample()
    const library = await start(sample)
    const { payload, typeMetadata } = await library.verify(sample.credential, { currentDate: NOW })
    expect(payload).to.deep.include(FACE)
    const claims = typeMetadata?.mergedTypeMetadata.claims ?? []
    const names = findLicenceType(TYPE)?.fields.map(({ name }) => name)
    expect(claims.map(({ path: [name] }) => name)).to.deep.equal(names)
    expect(claims.flatMap(({ display = [] }) => display.map(({ label }) => label))).to.include.members([
      '姓名',
      'Name',
    ])
  })

  it('RFC 9901 §7.1: refuses disclosures that the issuer did not sign, which the library leaves out and says nothing of', async () => {
    const sample = await createSample()
    const library = await start(sample)
    const encode = (name: string, value: string): string =>
      Buffer.from(JSON.stringify(['c2FsdHNhbHRzYWx0c2FsdA', name, value])).toString('base64url')
    const added = `${sample.credential}${encode('rank', '特级')}~`
    const [signed = '', first = '', ...others] = sample.credential.split('~')
    const [salt, name] = JSON.parse(Buffer.from(first, 'base64url').toString())
    const other = Buffer.from(JSON.stringify([salt, name, '他人'])).toString('base64url')
    const altered = [signed, other, ...others].join('~')
    for (const credential of [added, altered]) {
      const { payload } = await library.verify(credential, { currentDate: NOW })
      expect(JSON.stringify(payload)).to.not.include('特级').and.not.include('他人')
      expect(() => assertDisclosuresSigned(credential)).to.throw('not signed')
    }
    expect(() => assertDisclosuresSigned([signed, first, first, ...others].join('~'))).to.throw('twice')
    expect(() => assertDisclosuresSigned(sample.credential)).to.not.throw()
    expect(() => assertDisclosuresSigned(`${signed}~`)).to.not.throw()
  })

  it('lets it refuse a licence whose signature, or whose issuer’s key, is another', async () => {
    const sample = await createSample()
    const library = await start(sample)
    const [signed = '', ...disclosures] = sample.credential.split('~')
    const altered = `${signed.slice(0, -8)}AAAAAAAA`
    expect(await isRefused(library, [altered, ...disclosures].join('~'))).to.match(/verify/i)
    const other = await createSample()
    expect(await isRefused(library, other.credential), 'of a key that is not registered').to.match(/verify/i)
  })

  for (const [named, says] of [
    ['suspend', 2],
    ['revoke', 1],
    ['restrict', 3],
  ] as const) {
    it(`lets it refuse a licence after ${named}, and no other of the same agency`, async () => {
      const sample = await createSample()
      const library = await start(sample, [act(5, named)])
      expect(await isRefused(library, sample.credential)).to.match(/status/i)
      await service.close()
      const undisturbed = await start(sample, [act(4, named), act(6, named)])
      expect(await isRefused(undisturbed, sample.credential)).to.equal('verified')
      const { statusList } = (await send(`${service.url}/v1/status-lists/${ISSUER}`)).json
      const [, claims = ''] = statusList.split('.')
      const { sub, iat, status_list } = JSON.parse(Buffer.from(claims, 'base64url').toString())
      expect([sub, iat, status_list.bits]).to.deep.equal([statusListUri(LEDGER, ISSUER), NOW - 60, 2])
      const words = inflateSync(Buffer.from(status_list.lst, 'base64url'))
      const wordAt = (index: number): number => ((words[index >> 2] ?? 0) >> ((index & 3) * 2)) & 3
      expect([4, 5, 6].map(wordAt)).to.deep.equal([says, 0, says])
    })
  }

  it('lists no key of which it is said that it may be a thief’s, and none that JOSE has no name for', async () => {
    const sample = await createSample()
    const [key] = sample.memory.keys.values()
    const keyId = keyIdOf(thumbprint(createKeyPair().publicJwk, suite))
    const library = await start(sample, [
      { table: 'keys', key: `${ISSUER}/${keyId}`, fact: { ...key, compromisedFrom: NOW - 500 } } as Change,
    ])
    const { keys } = (await send(`${service.url}/v1/issuer-keys/${ISSUER}`)).json
    expect(keys.map(({ kid }: { kid: string }) => kid)).to.deep.equal([
      key && thumbprint(key.publicJwk, suite),
    ])
    expect(await isRefused(library, sample.credential)).to.equal('verified')
  })

  it('says that there is none of what the ledger or the service does not have', async () => {
    const sample = await createSample()
    await start(sample)
    for (const [path, code] of [
      ['/v1/issuer-keys/91430000YL9814403R', 'not-on-ledger'],
      ['/v1/status-lists/91430000YL9814403R', 'not-on-ledger'],
      ['/v1/type-metadata/11100000000013338W999', 'type-not-described'],
      ['/v1/issuer-keys/91430000YL9814403X', 'bad-parameters'],
    ]) {
      const { status, json } = await send(`${service.url}${path}`)
      expect([json.code, status >= 400], path).to.deep.equal([code, true])
    }
    const { statusList } = (await send(`${service.url}/v1/status-lists/${OTHER_AGENCY}`)).json
    expect(statusList, 'of an agency that anchored nothing').to.be.a('string')
  })

  it('is a list for later where more is not final than is told in pages, and nobody waits for it', async function () {
    // What goes on until more is final would go on for ever.
    this.timeout(20_000)
    const sample = await createSample()
    const told = (n: number): Change => ({
      table: 'anchors',
      key: `${ISSUER}/0x${n.toString(16).padStart(64, 'a')}`,
      fact: { anchoredAt: n, blockNumber: n, size: 1, firstIndex: n },
    })
    await start(
      sample,
      Array.from({ length: 4_200 }, (_, n) => told(n)),
    )
    const { status, json } = await send(`${service.url}/v1/status-lists/${ISSUER}`)
    expect([status, json.code]).to.deep.equal([503, 'ledger-behind'])
    expect((await send(`${service.url}/health/live`)).status).to.equal(200)
  })

  it('lets it refuse what is signed with a key whose term has ended, or not begun', async () => {
    for (const term of [
      { validFrom: 1, validUntil: NOW - 1 },
      { validFrom: Math.floor(Date.now() / 1_000) + 9_999, validUntil: null },
    ]) {
      const sample = await createSample()
      const [[name = '', key] = []] = sample.memory.keys.entries()
      const kid = key && thumbprint(key.publicJwk, suite)
      expect(name).to.not.equal('')
      const library = await start(sample, [
        { table: 'keys', key: `${ISSUER}/${keyIdOf(kid ?? '')}`, fact: { ...key, ...term } } as Change,
      ])
      expect(await isRefused(library, sample.credential)).to.match(/verify/i)
      await service.close()
    }
    service = await startTestService((await createSample()).view)
  })

  it('is no list of more licences than one holds', async () => {
    const sample = await createSample()
    await start(sample, [
      {
        table: 'anchors',
        key: `${ISSUER}/0x${'fd'.repeat(32)}`,
        fact: { anchoredAt: 9, blockNumber: 3, firstIndex: 0, size: 2 ** 20 + 1 },
      },
    ])
    const { status, json } = await send(`${service.url}/v1/status-lists/${ISSUER}`)
    expect([status, json.code]).to.deep.equal([404, 'no-status-list'])
  })

  it('is nothing where the service has no replica', async () => {
    const sample = await createSample()
    service = await startTestService(sample.view)
    for (const path of [`/v1/issuer-keys/${ISSUER}`, `/v1/status-lists/${ISSUER}`]) {
      expect((await send(`${service.url}${path}`)).json.code).to.equal('no-replica')
    }
  })
})
