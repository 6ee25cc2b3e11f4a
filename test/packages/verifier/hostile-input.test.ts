/**
 * Whatever is sent in any field, header, part of a path or parameter of any route that the description names: no 5xx, no
 * word of it in an answer or the log, nothing that grows. A new route is tried as soon as it is described.
 */
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { encodeQrReference, suite } from '@hefu/protocol'
import { createMemoryQuota } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { createHostileInputs, HOSTILE_VALUES, type Hostile } from '../../fixtures/hostile-input.ts'
import { runs } from '../../fixtures/test-profile.ts'
import { giveBatch, linesOf } from './batch-client.ts'
import { COUNTER, SCOPES, startGuardedService, startProvider, tokenOf } from './guarded-service.ts'
import { createReadLedger, KEY_ID, rootOf } from './read-ledger.ts'
import { createSample } from './sample.ts'
import { send, type TestService } from './service.ts'
import { DEPOSITS } from './test-store.ts'

const DESCRIPTION = join(import.meta.dirname, '../../../packages/verifier/openapi.json')
const INPUTS = createHostileInputs()
/** Of all inputs so many are tried in each place, the next ones in the next place. */
const INPUTS_A_PLACE = runs(3, INPUTS.length)
/** The same headers are read by the same steps on every route. */
const INPUTS_A_HEADER = runs(1, INPUTS.length)
const VALUES_A_PLACE = runs(8, HOSTILE_VALUES.length)
const AT_ONCE = 16
/** Of an answer to what is none of its routes' own; a list is longer. */
const MOST_PROBLEM_BYTES = 16_384
const MOST_ANSWER_BYTES = 262_144
/** Of a line of the log. */
const MOST_LINE_BYTES = 1_024
/** References of the client's own that a report has to name. */
const REPEATED = ['serviceItem', 'caseNo']

/** Read from requests by this service, or by what stands before services. */
const HEADERS = [
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Authorization',
  'Content-Encoding',
  'Content-Type',
  'Cookie',
  'Expect',
  'Forwarded',
  'Idempotency-Key',
  'If-Modified-Since',
  'If-None-Match',
  'Origin',
  'Range',
  'Referer',
  'Upgrade',
  'User-Agent',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Http-Method-Override',
  'X-Request-Id',
] as const

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly example?: string | number
}
interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    /** Of one media type; what is in lines has one line here. */
    readonly content: Readonly<
      Record<string, { readonly examples?: Readonly<Record<string, { readonly value: object }>> }>
    >
  }
}
interface Operated {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** A place of a request, and how it is sent with something in it. */
interface Place {
  readonly of: Operated
  readonly name: string
  readonly fill: (hostile: Hostile) => Buffer
}

const { paths } = JSON.parse(readFileSync(DESCRIPTION, 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}
const OPERATIONS: readonly Operated[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
)

describe('Hostile input', function () {
  this.timeout(runs(120_000, 1_800_000))
  let provider: IdentityProvider
  let service: TestService
  let token: string
  let sent = 0

  before(async () => {
    provider = await startProvider()
    const client = { ...COUNTER, requestsPerMinute: 10_000_000 }
    const sample = await createSample(Math.floor(Date.now() / 1000))
    service = await startGuardedService(
      sample.view,
      provider,
      {
        clients: new Map([[client.id, client]]),
        quota: createMemoryQuota(),
        // Each request comes from an address of its own: what one may try in a minute ends none.
        proxies: { addresses: ['127.0.0.1'], header: 'x-forwarded-for' },
      },
      { listed: createReadLedger().listed, deposits: DEPOSITS },
    )
    token = await tokenOf(provider, COUNTER.id, undefined, SCOPES.join(' '))
    await makeReal(sample.bundle)
  })
  after(async () => {
    await service.close()
    await provider.stop()
  })

  /** Makes what the routes are asked about, so that each reads all of its request, and answers. */
  async function makeReal(presented: string): Promise<void> {
    const ask = async (path: string, body: object) => {
      const { status, json, text } = await send(service.url + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      })
      expect(status, text).to.equal(200)
      return json
    }
    const reference = encodeQrReference(presented, suite)
    const { number, code } = await ask('/v1/verifications', { presented, receivingRegion: '440000' })
    await ask('/v1/deposits', { presented, reference })
    Object.assign(REAL_MEMBERS, {
      '/v1/verifications': { presented },
      '/v1/unmaskings': { presented },
      '/v1/deposits': { presented, reference },
      '/v1/retrievals': { licence: reference },
      '/v1/retrievals/bundle': { licence: reference },
      '/v1/report-checks': { number, code },
    })
    REPORT.number = number
    const given = await giveBatch(service.url, linesOf([{ presented, receivingRegion: '440000' }]), {
      Authorization: `Bearer ${token}`,
    })
    BATCH.number = given.json.number
  }

  /** A request that is right, but for what is put in place of its parts. */
  function requestOf(
    { method, path, operation }: Operated,
    given: {
      readonly address?: Buffer
      readonly header?: readonly [string, Buffer]
      readonly body?: Buffer
    } = {},
  ): Buffer {
    const body = given.body ?? bodyOf({ path, operation })
    const headers: Record<string, Buffer | string> = {
      Host: 'verifier.example',
      Connection: 'close',
      Authorization: `Bearer ${token}`,
      'X-Forwarded-For': `198.18.${(sent >> 8) % 256}.${sent % 256}`,
      ...(body === null
        ? {}
        : { 'Content-Type': mediaTypeOf(operation), 'Content-Length': String(body.length) }),
    }
    if (given.header !== undefined) headers[given.header[0]] = given.header[1]
    const lines = Object.entries(headers).flatMap(([name, value]) => [`${name}: `, value, '\r\n'])
    const address = given.address ?? Buffer.from(addressOf(path, operation))
    return concat(`${method} `, address, ' HTTP/1.1\r\n', ...lines, '\r\n', body ?? '')
  }

  /** What comes back until the connection ends. */
  function exchange(request: Buffer): Promise<string> {
    const { hostname, port } = new URL(service.url)
    sent += 1
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      const socket = connect(Number(port), hostname, () => socket.write(request))
      socket.on('data', (chunk: Buffer) => chunks.push(chunk))
      socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
      // Whoever is refused before all was sent may hear so by that alone.
      socket.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? undefined : reject(error),
      )
    })
  }

  function expectHarmless(
    answer: string,
    { of, name }: Pick<Place, 'of' | 'name'>,
    mark: string | null,
  ): void {
    const said = `${of.method} ${of.path} ${name} ${mark}\n${answer.slice(0, 600)}`
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1])
    expect(status, said).to.be.within(200, 499)
    // Neither a missing scope nor a bound keeps what is hostile from being read.
    expect(status, said).to.not.be.oneOf([403, 429])
    expect(answer.length, said).to.be.below(status < 400 ? MOST_ANSWER_BYTES : MOST_PROBLEM_BYTES)
    const isToldBack = status === 200 && REPEATED.includes(name)
    if (mark !== null && !isToldBack) expect(answer, said).to.not.include(mark)
  }

  async function tryAll(places: readonly Place[], inputsEach = INPUTS_A_PLACE): Promise<void> {
    expect(places).to.not.be.empty
    let next = 0
    const tries = places.flatMap((place) =>
      Array.from({ length: inputsEach }, () => ({
        place,
        hostile: INPUTS[next++ % INPUTS.length] as Hostile,
      })),
    )
    await inTurn(tries, async ({ place, hostile }) =>
      expectHarmless(await exchange(place.fill(hostile)), place, hostile.mark),
    )
    for (const { mark } of INPUTS) if (mark !== null) expect(service.log()).to.not.include(mark)
  }

  it('is kept by nothing else from any route: what is right is answered by each of them', async () => {
    const missed: string[] = []
    for (const of of OPERATIONS) {
      const answer = await exchange(requestOf(of))
      const said = `${of.method} ${of.path} ${answer.slice(0, 30)} ${answer.slice(answer.indexOf('\r\n\r\n')).slice(0, 300)}`
      const isAnswered = /^HTTP\/1\.1 20[02] /.test(answer) || answer.includes('"code":"not-on-ledger"')
      if (!isAnswered) missed.push(said)
    }
    expect(missed).to.deep.equal([])
  })

  it('in every part of every path, written as it must be and as it must not', async () => {
    await tryAll(
      OPERATIONS.flatMap((of) => {
        const parts = (of.operation.parameters ?? []).filter((one) => one.in === 'path')
        const addresses = parts.map(
          ({ name }) =>
            [
              name,
              (text: Buffer) =>
                concat(...around(of, name).flatMap((part, at) => (at === 0 ? [part] : [text, part]))),
            ] as const,
        )
        const behind = [
          'behind',
          (text: Buffer) => concat(addressOf(of.path, of.operation), '/', text),
        ] as const
        return [...addresses, behind].flatMap(([name, place]) => [
          { of, name, fill: ({ bytes }: Hostile) => requestOf(of, { address: place(percent(bytes)) }) },
          { of, name, fill: ({ bytes }: Hostile) => requestOf(of, { address: place(bytes) }) },
        ])
      }),
    )
  })

  it('in every parameter of every query, in its value and in the place of its name', async () => {
    await tryAll(
      OPERATIONS.flatMap((of) => {
        const queries = (of.operation.parameters ?? []).filter((one) => one.in === 'query')
        const address = (...query: readonly (string | Buffer)[]) => ({
          address: concat(addressOf(of.path, of.operation), '?', ...query),
        })
        return [
          ...[...queries.map(({ name }) => name), 'other'].map((name) => ({
            of,
            name,
            fill: ({ bytes }: Hostile) => requestOf(of, address(`${name}=`, percent(bytes))),
          })),
          { of, name: 'a name', fill: ({ bytes }: Hostile) => requestOf(of, address(percent(bytes), '=1')) },
          { of, name: 'the query', fill: ({ bytes }: Hostile) => requestOf(of, address(bytes)) },
        ]
      }),
    )
  })

  it('in every header of every route', async () => {
    await tryAll(
      OPERATIONS.flatMap((of) =>
        HEADERS.map((name) => ({
          of,
          name,
          fill: ({ bytes }: Hostile) => requestOf(of, { header: [name, bytes] }),
        })),
      ),
      INPUTS_A_HEADER,
    )
  })

  it('in every member of every body, in its value and in the place of its name, and as the whole body', async () => {
    const withBody = OPERATIONS.filter(({ operation }) => operation.requestBody !== undefined)
    await tryAll(
      withBody.flatMap((of) => {
        const body = JSON.parse(String(bodyOf(of))) as object
        const filled = (
          path: readonly string[],
          change: (holder: Record<string, unknown>, name: string) => void,
        ) => {
          const copy = structuredClone(body) as Record<string, unknown>
          const name = path.at(-1) ?? ''
          change(holderOf(copy, path), name)
          return { body: Buffer.from(JSON.stringify(copy)) }
        }
        return [
          ...membersOf(body).flatMap((path) => [
            {
              of,
              name: path.at(-1) ?? '',
              fill: ({ bytes }: Hostile) =>
                requestOf(
                  of,
                  filled(path, (holder, name) => {
                    holder[name] = bytes.toString()
                  }),
                ),
            },
            {
              of,
              name: 'a name',
              fill: ({ bytes }: Hostile) =>
                requestOf(
                  of,
                  filled(path, (holder) => {
                    holder[bytes.toString()] = 'x'
                  }),
                ),
            },
          ]),
          { of, name: 'the body', fill: ({ bytes }: Hostile) => requestOf(of, { body: bytes }) },
          {
            of,
            name: 'a text',
            fill: ({ bytes }: Hostile) => requestOf(of, { body: concat('{"presented":"', bytes, '"}') }),
          },
        ]
      }),
    )
    for (const of of withBody) {
      const body = JSON.parse(String(bodyOf(of))) as object
      let next = 0
      const tries = membersOf(body).flatMap((path) =>
        Array.from({ length: VALUES_A_PLACE }, () => {
          const copy = structuredClone(body) as Record<string, unknown>
          holderOf(copy, path)[path.at(-1) ?? ''] = '@'
          const value = HOSTILE_VALUES[next++ % HOSTILE_VALUES.length] as string
          return { path, body: Buffer.from(JSON.stringify(copy).replace('"@"', () => value)) }
        }),
      )
      await inTurn(tries, async ({ path, body: given }) =>
        expectHarmless(await exchange(requestOf(of, { body: given })), { of, name: path.join('.') }, null),
      )
    }
  })

  it('in the place of HTTP itself', async () => {
    const head = 'GET /v1/findings HTTP/1.1\r\nHost: h\r\nConnection: close\r\n'
    const post =
      'POST /v1/verifications HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: application/json\r\n'
    for (const request of [
      `${'A'.repeat(5_000)} / HTTP/1.1\r\nHost: h\r\n\r\n`,
      'GET /v1/findings\r\n\r\n',
      'GET /v1/findings HTTP/9.9\r\nHost: h\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'GET http://[::1/ HTTP/1.1\r\nHost: h\r\n\r\n',
      'GET //-hostile-/.. HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
      'GET /v1/findings#-hostile- HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
      'CONNECT -hostile-:80 HTTP/1.1\r\nHost: h\r\n\r\n',
      'TRACE / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: -hostile-\r\n\r\n',
      `${head}-hostile-\0: a\r\n\r\n`,
      `${head}X : -hostile-\r\n\r\n`,
      `${head}X: a\r\n -hostile-\r\n\r\n`,
      `${head}X: a\n-hostile-: b\r\n\r\n`,
      `${head}${'X: -hostile-\r\n'.repeat(3_000)}\r\n`,
      `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      `${post}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `${post}Content-Length: -1\r\n\r\n{}`,
      `${post}Content-Length: 1e3\r\n\r\n{}`,
      `${post}Transfer-Encoding: gzip\r\n\r\n{}`,
      `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n-hostile-\r\n0\r\n\r\n`,
      `${post}Transfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
      `${post}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: ${'-hostile-'.repeat(3_000)}\r\n\r\n`,
    ]) {
      const answer = await exchange(Buffer.from(request, 'latin1'))
      expect(answer, request.slice(0, 200)).to.match(/^HTTP\/1\.1 [24]\d\d /)
      expect(answer.slice(0, MOST_PROBLEM_BYTES)).to.not.include('-hostile-')
    }
    expect(service.log()).to.not.include('-hostile-')
  })

  it('leaves a service that answers as before, and holds no more than before', async () => {
    const lines = service.log().split('\n')
    expect(lines.length).to.be.below(sent + 20)
    expect(Math.max(...lines.map(({ length }) => length))).to.be.below(MOST_LINE_BYTES)
    expect(lines.filter((line) => line.includes('"level":50'))).to.deep.equal([])
    const [of] = OPERATIONS.filter(({ path }) => path === '/v1/ledger/regions')
    if (of === undefined) return expect.fail('there is no list to ask for')
    const again = (count: number) =>
      inTurn(
        Array.from({ length: count }, (_, at) => INPUTS[at % INPUTS.length] as Hostile),
        ({ bytes }) =>
          exchange(requestOf(of, { address: concat('/v1/ledger/regions?after=', percent(bytes)) })),
      )
    await again(200)
    const before = collectedHeap()
    await again(runs(400, 20_000))
    // Of its log, which this test holds, it is a few hundred bytes a request.
    expect(collectedHeap() - before).to.be.below(runs(400, 20_000) * 1_500 + 4_000_000)
    expect((await send(`${service.url}/health/live`)).status).to.equal(200)
  })
})

function bodyOf({ path, operation: { requestBody } }: Omit<Operated, 'method'>): Buffer | null {
  const [content] = Object.values(requestBody?.content ?? {})
  const examples = Object.values(content?.examples ?? {})
  if (requestBody === undefined) return null
  // The last shows all that may be sent.
  return Buffer.from(JSON.stringify({ ...examples.at(-1)?.value, ...REAL_MEMBERS[path] }))
}

function mediaTypeOf({ requestBody }: Operation): string {
  return Object.keys(requestBody?.content ?? {})[0] ?? 'application/json'
}

/** What no description can know: what is right of it, is so for one licence and one report alone. */
const REAL_MEMBERS: Record<string, object> = {}

/** Numbers of one that was answered, and of one that was given. */
const REPORT = { number: '' }
const BATCH = { number: '' }

/** What a path names that no description can know. */
const PARTS: Readonly<Record<string, string>> = { keyId: KEY_ID, root: rootOf(0) }

function partOf(path: string, name: string): string | undefined {
  if (path.startsWith('/v1/batches/')) return BATCH.number
  return path.startsWith('/v1/reports/') ? REPORT.number : PARTS[name]
}

function addressOf(path: string, { parameters = [] }: Operation): string {
  return parameters
    .filter((one) => one.in === 'path')
    .reduce(
      (made, { name, example }) => made.replace(`{${name}}`, String(partOf(path, name) ?? example)),
      path,
    )
}

/** What stands before a part of a path, and behind it. */
function around({ path, operation }: Operated, name: string): readonly string[] {
  const others = (operation.parameters ?? []).filter((one) => one.name !== name)
  return addressOf(path, { parameters: others }).split(`{${name}}`)
}

/** Names of all members, those of members among them. */
function membersOf(value: object, path: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(value).flatMap(([name, member]) => [
    [...path, name],
    ...(typeof member === 'object' && member !== null ? membersOf(member, [...path, name]) : []),
  ])
}

function holderOf(body: Record<string, unknown>, path: readonly string[]): Record<string, unknown> {
  return path.slice(0, -1).reduce((holder, name) => holder[name] as Record<string, unknown>, body)
}

function percent(bytes: Buffer): Buffer {
  return Buffer.from([...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
}

function concat(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)))
}

/** So many at a time as one client may have under way. */
async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const left = items.values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of left) await work(item)
    }),
  )
}

/** Bytes of the heap after all that can be given back was. */
function collectedHeap(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}
