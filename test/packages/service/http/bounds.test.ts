/** What is held for those who do not send, and for those who do not take, gives way to those who come. */
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import {
  assertJsonBody,
  createApp,
  createGate,
  createLogger,
  createRouter,
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

describe('what a service holds for others', () => {
  let server: RunningServer
  afterEach(() => server.close())

  async function start(): Promise<void> {
    const router = createRouter()
      .post(
        '/sizes',
        route()
          .assert(assertJsonBody)
          .find(receiveBody(BODY_BYTES))
          .find(parseJsonBody)
          .answer((ctx, { body }) => {
            ctx.body = JSON.stringify(body).length.toString()
          }),
      )
      .get(
        '/large',
        route()
          .assert(createGate(1))
          .answer((ctx) => {
            ctx.body = LARGE
          }),
      )
    const listener = createApp(
      router,
      createLogger(() => {}),
    ).callback()
    server = await startServer(listener, { host: '127.0.0.1', port: 0 })
  }

  const open = (bytes: string) => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.on('error', () => {})
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
    await pause(300)
    const busy = answers.filter((text) => text.startsWith('HTTP/1.1 503 ')).length
    expect(busy, 'of eighty that hold 999 bytes each').to.equal(80 - 64)
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify('a'.repeat(BODY_BYTES - 2))
    const heard = await fetch(`${server.url}/sizes`, { method: 'POST', headers, body })
    expect([heard.status, await heard.text()]).to.deep.equal([200, String(BODY_BYTES)])
    for (const socket of dripping) socket.destroy()
  })
})
