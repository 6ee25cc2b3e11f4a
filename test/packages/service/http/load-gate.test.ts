/** Beyond what can be answered soon, whoever comes is turned away before anything is spent on it. */
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import {
  assertJsonBody,
  createApp,
  createGuard,
  createGuardUnsafe,
  createLoadGate,
  createLogger,
  createMemoryQuota,
  createRoutes,
  parseJsonBody,
  type RunningServer,
  receiveBody,
  route,
  startServer,
} from '@hefu/service'
import { expect } from 'chai'
import { afterEach, describe, it } from 'mocha'

const CLIENT = { id: 'counter', requestsPerMinute: 1_000 }
const GRANT = {
  clientId: CLIENT.id,
  person: null,
  scopes: new Set(['verify']),
  signIn: null,
  claims: {},
  expiresAt: Number.POSITIVE_INFINITY,
}
const HEADERS = { 'Content-Type': 'application/json', Authorization: 'Bearer abc' }

describe('a gate at the door', () => {
  let server: RunningServer
  let looked = 0
  let release: () => void = () => {}
  afterEach(() => server.close())

  /** One place; who has it is answered when the test says so. */
  async function start(): Promise<void> {
    looked = 0
    const ready = new Promise<void>((resolve) => {
      release = resolve
    })
    const load = createLoadGate(1)
    const look = async () => {
      looked += 1
      return GRANT
    }
    const guard = createGuard({
      tokens: { recall: look, verify: look },
      findClient: () => CLIENT,
      quota: createMemoryQuota(),
      addressOf: () => '',
      clock: () => 0,
    })
    const routes = createRoutes(guard, load.turnAway)
      .guarded('verify', 'POST', '/work', (admitted) =>
        admitted
          .assert(assertJsonBody)
          .find(receiveBody(1_000))
          .within(load.gate)
          .find(parseJsonBody)
          .answer(async (ctx, { body }) => {
            await ready
            ctx.body = JSON.stringify(body)
          }),
      )
      .publicly(
        'GET',
        '/live',
        route().answer((ctx) => {
          ctx.body = 'live'
        }),
      )
    const app = createApp(
      routes,
      createLogger(() => {}),
    )
    server = await startServer(app.callback(), { host: '127.0.0.1', port: 0 })
  }

  const ask = (body: string) => fetch(`${server.url}/work`, { method: 'POST', headers: HEADERS, body })

  it('turns away before the token is looked at and before the body has come, says when to ask again, and lives', async () => {
    await start()
    const first = ask('1')
    await pause(100)
    const { hostname, port } = new URL(server.url)
    // A body of which nothing comes: who waits for it answers nothing.
    const head = `POST /work HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n`
    const socket = connect(Number(port), hostname, () => socket.write(head)).setEncoding('utf8')
    const said = await new Promise<string>((resolve) => socket.once('data', (text) => resolve(String(text))))
    socket.destroy()
    expect(said).to.match(/^HTTP\/1\.1 503 /)
    expect(said).to.match(/\r\nRetry-After: 2\r\n/i)
    expect(said).to.contain('"code":"busy"')
    expect(looked, 'tokens, of the first alone').to.equal(1)
    expect((await fetch(`${server.url}/live`)).status).to.equal(200)
    release()
    const answer = await first
    expect([answer.status, await answer.text()]).to.deep.equal([200, '1'])
    expect((await ask('2')).status, 'the place is free again').to.equal(200)
    expect(looked).to.equal(2)
  })

  it('counts in no pace who waits for another machine, and in the bound all the same', async () => {
    const load = createLoadGate(2, () => 1)
    const heard = Promise.withResolvers<void>()
    let asideOf = 0
    const routes = createRoutes(createGuardUnsafe({})).publicly(
      'GET',
      '/aside',
      route()
        .within(load.gate)
        .answer(async (ctx, { place }) => {
          await place.aside(() => {
            asideOf += 1
            return heard.promise
          })
          ctx.body = 'answered'
        }),
    )
    const app = createApp(
      routes,
      createLogger(() => {}),
    )
    server = await startServer(app.callback(), { host: '127.0.0.1', port: 0 })
    const asked = [fetch(`${server.url}/aside`), fetch(`${server.url}/aside`)]
    while (asideOf < 2) await pause(5)
    expect((await fetch(`${server.url}/aside`)).status, 'a third of two').to.equal(503)
    heard.resolve()
    expect((await Promise.all(asked)).map(({ status }) => status)).to.deep.equal([200, 200])
  })

  it('lets in no more than stay as long as is usual, and tells how long each stayed, among how many', async () => {
    const told: (readonly [isSome: boolean, among: number])[] = []
    const stays = {
      bound: () => 2,
      hear: (ms: number, among: number) => void told.push([ms >= 40, among]),
    }
    const load = createLoadGate(128, () => 128, stays)
    const heard = Promise.withResolvers<void>()
    let entered = 0
    const routes = createRoutes(createGuardUnsafe({})).publicly(
      'GET',
      '/work',
      route()
        .within(load.gate)
        .answer(async (ctx) => {
          entered += 1
          await heard.promise
          ctx.body = 'answered'
        }),
    )
    const app = createApp(
      routes,
      createLogger(() => {}),
    )
    server = await startServer(app.callback(), { host: '127.0.0.1', port: 0 })
    const asked = [fetch(`${server.url}/work`), fetch(`${server.url}/work`)]
    while (entered < 2) await pause(5)
    expect((await fetch(`${server.url}/work`)).status).to.equal(503)
    await pause(50)
    heard.resolve()
    expect((await Promise.all(asked)).map(({ status }) => status)).to.deep.equal([200, 200])
    expect(told).to.have.deep.members([
      [true, 1],
      [true, 2],
    ])
  })

  it('keeps a connection whose request was turned away, however large its body', async () => {
    await start()
    const first = ask('1')
    await pause(100)
    for (const body of ['2', `"${'a'.repeat(400_000)}"`, '3']) {
      const answer = await ask(body)
      expect(answer.status).to.equal(503)
      expect(await answer.text()).to.contain('"code":"busy"')
    }
    release()
    expect((await first).status).to.equal(200)
  })
})
