import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeKeyFile, encryptKey, suite, thumbprint } from '@hefu/protocol'
import { expect } from 'chai'
import { after, afterEach, before, describe, it } from 'mocha'
import { createKeyPair, createVerifierKeyFileText, LEDGER, PASSPHRASE } from './sample.ts'
import { addressOf, send } from './service.ts'

const MAIN = fileURLToPath(new URL('../../../packages/verifier/dist/main.js', import.meta.url))
const OPERATOR = fileURLToPath(new URL('../../../packages/verifier/bin/hefu-verifier.js', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Those that run on when a test has failed. */
const running = new Set<ChildProcess>()

function run(
  environment: Record<string, string>,
  program = MAIN,
  args: readonly string[] = [],
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('close', () => running.delete(child))
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (text) => {
    stdout += text
  })
  child.stderr.on('data', (text) => {
    stderr += text
  })
  return { child, ended: once(child, 'close').then(([code]) => ({ code, stdout, stderr })) }
}

describe('node packages/verifier/dist/main.js', () => {
  let folder: string
  let good: Record<string, string>

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hefu-verifier-'))
    const path = (name: string) => join(folder, name)
    // A port of loopback where nothing answers: the service must start all the same.
    const network = {
      rpcUrl: 'http://127.0.0.1:9',
      chainId: 31_337,
      ledger: LEDGER.address,
      deploymentBlock: 0,
    }
    await writeFile(path('network.json'), JSON.stringify(network))
    await writeFile(path('key.json'), await createVerifierKeyFileText(createKeyPair()))
    await writeFile(path('passphrase'), `${PASSPHRASE}\n`, { mode: 0o600 })
    good = {
      HEFU_NETWORK: path('network.json'),
      HEFU_VERIFIER_KEY: path('key.json'),
      HEFU_PASSPHRASE_FILE: path('passphrase'),
      HEFU_PORT: '0',
      HEFU_REPLICA: 'none',
      HEFU_ACCESS: 'unguarded',
    }
  })
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL')
  })
  after(() => rm(folder, { recursive: true }))

  it('starts without the ledger, says it is not ready, and ends cleanly on SIGTERM', async () => {
    const { child, ended } = run(good)
    const url = await addressOf(child)
    expect((await send(`${url}/health/live`)).status).to.equal(200)
    const ready = await send(`${url}/health/ready`)
    expect(ready.status).to.equal(503)
    expect(ready.json.code).to.equal('ledger-unreachable')
    child.kill('SIGTERM')
    expect((await ended).code).to.equal(0)
  })

  it('starts with a network file that names a registry, and says which of both is not there', async function () {
    this.timeout(120_000)
    const registry = { rpcUrl: 'http://127.0.0.1:9', chainId: 31_337, registry: LEDGER.address }
    await writeFile(join(folder, 'registry.json'), JSON.stringify(registry))
    const { HEFU_REPLICA: _, ...unsaid } = good
    const variables = { ...unsaid, HEFU_NETWORK: join(folder, 'registry.json') }
    const { child, ended } = run({ ...variables, HEFU_REPLICA: join(folder, 'replicas') })
    const ready = await send(`${await addressOf(child)}/health/ready`)
    expect([ready.status, ready.json.code]).to.deep.equal([503, 'registry-unreachable'])
    const second = await run({ ...variables, HEFU_REPLICA: join(folder, 'replicas') }).ended
    expect([second.code, second.stderr]).to.satisfy(
      ([code, told]: readonly [number, string]) => code === 1 && told.includes('HEFU_REPLICA'),
    )
    child.kill('SIGTERM')
    const { code, stdout } = await ended
    expect(code).to.equal(0)
    expect(stdout).to.not.include('no replica')
    const without = run({ ...variables, HEFU_REPLICA: 'none' })
    await addressOf(without.child)
    without.child.kill('SIGTERM')
    expect((await without.ended).stdout).to.include('no replica: the nodes are asked at each verification')
  })

  it('keeps a replica beside its key file unless told otherwise, of which a second process is told the way out', async function () {
    this.timeout(120_000)
    const { HEFU_REPLICA: _, ...unsaid } = good
    const { child, ended } = run(unsaid)
    const ready = await send(`${await addressOf(child)}/health/ready`)
    expect([ready.status, ready.json.code]).to.deep.equal([503, 'ledger-unreachable'])
    expect(ready.json.nodeStates).to.have.length(1)
    expect(ready.json.nodeStates[0]).to.include({ node: '127.0.0.1:9', state: 'silent', newest: null })
    expect(await readdir(join(folder, 'key.replica'))).to.include('replica')
    const second = await run(unsaid).ended
    expect(second.code).to.equal(1)
    expect(second.stderr).to.match(
      /key\.replica 正由另一任务（.*一个副本文件夹只供一个核验进程使用：请在 HEFU_REPLICA 中另指定/,
    )
    expect(second.stderr).to.match(/name another folder in HEFU_REPLICA, or a PostgreSQL database/)
    child.kill('SIGTERM')
    expect((await ended).code).to.equal(0)
  })

  it('keeps its store beside its key file, of which a second process is told the way out', async function () {
    this.timeout(120_000)
    const { child, ended } = run(good)
    await addressOf(child)
    expect(await readdir(join(folder, 'key.store'))).to.include('store')
    const second = await run(good).ended
    expect(second.code).to.equal(1)
    expect(second.stderr).to.match(/key\.store 正由另一任务（.*请在 HEFU_DATABASE 中指定 PostgreSQL 数据库/)
    expect(second.stderr).to.match(/name one PostgreSQL database in HEFU_DATABASE/)
    child.kill('SIGTERM')
    expect((await ended).code).to.equal(0)
  })

  it('hefu-verifier: checks the configuration, lists the keys, and ends the term of one, for good', async function () {
    this.timeout(120_000)
    const operate = (...args: string[]): Promise<Ended> => run(good, OPERATOR, args).ended
    expect((await operate('check')).stdout).to.include('配置无误')
    const listed = JSON.parse((await operate('keys')).stdout)
    expect(listed).to.include({ until: null })
    expect((await operate('end-key', listed.kid)).code).to.equal(0)
    const again = await operate('end-key', listed.kid)
    expect([again.code, again.stderr.includes('没有在用的密钥')]).to.deep.equal([2, true])
    const { code: checked, stderr: said } = await operate('check')
    expect([checked, said.includes('[key-ended]')]).to.deep.equal([2, true])
    const started = await run(good).ended
    expect(started.code).to.equal(1)
    expect(started.stderr).to.include('已停用').and.not.include('    at ')
    for (const args of [[], ['start'], ['check', 'x'], ['end-key'], ['end-key', 'x']]) {
      const refused = await operate(...args)
      expect([refused.code, refused.stdout], args.join(' ')).to.deep.equal([2, ''])
    }
    const bad = await run({ ...good, HEFU_PORT: '70000' }, OPERATOR, ['check']).ended
    expect([bad.code, bad.stderr.includes('HEFU_PORT')]).to.deep.equal([2, true])
    const twice = { ...good, HEFU_PORT: '8499', HEFU_METRICS_PORT: '8499' }
    const together = await run(twice, OPERATOR, ['check']).ended
    expect([together.code, together.stderr.includes('HEFU_METRICS_PORT')]).to.deep.equal([2, true])
    await rm(join(folder, 'key.ended.json'))
    const away = { ...good, HEFU_DATABASE: 'postgres://hefu:secret@127.0.0.1:9/none' }
    const unreachable = await run(away, OPERATOR, ['check']).ended
    expect([unreachable.code, unreachable.stderr.includes('secret')]).to.deep.equal([4, false])
    // The tests after this one have a key that is in force.
    await rm(join(folder, 'key.store'), { recursive: true })
  })

  it('says by which variables it is configured, in both languages, and of its operators’ commands how they end', async () => {
    const { code, stdout } = await run({}, MAIN, ['--help']).ended
    expect(code).to.equal(0)
    expect(stdout).to.include('HEFU_PROVINCE_SERVICES').and.include('环境变量').and.include('the environment')
    for (const command of ['check', 'keys', 'end-key', 'reseal-deposits', 'new-deposit-key']) {
      const told = await run({}, OPERATOR, [command, '--help']).ended
      expect([told.code, told.stdout.includes('Exit codes')], command).to.deep.equal([0, true])
    }
  }).timeout(60_000)

  it('names every bad variable in one run, without its value', async () => {
    const { code, stderr } = await run({ HEFU_PORT: '70000', HEFU_PASSPHRASE: 'a secret phrase' }).ended
    expect(code).to.equal(1)
    expect(stderr).to.include('HEFU_NETWORK').and.include('HEFU_VERIFIER_KEY').and.include('HEFU_PORT')
    expect(stderr, 'also what holds together only').to.include('HEFU_ISSUER')
    expect(stderr).to.not.include('70000').and.not.include('a secret phrase')
  })

  it('refuses what it cannot start with: one sentence, no stack', async function () {
    this.timeout(240_000)
    const key = await createVerifierKeyFileText(createKeyPair())
    await writeFile(join(folder, 'issuer.json'), key.replace('verifier-signing', 'issuer-signing'))
    await writeFile(join(folder, 'wrong'), 'another passphrase', { mode: 0o600 })
    await writeFile(join(folder, 'exposed'), PASSPHRASE, { mode: 0o644 })
    const sm2Jwk = await suite.generateKey('SM2')
    const about = { purpose: 'verifier-signing', name: thumbprint(sm2Jwk, suite) } as const
    await writeFile(join(folder, 'sm2.json'), encodeKeyFile(await encryptKey(sm2Jwk, about, PASSPHRASE)))
    for (const [variables, sentence] of [
      [{ HEFU_NETWORK: join(folder, 'absent.json') }, /absent\.json/],
      [{ HEFU_NETWORK: good['HEFU_VERIFIER_KEY'] }, /a ledger to pin or a registry to follow/],
      [{ HEFU_VERIFIER_KEY: good['HEFU_NETWORK'] }, /key file/],
      [{ HEFU_VERIFIER_KEY: join(folder, 'issuer.json') }, /verifier-signing/],
      [{ HEFU_VERIFIER_KEY: join(folder, 'sm2.json') }, /ES256 or EdDSA/],
      [{ HEFU_PASSPHRASE_FILE: join(folder, 'wrong') }, /passphrase is wrong/],
      [{ HEFU_PASSPHRASE_FILE: join(folder, 'exposed') }, /chmod 600/],
      [{ HEFU_PASSPHRASE: 'both' }, /exactly one/],
      [{ HEFU_DATABASE: 'mysql://h/d' }, /HEFU_DATABASE must be the URL of a PostgreSQL/],
      [{ HEFU_READING_DAYS: '179' }, /HEFU_READING_DAYS must be a number of days from 180/],
      [{ HEFU_SECOND_FACTOR_ACR: 'a"b' }, /HEFU_SECOND_FACTOR_ACR/],
      [{ HEFU_MAX_LEDGER_AGE_SECOND: '60' }, /HEFU_MAX_LEDGER_AGE_SECOND is no variable/],
      [{ HEFU_MAX_LEDGER_AGE_SECONDS: '0' }, /HEFU_MAX_LEDGER_AGE_SECONDS/],
    ] as const) {
      const { code, stdout, stderr } = await run({ ...good, ...(variables as Record<string, string>) }).ended
      expect(code).to.equal(1)
      expect(stderr).to.match(sentence)
      expect(stderr).to.not.include('    at ')
      expect(stdout).to.equal('')
    }
  })

  it('takes deposits under keys that the operator makes and changes, and does not start without the one that it needs', async function () {
    this.timeout(120_000)
    const path = (name: string) => join(folder, name)
    const operate = (args: readonly string[], variables = {}) =>
      run({ ...good, ...variables }, OPERATOR, args).ended
    for (const name of ['first.json', 'second.json'])
      expect((await operate(['new-deposit-key', path(name)])).code).to.equal(0)
    const again = await operate(['new-deposit-key', path('first.json')])
    expect([again.code, again.stderr.includes('EEXIST')]).to.deep.equal([2, true])
    const first = { HEFU_DEPOSIT_KEYS: path('first.json') }
    expect((await operate(['check'], first)).code).to.equal(0)
    expect((await operate(['check'], { HEFU_DEPOSIT_KEYS: path('key.json') })).code).to.equal(2)
    expect((await operate(['reseal-deposits'], first)).code).to.equal(0)
    const second = { HEFU_DEPOSIT_KEYS: path('second.json') }
    const without = await run({ ...good, ...second }).ended
    expect([without.code, without.stderr.includes('HEFU_DEPOSIT_KEYS')]).to.deep.equal([1, true])
    expect((await operate(['reseal-deposits'])).code, 'no keys').to.equal(2)
    const both = { HEFU_DEPOSIT_KEYS: `${path('second.json')}, ${path('first.json')}` }
    expect((await operate(['reseal-deposits'], both)).stdout).to.include('0 are sealed anew')
  })

  it('says that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, stderr } = await run({ ...good, HEFU_PORT: String(port) }).ended
    other.close()
    expect(code).to.equal(1)
    expect(stderr).to.include(`127.0.0.1:${port}`).and.include('已被占用')
  })
})
