/** The description of the interface (OpenAPI 3.1) is what the service does: each example is sent, each answer is of its form. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { encodeQrReference, suite } from '@hefu/protocol'
import { createVerifierRoutes, type VerifierStore } from '@hefu/verifier'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { tellsOf } from '#internal/service/http/described-headers'
import { VERIFIER_PROBLEMS } from '#internal/verifier/routes/interface'
import { createUnaskedServices } from '../../../scripts/docs/unasked-verifier.ts'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { launchChromium } from '../../browser/chromium.ts'
import { giveBatch, linesOf, waitForBatch } from './batch-client.ts'
import { AUDIENCE, bearer, startGuardedService, startProvider, tokenOf } from './guarded-service.ts'
import { createReadLedger, KEY_ID, rootOf } from './read-ledger.ts'
import { alter, createSample, FACE, NOW, type Sample } from './sample.ts'
import { type Answer, send, sendAny, startTestService, type TestService } from './service.ts'
import { DEPOSITS, openMemoryStore } from './test-store.ts'

const COMMITTED = join(import.meta.dirname, '../../../packages/verifier/openapi.json')
const REDOCLY = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'))

interface Content {
  readonly schema: object
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}
interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly example?: string | number
}
interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly operationId: string
  readonly security: readonly object[]
  readonly requestBody?: {
    readonly description: string
    readonly content: Readonly<Record<string, Content>>
    readonly 'x-most-bytes': number
    readonly 'x-most-line-bytes'?: number
  }
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string
        readonly headers?: Readonly<Record<string, object>>
        readonly content: Readonly<Record<string, Content>>
      }
    >
  >
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

/** Fields of a head that say something of this answer. */
const TELLING = ['Retry-After', 'WWW-Authenticate', 'RateLimit', 'RateLimit-Policy', 'ETag', 'Location']
const NDJSON = 'application/x-ndjson'
const linesIn = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

/** What a good request is answered, and in which media type. */
const goodAnswerOf = ({ responses }: Operation): readonly [number, string, Content] => {
  const [status, { content }] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? fail()
  const [mediaType, described] = Object.entries(content)[0] ?? fail()
  return [Number(status), mediaType, described]
}
function fail(): never {
  throw new Error('describe an operation: it has no good answer')
}

const templateOf = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}')

describe('the description of the verifier service', () => {
  let description: Description
  let sample: Sample
  let store: VerifierStore
  let service: TestService
  let provider: IdentityProvider
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })

  before(async () => {
    description = JSON.parse(readFileSync(COMMITTED, 'utf8')) as Description
    ajv.addSchema(description, 'openapi')
    sample = await createSample()
    // Its own: what another service of this store verified would stand on another ledger.
    store = await openMemoryStore()
    service = await startTestService(sample.view, {
      store,
      listed: createReadLedger().listed,
      deposits: DEPOSITS,
    })
    // What the examples name by its identifier.
    await post(
      { presented: sample.bundle, reference: encodeQrReference(sample.bundle, suite) },
      {},
      service.url,
      '/v1/deposits',
    )
    provider = await startProvider()
  })
  after(async () => {
    await service.close()
    await store.close()
    await provider.stop()
  })

  const operations = () =>
    Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        path,
        method: method.toUpperCase(),
        operation,
      })),
    )

  function validatorOf(path: string, method: string, status: number, mediaType: string): ValidateFunction {
    const parts = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      mediaType,
      'schema',
    ]
    const pointer = parts
      .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
    return ajv.compile({ $ref: `openapi#/${pointer.join('/')}` })
  }

  function expectDescribed(path: string, method: string, answer: Answer): void {
    const mediaType = answer.headers.get('content-type')?.split(';')[0] ?? ''
    const validate = validatorOf(path, method, answer.status, mediaType)
    const told = mediaType === NDJSON ? linesIn(answer.text) : [answer.json]
    for (const one of told)
      expect(validate(one), `${answer.text.slice(0, 500)} ${JSON.stringify(validate.errors)}`).to.equal(true)
    expectHeadDescribed(path, method, answer)
    if (answer.status < 300) return
    const { description: says = '' } =
      description.paths[path]?.[method.toLowerCase()]?.responses[answer.status] ?? {}
    expect(says, 'the code is named at its status').to.include(`\`${answer.json.code}\``)
  }

  /** What is told in the head stands at its status, and what a code always tells is told. */
  function expectHeadDescribed(path: string, method: string, { status, headers, json }: Answer): void {
    const { headers: described = {} } =
      description.paths[path]?.[method.toLowerCase()]?.responses[status] ?? {}
    const told = TELLING.filter((name) => headers.has(name))
    expect(Object.keys(described), `${method} ${path} ${status}`).to.include.members(told)
    const meaning = status < 300 ? undefined : VERIFIER_PROBLEMS[json.code]
    if (meaning !== undefined) expect(told, json.code).to.include.members([...tellsOf(meaning)])
  }

  /** The first line of what a body of so many bytes is answered that waits to be asked for. */
  async function lineOfDeclared(path: string, mediaType: string, bytes: number): Promise<string> {
    const { hostname, port } = new URL(service.url)
    const socket = connect(Number(port), hostname)
    const head = [`POST ${path} HTTP/1.1`, `Host: ${hostname}`, `Content-Type: ${mediaType}`]
    socket.write([...head, `Content-Length: ${bytes}`, 'Expect: 100-continue', '', ''].join('\r\n'))
    const [line] = await once(socket, 'data')
    socket.destroy()
    return String(line).slice(0, 'HTTP/1.1 000'.length)
  }

  /** An address of examples, without a query and with each parameter that has one; `parts` no description can know. */
  function addressesOf(
    path: string,
    { parameters = [] }: Operation,
    parts: Readonly<Record<string, string>>,
  ): readonly string[] {
    const address = parameters
      .filter((one) => one.in === 'path')
      .reduce((made, { name, example = parts[name] }) => made.replace(`{${name}}`, String(example)), path)
    const asked = parameters.flatMap(({ name, in: place, example }) =>
      place === 'query' && example !== undefined ? [`${address}?${name}=${example}`] : [],
    )
    return [address, ...asked]
  }

  const post = (
    body: unknown,
    headers: Record<string, string> = {},
    url = service.url,
    path = '/v1/verifications',
  ) =>
    send(`${url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  it('is served as it is committed, and names every route but those that show it, and the console’s own', async () => {
    const served = await send(`${service.url}/openapi.json`)
    expect(served.json).to.deep.equal(description)
    const routes = createVerifierRoutes(createUnaskedServices())
    const described = operations().map(({ path, method }) => `${method} ${path}`)
    const others = routes.entries
      .map(({ path, method }) => `${method} ${templateOf(path)}`)
      .filter((route) => !described.includes(route))
    expect(others).to.deep.equal([
      'GET /openapi.json',
      'GET /recheck',
      'GET /recheck/recheck.css',
      'GET /recheck/recheck.js',
      'GET /docs',
      'GET /docs/show.js',
      'GET /docs/swagger-ui.css',
      'GET /docs/swagger-ui-bundle.js',
      'GET /',
      'GET /console',
      'GET /session',
      'GET /session/sign-in',
      'GET /session/callback',
      'POST /session/touch',
      'POST /session/lock',
      'POST /session/sign-out',
      'GET /console/settings.json',
      'GET /console/',
      'GET /console/*path',
    ])
    for (const { method, path, access } of routes.entries) {
      const { security } = description.paths[templateOf(path)]?.[method.toLowerCase()] ?? {}
      if (security === undefined) continue
      expect(security).to.deep.equal(access === 'public' ? [] : [{ accessToken: [access.scope] }])
    }
  })

  it('has no fault that redocly finds', async function () {
    this.timeout(60_000)
    const args = [REDOCLY, 'lint', COMMITTED, '--format', 'json']
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    const { stdout } = await promisify(execFile)(process.execPath, args, { env })
    expect(JSON.parse(stdout).totals).to.include({ errors: 0, warnings: 0 })
  })

  it('has examples of requests that are answered with 200, in the form that is described', async () => {
    let sent = 0
    for (const { path, method, operation } of operations()) {
      for (const { value } of Object.values(
        operation.requestBody?.content['application/json']?.examples ?? {},
      )) {
        const answer = await post(value, {}, service.url, path)
        expect(answer.status, answer.text).to.equal(200)
        expectDescribed(path, method, answer)
        sent += 1
      }
    }
    expect(sent).to.equal(6)
  })

  it('has examples of answers in the form that is described, and no form that takes everything', () => {
    let seen = 0
    for (const { path, method, operation } of operations()) {
      const [status, mediaType, { examples = {} }] = goodAnswerOf(operation)
      const validate = validatorOf(path, method, status, mediaType)
      for (const { value } of Object.values(examples)) {
        expect(validate(value), JSON.stringify(validate.errors)).to.equal(true)
        seen += 1
      }
      for (const other of [null, [], 'text', {}])
        expect(validate(other), `${path} ${JSON.stringify(other)}`).to.equal(false)
    }
    expect(seen).to.equal(2)
  })

  it('has examples of addresses that are answered with 200, in the form that is described', async () => {
    const { json } = await post({ presented: sample.bundle, receivingRegion: '440000' })
    const batch = await giveBatch(
      service.url,
      linesOf([{ presented: sample.bundle, receivingRegion: '440000' }, 'no JSON']),
    )
    const partsOf = (path: string): Readonly<Record<string, string>> => ({
      keyId: KEY_ID,
      root: rootOf(0),
      number: path.startsWith('/v1/batches') ? batch.json.number : json.number,
    })
    await waitForBatch(service.url, batch.json.number)
    let sent = 0
    for (const { path, method, operation } of operations()) {
      if (operation.requestBody !== undefined) continue
      for (const address of addressesOf(path, operation, partsOf(path))) {
        const answer = await sendAny(`${service.url}${address}`, { method })
        expect(answer.status, `${address} ${answer.text}`).to.equal(200)
        expectDescribed(path, method, answer)
        sent += 1
      }
    }
    expect(sent).to.be.greaterThan(operations().length)
  })

  it('names every part of a path, and describes what is refused of it', async () => {
    for (const { path, method, operation } of operations()) {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const named = (operation.parameters ?? []).filter((one) => one.in === 'path')
      expect(named.map(({ name }) => name)).to.have.members(parts)
      expect(named.every(({ required }) => required)).to.equal(true)
      if (parts.length === 0) continue
      const bad = await send(`${service.url}${path.replaceAll(/\{\w+\}/g, 'x')}`, { method })
      expect([bad.status, bad.json.errors.length]).to.deep.equal([422, parts.length])
      expectDescribed(path, method, bad)
    }
    for (const [path, template] of [
      ['/v1/ledger/regions/110000', '/v1/ledger/regions/{region}'],
      ['/v1/ledger/regions?after=x', '/v1/ledger/regions'],
    ] as const)
      expectDescribed(template, 'GET', await send(`${service.url}${path}`))
  })

  it('describes what a sheet’s number and code are answered, and what is refused', async () => {
    const { json } = await post({ presented: sample.bundle, receivingRegion: '440000' })
    const { number, code } = json
    for (const [body, status] of [
      [{ number, code }, 200],
      [{ number, code: 'AAAA-AAAA-AAAA-AAAA' }, 404],
      [{ number, code: 'short' }, 422],
    ] as const) {
      const answer = await post(body, {}, service.url, '/v1/report-checks')
      expect(answer.status, answer.text).to.equal(status)
      expectDescribed('/v1/report-checks', 'POST', answer)
    }
  })

  it('describes what deposits and retrievals are answered, and what is refused', async () => {
    const reference = encodeQrReference(sample.bundle, suite)
    const about = { receivingRegion: '440000', caseNo: 'c', useCause: '核对', serviceItem: 'ITEM-1' }
    const unknown = `${reference.slice(0, -43)}${'A'.repeat(43)}`
    for (const [path, body, status] of [
      ['/v1/deposits', { presented: sample.bundle, reference }, 200],
      ['/v1/deposits', { presented: sample.bundle, reference: unknown }, 422],
      [
        '/v1/deposits',
        { presented: alter(sample.bundle), reference: encodeQrReference(alter(sample.bundle), suite) },
        422,
      ],
      ['/v1/retrievals', { ...about, licence: reference }, 200],
      ['/v1/retrievals', { ...about, licence: unknown }, 404],
      ['/v1/retrievals', { ...about, licence: 'x' }, 422],
      ['/v1/retrievals/bundle', { ...about, licence: reference }, 200],
      ['/v1/retrievals/bundle', { ...about, licence: unknown }, 404],
    ] as const) {
      const answer = await post(body, {}, service.url, path)
      expect(answer.status, answer.text).to.equal(status)
      expectDescribed(path, 'POST', answer)
    }
  })

  it('describes what batches are answered, and what is refused', async () => {
    const good = { presented: sample.bundle, receivingRegion: '440000' }
    for (const [body, status] of [
      [linesOf([good]), 202],
      ['\n', 422],
      [linesOf([{ all: { receivingRegion: 'x' } }, good]), 422],
    ] as const) {
      const answer = await giveBatch(service.url, body)
      expect(answer.status, answer.text).to.equal(status)
      expectDescribed('/v1/batches', 'POST', answer)
    }
    const validate = validatorOf('/v1/batches', 'POST', 202, 'application/json')
    expect(validate({ number: 'x', items: 1, expiresAt: NOW })).to.equal(false)
    const { json } = await giveBatch(service.url, linesOf([good, 'no JSON', { ...good, id: 'x' }]))
    await waitForBatch(service.url, json.number)
    const path = '/v1/batches/{number}/results'
    const results = await sendAny(`${service.url}${path.replace('{number}', json.number)}`)
    expect(linesIn(results.text)).to.have.length(3)
    expectDescribed(path, 'GET', results)
    const unknown = await send(`${service.url}/v1/batches/${crypto.randomUUID()}`)
    expect(unknown.status).to.equal(404)
    expectDescribed('/v1/batches/{number}', 'GET', unknown)
  })

  it('describes what licences of every kind are answered, and what is refused', async () => {
    const good = { presented: sample.bundle, receivingRegion: '440000' }
    for (const [body, status] of [
      [good, 200],
      [{ ...good, presented: alter(sample.bundle) }, 200],
      [{ ...good, presented: sample.credential }, 200],
      [{ ...good, presented: '{"mediaType":' }, 200],
      [{ ...good, submitted: { ...FACE, address: 'x' }, serviceItem: 's', caseNo: 'c', asOf: NOW - 5 }, 200],
      [{ ...good, challenge: { nonce: 'c2FtcGxlLW5vbmNlLTAwMQ', audience: 'a', maxAgeSeconds: 5 } }, 200],
      [{}, 422],
      [{ ...good, other: 1 }, 422],
      ['{', 400],
      ['{"a":1,"a":1}', 400],
      [`[${'1,'.repeat(5_000)}1]`, 413],
      [`"${'a'.repeat(600_000)}"`, 413],
    ] as const) {
      const answer = await post(body)
      expect(answer.status, answer.text.slice(0, 300)).to.equal(status)
      expectDescribed('/v1/verifications', 'POST', answer)
    }
    for (const headers of [{ 'Content-Type': 'text/plain' }, { Accept: 'text/html' }])
      expectDescribed('/v1/verifications', 'POST', await post(good, headers as Record<string, string>))
  })

  it('describes what clients are answered, each as far as it may see, and who is not let in', async () => {
    const fresh = await createSample(Math.floor(Date.now() / 1000))
    const guarded = await startGuardedService(fresh.view, provider)
    try {
      const good = { presented: fresh.bundle, receivingRegion: '110000' }
      for (const [client, status] of [
        ['counter', 200],
        ['portal', 200],
        ['guangdong', 403],
        ['drivers', 403],
        ['stranger', 403],
      ] as const) {
        const answer = await post(good, bearer(await tokenOf(provider, client)), guarded.url)
        expect(answer.status, answer.text).to.equal(status)
        expectDescribed('/v1/verifications', 'POST', answer)
      }
      expectDescribed('/v1/verifications', 'POST', await post(good, {}, guarded.url))
    } finally {
      await guarded.close()
    }
  })

  it('tells where each may be asked for what, how many requests are left, and when to ask again', async () => {
    const fresh = await createSample(Math.floor(Date.now() / 1000))
    const guarded = await startGuardedService(fresh.view, provider)
    const good = { presented: fresh.bundle, receivingRegion: '110000' }
    const path = '/v1/verifications'
    const ask = async (token: string | null) => {
      const answer = await post(good, token === null ? {} : bearer(token), guarded.url)
      expectDescribed(path, 'POST', answer)
      return [answer.status, ...TELLING.filter((name) => answer.headers.has(name))]
    }
    try {
      const counted = ['RateLimit', 'RateLimit-Policy']
      expect(await ask(await tokenOf(provider))).to.deep.equal([200, ...counted])
      const other = await tokenOf(provider, 'counter', AUDIENCE, 'reports')
      expect(await ask(other)).to.deep.equal([403, 'WWW-Authenticate', ...counted])
      const hasty = await tokenOf(provider, 'hasty')
      for (let asked = 0; asked < 3; asked += 1) await ask(hasty)
      expect(await ask(hasty)).to.deep.equal([429, 'Retry-After', ...counted])
      expect(await ask(null)).to.deep.equal([401, 'WWW-Authenticate'])
      for (let asked = 1; asked < 60; asked += 1) await ask(null)
      expect(await ask(null), 'of one address').to.deep.equal([429, 'Retry-After'])
    } finally {
      await guarded.close()
    }
  })

  it('tells when to ask again whoever tries too many codes', async () => {
    const tired = await startTestService(sample.view, { store })
    try {
      const check = { number: '20260101-AAAAAAAA-000001-A', code: 'AAAA-AAAA-AAAA-AAAA' }
      const tried = async () => post(check, {}, tired.url, '/v1/report-checks')
      let answer = await tried()
      for (let i = 0; i < 40 && answer.status !== 429; i += 1) answer = await tried()
      expect([answer.status, answer.headers.has('retry-after')]).to.deep.equal([429, true])
      expectDescribed('/v1/report-checks', 'POST', answer)
    } finally {
      await tired.close()
    }
  })

  it('names the bound of every body, which is taken, and a byte more is refused', async () => {
    let asked = 0
    for (const { path, operation } of operations()) {
      if (operation.requestBody === undefined) continue
      const { content, description: says, 'x-most-bytes': most } = operation.requestBody
      const [mediaType = ''] = Object.keys(content)
      expect(says).to.include(`at most ${most.toLocaleString('en-US')} bytes`)
      expect(operation.responses['413']?.description).to.include(most.toLocaleString('en-US'))
      expect(await lineOfDeclared(path, mediaType, most), path).to.equal('HTTP/1.1 100')
      expect(await lineOfDeclared(path, mediaType, most + 1), path).to.equal('HTTP/1.1 413')
      asked += 1
    }
    expect(asked).to.equal(7)
    const { 'x-most-line-bytes': line = 0 } =
      description.paths['/v1/batches']?.['post']?.requestBody ?? fail()
    const good = JSON.stringify({ presented: sample.bundle, receivingRegion: '440000' })
    const { json } = await giveBatch(service.url, `${good.padEnd(line)}\n${good.padEnd(line + 1)}\n`)
    await waitForBatch(service.url, json.number)
    const results = await sendAny(`${service.url}/v1/batches/${json.number}/results`)
    const codes = (linesIn(results.text) as { problem?: { code: string } }[]).map(
      ({ problem }) => problem?.code,
    )
    expect(codes).to.have.members([undefined, 'too-large'])
  })

  it('is shown as a page in a real browser, which asks nobody else and breaks no rule of its own', async function () {
    this.timeout(60_000)
    const browser = await launchChromium()
    try {
      const page = await browser.newPage()
      const asked: string[] = []
      const complaints: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      await page.goto(`${service.url}/docs`)
      await page.getByText('/v1/verifications').first().waitFor()
      expect(await page.getByText('合符核验服务').count()).to.be.greaterThan(0)
      const elsewhere = asked.filter((url) => !url.startsWith(`${service.url}/`) && !url.startsWith('data:'))
      expect(elsewhere).to.deep.equal([])
      expect(complaints).to.deep.equal([])
    } finally {
      await browser.close()
    }
  })
})
