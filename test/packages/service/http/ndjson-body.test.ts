/** A body of lines is read as it comes: bounded in every line and in all, at the pace of who reads it, and not slower than may be. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import {
  answerJson,
  createApp,
  createGuardUnsafe,
  createLogger,
  createRoutes,
  type LineBounds,
  type RunningServer,
  receiveLines,
  startServer,
} from '@hefu/service'
import { expect } from 'chai'
import { afterEach, describe, it } from 'mocha'

describe('a body of lines', () => {
  let server: RunningServer
  const sockets: Socket[] = []

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await server.close()
  })

  /** Answers the lines that it was sent, each once it was asked for. */
  async function start(
    bounds: LineBounds,
    beforeLine: () => Promise<void> = async () => undefined,
    requestTimeoutMs = 500,
  ): Promise<void> {
    const routes = createRoutes(createGuardUnsafe({})).publicly('POST', '/lines', async (ctx) => {
      const lines: (readonly [number, string | null])[] = []
      for await (const { line, bytes } of receiveLines(ctx, bounds)) {
        await beforeLine()
        lines.push([line, bytes === null ? null : Buffer.from(bytes).toString()])
      }
      answerJson(ctx, lines)
    })
    const app = createApp(
      routes,
      createLogger(() => undefined),
    )
    server = await startServer(app.callback(), { host: '127.0.0.1', port: 0, requestTimeoutMs })
  }

  const send = async (body: string | Uint8Array): Promise<{ status: number; json: unknown }> => {
    const response = await fetch(`${server.url}/lines`, { method: 'POST', body: body as string })
    const json = (await response.json()) as { readonly code?: string }
    return { status: response.status, json: json.code ?? json }
  }

  /** A body that goes on as long as its sender does. */
  function open(): Socket {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write('POST /lines HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
    sockets.push(socket)
    return socket
  }
  const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

  it('is told line by line with their numbers, without those that are empty, however it was cut', async () => {
    await start({ mostLineBytes: 5, mostBytes: 1_000 })
    expect((await send('a\n\n \t\r\nbc\r\n12345\n123456\nd')).json).to.deep.equal([
      [1, 'a'],
      [4, 'bc\r'],
      [5, '12345'],
      [6, null],
      [7, 'd'],
    ])
    expect((await send('')).json).to.deep.equal([])
    const socket = open()
    for (const text of ['a', 'b\n', 'x'.repeat(50), 'x'.repeat(50), '\ny']) {
      socket.write(chunk(text))
      await pause(5)
    }
    socket.write('0\r\n\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).to.include('[[1,"ab"],[2,null],[3,"y"]]')
  })

  it('is refused beyond what all may be, also where no line ever ends', async () => {
    await start({ mostLineBytes: 5, mostBytes: 100_000 })
    expect(await send('x\n'.repeat(50_001))).to.deep.equal({ status: 413, json: 'too-large' })
    const socket = open()
    const answered = once(socket, 'data')
    for (let i = 0; i < 11; i++) socket.write(chunk('x'.repeat(10_000)))
    expect(String((await answered)[0])).to.match(/^HTTP\/1\.1 413 /)
  })

  it('may take longer than other requests as long as it comes, and is ended where it drips', async () => {
    await start({ mostLineBytes: 5_000, mostBytes: 1_000_000, windowMs: 1_000 }, undefined, 100)
    const steady = open()
    for (let i = 0; i < 12; i++) {
      steady.write(chunk(`${'x'.repeat(1_500)}\n`))
      await pause(150)
    }
    steady.write('0\r\n\r\n')
    expect(String((await once(steady, 'data'))[0])).to.match(/^HTTP\/1\.1 200 /)
    const dripping = open()
    const answered = once(dripping, 'data')
    const drip = setInterval(() => dripping.write(chunk('x')), 100)
    expect(String((await answered)[0])).to.match(/^HTTP\/1\.1 408 /)
    clearInterval(drip)
  })

  it('is not read on while nobody asks for the next line', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await start({ mostLineBytes: 5_000, mostBytes: 1_000_000_000 }, () => held, 10_000)
    const socket = open()
    // What the system holds on both sides is a few megabytes.
    for (let i = 0; i < 16; i++) socket.write(chunk(`${'x'.repeat(3_999)}\n`.repeat(1_000)))
    for (let quiet = 0, before = 0; quiet < 10; before = socket.writableLength) {
      await pause(20)
      quiet = socket.writableLength === before ? quiet + 1 : 0
    }
    expect(socket.writableLength).to.be.greaterThan(32_000_000)
    release()
    await once(socket, 'drain')
  })
})
