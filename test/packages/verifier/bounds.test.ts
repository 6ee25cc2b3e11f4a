/** What anybody can make the service hold, or wait for, is bounded; and what the standards allow is taken. */
import { EventEmitter, once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type LedgerDirectory, type LedgerView, LICENCE_TYPES } from '@hefu/protocol'
import { expect } from 'chai'
import { afterEach, before, describe, it } from 'mocha'
import { createSample, LEDGER, type Sample } from './sample.ts'
import { post, send, startTestService, type TestService } from './service.ts'
import { testStore } from './test-store.ts'

const HEAD = 'POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

/** A node that takes the question and never answers. */
const SILENT: LedgerView = { ledger: LEDGER, lookup: () => new Promise(() => {}) }

/** The same, and when so many questions are under way: how long that takes is the machine's. `ends`: a question that is given up is over, as of every real view. */
function createSilentNode(ends = true) {
  const heard = new EventEmitter()
  const counted = { asked: 0, underWay: 0, most: 0 }
  const lookup: LedgerView['lookup'] = (_, signal) => {
    counted.asked++
    counted.underWay++
    counted.most = Math.max(counted.most, counted.underWay)
    heard.emit('asked')
    return new Promise((_resolve, reject) => {
      if (!ends) return
      signal?.addEventListener('abort', () => {
        counted.underWay--
        reject(signal.reason)
      })
    })
  }
  const hasHeard = async (questions: number): Promise<void> => {
    while (counted.asked < questions) await once(heard, 'asked')
  }
  return { view: { ledger: LEDGER, lookup } satisfies LedgerView, hasHeard, heard, counted }
}

/** A registry that takes so long to name a ledger whose node never answers. */
const slowToSilent = (milliseconds: number): LedgerDirectory => ({
  list: () => pause(milliseconds, [{ view: SILENT, registration: null }]),
})

describe('what the verifier service is made to hold', () => {
  let sample: Sample
  let service: TestService

  before(async () => {
    sample = await createSample()
  })
  afterEach(() => service.close())

  const bodyOf = (members: object = {}): object => ({
    presented: sample.bundle,
    receivingRegion: '440000',
    ...members,
  })

  function open(bytes: string): Promise<Socket> {
    const { hostname, port } = new URL(service.url)
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes, () => resolve(socket)))
      socket.on('error', reject)
    })
  }

  /** What comes back until the connection ends. */
  async function exchange(bytes: string): Promise<string> {
    const socket = await open(bytes)
    let answer = ''
    for await (const chunk of socket.setEncoding('utf8')) answer += chunk
    return answer
  }

  it('names twenty defects of a body and counts the others, and says once that members are unknown', async () => {
    service = await startTestService(sample.view)
    const unknown = Array.from({ length: 1_900 }, (_, i) => `"member${i}":1`).join(',')
    const names = new Set(LICENCE_TYPES.flatMap(({ fields }) => fields.map(({ name }) => name)))
    const submitted = JSON.stringify(Object.fromEntries([...names].map((name) => [name, 1])))
    const head = '{"presented":"","receivingRegion":"440000"'
    const answer = await post(service.url, `${head},"submitted":${submitted},${unknown}}`)
    expect(answer.status).to.equal(422)
    expect(names.size).to.be.greaterThan(20)
    expect(answer.json.errors).to.have.length(20)
    expect(answer.json.moreErrors).to.equal(names.size + 1 - 20)
    expect(answer.text.length).to.be.lessThan(8_192)
    const alone = await post(service.url, `${head},${unknown}}`)
    expect(alone.json.errors.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal([''])
    expect(alone.json.detail.split('only presented').length - 1, 'the expectation is said once').to.equal(1)
  })

  it('ends a connection of which no answer is read', async () => {
    service = await startTestService(sample.view, { idleTimeoutMs: 300 })
    const asked = 'GET /v1/findings HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const socket = await open(asked)
    socket.pause().on('error', () => {})
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    for (let sent = 0; sent < 800 && socket.writable; sent++) {
      socket.write(asked)
      await pause(2)
    }
    await pause(1_000)
    // What had been sent is still to be read; then the end shows.
    socket.resume()
    await ended
    const { text } = await send(`${service.url}/v1/findings`)
    expect(socket.bytesRead).to.be.lessThan(600 * text.length)
  })

  it('answers requests that come at once one after another, and ends a connection that sends a thousand', async () => {
    service = await startTestService(sample.view)
    const asked = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const last = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
    const answers = await exchange(asked.repeat(3) + last)
    expect(answers.split('HTTP/1.1 200 ').length - 1).to.equal(4)
    const flooded = await exchange(asked.repeat(1_000)).catch(() => '')
    expect(flooded.split('HTTP/1.1 200 ').length - 1).to.be.lessThan(10)
  })

  it('answers the first eight of nine or more requests in one piece, then ends the connection in order', async () => {
    service = await startTestService(sample.view)
    const asked = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'
    for (const times of [8, 9, 500]) {
      const last = times === 8 ? asked.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n') : asked
      const answers = await exchange(asked.repeat(times - 1) + last)
      expect(answers.split('HTTP/1.1 200 ').length - 1, `${times} at once`).to.equal(8)
      expect(answers.split('Connection: close').length - 1, 'the last answer says so').to.equal(1)
    }
  })

  it('holds no more than four thousand requests beyond those of all connections', async () => {
    const slow: LedgerView = {
      ...sample.view,
      lookup: () => pause(2_500, null).then(() => Promise.reject(new Error())),
    }
    service = await startTestService(slow)
    const text = JSON.stringify(bodyOf())
    const whole = `${HEAD}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
    const asked = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const flooded = await Promise.all(
      Array.from({ length: 10 }, () => exchange(whole + asked.repeat(1_000)).catch(() => '')),
    )
    const heard = flooded.filter((answers) => answers.split('HTTP/1.1 200 ').length - 1 === 9)
    expect(heard.length, 'those of one under way and eight that wait').to.be.within(1, 4)
    expect((await send(`${service.url}/health/live`)).status).to.equal(200)
    // The room of the others is free again.
    expect((await exchange(asked.repeat(9))).split('HTTP/1.1 200 ').length - 1).to.equal(8)
  })

  it('parses no body of more members, elements or levels than any request has', async () => {
    service = await startTestService(sample.view)
    const members = Array.from({ length: 45_000 }, (_, i) => `"k${i}":1`).join(',')
    for (const body of [
      `{${members}}`,
      `{"submitted":{${members}}}`,
      `[${'1,'.repeat(250_000)}1]`,
      `${'['.repeat(260_000)}${']'.repeat(260_000)}`,
      '{"a":'.repeat(80_000),
    ]) {
      const answer = await post(service.url, body)
      expect([answer.status, answer.json.code]).to.deep.equal([413, 'too-many-members'])
    }
    const text = JSON.stringify(bodyOf({ caseNo: '[{,:"'.repeat(5_000) }))
    expect((await post(service.url, text)).json.code, 'signs in a text are none').to.equal('not-a-request')
  })

  it('takes a new connection for the one that has waited longest, be it silent, idle or in the middle', async () => {
    service = await startTestService(sample.view, { mostConnections: 3 })
    const ends: string[] = []
    const held = new Map<string, Socket>()
    for (const [name, bytes] of [
      ['silent', ''],
      ['dripping', `${HEAD}Content-Length: 100\r\n\r\n{`],
      ['idle', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ] as const) {
      const socket = await open(bytes)
      socket.on('close', () => ends.push(name)).on('error', () => {})
      socket.resume()
      held.set(name, socket)
      await pause(50)
    }
    for (let i = 0; i < 20; i++) {
      expect(
        await exchange('GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'),
      ).to.match(/^HTTP\/1\.1 200 /)
    }
    expect(ends).to.deep.equal(['silent'])
    const others = await Promise.all([open(''), open('')])
    await pause(50)
    expect(ends).to.deep.equal(['silent', 'dripping'])
    for (const socket of [...held.values(), ...others]) socket.destroy()
  })

  it('ends no connection whose request is whole, and refuses the newcomer when there is no other', async () => {
    const node = createSilentNode()
    service = await startTestService(node.view, { mostConnections: 2, ledgerDeadlineMs: 2_000 })
    const waiting = [post(service.url, bodyOf()), post(service.url, bodyOf())]
    await node.hasHeard(2)
    expect(await exchange('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n').catch(() => '')).to.equal(
      '',
    )
    for (const { status } of await Promise.all(waiting)) expect(status).to.equal(200)
  })

  it('turns verifications beyond its number away at once, answers the others in time, and lives', async () => {
    const node = createSilentNode()
    service = await startTestService(node.view, { mostVerifications: 2, ledgerDeadlineMs: 2_000 })
    const startedAt = Date.now()
    const waiting = [post(service.url, bodyOf()), post(service.url, bodyOf())]
    await node.hasHeard(2)
    const turnedAway = await post(service.url, bodyOf())
    expect(turnedAway.status).to.equal(503)
    expect(turnedAway.json.code).to.equal('busy')
    expect(turnedAway.headers.get('retry-after')).to.equal('2')
    expect(turnedAway.text, 'what was not looked at is neither good nor bad').to.not.contain('verdict')
    expect((await send(`${service.url}/health/live`)).status).to.equal(200)
    for (const answer of await Promise.all(waiting)) {
      expect(answer.json.report.verdict).to.equal('undetermined')
    }
    expect(Date.now() - startedAt).to.be.lessThan(8_000)
    expect((await post(service.url, bodyOf())).status, 'the places are free again').to.equal(200)
  })

  it('gives no place to a body that does not come', async () => {
    service = await startTestService(sample.view, { mostVerifications: 1 })
    const dripping = await Promise.all(
      Array.from({ length: 8 }, () => open(`${HEAD}Content-Length: 100\r\n\r\n{`)),
    )
    await pause(50)
    expect((await post(service.url, bodyOf())).status).to.equal(200)
    for (const socket of dripping) socket.destroy()
  })

  it('frees the place of a client that went away', async () => {
    const node = createSilentNode()
    service = await startTestService(node.view, { mostVerifications: 1, ledgerDeadlineMs: 3_000 })
    const text = JSON.stringify(bodyOf())
    const gone = await open(`${HEAD}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
    await node.hasHeard(1)
    const turnedAway = await post(service.url, `${text}${' '.repeat(480_000)}`)
    expect(turnedAway.status, 'and reads the answer, however large the body').to.equal(503)
    gone.destroy()
    await pause(50)
    expect((await post(service.url, bodyOf())).status).to.equal(200)
  })

  /** Asks so often, and leaves as soon as the node is asked or an answer comes. */
  async function askAndLeave(times: number, { heard }: ReturnType<typeof createSilentNode>, headers = '') {
    const text = JSON.stringify(bodyOf())
    const head = `${HEAD}${headers}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n`
    for (let i = 0; i < times; i++) {
      const ending = new AbortController()
      const { signal } = ending
      const asked = once(heard, 'asked', { signal })
      const socket = await open(head + text)
      await Promise.race([asked, once(socket, 'data', { signal })])
      ending.abort()
      asked.catch(() => undefined)
      socket.destroy()
    }
  }

  it('has never more under way than its bound, though a hundred and fifty ask and leave, and their work does not end', async () => {
    const node = createSilentNode(false)
    service = await startTestService(node.view, { mostVerifications: 4, ledgerDeadlineMs: 2_000 })
    await askAndLeave(150, node)
    expect(node.counted.most).to.equal(4)
    await post(service.url, bodyOf()).then(({ json }) => expect(json.code).to.equal('busy'))
  })

  it('ends the work of who leaves, at once: the ledger is asked no further, nothing is kept, and the key is free again', async () => {
    const node = createSilentNode()
    service = await startTestService(node.view, { mostVerifications: 4, ledgerDeadlineMs: 60_000 })
    const { db } = await testStore()
    const kept = async () => (await db.selectFrom('reading').select('number').execute()).length
    const before = await kept()
    const key = 'Idempotency-Key: "left-and-asked-again"\r\n'
    await askAndLeave(150, node, key)
    expect(node.counted.most).to.be.within(1, 4)
    while (node.counted.underWay > 0) await pause(5)
    while (!service.log().includes('"status":499')) await pause(5)
    expect(await kept()).to.equal(before)
    expect(service.log()).to.not.include('request failed')
    const { asked } = node.counted
    while (node.counted.asked === asked) await askAndLeave(1, node, key)
  })

  it('is not ready within its deadline while a node is silent', async () => {
    service = await startTestService(SILENT, { ledgerDeadlineMs: 200 })
    const ready = await send(`${service.url}/health/ready`)
    expect([ready.status, ready.headers.get('retry-after')]).to.deep.equal([503, '5'])
  })

  it('asks a silent node for no more than sixteen who want to know whether it is ready, and lives', async () => {
    service = await startTestService(SILENT, { ledgerDeadlineMs: 2_000 })
    const asking = Array.from({ length: 20 }, () => send(`${service.url}/health/ready`))
    await pause(100)
    expect((await send(`${service.url}/health/live`)).status).to.equal(200)
    const codes = (await Promise.all(asking)).map(({ json }) => json.code)
    expect(codes.filter((code) => code === 'busy')).to.have.length(4)
    expect(codes.filter((code) => code === 'ledger-unreachable')).to.have.length(16)
  })

  it('has one deadline for what it asks of the registry and of the ledgers together', async () => {
    service = await startTestService(slowToSilent(1_500), { ledgerDeadlineMs: 2_000 })
    const startedAt = Date.now()
    expect((await post(service.url, bodyOf())).json.report.verdict).to.equal('undetermined')
    expect(Date.now() - startedAt, 'not 1,500 and 2,000').to.be.lessThan(3_400)
  })

  it('waits for a silent registry no longer than for a ledger', async () => {
    service = await startTestService({ list: () => new Promise(() => {}) }, { ledgerDeadlineMs: 200 })
    expect((await post(service.url, bodyOf())).json.report.verdict).to.equal('undetermined')
  })

  it('answers every request that was on its way when it closes', async () => {
    service = await startTestService(sample.view)
    const agent = new Agent({ keepAlive: true, maxSockets: 8 })
    const { hostname, port } = new URL(service.url)
    const text = JSON.stringify(bodyOf())
    const ask = (): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }
        const options = { hostname, port, agent, method: 'POST', path: '/v1/verifications', headers }
        const sent = request(options, (answer) => answer.resume().on('end', () => resolve(answer)))
        sent.on('error', reject).end(text)
      })
    const failures: string[] = []
    let answered = 0
    const askOn = async (): Promise<void> => {
      for (;;) {
        try {
          const { statusCode, headers } = await ask()
          expect(statusCode).to.equal(200)
          answered++
          if (headers.connection === 'close') return
        } catch (error) {
          failures.push((error as NodeJS.ErrnoException).code ?? String(error))
          return
        }
      }
    }
    const asking = Array.from({ length: 8 }, askOn)
    await pause(300)
    await service.close()
    await Promise.all(asking)
    agent.destroy()
    expect(failures).to.deep.equal([])
    expect(answered).to.be.greaterThan(8)
  })

  it('refuses a member twice, however it is written, and takes colons in texts', async () => {
    service = await startTestService(sample.view)
    for (const body of [
      '{"presented":"a","presented":"b","receivingRegion":"440000"}',
      '{"presented":"a","receivingRegion":"440000","submitted":{"holderName":"a","holderName":"b"}}',
      '{"presented":"a","receivingRegion":"440000","receivingR\\u0065gion":"430000"}',
      '{"presented":"a","receivingRegion":"440000","__proto__":1,"__proto__":2}',
    ]) {
      const answer = await post(service.url, body)
      expect([answer.status, answer.json.code], body).to.deep.equal([400, 'repeated-member'])
    }
    const colons = await post(service.url, '{"presented":"a:b\\"c\\\\","receivingRegion" : "440000"}')
    expect(colons.status).to.equal(200)
  })

  it('takes what the standards allow: letters of any case, a charset without its hyphen, a byte-order mark', async () => {
    service = await startTestService(sample.view)
    for (const type of [
      'Application/JSON',
      'application/json; charset=utf8',
      'application/json;charset=UTF-8',
      'application/json ; charset=utf-8',
      'application/json;\tcharset="utf-8"',
    ]) {
      expect((await post(service.url, bodyOf(), { 'Content-Type': type })).status, type).to.equal(200)
    }
    for (const accept of [
      'application/json; charset=utf-8',
      'APPLICATION/JSON;charset=UTF-8',
      'text/html, */*;q=0.1',
    ])
      expect((await post(service.url, bodyOf(), { Accept: accept })).status, accept).to.equal(200)
    for (const asOf of ['2025-06-01t00:00:00z', '2025-06-01T00:00:00.1234567890+08:00'])
      expect((await post(service.url, { ...bodyOf(), asOf })).status, asOf).to.equal(200)
    const marked = Buffer.concat([Buffer.from('\uFEFF'), Buffer.from(JSON.stringify(bodyOf()))])
    expect((await post(service.url, new Uint8Array(marked))).status).to.equal(200)
  })

  it('refuses what is no target, no Host or no HTTP/1 with a problem document', async () => {
    service = await startTestService(sample.view)
    for (const head of [
      'GET http://[ HTTP/1.1\r\nHost: h',
      'GET http:// HTTP/1.1\r\nHost: h',
      'GET ? HTTP/1.1\r\nHost: h',
      'GET * HTTP/1.1\r\nHost: h',
      'GET /\u00ff HTTP/1.1\r\nHost: h',
      'GET \\\\health HTTP/1.1\r\nHost: h',
      'GET /health/live HTTP/1.1',
      'GET /health/live HTTP/2.0\r\nHost: h',
    ]) {
      expect(await exchange(`${head}\r\n\r\n`), head)
        .to.match(/^HTTP\/1\.1 400 /)
        .and.include('urn:hefu:problem:malformed-http')
    }
    for (const head of [
      'GET http://elsewhere/health/live?a=b HTTP/1.1\r\nHost: localhost',
      'GET /health/live HTTP/1.0',
    ]) {
      const answer = await exchange(`${head}\r\nConnection: close\r\n\r\n`)
      expect(answer, head).to.match(/^HTTP\/1\.1 200 /)
    }
    expect(await exchange('CONNECT h:1 HTTP/1.1\r\nHost: localhost\r\n\r\n')).to.include('method-not-allowed')
  })

  it('refuses what it cannot meet of what is expected', async () => {
    service = await startTestService(sample.view)
    expect(await exchange(`${HEAD}Content-Length: 2\r\nExpect: banana\r\n\r\n{}`))
      .to.match(/^HTTP\/1\.1 417 /)
      .and.include('urn:hefu:problem:expectation-failed')
  })

  it('answers what came whole before it answers what cannot be read behind it', async () => {
    const slow: LedgerView = {
      ...sample.view,
      lookup: (query) => pause(100).then(() => sample.view.lookup(query)),
    }
    service = await startTestService(slow)
    const text = JSON.stringify(bodyOf())
    const whole = `${HEAD}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
    const answers = await exchange(`${whole}GARBAGE\r\n\r\n`)
    expect(answers.match(/HTTP\/1\.1 \d+/g)).to.deep.equal(['HTTP/1.1 200', 'HTTP/1.1 400'])
    const broken = `${HEAD}Transfer-Encoding: chunked\r\n\r\nx`
    expect((await exchange(whole + broken)).match(/HTTP\/1\.1 \d+/g)).to.deep.equal([
      'HTTP/1.1 200',
      'HTTP/1.1 400',
    ])
    expect((await exchange(broken)).match(/HTTP\/1\.1 \d+/g)).to.deep.equal(['HTTP/1.1 400'])
  })

  it('answers what came before a tunnel that is asked for, and refuses the tunnel', async () => {
    service = await startTestService(sample.view)
    const asked = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'
    const answers = await exchange(`${asked}${asked}CONNECT h:1 HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    expect(answers.match(/HTTP\/1\.1 \d+/g)).to.deep.equal(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 405'])
  })

  it('answers a body that is too large, and does not come to its end, once', async () => {
    service = await startTestService(sample.view, { requestTimeoutMs: 500 })
    const large = await exchange(`${HEAD}Content-Length: 2000000\r\n\r\n${' '.repeat(600_000)}`)
    expect(large.match(/HTTP\/1\.1 \d+/g)).to.deep.equal(['HTTP/1.1 413'])
    const declared = await exchange(`${HEAD}Content-Length: 2000000\r\n\r\n{`)
    expect(declared.match(/HTTP\/1\.1 \d+/g)).to.deep.equal(['HTTP/1.1 413'])
    const within = await exchange(`${HEAD}Content-Length: 2000\r\n\r\n{`)
    expect(within.match(/HTTP\/1\.1 \d+/g)).to.deep.equal(['HTTP/1.1 408'])
  })

  it('asks for no body of which it knows that it is refused, and ends the connection', async () => {
    service = await startTestService(sample.view)
    const waiting = 'Content-Length: 2\r\nExpect: 100-continue\r\n\r\n'
    for (const [head, status] of [
      ['POST /v1/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n', 404],
      ['POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n', 415],
      [`${HEAD}Accept: text/html\r\n`, 406],
    ] as const)
      expect((await exchange(head + waiting)).match(/HTTP\/1\.1 \d+/g), head).to.deep.equal([
        `HTTP/1.1 ${status}`,
      ])
  })

  it('refuses two Host headers, and asks for no body that it would refuse', async () => {
    service = await startTestService(sample.view)
    const twice = await exchange('GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n')
    expect(twice)
      .to.match(/^HTTP\/1\.1 400 /)
      .and.include('urn:hefu:problem:malformed-http')
    const huge = await exchange(`${HEAD}Content-Length: 104857600\r\nExpect: 100-continue\r\n\r\n`)
    expect(huge).to.match(/^HTTP\/1\.1 413 /)
    const text = JSON.stringify(bodyOf())
    const length = `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n`
    expect(await exchange(`${HEAD}${length}${text}`)).to.match(
      /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /,
    )
  })
})
