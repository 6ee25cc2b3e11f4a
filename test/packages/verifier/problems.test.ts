import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { createMemoryLedgerView, LedgerUnavailableError, type LedgerView } from '@hefu/protocol'
import { createLogger, createRegistry } from '@hefu/service'
import { createVerifierApp } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { createUnaskedServices } from '../../../scripts/docs/unasked-verifier.ts'
import { createSample, FACE, LEDGER, NOW, type Sample } from './sample.ts'
import { type Answer, post, send, startTestService, type TestService } from './service.ts'

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.json, answer.text).to.include({
    type: `urn:hefu:problem:${code}`,
    code,
    status,
    requestId: answer.headers.get('x-request-id'),
  })
  expect(answer.status).to.equal(status)
  expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/)
  expect(answer.headers.get('cache-control')).to.equal('no-store')
  expect(answer.headers.get('x-content-type-options')).to.equal('nosniff')
  expect(answer.json.title).to.include(answer.json.says.zh).and.include(answer.json.says.en)
  expect(answer.json.detail).to.be.a('string').that.is.not.empty
}

/** Sends these bytes and returns what comes back until the connection ends. */
function sendRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      answer += text
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

describe('problem documents of the verifier service (RFC 9457)', () => {
  let sample: Sample
  let service: TestService

  before(async () => {
    sample = await createSample()
    service = await startTestService(sample.view, { requestTimeoutMs: 400 })
  })
  after(() => service.close())

  const ask = (members: object) =>
    post(service.url, { presented: sample.bundle, receivingRegion: '440000', ...members })

  it('400 not-json: a body that is no JSON', async () => {
    for (const body of ['', '{', 'presented', '{"a":1}}', '\u0000'])
      expectProblem(await post(service.url, body), 400, 'not-json')
  })

  it('400 not-text: a body that is no UTF-8', async () => {
    expectProblem(await post(service.url, Uint8Array.of(0x22, 0xff, 0x22)), 400, 'not-text')
  })

  it('404 not-found: no such address', async () => {
    for (const path of ['/v', '/v1', '/v1/verifications/', '/V1/verifications', '/v1/%ff', '/v1/%2e%2e/key'])
      expectProblem(await send(service.url + path), 404, 'not-found')
  })

  it('405 method-not-allowed: names the methods that are', async () => {
    const answer = await send(`${service.url}/v1/verifications`)
    expectProblem(answer, 405, 'method-not-allowed')
    expect(answer.headers.get('allow')).to.equal('POST')
    expectProblem(
      await send(`${service.url}/v1/verifier-key`, { method: 'DELETE' }),
      405,
      'method-not-allowed',
    )
  })

  it('406 not-acceptable: a client that takes no JSON', async () => {
    for (const accept of ['text/html', 'application/json;q=0', 'application/json;charset=gbk'])
      expectProblem(await post(service.url, {}, { Accept: accept }), 406, 'not-acceptable')
  })

  it('408 request-timeout: a body that drips', async () => {
    const head = 'POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
    const answer = await sendRaw(service.url, `${head}Content-Length: 100\r\n\r\n{`)
    expect(answer).to.match(/^HTTP\/1\.1 408 /)
    expect(answer).to.include('application/problem+json').and.include('urn:hefu:problem:request-timeout')
  })

  it('408 request-timeout: headers that never end', async () => {
    expect(await sendRaw(service.url, 'GET / HTTP/1.1\r\nHost: localhost\r\nX')).to.match(/^HTTP\/1\.1 408 /)
  })

  it('413 too-large: more than 512 KiB, declared or not, and 10 MB too', async () => {
    expectProblem(await post(service.url, `"${'a'.repeat(524_287)}"`), 413, 'too-large')
    expectProblem(await post(service.url, 'a'.repeat(10_000_000)), 413, 'too-large')
    const chunked = send(`${service.url}/v1/verifications`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: new Blob(['a'.repeat(600_000)]).stream(),
      duplex: 'half',
    } as RequestInit)
    expectProblem(await chunked, 413, 'too-large')
  })

  it('413 too-large: said before any of it was sent, where it was declared', async () => {
    const head = 'POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
    const answer = await sendRaw(service.url, `${head}Content-Length: 524289\r\n\r\n`)
    expect(answer).to.match(/^HTTP\/1\.1 413 /)
    const within = await sendRaw(service.url, `${head}Content-Length: 524288\r\n\r\n`)
    expect(within).to.match(/^HTTP\/1\.1 408 /)
  })

  it('accepts a body of just 512 KiB as a body', async () => {
    expectProblem(await post(service.url, `"${'a'.repeat(524_286)}"`), 422, 'not-a-request')
  })

  it('415 unsupported-media-type: other types, charsets and compressed bodies', async () => {
    for (const type of [
      'text/plain',
      'application/vnd.api+json',
      'application/json; charset=gbk',
      'application/json; charset="gbk"; x',
      'application/jsonx',
      'x',
      ',',
    ])
      expectProblem(await post(service.url, {}, { 'Content-Type': type }), 415, 'unsupported-media-type')
    const zipped = post(service.url, gzipSync('{}'), { 'Content-Encoding': 'gzip' })
    expectProblem(await zipped, 415, 'unsupported-media-type')
  })

  it('422 not-a-request: lists every defect with its path', async () => {
    const answer = await post(service.url, {
      receivingRegion: '999999',
      caseNo: 7,
      serviceItem: 'a\u202eb',
      asOf: 'yesterday',
      submitted: { holderName: 1 },
      recievingRegion: '440000',
      a11010519491231002X: 1,
      张三: 1,
      challenge: { nonce: 'A'.repeat(22), audience: 'a', maxAgeSeconds: 1, zhangSan13800138000: 1 },
    })
    expectProblem(answer, 422, 'not-a-request')
    const errors = answer.json.errors.map((e: { pointer: string; code: string }) => `${e.pointer} ${e.code}`)
    expect(errors).to.have.members([
      '/presented missing',
      '/receivingRegion wrong-value',
      '/caseNo wrong-type',
      '/serviceItem wrong-value',
      '/asOf wrong-value',
      '/submitted/holderName wrong-type',
      ' unknown-member',
      '/challenge unknown-member',
    ])
    // A name may be a person's data as well as a value.
    for (const sent of ['recievingRegion', '11010519491231002X', '张三', 'zhangSan'])
      expect(answer.text).not.to.include(sent)
    const named = { submitted: { zhangSan13800138000: 1, holderName: 1 } }
    const { json, text } = await ask(named)
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal([
      '/submitted',
      '/submitted/holderName',
    ])
    expect(text).not.to.include('zhangSan')
  })

  it('422 not-a-request: every member that is not what it must be', async () => {
    for (const [members, pointer] of [
      [{ presented: null }, '/presented'],
      [{ presented: { credential: 'x' } }, '/presented'],
      [{ receivingRegion: 440_000 }, '/receivingRegion'],
      [{ receivingRegion: '44000' }, '/receivingRegion'],
      [{ caseNo: '' }, '/caseNo'],
      [{ caseNo: 'a'.repeat(65) }, '/caseNo'],
      [{ caseNo: 'e\u0301' }, '/caseNo'],
      [{ asOf: -1 }, '/asOf'],
      [{ asOf: 1.5 }, '/asOf'],
      [{ asOf: NOW + 1 }, '/asOf'],
      [{ asOf: '2025-02-30T00:00:00Z' }, '/asOf'],
      [{ asOf: '2025-06-01T00:00:00' }, '/asOf'],
      [{ asOf: '9999-01-01T00:00:00Z' }, '/asOf'],
      [{ submitted: [] }, '/submitted'],
      [{ challenge: 'x' }, '/challenge'],
      [{ challenge: { nonce: 'x', audience: 'a', maxAgeSeconds: 1 } }, '/challenge'],
      [{ challenge: { nonce: 'A'.repeat(22), audience: 'a', maxAgeSeconds: 0 } }, '/challenge'],
      [{ challenge: { nonce: 'A'.repeat(22), audience: 'a b', maxAgeSeconds: 1 } }, '/challenge'],
      [{ submitted: { 'holder name': 'x' } }, '/submitted'],
      [{ submitted: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`f${i}`, ''])) }, '/submitted'],
    ] as const) {
      const answer = await ask(members)
      expectProblem(answer, 422, 'not-a-request')
      expect(answer.json.errors[0].pointer, JSON.stringify(members)).to.equal(pointer)
    }
  })

  it('422 not-a-request: __proto__ is a member like any other, and refused', async () => {
    const head = `{"presented":"x","receivingRegion":"440000"`
    for (const body of [
      `${head},"__proto__":{}}`,
      `${head},"submitted":{"__proto__":"x"}}`,
      `${head},"submitted":{"constructor":1}}`,
      '[]',
      'null',
      '"x"',
    ])
      expectProblem(await post(service.url, body), 422, 'not-a-request')
  })

  it('400 malformed-http and 431 headers-too-large: answered although no request was read', async () => {
    const malformed = await sendRaw(service.url, 'no http\r\n\r\n')
    expect(malformed)
      .to.match(/^HTTP\/1\.1 400 /)
      .and.include('urn:hefu:problem:malformed-http')
    const huge = await sendRaw(service.url, `GET / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)
    expect(huge)
      .to.match(/^HTTP\/1\.1 431 /)
      .and.include('urn:hefu:problem:headers-too-large')
  })

  it('writes a line and counts what was refused although no request was read, by the number in its answer', async () => {
    const registry = createRegistry()
    const other = await startTestService(sample.view, { requestTimeoutMs: 300, registry })
    try {
      for (const [bytes, status, code] of [
        ['rubbish\r\n\r\n', 400, 'malformed-http'],
        ['GET /金丝雀 HTTP/1.1\r\n\r\n', 400, 'malformed-http'],
        ['GET / HTTP/1.1\r\nHost: localhost\r\nX', 408, 'request-timeout'],
        [
          'POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nExpect: 200-ok\r\n\r\n',
          417,
          'expectation-failed',
        ],
        [
          'POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9999999999\r\n\r\n',
          413,
          'too-large',
        ],
        [`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
        ['CONNECT h:1 HTTP/1.1\r\nHost: localhost\r\n\r\n', 405, 'method-not-allowed'],
      ] as const) {
        const answer = await sendRaw(other.url, bytes)
        expect(answer, code).to.match(new RegExp(`^HTTP/1\\.1 ${status} `))
        const requestId = /"requestId":"([^"]+)"/.exec(answer)?.[1]
        const line =
          other
            .log()
            .split('\n')
            .find((one) => one.includes(`"requestId":"${requestId}"`)) ?? '{}'
        expect(JSON.parse(line)).to.include({ msg: 'refused', status, code })
      }
      expect(other.log()).to.not.include('金丝雀')
      expect(await registry.metrics()).to.include('hefu_http_refused_total{code="malformed-http"} 2')
    } finally {
      await other.close()
    }
  })

  it('421 other-host: who checks no tokens answers to names of its own machine alone', async () => {
    const ask = (host: string) =>
      sendRaw(service.url, `GET /v1/findings HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)
    for (const host of ['localhost', 'LOCALHOST:8470', '127.0.0.1', '127.8.8.8:1', '[::1]:8470'])
      expect(await ask(`Host: ${host}\r\n`), host).to.match(/^HTTP\/1\.1 200 /)
    for (const host of [
      'rebound.example',
      'localhost.rebound.example',
      '127.0.0.1.example',
      '192.168.0.1',
      '[::2]',
      '',
    ]) {
      const answer = await ask(`Host: ${host}\r\n`)
      expect(answer, host).to.match(/^HTTP\/1\.1 421 /)
      expect(answer).to.include('"code":"other-host"').and.not.include('rebound')
    }
  })

  it('survives a client that goes away in the middle of its body', async () => {
    const { hostname, port } = new URL(service.url)
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          'POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
          () => socket.destroy(),
        )
      })
      socket.on('close', () => resolve())
    })
    expect((await ask({})).status).to.equal(200)
  })
})

describe('500 and 503 of the verifier service', () => {
  const view = (error: Error): LedgerView => ({
    ledger: LEDGER,
    lookup: async () => {
      throw error
    },
  })

  it('200: a view that fails leaves a licence undetermined, and tells no one how it failed', async () => {
    const { bundle } = await createSample()
    const service = await startTestService(view(new Error(`lost ${FACE.holderName}`)))
    try {
      const answer = await post(service.url, { presented: bundle, receivingRegion: '440000' })
      expect([answer.status, JSON.parse(answer.text).report.verdict]).to.deep.equal([200, 'undetermined'])
      expect(answer.text).to.not.include('lost').and.not.include('.ts')
      expect(service.log()).to.include('ledger fault').and.not.include(FACE.holderName)
    } finally {
      await service.close()
    }
  })

  it('200: a ledger that cannot be asked leaves a licence undetermined, and the log says by which code', async () => {
    const { bundle, memory } = await createSample()
    const wrong = new LedgerUnavailableError('wrong-chain', `lost ${FACE.holderName}`)
    for (const [asked, verdict] of [
      [view(wrong), 'undetermined'],
      [createMemoryLedgerView(memory), 'accepted'],
    ] as const) {
      const service = await startTestService(asked)
      try {
        const answer = await post(service.url, { presented: bundle, receivingRegion: '440000' })
        expect(JSON.parse(answer.text).report.verdict).to.equal(verdict)
        expect(answer.text).to.not.include('wrong-chain')
        const said = service.log().includes('"code":"wrong-chain","msg":"the ledger cannot be asked"')
        expect(said).to.equal(verdict === 'undetermined')
        expect(service.log()).to.not.include(FACE.holderName)
      } finally {
        await service.close()
      }
    }
  })

  it('503: not ready while the ledger is unreachable or stale, live all the same', async () => {
    const { memory } = await createSample()
    const stale: LedgerView = {
      ledger: LEDGER,
      lookup: async (query) => ({
        ...(await createMemoryLedgerView(memory).lookup(query)),
        block: { ...memory.block, time: NOW - 301 },
      }),
    }
    for (const [ledger, code] of [
      [view(new LedgerUnavailableError('unreachable', 'refused')), 'ledger-unreachable'],
      [stale, 'ledger-stale'],
    ] as const) {
      const service = await startTestService(ledger)
      try {
        expectProblem(await send(`${service.url}/health/ready`), 503, code)
        expect((await send(`${service.url}/health/live`)).status).to.equal(200)
      } finally {
        await service.close()
      }
    }
  })

  it('500 internal: createVerifierApp takes any verifier and says nothing of how it failed', async () => {
    const log: string[] = []
    const app = createVerifierApp({
      ...createUnaskedServices(),
      verifier: { verify: () => Promise.reject(new TypeError(`inside ${FACE.holderName}`)) },
      clock: () => NOW,
      logger: createLogger((line) => log.push(line)),
    })
    const server = app.listen(0, '127.0.0.1')
    try {
      await new Promise((resolve) => server.once('listening', resolve))
      const address = server.address()
      const port = typeof address === 'object' ? address?.port : undefined
      const answer = await post(`http://127.0.0.1:${port}`, { presented: '', receivingRegion: '440000' })
      expectProblem(answer, 500, 'internal')
      expect(answer.text).to.not.include('inside').and.not.include('.ts')
      expect(log.join('')).to.include('request failed').and.not.include(FACE.holderName)
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })
})
