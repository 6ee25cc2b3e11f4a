/** `npm start` as a newcomer meets it: from an empty folder to a verdict, again, after a power cut, and when something is in the way. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { parseJsonText } from '@hefu/protocol'
import { expect } from 'chai'
import { after, afterEach, before, describe, it } from 'mocha'
import { freePort } from '../../scripts/sandbox/founded-sandbox.ts'
import { isPortTaken } from '../../scripts/sandbox/process.ts'
import { StartError } from '../../scripts/sandbox/start-error.ts'
import { openStateFolder } from '../../scripts/sandbox/state-folder.ts'
import { firstBundleOf } from '../../scripts/sandbox/whole-folder.ts'
import { createCookieJar, leadsTo } from '../fixtures/cookie-jar.ts'
import { give } from '../fixtures/sample-sign-in.ts'
import { type Ask, readTray, verdictsOfTray } from '../fixtures/tray-verdicts.ts'

const START = join(import.meta.dirname, '../../scripts/start.ts')
const HEFU = join(import.meta.dirname, '../../packages/sdk/bin/hefu.js')
const ISSUER = join(import.meta.dirname, '../../packages/issuer/bin/hefu-issuer.js')
const HUNAN_HOUSING = '11430000006122244L'

describe('npm start', function () {
  this.timeout(420_000)
  let home: string
  let environment: NodeJS.ProcessEnv
  /** The list of samples, as the first start wrote it. */
  let trayBefore: string

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'hefu-start-'))
    environment = {
      ...process.env,
      HEFU_HOME: home,
      HEFU_PASSPHRASE_FILE: join(home, 'passphrase'),
      HEFU_CHAIN_PORT: String(await freePort()),
      HEFU_VERIFIER_PORT: String(await freePort()),
      HEFU_IDENTITY_PORT: String(await freePort()),
    }
  })

  // One that a failed expectation left running would keep the folder from the next.
  const children: ChildProcess[] = []
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  })
  after(() => rmSync(home, { recursive: true, force: true }))

  const startOn = (): ChildProcess => {
    const child = spawn(process.execPath, [START], { env: environment })
    children.push(child)
    return child
  }
  const run = (args: readonly string[], env = environment) =>
    outcomeOf(spawn(process.execPath, args as string[], { env }))
  const start = (env = environment) => run([START, '--once'], env)
  const read = (name: string) => readFileSync(join(home, name), 'utf8')
  const bundlesOf = (agency: string) => join(home, 'issuers', agency, 'bundles')

  it('ends in the verdict sheet of a licence of Hunan presented in Guangdong, and exits 0 with --once', async () => {
    const { code, output } = await start()
    expect(code, output).to.equal(0)
    expect(output).to.include('✔ 核验通过 · Accepted').and.to.include('440000 广东省')
    expect(output).to.include(HUNAN_HOUSING).and.to.include('湖南省住房和城乡建设厅')
    expect(output, 'whom to ask').to.match(/核实请联系.*0731-00000001/)
  })

  it('asked to end while it starts, stops what it started, says how to go on, and exits 130', async () => {
    const child = startOn()
    let output = ''
    const isAccrediting = new Promise<void>((resolve) => {
      child.stdout?.on('data', (chunk) => {
        output += chunk
        if (output.includes('✔ 登记颁发机构')) resolve()
      })
    })
    child.stderr?.on('data', (chunk) => {
      output += chunk
    })
    const closed = once(child, 'close')
    await Promise.race([isAccrediting, closed])
    child.kill('SIGTERM')
    const [code] = await closed
    expect(code, output).to.equal(130)
    expect(output)
      .to.include('Stopped; the next npm start goes on')
      .and.not.match(/^ +at /m)
    expect(await isPortTaken(Number(environment['HEFU_CHAIN_PORT']))).to.equal(false)
  })

  it('has issued licences of all six types', () => {
    const types = new Set<string>()
    for (const agency of readdirSync(join(home, 'issuers'))) {
      for (const name of readdirSync(bundlesOf(agency))) types.add(name.split('.')[5] ?? '')
    }
    expect(types.size).to.equal(6)
  })

  it('keeps no private key and no passphrase in the clear beside the keys', () => {
    const keyFiles = readdirSync(join(home, 'keys'), { withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    expect(keyFiles).to.not.be.empty
    // What the verifier notes of its keys beside them is public.
    const isNote = (name: string): boolean => /\.(?:known|ended)\.json$/.test(name)
    expect(keyFiles.filter(({ name }) => !isNote(name))).to.not.be.empty
    for (const { name } of keyFiles) {
      const text = read(join('keys', name))
      expect(text, name).to.not.include('"d":')
      if (!isNote(name)) expect(text, name).to.include('"encrypted"')
    }
  })

  it('has laid out a sample in every state, and nothing of it twice', () => {
    const listed = readTray(home)
    expect(listed.map(({ id }) => id)).to.include.members([
      'suspended',
      'superseded',
      'altered',
      'not-a-licence',
    ])
    expect(new Set(listed.map(({ expected }) => expected)).size, 'every verdict').to.equal(4)
    const valid = listed.filter(({ expected }) => expected === 'accepted')
    expect(new Set(valid.map(({ licenceType }) => licenceType)).size).to.equal(6)
    const names = listed.flatMap(({ files }) => files.map(({ name }) => name))
    expect(readdirSync(join(home, 'samples'))).to.include.members(names)
    expect(new Set(names).size).to.equal(names.length)
    for (const kind of ['bundle', 'qr', 'pdf', 'ofd'])
      expect(
        listed.some(({ files }) => files.some((file) => file.kind === kind)),
        kind,
      ).to.equal(true)
    trayBefore = read('samples/samples.json')
  })

  it('resumes the same chain, ledger and licences without --once; hefu-issuer act and hefu verify work against it, and say so in their exit codes', async () => {
    const [network, bundles] = [read('network.json'), readdirSync(bundlesOf(HUNAN_HOUSING))]
    const child = startOn()
    const said = await sees(child, 'Ctrl-C stops')
    expect(read('samples/samples.json')).to.equal(trayBefore)
    const [verifier, provider] = ['HEFU_VERIFIER_PORT', 'HEFU_IDENTITY_PORT'].map(
      (name) => `http://127.0.0.1:${environment[name]}`,
    ) as [string, string]
    const password = read('sample-password')
    expect(password).to.match(/^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/)
    expect(said).to.include(`${verifier}/console/`).and.include(password)
    expect(said).to.include('示例办事员 李样例').and.include('sample publisher of an agency')
    const clerk = await signedIn(provider, verifier, password)
    for (const { sample, verdicts } of await verdictsOfTray(home, clerk)) {
      expect(verdicts, sample.id).to.not.be.empty
      for (const [name, verdict] of verdicts) expect(verdict, name).to.equal(sample.expected)
    }
    expect(read('network.json')).to.equal(network)
    expect(readdirSync(bundlesOf(HUNAN_HOUSING))).to.deep.equal(bundles)
    const [name = ''] = readdirSync(bundlesOf(HUNAN_HOUSING))
    const bundle = join(bundlesOf(HUNAN_HOUSING), name)
    // Its network file is found by HEFU_HOME.
    const verify = [HEFU, 'verify', '--region', '440000']
    const accepted = await run([...verify, bundle])
    expect(accepted.code, accepted.output).to.equal(0)

    const act = (name: string, decision = '湘建〔2026〕1号') =>
      run([
        ISSUER,
        'act',
        name,
        licenceId,
        '--home',
        agencyHome,
        '--decision',
        decision,
        '--effective',
        'now',
      ])
    const agencyHome = join(home, 'issuers', HUNAN_HOUSING)
    const licenceId = name.replace('.hefu.json', '')
    for (const [legalAct, exitCode] of [
      ['suspend', 11],
      ['reinstate', 0],
    ] as const) {
      const acted = await act(legalAct)
      expect(acted.code, acted.output).to.equal(0)
      const judged = await run([...verify, bundle])
      expect(judged.code, judged.output).to.equal(exitCode)
    }
    const repeated = await act('reinstate')
    expect(repeated.code, repeated.output).to.equal(0)
    expect(repeated.output).to.include('此前已上链登记，本次未重复')
    const again = await act('reinstate', '湘建〔2026〕2号')
    expect(again.code, 'what is not suspended cannot be reinstated').to.equal(5)

    const altered = join(home, 'altered.hefu.json')
    for (const [index, exitCode] of [
      [(place: number) => (place + 1) % 2, 11],
      [() => 999, 12],
    ] as const) {
      const moved = readFileSync(bundle, 'utf8').replace(/(?<="index":)\d+/, (at) =>
        String(index(Number(at))),
      )
      writeFileSync(altered, moved)
      const refused = await run([...verify, '--json', altered])
      expect(refused.code, refused.output).to.equal(exitCode)
    }
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  it('starts again after a power cut: what it left running is ended first, nothing is issued twice; SIGTERM ends it with 0', async () => {
    const bundles = readdirSync(bundlesOf(HUNAN_HOUSING))
    expect(
      await isPortTaken(Number(environment['HEFU_CHAIN_PORT'])),
      'the chain outlived its start',
    ).to.equal(true)
    const child = startOn()
    const outcome = outcomeOf(child)
    await sees(child, 'Ctrl-C stops')
    child.kill('SIGTERM')
    const { code, output } = await outcome
    expect(code, output).to.equal(0)
    expect(readdirSync(bundlesOf(HUNAN_HOUSING))).to.deep.equal(bundles)
  })

  it('says in a sentence that a port is taken, and leaves nothing behind', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const taken = String(typeof address === 'object' ? address?.port : address)
    const empty = mkdtempSync(join(tmpdir(), 'hefu-taken-'))
    for (const variable of ['HEFU_CHAIN_PORT', 'HEFU_VERIFIER_PORT']) {
      const { code, output } = await start({ ...environment, HEFU_HOME: empty, [variable]: taken })
      expect(code).to.equal(1)
      expect(output).to.include(`Port ${taken} is taken`).and.to.include(variable)
      expect(output, 'a stack trace').to.not.match(/^\s+at /m)
    }
    expect(readdirSync(empty)).to.not.include('network.json')
    server.close()
    rmSync(empty, { recursive: true })
  })

  it('says in a sentence that an origin of pages is none', async () => {
    const { code, output } = await start({ ...environment, HEFU_ORIGINS: 'http://localhost:5173/' })
    expect(code).to.equal(1)
    expect(output).to.include('应为页面来源').and.to.include('HEFU_ORIGINS should be origins')
  })

  it('says in a sentence that the state folder cannot be used', async () => {
    const file = join(home, 'a-file')
    writeFileSync(file, '')
    const { code, output } = await start({ ...environment, HEFU_HOME: join(file, 'below') })
    expect(code).to.equal(1)
    expect(output).to.include('无法读写').and.to.include('cannot be read and written')
  })

  it('says in a sentence that the chain’s state is damaged, and leaves it as it is', async () => {
    const state = join(home, 'chain', 'state.json')
    const whole = read('chain/state.json')
    writeFileSync(state, whole.slice(0, 100))
    const { code, output } = await start()
    expect(code).to.equal(1)
    expect(output).to.include('cannot be read. Restore it from a backup')
    expect(read('chain/state.json')).to.equal(whole.slice(0, 100))
    writeFileSync(state, whole)
  })

  for (const [what, path] of [
    ['the chain’s state', 'chain/state.json'],
    ['the network file', 'network.json'],
    ['the council’s key', 'keys/council.json'],
    ['the key of a region’s admin', 'keys/region-440000.json'],
    ['the passphrase', 'passphrase'],
  ] as const) {
    it(`says in a sentence that ${what} was deleted, makes no other in its place, and goes on once it is back`, async () => {
      const [there, away] = [join(home, path), join(home, 'put-away')]
      renameSync(there, away)
      const { code, output } = await start()
      const left = readdirSync(dirname(there)).includes(basename(there))
      renameSync(away, there)
      expect(code, output).to.equal(1)
      expect(output).to.include(`${there} 不见了`).and.include(`${there} is gone`).and.include('backup')
      expect(output)
        .to.not.include('核验')
        .and.not.match(/^\s+at /m)
      expect(left, 'another was made').to.equal(false)
    })
  }

  it('says in a sentence that the bundles were deleted', () => {
    const folder = openStateFolder(home)
    expect(firstBundleOf(folder, HUNAN_HOUSING)).to.match(/\.hefu\.json$/)
    for (const made of [
      () => undefined,
      () => mkdirSync(join(folder.issuers, 'nobody', 'bundles'), { recursive: true }),
    ]) {
      made()
      expect(() => firstBundleOf(folder, 'nobody'))
        .to.throw(StartError, '没有电子证照文件')
        .with.property('message')
        .that.includes('There is no bundle in')
        .and.includes('delete the whole state folder')
    }
    rmSync(join(folder.issuers, 'nobody'), { recursive: true })
  })

  it('says in a sentence that the folder’s agencies know the chain at another port', async () => {
    const other = String(await freePort())
    const { code, output } = await start({ ...environment, HEFU_CHAIN_PORT: other })
    expect(code, output).to.equal(1)
    const port = environment['HEFU_CHAIN_PORT']
    expect(output).to.include(`设回 ${port}`).and.include(`Set HEFU_CHAIN_PORT back to ${port}`)
    expect(output).to.not.match(/^\s+at /m)
  })

  it('goes on once all of it is whole again; says in a sentence that the chain ended by itself, and stops the rest', async () => {
    const child = startOn()
    const outcome = outcomeOf(child)
    await sees(child, 'Ctrl-C stops')
    const chain = read('processes')
      .split('\n')
      .find((line) => line.endsWith(join(home, 'chain')))
    process.kill(Number.parseInt(chain ?? '', 10), 'SIGKILL')
    const { code, output } = await outcome
    expect(code, output).to.equal(1)
    expect(output).to.include('区块链意外结束').and.include('The chain ended by itself (SIGKILL)')
    expect(output).to.not.match(/^\s+at /m)
    expect(await isPortTaken(Number(environment['HEFU_VERIFIER_PORT'])), 'the verifier goes on').to.equal(
      false,
    )
  })
})

interface Outcome {
  readonly code: number | null
  readonly output: string
}

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk
    })
  }
  const [code] = await once(child, 'close')
  return { code, output }
}

/** Settles with all that was said so far. */
function sees(child: ChildProcess, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = ''
    child.stdout?.on('data', (chunk) => {
      seen += chunk
      if (seen.includes(text)) resolve(seen)
    })
    child.once('exit', () => reject(new Error(`ended before it said ${JSON.stringify(text)}:\n${seen}`)))
  })
}

/** The sample clerk at the console, who signed in as a browser would: by its session. */
async function signedIn(provider: string, console: string, password: string): Promise<Ask> {
  const jar = createCookieJar()
  const led = await jar.fetch(`${console}/session/sign-in?return=/console/`)
  const page = await jar.follow(led, provider)
  expect(new URL(page.url).origin, 'led to the provider').to.equal(provider)
  const wrong = await give({ jar, page }, { person: 'sample-clerk', password: 'wrong' })
  expect(wrong.status).to.equal(403)
  const arrived = await jar.fetch(
    leadsTo(await give({ jar, page }, { person: 'sample-clerk', password })) ?? '',
  )
  expect(leadsTo(arrived)?.href).to.equal(`${console}/console/`)
  const session = parseJsonText(await (await jar.fetch(`${console}/session`)).text(), 100, 'session')
  expect(session).to.deep.include({ signedIn: true, name: '李样例', roles: ['clerk'], region: '440000' })
  const list = await jar.fetch(`${console}/console/samples/samples.json`)
  expect(list.status, 'the tray is served').to.equal(200)
  return (path, body) =>
    jar.fetch(console + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Hefu-Console': '1', Origin: console },
      body: JSON.stringify(body),
    })
}
