/** What is held for those who do not send, and for those who do not take, gives way to those who come. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import {
  accessProblem,
  assertJsonBody,
  createApp,
  createGate,
  createGuardUnsafe,
  createJsonAnswer,
  createLogger,
  createRoutes,
  type Exchange,
  parseJsonBody,
  type RunningServer,
  receiveBody,
  route,
  startServer,
} from '@hefu/service'
import { expect } from 'chai'
import { afterEach, describe, it } from 'mocha'

/** Of which no system keeps so much for who does not read. */
const LARGE = 'a'.repeat(32_000_000)
const BODY_BYTES = 1_000

/** However slow the machine is. */
async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !isSo(); await pause(10))
    expect(Date.now(), 'it never was so').to.be.lessThan(deadline)
}

describe('what a service holds for others', () => {
  let server: RunningServer
  afterEach(() => server.close())

  async function start(requestTimeoutMs?: number): Promise<void> {
    const routes = createRoutes(createGuardUnsafe({}))
      .publicly(
        'POST',
        '/sizes',
        route()
          .assert(assertJsonBody)
          .find(receiveBody(BODY_BYTES))
          .find(parseJsonBody)
          .answer((ctx, { body }) => {
            ctx.body = JSON.stringify(body).length.toString()
          }),
      )
      .publicly(
        'GET',
        '/large',
        route()
          .within(createGate(1))
          .answer((ctx) => {
            ctx.body = LARGE
          }),
      )
    const listener = createApp(
      routes,
      createLogger(() => {}),
    ).callback()
    const within = requestTimeoutMs === undefined ? {} : { requestTimeoutMs }
    server = await startServer(listener, { host: '127.0.0.1', port: 0, ...within })
  }

  const open = (bytes: string) => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('error', () => {})
    return socket
  }

  /** Its own half stays open when the other ends. */
  const openHalf = (bytes: string) => {
    const { hostname, port } = new URL(server.url)
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
    socket.on('error', () => {}).write(bytes)
    return socket
  }

  it('an answer that is not taken gives its place to who comes', async () => {
    await start()
    const untaken = open('GET /large HTTP/1.1\r\nHost: h\r\n\r\n').pause()
    await pause(200)
    const startedAt = Date.now()
    const answer = await fetch(`${server.url}/large`)
    expect(answer.status).to.equal(200)
    expect((await answer.text()).length).to.equal(LARGE.length)
    expect(Date.now() - startedAt).to.be.lessThan(5_000)
    untaken.destroy()
  })

  /** What is answered to who sends all of a body before it reads anything; `reset` where it could not send or read it. */
  async function readAfter(head: string, bytes: number): Promise<string> {
    const socket = openHalf(`${head}\r\n\r\n`).pause()
    const piece = Buffer.alloc(65_536, 'a')
    try {
      for (let left = bytes; left > 0; left -= piece.length)
        await write(socket, piece.subarray(0, Math.min(left, piece.length)))
      let answer = ''
      for await (const text of socket.setEncoding('utf8')) answer += text
      return answer
    } catch {
      return 'reset'
    } finally {
      socket.destroy()
    }
  }

  /** In whatever way. */
  const closing = (socket: ReturnType<typeof openHalf>): Promise<void> =>
    new Promise((resolve) => socket.once('close', () => resolve()))

  const write = (socket: ReturnType<typeof openHalf>, piece: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      socket.write(piece, (error) => (error == null ? resolve() : reject(error)))
    })

  const POST = 'POST /sizes HTTP/1.1\r\nHost: h\r\nContent-Type: application/json'

  it('RFC 9112 §9.6: who sends ten million bytes before reading reads that they are too many, and no reset', async () => {
    await start()
    const bytes = 10_485_760
    const answer = await readAfter(`${POST}\r\nContent-Length: ${bytes}`, bytes)
    expect(answer)
      .to.match(/^HTTP\/1\.1 413 /)
      .and.match(/\r\nConnection: close\r\n/i)
      .and.include('too-large')
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)).to.have.length(1)
  })

  it('RFC 9112 §9.6: who is refused before a body is read is answered before it has come, and reads it after', async () => {
    const routes = createRoutes(createGuardUnsafe({})).publicly(
      'POST',
      '/sizes',
      route().answer(() => {
        throw accessProblem('token-missing')
      }),
    )
    const app = createApp(
      routes,
      createLogger(() => {}),
    )
    server = await startServer(app.callback(), { host: '127.0.0.1', port: 0 })
    const bytes = 10_485_760
    expect(await readAfter(`${POST}\r\nContent-Length: ${bytes}`, bytes)).to.match(/^HTTP\/1\.1 401 /)
    // Nothing of it has come, and its sender is not waited for.
    const waiting = openHalf(`${POST}\r\nContent-Length: ${bytes}\r\n\r\n`)
    const [head] = await once(waiting, 'data')
    expect(String(head)).to.match(/^HTTP\/1\.1 401 /)
    await once(waiting, 'end')
    waiting.destroy()
  })

  it('RFC 9112 §9.6: so is who sends what is no request, heads without end, and more behind a tunnel', async () => {
    await start()
    const bytes = 10_485_760
    for (const [head, line] of [
      ['NOTHING', /^HTTP\/1\.1 400 malformed-http/],
      [`GET / HTTP/1.1\r\nHost: h\r\nX-Long: ${'a'.repeat(20_000)}`, /^HTTP\/1\.1 431 headers-too-large/],
      ['CONNECT h:1 HTTP/1.1\r\nHost: h', /^HTTP\/1\.1 405 method-not-allowed/],
      [`POST / HTTP/1.1\r\nContent-Length: ${bytes}`, /^HTTP\/1\.1 400 /],
    ] as const) {
      const answer = await readAfter(head, bytes)
      expect(answer, head.slice(0, 20)).to.match(line)
      expect(answer.match(/HTTP\/1\.1 \d{3}/g), 'one answer').to.have.length(1)
    }
  })

  it('a connection that lingers keeps no server from closing', async () => {
    await start(20_000)
    const socket = openHalf(`${POST}\r\nContent-Length: 100000\r\n\r\n`).resume()
    await once(socket, 'end')
    const startedAt = Date.now()
    await server.close()
    expect(Date.now() - startedAt).to.be.lessThan(5_000)
    socket.destroy()
    await start()
  })

  it('who goes on sending after the answer is ended: after so many bytes, after so long, or for who comes after', async () => {
    await start(500)
    const chunk = `10000\r\n${'a'.repeat(65_536)}\r\n`
    let sent = 0
    const flooding = openHalf(`${POST}\r\nTransfer-Encoding: chunked\r\n\r\n`).resume()
    const flood = (): void => {
      for (let more = true; more && !flooding.destroyed; sent += chunk.length) more = flooding.write(chunk)
    }
    flood()
    flooding.on('drain', flood)
    await closing(flooding)
    expect(sent).to.be.within(1_000_000, 64_000_000)
    const dripping = openHalf(`${POST}\r\nContent-Length: 100000\r\n\r\n`).resume()
    const drops = setInterval(() => dripping.write('a'), 20)
    await closing(dripping)
    clearInterval(drops)
  })

  it('no more than sixty-four connections linger: for one more the oldest ends', async () => {
    await start(10_000)
    const sockets: ReturnType<typeof openHalf>[] = []
    let closed = 0
    for (let i = 0; i < 66; i += 1) {
      const socket = openHalf(`${POST}\r\nContent-Length: 100000\r\n\r\n`).resume()
      sockets.push(socket.once('close', () => (closed += 1)))
      await once(socket, 'end')
    }
    // Who sends to one that is closed hears of it.
    await until(() => {
      for (const socket of sockets) if (!socket.destroyed) socket.write('a')
      return closed >= 2
    })
    await pause(50)
    expect(closed).to.equal(2)
    expect(sockets.slice(0, 2).map(({ destroyed }) => destroyed)).to.deep.equal([true, true])
    for (const socket of sockets) socket.destroy()
  })

  it('bodies that are not whole hold sixty-four together: the oldest gives way, who sends at once is heard', async () => {
    await start()
    const head = 'POST /sizes HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n'
    const answers: string[] = []
    const dripping = Array.from({ length: 80 }, (_, i) => {
      const socket = open(`${head}Content-Length: ${BODY_BYTES}\r\n\r\n"${'a'.repeat(BODY_BYTES - 2)}`)
      answers.push('')
      return socket.setEncoding('utf8').on('data', (text: string) => {
        answers[i] += text
      })
    })
    const busy = (): number => answers.filter((text) => text.startsWith('HTTP/1.1 503 ')).length
    await until(() => busy() >= 80 - 64)
    await pause(100)
    expect(busy(), 'of eighty that hold 999 bytes each').to.equal(80 - 64)
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify('a'.repeat(BODY_BYTES - 2))
    const heard = await fetch(`${server.url}/sizes`, { method: 'POST', headers, body })
    expect([heard.status, await heard.text()]).to.deep.equal([200, String(BODY_BYTES)])
    for (const socket of dripping) socket.destroy()
  })

  it('a connection that the system has taken is answered, though the server closes before it is its turn', async () => {
    await start()
    const sockets = Array.from({ length: 64 }, () => open(''))
    const answers = sockets.map(async (socket) => {
      let answer = ''
      for await (const text of socket.setEncoding('utf8')) answer += text
      return answer.slice(0, 12)
    })
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    for (const socket of sockets) socket.write('GET /none HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')
    await server.close()
    expect(new Set(await Promise.all(answers))).to.deep.equal(new Set(['HTTP/1.1 404']))
  })

  it('a tunnel that is asked for and reset ends nobody else, and one that stays open keeps no server from closing', async () => {
    await start()
    const asked = 'CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n'
    const reset = open(asked)
    await once(reset, 'data')
    reset.resetAndDestroy()
    await pause(100)
    const { hostname, port } = new URL(server.url)
    const staying = connect({ port: Number(port), host: hostname, allowHalfOpen: true }).resume()
    staying.on('error', () => {}).write(asked)
    await once(staying, 'end')
    const startedAt = Date.now()
    await server.close()
    expect(Date.now() - startedAt).to.be.lessThan(5_000)
    staying.destroy()
    await start()
  })

  it('requests that wait behind others of one connection let those of other connections go before', async () => {
    let handled = 0
    let handledBefore = -1
    const routes = createRoutes(createGuardUnsafe({}))
      .publicly('GET', '/many', async (ctx) => {
        handled += 1
        ctx.body = ''
      })
      .publicly('GET', '/one', async (ctx) => {
        handledBefore = handled
        ctx.body = ''
      })
    const app = createApp(
      routes,
      createLogger(() => {}),
    )
    server = await startServer(app.callback(), { host: '127.0.0.1', port: 0 })
    const asked = 'GET /many HTTP/1.1\r\nHost: h\r\n\r\n'.repeat(8)
    const sockets = Array.from({ length: 101 }, () => open('').resume())
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    // So that the server has taken all of them in, and hears of their requests at once.
    await pause(300)
    const [last, ...others] = sockets.toReversed()
    for (const socket of others) socket.write(asked)
    last?.write(asked.split('many').slice(0, 2).join('one'))
    await until(() => handled === 800 && handledBefore >= 0)
    for (const socket of sockets) socket.destroy()
    expect(handledBefore).to.be.within(0, 400)
  })

  it('a request that waited on a connection which is gone is not begun', async () => {
    const begun: (string | undefined)[] = []
    server = await startServer(
      (req, res) => {
        begun.push(req.url)
        res.once('close', () => begun.push('closed'))
      },
      { host: '127.0.0.1', port: 0 },
    )
    const leaving = open(
      ['/first', '/second', '/third'].map((url) => `GET ${url} HTTP/1.1\r\nHost: h\r\n\r\n`).join(''),
    )
    await until(() => begun.length === 1)
    leaving.destroy()
    await until(() => begun.length > 1)
    await pause(100)
    expect(begun).to.deep.equal(['/first', 'closed'])
  })

  it('an answer that is the same for all is held once, however many take it', () => {
    const answer = createJsonAnswer({ a: ['例'] })
    const exchanges = [{}, {}] as Exchange[]
    for (const exchange of exchanges) void answer(exchange, undefined)
    const [one, other] = exchanges
    expect(one?.body).to.be.instanceOf(Buffer).and.equal(other?.body)
    expect([one?.type, String(one?.body)]).to.deep.equal(['application/json', '{"a":["例"]}'])
  })

  it('who leaves while a step waits holds neither a body nor a place', async () => {
    const waiting = () => route().assert(() => pause(500))
    const routes = createRoutes(createGuardUnsafe({}))
      .publicly(
        'POST',
        '/body',
        waiting()
          .find(receiveBody(BODY_BYTES))
          .answer((ctx, { bytes }) => {
            ctx.body = String(bytes.length)
          }),
      )
      .publicly(
        'GET',
        '/place',
        waiting()
          .within(createGate(1))
          .answer((ctx) => {
            ctx.body = 'taken'
          }),
      )
    const answer = createApp(
      routes,
      createLogger(() => {}),
    ).callback()
    let underWay = 0
    server = await startServer(
      (req, res) => {
        underWay += 1
        void answer(req, res).finally(() => {
          underWay -= 1
        })
      },
      { host: '127.0.0.1', port: 0 },
    )
    const leaving = [
      open('POST /body HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc'),
      open('GET /place HTTP/1.1\r\nHost: h\r\n\r\n'),
    ]
    await until(() => underWay === 2)
    for (const socket of leaving) socket.destroy()
    await until(() => underWay === 0)
    expect((await fetch(`${server.url}/place`)).status).to.equal(200)
  })
})
