/** The life of a service's process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { afterEach, describe, it } from 'mocha'

const SERVICE = fileURLToPath(import.meta.resolve('../fixtures/small-service.ts'))

describe('a service', () => {
  const children: ChildProcess[] = []
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  function start(env: Record<string, string> = {}, args: readonly string[] = [SERVICE]) {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(child)
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }))
    const saw = async (pattern: RegExp): Promise<string> => {
      while (!pattern.test(stdout)) await once(child.stdout, 'data')
      return pattern.exec(stdout)?.[0] ?? ''
    }
    return { child, ended, saw }
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`says where it answers, and at ${signal} answers what is under way before it ends with 0`, async () => {
      const { child, ended, saw } = start()
      const url = await saw(/http:\S+/)
      const answer = fetch(`${url}/after/400`)
      await saw(/asked/)
      child.kill(signal)
      expect(await (await answer).text()).to.equal('answered')
      const { code, stdout } = await ended
      expect(code).to.equal(0)
      const [line = ''] = stdout.split('\n')
      expect(JSON.parse(line)).to.deep.include({
        level: 30,
        msg: `样例服务已启动 The sample answers at ${url} now`,
        url,
      })
    })
  }

  it('of ten lines, as the README has it, runs', async () => {
    const readme = await readFile(new URL('../../../../packages/service/README.md', import.meta.url), 'utf8')
    const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? ''
    const { child, ended, saw } = start({ HEFU_PORT: '0' }, ['--input-type=module', '--eval', code])
    const answer = await fetch(`${await saw(/http:\S+/)}/hello`)
    expect(await answer.json()).to.deep.equal({ hello: 'world' })
    child.kill('SIGTERM')
    expect((await ended).code).to.equal(0)
  })

  it('ends at once at the second signal', async () => {
    const { child, ended, saw } = start()
    const url = await saw(/http:\S+/)
    const answer = fetch(`${url}/after/30000`).then(
      () => 'answered',
      () => 'cut off',
    )
    await saw(/asked/)
    // Two of them that come before the first is heard are one.
    const signals = setInterval(() => child.kill('SIGTERM'), 50)
    expect(await ended).to.include({ code: null, signal: 'SIGTERM' })
    clearInterval(signals)
    expect(await answer).to.equal('cut off')
  })

  it('that cannot start says why in both languages without a stack, and ends with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    for (const [env, zh, en] of [
      [{ HEFU_PORT: String(port) }, /已被占用/, /port is taken/],
      [{ HEFU_HOST: '203.0.113.1' }, /无法监听/, /refused/],
      [{ HEFU_PORT: 'x', HEFU_HOSTS: '' }, /HEFU_PORT 应为.*；HEFU_HOSTS/, /HEFU_PORT must be.*; HEFU_HOSTS/],
    ] as const) {
      const { code, stdout, stderr } = await start(env as Record<string, string>).ended
      expect([code, stdout]).to.deep.equal([1, ''])
      expect(stderr)
        .to.match(zh)
        .and.match(en)
        .and.not.match(/\n {4}at /)
    }
    taken.close()
  })
})
