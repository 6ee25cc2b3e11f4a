import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import {
  createReportSigner,
  type FindingCode,
  finding,
  LedgerUnavailableError,
  type PublicJwk,
  parseReport,
  suite,
  thumbprint,
  type VerificationReport,
} from '@hefu/protocol'
import {
  createRemoteVerifier,
  MalformedError,
  type RemoteVerificationRequest,
  RemoteVerifierError,
  type VerificationRequest,
} from '@hefu/sdk'
import { expect } from 'chai'
import { after, afterEach, before, describe, it } from 'mocha'
import { resultCodeOf, verdictOf } from '#internal/protocol/report/verdict'
import { alter, createKeyPair, createSample, FACE, LEDGER, NOW, type Sample } from '../verifier/sample.ts'
import { post, send, startTestService, type TestService } from '../verifier/service.ts'
import { openMemoryStore } from '../verifier/test-store.ts'

const clock = () => NOW

/** With another finding, and the verdict that follows from it. */
function replaced(report: VerificationReport, code: FindingCode): VerificationReport {
  const other = finding(code)
  const findings = report.findings.map((found) => (found.check === other.check ? other : found))
  return { ...report, findings, verdict: verdictOf(findings), resultCode: resultCodeOf(findings) }
}

type Listener = (req: IncomingMessage, res: ServerResponse) => void

describe('createRemoteVerifier', () => {
  let sample: Sample
  let service: TestService
  let request: VerificationRequest
  const servers: Server[] = []
  const services: TestService[] = []

  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view)
    request = { presented: sample.bundle, receivingRegion: '440000', caseNo: 'c-1', submitted: FACE }
  })
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close()
      server.closeAllConnections()
    }
  })
  after(async () => {
    for (const one of [service, ...services]) await one.close()
  })

  const connect = (url: string, options: object = {}) =>
    createRemoteVerifier({ url, verifierKey: service.verifierKey, clock, ...options })

  async function listen(listener: Listener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  /** A server that answers every request with 200 and this. */
  const answerWith = (answer: unknown) =>
    listen((_req, res) => res.end(typeof answer === 'string' ? answer : JSON.stringify(answer)))

  async function refusal(
    url: string,
    options: object = {},
    asked: RemoteVerificationRequest = request,
  ): Promise<RemoteVerifierError> {
    const error = await connect(url, options)
      .verify(asked)
      .catch((e: unknown) => e)
    expect(error).to.be.instanceOf(RemoteVerifierError)
    return error as RemoteVerifierError
  }

  /** What the honest service answers to a request. */
  const honest = async (asked: VerificationRequest) => (await post(service.url, asked)).json

  it('gives the same report as the service, its attestation and the face', async () => {
    const { report, attestation, faceData } = await connect(service.url).verify(request)
    expect(report.verdict).to.equal('accepted')
    expect(attestation).to.be.a('string')
    expect(faceData.map((f) => f.value)).to.have.members(Object.values(FACE))
  })

  it('gives what opens the report again at the service, and nothing that is not fit to be printed', async () => {
    const { report, recheck } = await connect(`${service.url}/`).verify(request)
    expect(report.number).to.match(/^20250615-/)
    expect(recheck?.page).to.equal(`${service.url}/recheck`)
    const { number } = report
    const looked = await fetch(`${service.url}/v1/report-checks`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ number, code: recheck?.code }),
    })
    expect(looked.status).to.equal(200)
    for (const code of [undefined, 7, 'a\nb', 'x'.repeat(33)]) {
      const url = await answerWith({ ...(await honest(request)), code })
      expect((await connect(url).verify(request)).recheck).to.equal(null)
    }
  })

  it('shows the token that it is given, asking for one at each try, and none where there is none', async () => {
    const shown: (string | undefined)[] = []
    let tokens = 0
    const url = await listen((req, res) => {
      shown.push(req.headers.authorization)
      res.writeHead(503).end('{}')
    })
    const accessToken = async () => {
      tokens += 1
      return `token-${tokens}`
    }
    await refusal(url, { accessToken, retries: 1 })
    await refusal(url, { retries: 0 })
    expect(shown).to.deep.equal(['Bearer token-1', 'Bearer token-2', undefined])
  })

  it('takes the key as the service itself says it, and refuses one with another thumbprint', async () => {
    const served = (await send(`${service.url}/v1/verifier-key`)).json
    const { report } = await connect(service.url, { verifierKey: served }).verify(request)
    expect(report.verdict).to.equal('accepted')
    const { publicJwk } = createKeyPair()
    for (const verifierKey of [
      { ...served, publicJwk },
      { publicJwk: served.publicJwk },
      { kid: served.kid },
      { ...served, algorithm: 'ES256' },
      {},
    ])
      expect(() => connect(service.url, { verifierKey })).to.throw(MalformedError)
  })

  it('takes the JWK set as the service itself says it, and passes over keys of other kinds in one', async () => {
    // Of a store of its own: in that which the tests share are the keys of all other services.
    const alone = await startTestService(sample.view, { store: await openMemoryStore() })
    services.push(alone)
    const set = (await send(`${alone.url}/.well-known/jwks.json`)).json
    const { report } = await connect(alone.url, { verifierKey: set }).verify(request)
    expect(report.verdict).to.equal('accepted')
    const [own] = set.keys
    const others = [
      { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
      { ...own, use: 'enc' },
      { ...own, key_ops: ['encrypt'] },
      { ...own, alg: 'ES384' },
      { ...own, revoked: { revoked_at: 1 } },
      { ...createKeyPair().publicJwk, alg: 'ES256' },
    ]
    const beside = { keys: [...others, own] }
    const again = await connect(alone.url, { verifierKey: beside }).verify(request)
    expect(again.report.findings).to.deep.equal(report.findings)
    expect((await refusal(alone.url, { verifierKey: { keys: others } })).code).to.equal('bad-attestation')
  })

  it('bad-attestation: a key of a set signed beyond its term', async () => {
    const { publicJwk } = (await send(`${service.url}/v1/verifier-key`)).json
    const another = createKeyPair().publicJwk
    for (const [term, holds] of [
      [{ nbf: NOW, exp: NOW + 1 }, true],
      [{ nbf: NOW + 1 }, false],
      [{ exp: NOW }, false],
    ] as const) {
      for (const keys of [[{ ...publicJwk, ...term }], [another, { ...publicJwk, ...term }]]) {
        const asked = connect(service.url, { verifierKey: { keys } }).verify(request)
        const code = await asked.then(
          () => null,
          (error: RemoteVerifierError) => error.code,
        )
        expect(code, JSON.stringify(term)).to.equal(holds ? null : 'bad-attestation')
      }
    }
  })

  it('a key that stands in a set more than once counts within each of its terms, and in none between them', async () => {
    const { publicJwk } = (await send(`${service.url}/v1/verifier-key`)).json
    const past = { ...publicJwk, nbf: 0, exp: NOW - 100 }
    for (const [later, holds] of [
      [{ ...publicJwk, nbf: NOW }, true],
      [{ ...publicJwk, nbf: NOW + 1 }, false],
      [{ ...publicJwk, nbf: NOW, exp: NOW }, false],
    ] as const) {
      for (const keys of [
        [past, later],
        [later, past],
      ]) {
        const asked = connect(service.url, { verifierKey: { keys } }).verify(request)
        const code = await asked.then(
          () => null,
          (error: RemoteVerifierError) => error.code,
        )
        expect(code, JSON.stringify(keys)).to.equal(holds ? null : 'bad-attestation')
      }
    }
  })

  it('RFC 7517 §4: refuses a key that says of itself what cannot be, and takes what fits its curve', () => {
    const { publicJwk: p256 } = createKeyPair()
    // RFC 8037, appendix A.2.
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'
    const publicJwk: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x }
    const kid = thumbprint(publicJwk, suite)
    const asSet = (...keys: readonly unknown[]) => ({ verifierKey: { keys } as { keys: object[] } })
    for (const key of [
      { ...p256, alg: 'EdDSA' },
      { ...p256, alg: 'Ed25519' },
      { ...publicJwk, alg: 'ES256' },
      { ...publicJwk, alg: 7 },
      { ...publicJwk, use: null },
      { ...publicJwk, key_ops: 'verify' },
      { ...publicJwk, key_ops: [7] },
      { ...publicJwk, crv: ['Ed25519'] },
      { ...publicJwk, kty: 'EC' },
      { ...publicJwk, nbf: 2, exp: 1 },
      { ...publicJwk, nbf: 1.5 },
      { ...publicJwk, exp: null },
      { ...p256, kid },
      { kty: 'oct', k: 'AQAB' },
      null,
      'key',
      [publicJwk],
    ])
      expect(() => connect(service.url, asSet(publicJwk, key)), JSON.stringify(key)).to.throw(MalformedError)
    for (const key of [
      { ...p256, alg: 'ES256' },
      { ...publicJwk, alg: 'EdDSA', use: 'sig', key_ops: ['verify'] },
      { ...publicJwk, alg: 'Ed25519', kid },
      { ...publicJwk, nbf: 1, exp: 1 },
    ])
      expect(() => connect(service.url, asSet(key)), JSON.stringify(key)).to.not.throw()
  })

  it('refuses a set that is none: without a key that signs, with a secret, with another thumbprint or time', () => {
    const { publicJwk, privateJwk } = createKeyPair()
    for (const keys of [
      [],
      {},
      [{ kty: 'RSA' }],
      [{ ...publicJwk, kid: 'another' }],
      [{ ...publicJwk, nbf: '0' }],
      [{ ...publicJwk, exp: -1 }],
      [{ ...publicJwk, x: 'short' }],
      [privateJwk],
      Array(65).fill(publicJwk),
    ]) {
      const verifierKey = { keys } as { keys: object[] }
      expect(() => connect(service.url, { verifierKey }), JSON.stringify(keys)).to.throw(MalformedError)
    }
    expect(() => connect(service.url, { verifierKey: { keys: [publicJwk] } })).to.not.throw()
  })

  it('timed-out: an access token that never comes is waited for no longer than an answer', async () => {
    const startedAt = Date.now()
    const accessToken = () => new Promise<string>(() => {})
    expect((await refusal(service.url, { accessToken, timeoutMs: 300 })).code).to.equal('timed-out')
    expect(Date.now() - startedAt).to.be.within(250, 5_000)
  })

  it('gives a rejected licence as a verdict, without its face', async () => {
    const { report, faceData } = await connect(`${service.url}/`).verify({
      presented: alter(sample.bundle),
      receivingRegion: '440000',
      asOf: NOW - 10,
      serviceItem: 's',
    })
    expect(report.verdict).to.equal('rejected')
    expect(faceData).to.deep.equal([])
  })

  it('bad-attestation: a report that another key signed', async () => {
    const other = { verifierKey: createKeyPair().publicJwk }
    expect((await refusal(service.url, other)).code).to.equal('bad-attestation')
  })

  it('bad-attestation: a flipped verdict beside or inside the attestation', async () => {
    const asked = { presented: alter(sample.bundle), receivingRegion: '440000' }
    const { report, attestation } = await honest(asked)
    const flipped = { ...report, verdict: 'accepted', resultCode: 0 }
    const [header, , signature] = attestation.split('.')
    const payload = Buffer.from(JSON.stringify(flipped)).toString('base64url')
    for (const answer of [
      { report: flipped, attestation },
      { report, attestation: [header, payload, signature].join('.') },
      { report: flipped, attestation: [header, payload, signature].join('.') },
      { report, attestation: `${attestation}x` },
      { report, attestation: '' },
      { attestation },
    ])
      expect((await refusal(await answerWith(answer), {}, asked)).code).to.equal('bad-attestation')
  })

  it('bad-attestation: what the pinned key signed is no report', async () => {
    const pair = createKeyPair()
    const { report } = await honest(request)
    const lie = { ...parseReport(JSON.stringify(report)), verdict: 'rejected' as const }
    const attestation = await (await createReportSigner(pair.privateJwk, suite))(lie)
    const url = await answerWith({ report: lie, attestation })
    expect((await refusal(url, { verifierKey: pair.publicJwk })).code).to.equal('bad-attestation')
  })

  it('bad-attestation: a report that contradicts itself, whoever signed it', async () => {
    const pair = createKeyPair()
    const sign = await createReportSigner(pair.privateJwk, suite)
    const report = parseReport(JSON.stringify((await honest(request)).report))
    const { ledger } = report
    if (ledger === null) throw new Error('answer with a report of a ledger')
    const verify = async (lie: VerificationReport) => {
      const url = await answerWith({ report: lie, attestation: await sign(lie) })
      return connect(url, { verifierKey: pair.publicJwk }).verify(request)
    }
    expect((await verify(report)).report.verdict).to.equal('accepted')
    for (const lie of [
      { ...report, licence: null },
      { ...report, ledger: null },
      { ...report, ledger: { ...ledger, blockTime: ledger.blockTime - 100_000 } },
      { ...report, ledger: { ...ledger, blockTime: report.checkedAt + 61 } },
      replaced(report, 'comparison/not-requested'),
      replaced(report, 'holderBinding/bound'),
    ]) {
      const error = await verify(lie).catch((reason: unknown) => reason)
      expect(error).to.be.instanceOf(RemoteVerifierError).and.to.include({ code: 'bad-attestation' })
    }
  })

  it('other-request: a report that says of what was presented another licence than it is', async () => {
    const pair = createKeyPair()
    const sign = await createReportSigner(pair.privateJwk, suite)
    const report = parseReport(JSON.stringify((await honest(request)).report))
    const { licence } = report
    if (licence === null) throw new Error('answer with a report of a licence')
    for (const change of [
      { licenceType: '11100000000013127D023' },
      { licenceId: `${licence.licenceId.slice(0, -1)}0` },
      { issuer: '1143000000000104MF' },
      { validUntil: null },
    ]) {
      const lie = { ...report, licence: { ...licence, ...change } }
      const url = await answerWith({ report: lie, attestation: await sign(lie) })
      const error = await refusal(url, { verifierKey: pair.publicJwk })
      expect(error.code, JSON.stringify(change)).to.equal('other-request')
    }
  })

  it('other-request: a true report about any other request', async () => {
    const others: VerificationRequest[] = [
      { ...request, presented: alter(sample.bundle) },
      { ...request, receivingRegion: '430000' },
      { ...request, caseNo: 'c-2' },
      { ...request, serviceItem: 's' },
      { ...request, asOf: NOW - 1 },
      { ...request, submitted: { holderName: FACE.holderName } },
      { ...request, rendition: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg' },
    ]
    for (const other of others) {
      const url = await answerWith(await honest(other))
      expect((await refusal(url)).code).to.equal('other-request')
    }
    const carried = { ...request, rendition: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' }
    const silent = await refusal(await answerWith(await honest(request)), {}, carried)
    expect(silent.code).to.equal('other-request')
    const told = await connect(service.url).verify(carried)
    expect(told.report.findings.at(-1)?.code).to.equal('rendition/not-bound')
    const same = await connect(await answerWith(await honest(request))).verify(request)
    expect(same.report.verdict).to.equal('accepted')
  })

  it('other-request: a true report about other values, played again or made for whoever changed them on the way', async () => {
    const others = { ...FACE, holderName: '李冒名' }
    const url = await answerWith(await honest(request))
    const { code } = await refusal(url, {}, { ...request, submitted: others })
    expect(code).to.equal('other-request')
    expect((await connect(service.url).verify({ ...request, submitted: others })).differences).to.have.length(
      1,
    )
  })

  it('takes no key whose point lies off its curve, and sends nothing then', async () => {
    const { publicJwk } = createKeyPair()
    for (const x of [publicJwk.x.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')), 'A'.repeat(43)]) {
      let asked = 0
      const fetch: typeof globalThis.fetch = async () => {
        asked += 1
        return new Response('{}')
      }
      const options = { verifierKey: { ...publicJwk, x } as PublicJwk, fetch }
      const verifying = connect(service.url, options).verify(request)
      const error = await verifying.then(
        () => null,
        (reason: unknown) => reason,
      )
      expect(error).to.be.an.instanceOf(MalformedError)
      expect(String(error)).to.include('verifierKey').and.to.include('P-256')
      expect(asked).to.equal(0)
    }
  })

  it('takes no limit that limits nothing, and believes no clock that tells no time', async () => {
    for (const name of ['maxClockSkewSeconds', 'timeoutMs', 'retries'])
      for (const limit of [Number.NaN, -1, 1e12, '3'])
        expect(() => connect(service.url, { [name]: limit }), `${name} ${limit}`).to.throw(RangeError, name)
    let told = 0
    const error = await refusal(service.url, { clock: () => (told++ === 0 ? NOW : Number.NaN) })
    expect(error.code).to.equal('stale-report')
  })

  it('stale-report: a true report of the same request, played again later', async () => {
    const url = await answerWith(await honest(request))
    expect((await refusal(url, { clock: () => NOW + 301 })).code).to.equal('stale-report')
    expect((await refusal(url, { clock: () => NOW - 301 })).code).to.equal('stale-report')
    expect((await connect(url, { clock: () => NOW + 300 }).verify(request)).report.verdict).to.equal(
      'accepted',
    )
  })

  it('bad-answer: a 200 that is no signed report, and one without end', async () => {
    for (const answer of ['', 'ok', '[]', 'null', '{}', { report: {}, attestation: 1 }])
      expect((await refusal(await answerWith(answer))).code).to.equal('bad-answer')
    const endless = await listen((_req, res) => {
      const timer = setInterval(() => res.write('a'.repeat(65_536)), 1)
      res.on('close', () => clearInterval(timer))
    })
    expect((await refusal(endless)).code).to.equal('bad-answer')
  })

  it('unreachable: tried again as often as it says, then thrown, never a verdict', async () => {
    let tries = 0
    const url = await listen((req) => {
      tries++
      req.socket.destroy()
    })
    const error = await refusal(url, { retries: 1 })
    expect(error.code).to.equal('unreachable')
    expect(tries).to.equal(2)
    expect((await refusal('http://127.0.0.1:9', { retries: 0 })).code).to.equal('unreachable')
  })

  it('redirected: told, tried once, and never followed', async () => {
    let asked = 0
    const elsewhere = await listen((_req, res) => {
      asked += 1
      res.end('{}')
    })
    for (const status of [301, 302, 303, 307, 308]) {
      let tries = 0
      const url = await listen((_req, res) => {
        tries += 1
        res.writeHead(status, { Location: elsewhere }).end()
      })
      const error = await refusal(url, { accessToken: () => 'secret' })
      expect([error.code, tries, asked], String(status)).to.deep.equal(['redirected', 1, 0])
    }
    const unseen = async (): Promise<Response> =>
      Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' })
    expect((await refusal(service.url, { fetch: unseen })).code).to.equal('redirected')
  })

  it('verdict-only: says that this client may know no more, and believes nothing of it', async () => {
    const told = { number: '20250615-7K3M9QXA-000123-J', verdict: 'accepted', resultCode: 0 }
    const { code, says } = await refusal(await answerWith({ ...told, nextStep: { zh: '', en: '' } }))
    expect(code).to.equal('verdict-only')
    expect(says.en).to.include('operator')
    expect((await refusal(await answerWith({ ...told, report: {} }))).code).to.equal('bad-answer')
  })

  it('RFC 6750: what is no access token is told of the program, unsaid what it is, and sends nothing', async () => {
    let asked = 0
    const url = await listen((_req, res) => {
      asked += 1
      res.end('{}')
    })
    for (const token of ['se\r\ncret', ' secret', 'secret\n', '\ufeffsecret', '令牌', '', undefined, 5]) {
      const accessToken = () => token as string
      const error = await connect(url, { accessToken })
        .verify(request)
        .catch((reason: unknown) => reason)
      expect(error, JSON.stringify(token)).to.be.instanceOf(RangeError)
      expect(String(error)).to.include('accessToken').and.not.include('secret')
    }
    expect(asked).to.equal(0)
    await refusal(url, { accessToken: () => 'eyJ.a-b_c~d+e/f==' })
    expect(asked).to.equal(1)
  })

  it('takes no option of another name, and no part of a retry', () => {
    for (const options of [{ timeoutms: 5 }, { retry: 1 }, { retries: 1.5 }])
      expect(() => connect(service.url, options), JSON.stringify(options)).to.throw(
        RangeError,
        Object.keys(options)[0],
      )
    expect(() => connect(service.url, { retries: 1, timeoutMs: 1.5, clock: undefined })).to.not.throw()
  })

  it('RFC 7517: takes a key alone with what it says of itself, and goes by it', async () => {
    const { kid, publicJwk } = (await send(`${service.url}/v1/verifier-key`)).json
    const alg = publicJwk.crv === 'P-256' ? 'ES256' : 'EdDSA'
    const told = { ...publicJwk, kid, alg, use: 'sig', key_ops: ['verify'], ext: true, nbf: NOW }
    expect((await connect(service.url, { verifierKey: told }).verify(request)).report.verdict).to.equal(
      'accepted',
    )
    const ended = { verifierKey: { ...told, nbf: 0, exp: NOW } }
    expect((await refusal(service.url, ended)).code).to.equal('bad-attestation')
    for (const change of [
      { alg: 'ES384' },
      { use: 'enc' },
      { kid: 'x' },
      { revoked: {} },
      { d: 'AA' },
      { x5u: '' },
    ])
      expect(
        () => connect(service.url, { verifierKey: { ...told, ...change } }),
        JSON.stringify(change),
      ).to.throw(MalformedError)
    for (const verifierKey of [JSON.stringify(publicJwk), [publicJwk], null, undefined])
      expect(() => connect(service.url, { verifierKey }), String(verifierKey)).to.throw(
        MalformedError,
        /verifierKey.*object/,
      )
  })

  it('timed-out: a service that says nothing, or begins and stops; not tried again', async () => {
    let tries = 0
    const silent = await listen(() => {
      tries++
    })
    expect((await refusal(silent, { timeoutMs: 100 })).code).to.equal('timed-out')
    expect(tries).to.equal(1)
    const stopping = await listen((_req, res) => res.write('{'))
    expect((await refusal(stopping, { timeoutMs: 100 })).code).to.equal('timed-out')
  })

  it('tries again after a 503, and not after any other status', async () => {
    let tries = 0
    const answer = await honest(request)
    const recovering = await listen((_req, res) => {
      if (++tries < 3) res.writeHead(503).end()
      else res.end(JSON.stringify(answer))
    })
    expect((await connect(recovering).verify(request)).report.verdict).to.equal('accepted')
    expect(tries).to.equal(3)
    for (const status of [400, 404, 413, 422, 429, 500, 502]) {
      tries = 0
      const url = await listen((_req, res) => {
        tries++
        res.writeHead(status).end()
      })
      expect((await refusal(url)).problem?.status).to.equal(status)
      expect(tries).to.equal(1)
    }
  })

  it('problem: names the service’s own code, and shows its words only if they can be shown', async () => {
    const early = { clock: () => NOW + 200 }
    const future = { ...request, asOf: NOW + 100 }
    const { problem, message } = await refusal(service.url, early, future)
    expect(problem).to.include({ status: 422, code: 'not-a-request' })
    expect(problem?.detail).to.include('/asOf')
    expect(message).to.include('422 not-a-request')
    const hostile = await listen((_req, res) =>
      res.writeHead(400).end(JSON.stringify({ code: 'A\u001b[2J', detail: '\u001b[2J' })),
    )
    expect((await refusal(hostile)).problem).to.deep.equal({ status: 400, code: 'unknown', detail: '' })
  })

  it('problem: says when to ask again, where a 429 or a 503 says it in seconds or by a date', async () => {
    for (const [status, told, seconds] of [
      [429, '7', 7],
      [503, '0', 0],
      [429, new Date(Date.now() - 60_000).toUTCString(), 0],
      [429, undefined, null],
      [429, 'soon', null],
      [429, '-1', null],
      [429, '99999999999', null],
      [409, '7', null],
    ] as const) {
      const url = await listen((_req, res) =>
        res.writeHead(status, told === undefined ? {} : { 'Retry-After': told }).end('{}'),
      )
      expect((await refusal(url, { retries: 0 })).retryAfterSeconds, `${status} ${told}`).to.equal(seconds)
    }
    const at = new Date(Date.now() + 60_000).toUTCString()
    const url = await listen((_req, res) => res.writeHead(429, { 'Retry-After': at }).end('{}'))
    expect((await refusal(url)).retryAfterSeconds).to.be.within(30, 60)
    expect((await refusal('http://127.0.0.1:9', { retries: 0 })).retryAfterSeconds).to.equal(null)
  })

  it('gives the verdict undetermined when the service could not reach the ledger', async () => {
    const blind = await startTestService({
      ledger: LEDGER,
      lookup: () => Promise.reject(new LedgerUnavailableError('unreachable', 'refused')),
    })
    try {
      const verifier = connect(blind.url, { verifierKey: blind.verifierKey })
      expect((await verifier.verify(request)).report.verdict).to.equal('undetermined')
    } finally {
      await blind.close()
    }
  })

  it('sends only the members of a request, and nothing where there are others', async () => {
    let sent = ''
    const fetch: typeof globalThis.fetch = (input, init) => {
      sent = String(init?.body)
      return globalThis.fetch(input, init)
    }
    const verifier = connect(service.url, { fetch })
    const other = await verifier.verify({ ...request, secret: 1 } as VerificationRequest).then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(other).to.be.instanceOf(MalformedError)
    expect(sent).to.equal('')
    await verifier.verify(request)
    expect(Object.keys(JSON.parse(sent))).to.deep.equal([
      'presented',
      'receivingRegion',
      'caseNo',
      'submitted',
    ])
  })

  it('sends the use for the record, and the service keeps it to its rules', async () => {
    const bodies: string[] = []
    const fetch: typeof globalThis.fetch = (input, init) => {
      bodies.push(String(init?.body))
      return globalThis.fetch(input, init)
    }
    const asked = { ...request, useCause: '建筑业企业资质跨省办理' }
    expect((await connect(service.url, { fetch }).verify(asked)).report.verdict).to.equal('accepted')
    expect(JSON.parse(bodies[0] ?? '')).to.include({ useCause: asked.useCause })
    const { problem } = await refusal(service.url, {}, { ...request, useCause: '' })
    expect(problem).to.include({ status: 422, code: 'not-a-request' })
    expect(problem?.detail).to.include('/useCause')
  })

  it('bears one idempotency key through the tries of a call, so that a lost answer is told again', async () => {
    const keys: string[] = []
    const answers: string[] = []
    const url = await listen(async (req, res) => {
      const key = String(req.headers['idempotency-key'])
      keys.push(key)
      const body = await text(req)
      const forwarded = await send(`${service.url}/v1/verifications`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body,
      })
      answers.push(forwarded.text)
      if (answers.length % 2 === 1) req.socket.destroy()
      else res.end(forwarded.text)
    })
    const verifier = connect(url)
    const numbers = [await verifier.verify(request), await verifier.verify(request)].map(
      ({ report }) => report.number,
    )
    expect(answers[0]).to.equal(answers[1])
    expect(numbers[0]).to.not.equal(numbers[1])
    expect([keys[0], keys[2]]).to.deep.equal([keys[1], keys[3]])
    expect(keys[0])
      .to.match(/^"[0-9a-f-]{36}"$/)
      .and.not.equal(keys[2])
  })

  it('asks again for what is still under way after a connection failed, and for no other conflict', async () => {
    const answer = await honest(request)
    let tries = 0
    const conflict = (code: string) =>
      listen((_req, res) => {
        if (++tries < 2) res.writeHead(409).end(JSON.stringify({ code }))
        else res.end(JSON.stringify(answer))
      })
    const { report } = await connect(await conflict('request-under-way')).verify(request)
    expect([report.verdict, tries]).to.deep.equal(['accepted', 2])
    tries = 0
    expect((await refusal(await conflict('another'))).problem?.status).to.equal(409)
    expect(tries).to.equal(1)
  })

  it('refuses an address that personal data must not be sent to, and a key that is none', () => {
    for (const url of [
      'http://verifier.example',
      'http://127.0.0.1.example',
      'ftp://127.0.0.1',
      'https://user@verifier.example',
      'https://verifier.example/?to=x',
      'verifier',
    ])
      expect(() => connect(url), url).to.throw(RangeError)
    for (const url of ['https://verifier.example/base/', 'http://localhost:1', 'http://[::1]:1'])
      expect(() => connect(url), url).to.not.throw()
    expect(() => connect(service.url, { verifierKey: createKeyPair().privateJwk })).to.throw(MalformedError)
  })

  it('throws MalformedError before anything is sent', async () => {
    const url = await listen(() => expect.fail('nothing should be sent'))
    const error = await connect(url)
      .verify({ ...request, receivingRegion: '1' })
      .catch((e: unknown) => e)
    expect(error).to.be.instanceOf(MalformedError)
  })
})
