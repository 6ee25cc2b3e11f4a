/** The examples, run as they stand: each a process or a page of its own, against one service with the testing world. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decidingFinding } from '@hefu/protocol'
import { createRemoteVerifier, verifyAll } from '@hefu/sdk'
import { attachLicence } from '@hefu/sdk/carriers'
import { createTestingWorld, type TestingLicence, type TestingWorld } from '@hefu/sdk/testing'
import { readClock } from '@hefu/service'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import type { IdentityProvider } from '../../../scripts/sandbox/identity-provider.ts'
import { launchChromium } from '../../browser/chromium.ts'
import { type PageServer, servePage } from '../../browser/page-server.ts'
import { fencesOf } from '../../fixtures/readme.ts'
import { createOfd } from '../../fixtures/sample-ofd.ts'
import { createPdf } from '../../fixtures/sample-pdf.ts'
import { drawQr, toJpeg, toPng } from '../../fixtures/sample-qr.ts'
import { startGuardedService, startProvider, tokenOf } from '../verifier/guarded-service.ts'
import { startTestService, type TestService } from '../verifier/service.ts'

const SDK = join(import.meta.dirname, '../../../packages/sdk')
const EXAMPLES = join(SDK, 'examples')
const EXIT_CODES = { accepted: 0, refer: 10, rejected: 11, undetermined: 12 } as const
/** One of each verdict. */
const STATES = ['accepted', 'noted', 'revoked', 'wrong-file'] as const
const ESBUILD = join(SDK, '../../node_modules/.bin/esbuild')

describe('The examples', () => {
  const files = new Map<string, Uint8Array | string>()
  let world: TestingWorld
  let pages: PageServer
  let service: TestService
  let provider: IdentityProvider
  let guarded: TestService
  let folder: string
  let env: Record<string, string>

  before(async () => {
    world = await createTestingWorld(readClock())
    pages = await servePage(files)
    service = await startTestService(world.view, { clock: readClock, origins: [pages.origin] })
    provider = await startProvider()
    guarded = await startGuardedService(world.view, provider, {}, { origins: [pages.origin] })
    folder = await mkdtemp(join(tmpdir(), 'hefu-examples-'))
    await mkdir(join(folder, 'licences'))
    await mkdir(join(folder, 'carriers'))
    const { presented: licence } = world.licences.accepted.request
    const picture = drawQr(licence, 3)
    for (const [name, contents] of [
      ['a.pdf', (await attachLicence(licence, await createPdf())).bytes],
      ['b.ofd', (await attachLicence(licence, createOfd())).bytes],
      ['c.png', toPng(picture)],
      ['d.jpg', toJpeg(picture, 90)],
      ['without.pdf', await createPdf()],
      ['.hidden', ''],
    ] as const)
      await writeFile(join(folder, 'carriers', name), contents)
    for (const state of STATES) {
      const { presented } = world.licences[state].request
      await writeFile(join(folder, 'licences', `${state}.json`), presented)
    }
    const set = await (await fetch(`${service.url}/.well-known/jwks.json`)).text()
    await writeFile(join(folder, 'keys.json'), set)
    env = {
      PATH: process.env['PATH'] ?? '',
      VERIFIER_URL: service.url,
      VERIFIER_KEY: join(folder, 'keys.json'),
      REGION: '440000',
      PORT: '0',
    }
  })
  after(async () => {
    await service.close()
    await guarded.close()
    await provider.stop()
    await pages.close()
    await rm(folder, { recursive: true })
  })

  async function run(
    command: string,
    args: readonly string[],
    more: Record<string, string> = {},
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const child = spawn(command, args, { cwd: EXAMPLES, env: { ...env, ...more } })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (text) => {
      stdout += text
    })
    child.stderr.on('data', (text) => {
      stderr += text
    })
    const [code] = await once(child, 'close')
    return { code, stdout, stderr }
  }

  /** The example against a server that answers so. */
  async function askPlainly(answer: (res: ServerResponse) => void, more: Record<string, string> = {}) {
    const server = createServer((req, res) => {
      req.resume().on('end', () => answer(res))
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const asking = { VERIFIER_URL: `http://127.0.0.1:${port}`, VERIFIER_TOKEN: 'secret', ...more }
    try {
      return await run('python3', ['plain_http.py', join(folder, 'licences', 'accepted.json')], asking)
    } finally {
      server.close()
    }
  }

  it('stand on a service that gives what the testing world says, many at a time', async () => {
    const verifier = createRemoteVerifier({ url: service.url, verifierKey: service.verifierKey })
    const licences = Object.values(world.licences).filter(({ view }) => view === world.view)
    const requests = licences.map(({ request }) => request)
    for await (const { index, verification } of verifyAll(verifier, requests)) {
      const { state, verdict, finding } = licences[index] as TestingLicence
      expect(verification?.report.verdict, state).to.equal(verdict)
      expect(decidingFinding(verification?.report.findings ?? [])?.code ?? null, state).to.equal(finding)
    }
  })

  it('koa-service.js answers what the clerk does next, and refuses what is no request', async () => {
    const child = spawn(process.execPath, ['koa-service.js'], { cwd: EXAMPLES, env })
    try {
      const [line] = await once(child.stdout, 'data')
      const url = /http:\S+/.exec(String(line))?.[0] ?? ''
      const check = (body: unknown) => fetch(`${url}/checks`, { method: 'POST', body: JSON.stringify(body) })
      for (const state of STATES) {
        const { request, verdict } = world.licences[state]
        const answer = await check({ licence: request.presented })
        const told = (await answer.json()) as { verdict: string; number: string; nextStep: { zh: string } }
        expect([answer.status, told.verdict], state).to.deep.equal([200, verdict])
        expect(told.nextStep.zh).to.match(/\p{Script=Han}/u)
        expect(told.number).to.match(/^[0-9]{8}-/)
      }
      expect((await check({ licence: 1 })).status).to.equal(422)
      expect((await check('')).status).to.equal(422)
      expect((await check({ licence: 'x'.repeat(1_048_577) })).status).to.equal(413)
      expect((await fetch(`${url}/other`)).status).to.equal(404)
    } finally {
      child.kill()
      await once(child, 'exit')
    }
  })

  it('koa-service.js says nothing about a licence while no service answers', async () => {
    const away = { ...env, VERIFIER_URL: 'http://127.0.0.1:9' }
    const child = spawn(process.execPath, ['koa-service.js'], { cwd: EXAMPLES, env: away })
    try {
      const [line] = await once(child.stdout, 'data')
      const url = /http:\S+/.exec(String(line))?.[0] ?? ''
      const body = JSON.stringify({ licence: world.licences.accepted.request.presented })
      const answer = await fetch(`${url}/checks`, { method: 'POST', body })
      expect([answer.status, await answer.text()]).to.deep.equal([502, 'unreachable'])
    } finally {
      child.kill()
      await once(child, 'exit')
    }
  })

  it('batch-folder.js writes a line for each file, and ends with 1 where one came to nothing', async () => {
    const { code, stdout, stderr } = await run(process.execPath, [
      'batch-folder.js',
      join(folder, 'licences'),
    ])
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const found = Object.fromEntries(lines.map(({ file, verdict }) => [file, verdict]))
    const expected = STATES.map((state) => [`${state}.json`, world.licences[state].verdict])
    expect(found).to.deep.equal(Object.fromEntries(expected))
    expect(code).to.equal(0)
    expect(stderr).to.include('4 done, 0 failed')
    const away = await run(process.execPath, ['batch-folder.js', join(folder, 'licences')], {
      VERIFIER_URL: 'http://127.0.0.1:9',
    })
    expect(away.code).to.equal(1)
    expect(away.stdout.match(/"error":"unreachable"/g)).to.have.lengthOf(4)
  })

  it('batch-folder.js opens whatever a licence travels in, and tells a file without one', async () => {
    const { code, stdout } = await run(process.execPath, ['batch-folder.js', join(folder, 'carriers')])
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const told = Object.fromEntries(lines.map(({ file, verdict, error }) => [file, verdict ?? error]))
    expect(told).to.deep.equal({
      ...{ 'a.pdf': 'accepted', 'b.ofd': 'accepted', 'c.png': 'accepted', 'd.jpg': 'accepted' },
      'without.pdf': 'no-attachment',
    })
    expect(code).to.equal(1)
  })

  it('plain_http.py asks without the SDK, and ends with the exit codes of hefu verify', async function () {
    if (spawnSync('python3', ['--version']).status !== 0) return this.skip()
    for (const state of STATES) {
      const { verdict } = world.licences[state]
      const { code, stdout } = await run('python3', [
        'plain_http.py',
        join(folder, 'licences', `${state}.json`),
      ])
      expect(stdout, state).to.match(new RegExp(`^${verdict} [0-9]{8}-`))
      expect(code, state).to.equal(EXIT_CODES[verdict])
    }
    const refused = await run('python3', ['plain_http.py', join(folder, 'licences', 'accepted.json')], {
      REGION: '990000',
    })
    expect(refused.code).to.equal(1)
    expect(refused.stderr).to.include('not-a-request')
  })

  it('plain_http.py says in a sentence what it cannot ask about, and that nobody reads so much', async function () {
    if (spawnSync('python3', ['--version']).status !== 0) return this.skip()
    const file = (name: string) => join(folder, 'carriers', name)
    const text = (name: string) => join(folder, name)
    await writeFile(text('large.txt'), 'x'.repeat(524_289))
    await writeFile(text('nothing.bin'), Uint8Array.of(0xff, 0xfd, 0x80))
    await writeFile(text('long.txt'), 'x'.repeat(400_000))
    for (const [path, says] of [
      [file('a.pdf'), 'it is a PDF'],
      [file('b.ofd'), 'it is an OFD'],
      [file('c.png'), 'it is an image'],
      [file('d.jpg'), 'it is an image'],
      [text('large.txt'), 'too large for a licence'],
      [text('nothing.bin'), 'it is no text'],
      [text('absent.json'), 'No such file'],
    ] as const) {
      const { code, stderr, stdout } = await run('python3', ['plain_http.py', path])
      expect([code, stdout], path).to.deep.equal([2, ''])
      expect(stderr)
        .to.include(says)
        .and.match(/^[^\n]+\n$/)
    }
    // As a proxy with a bound of its own does it: the connection is cut while more is sent.
    const cutting = createServer()
    cutting.on('connection', (socket) => socket.once('data', () => socket.resetAndDestroy()))
    await once(cutting.listen(0, '127.0.0.1'), 'listening')
    const { port } = cutting.address() as AddressInfo
    const cut = await run('python3', ['plain_http.py', text('long.txt')], {
      VERIFIER_URL: `http://127.0.0.1:${port}`,
    })
    cutting.close()
    expect([cut.code, cut.stdout]).to.deep.equal([1, ''])
    expect(cut.stderr).to.match(/^[^\n]*too large for this service\n$/)
    const away = await run('python3', ['plain_http.py', join(folder, 'licences', 'accepted.json')], {
      VERIFIER_URL: 'http://127.0.0.1:9',
    })
    expect(away.code).to.equal(1)
    expect(away.stderr).to.match(/^[^\n]*cannot be reached, which says nothing about the licence[^\n]*\n$/)
  })

  it('plain_http.py follows no redirect, and hands its token to nobody else', async function () {
    if (spawnSync('python3', ['--version']).status !== 0) return this.skip()
    const asked: string[] = []
    const elsewhere = createServer((req, res) => {
      asked.push(String(req.headers.authorization))
      res.end(JSON.stringify({ number: '20260601-7K3M9QXA-000123-O', verdict: 'accepted' }))
    })
    await once(elsewhere.listen(0, '127.0.0.1'), 'listening')
    const there = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    for (const status of [301, 302, 303, 307, 308]) {
      const { code, stdout, stderr } = await askPlainly((res) =>
        res.writeHead(status, { Location: there }).end(),
      )
      expect([code, stdout, asked], String(status)).to.deep.equal([1, '', []])
      expect(stderr).to.match(/^[^\n]*leads to another, which is not followed[^\n]*\n$/)
    }
    // What is not encrypted goes through nobody's hands either.
    const honest = (res: ServerResponse) =>
      void res.end(JSON.stringify({ number: '20260601-7K3M9QXA-000123-O', verdict: 'refer' }))
    const { code, stdout } = await askPlainly(honest, { http_proxy: there })
    expect([code, stdout, asked]).to.deep.equal([10, 'refer 20260601-7K3M9QXA-000123-O\n', []])
    elsewhere.close()
  })

  it('plain_http.py says a sentence of whatever is answered, and of whatever it is given', async function () {
    if (spawnSync('python3', ['--version']).status !== 0) return this.skip()
    for (const [status, body, says] of [
      [502, '<html>bad gateway</html>', 'not in the words of a verifier service'],
      [200, '<html>sign in</html>', 'no report'],
      [200, '{}', 'no report'],
      [200, '[]', 'no report'],
      [200, '{"verdict":"accepted"}', 'no report'],
      [200, '{"verdict":["accepted"],"number":"1"}', 'no report'],
      [200, '{"verdict":"accepted","number":"\\u001b[2J"}', 'no report'],
      [200, '['.repeat(500_000), 'no report'],
      [200, ' '.repeat(1_048_577), 'no report'],
      [201, '{"verdict":"accepted","number":"1"}', 'no report'],
      [422, '{"code":"not-a-request","detail":"a\\u001b[31mb\\nc"}', '422 not-a-request: a[31mbc'],
    ] as const) {
      const { code, stdout, stderr } = await askPlainly((res) => res.writeHead(status).end(body))
      expect([code, stdout], body.slice(0, 60)).to.deep.equal([1, ''])
      expect(stderr)
        .to.include(says)
        .and.match(/^[^\n]+\n$/)
    }
    for (const [args, more, says] of [
      [[], {}, 'Give one licence file'],
      [['a', 'b'], {}, 'Give one licence file'],
      [['a'], { VERIFIER_URL: '' }, 'VERIFIER_URL names no service'],
      [['a'], { VERIFIER_URL: 'http://verifier.example' }, 'VERIFIER_URL has to be https'],
      [['a'], { VERIFIER_URL: 'https://me:secret@verifier.example' }, 'VERIFIER_URL names no service'],
      [['a'], { VERIFIER_URL: 'https://verifier.example:x' }, 'VERIFIER_URL names no service'],
      [['a'], { VERIFIER_TOKEN: 'sec\nret' }, 'VERIFIER_TOKEN is no access token'],
      [['a'], { REGION: '44' }, 'REGION is no region'],
    ] as const) {
      const { code, stdout, stderr } = await run('python3', ['plain_http.py', ...args], more)
      expect([code, stdout], says).to.deep.equal([2, ''])
      expect(stderr)
        .to.include(says)
        .and.match(/^[^\n]+\n$/)
    }
  })

  it('page/, built by its own command, shows the sheet of what is chosen, and why there is none, in a real browser', async () => {
    const source = await readFile(join(EXAMPLES, 'page/index.html'), 'utf8')
    const built = join(folder, 'dist')
    const [, args = ''] = /^ *npx esbuild (.*)--outdir=dist$/m.exec(source) ?? []
    const inPage = { cwd: join(EXAMPLES, 'page'), encoding: 'utf8' } as const
    const { status, stderr } = spawnSync(ESBUILD, [...args.trim().split(' '), `--outdir=${built}`], inPage)
    expect(status, stderr).to.equal(0)
    for (const name of await readdir(built)) files.set(`/${name}`, await readFile(join(built, name)))
    const html = await readFile(join(built, 'index.html'), 'utf8')
    files
      .set('/', html.replace('https://verifier.example', guarded.url))
      .set('/verifier-key.json', JSON.stringify(guarded.verifierKey))
    const complaints: string[] = []
    const browser = await launchChromium()
    try {
      const tab = await browser.newPage()
      tab.on('pageerror', (error) => complaints.push(error.message))
      await tab.goto(pages.origin, { waitUntil: 'load' })
      const token = await tokenOf(provider)
      for (const [given, file, says] of [
        [undefined, 'licences/accepted.json', '尚未登录'],
        ['no-token', 'licences/accepted.json', '核验服务拒绝了请求：访问令牌'],
        [token, 'licences/accepted.json', '✔ 核验通过'],
        [token, 'licences/revoked.json', '✖ 不予认可'],
        [token, 'licences/wrong-file.json', '? 无法核验'],
        [token, 'carriers/a.pdf', '✔ 核验通过'],
        [token, 'carriers/b.ofd', '✔ 核验通过'],
        [token, 'carriers/c.png', '✔ 核验通过'],
        [token, 'carriers/d.jpg', '✔ 核验通过'],
        [token, 'carriers/without.pdf', '没有附带电子证照'],
      ] as const) {
        if (given === undefined) files.delete('/access-token')
        else files.set('/access-token', `${given}\n`)
        await tab.setInputFiles('#licence', [])
        await tab.evaluate(`document.getElementById('sheet').textContent = ''`)
        await tab.setInputFiles('#licence', join(folder, file))
        await tab.waitForFunction(`!['', '正在核验…'].includes(document.getElementById('sheet').textContent)`)
        expect(await tab.evaluate(`document.getElementById('sheet').textContent`), file).to.include(says)
      }
      // The first is answered after the second, and the page shows that of the second.
      let answerFirst = () => {}
      const held = new Promise<void>((resolve) => {
        answerFirst = resolve
      })
      let asked = 0
      await tab.route('**/v1/verifications', async (route) => {
        if (route.request().method() === 'POST' && asked++ === 0) await held
        await route.continue()
      })
      const read = () => tab.evaluate(`document.getElementById('sheet').textContent`)
      const isAsked = tab.waitForRequest('**/v1/verifications')
      await tab.setInputFiles('#licence', join(folder, 'licences/accepted.json'))
      await isAsked
      await tab.setInputFiles('#licence', join(folder, 'licences/revoked.json'))
      await tab.waitForFunction(`document.getElementById('sheet').textContent.includes('不予认可')`)
      const first = tab.waitForResponse('**/v1/verifications')
      answerFirst()
      await first
      await tab.evaluate(`new Promise((resolve) => setTimeout(resolve, 300))`)
      expect(await read()).to.include('✖ 不予认可')
      files.set('/access-token', '<html>sign in</html>')
      await tab.setInputFiles('#licence', join(folder, 'licences/accepted.json'))
      await tab.waitForFunction(`document.getElementById('sheet').textContent.includes('尚未登录')`)
      expect(complaints).to.deep.equal([])
    } finally {
      await browser.close()
    }
  })

  it('of the READMEs, by curl, is answered what they say', async () => {
    for (const name of ['README.md', 'README.zh-CN.md']) {
      const readme = await readFile(join(SDK, name), 'utf8')
      const [command = ''] = fencesOf(readme, 'sh').filter((code) => code.includes('curl'))
      const [answer = ''] = fencesOf(readme, 'json')
      const there = command.replaceAll('https://verifier.example', service.url)
      const { stdout } = await run('bash', [
        '-euc',
        `cd ${join(folder, 'licences')}; cp accepted.json licence.json; ${there}`,
      ])
      const said = JSON.parse(stdout)
      const shown = JSON.parse(answer)
      expect(Object.keys(said), name).to.deep.equal(Object.keys(shown))
      const { findings, ...report } = shown.report
      const told = new Map(said.report.findings.map((one: { check: string }) => [one.check, one]))
      expect(Object.keys(said.report)).to.include.members(Object.keys(report))
      for (const { check, code, status } of findings) expect(told.get(check)).to.include({ code, status })
      for (const member of ['verdict', 'resultCode']) expect(said.report[member]).to.equal(report[member])
    }
  })
})
