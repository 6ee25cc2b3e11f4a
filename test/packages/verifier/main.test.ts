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
import { after, before, describe, it } from 'mocha'
import { createKeyPair, createVerifierKeyFileText, LEDGER, PASSPHRASE } from './sample.ts'
import { send } from './service.ts'

const MAIN = fileURLToPath(new URL('../../../packages/verifier/dist/main.js', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const OPERATOR = fileURLToPath(new URL('../../../packages/verifier/bin/hefu-verifier.js', import.meta.url))

function run(
  environment: Record<string, string>,
  args: readonly string[] = [MAIN],
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
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

/** Where a service says that it answers. */
async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let said = ''
  for await (const text of stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(text)
    const address = /http:\S+/.exec(said)?.[0]
    if (address !== undefined) return address
  }
  throw new Error(`it ended before it said where it answers: ${said}`)
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
    this.timeout(60_000)
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

  it('names every bad variable in one run, without its value', async () => {
    const { code, stderr } = await run({ HEFU_PORT: '70000', HEFU_PASSPHRASE: 'a secret phrase' }).ended
    expect(code).to.equal(1)
    expect(stderr).to.include('HEFU_NETWORK').and.include('HEFU_VERIFIER_KEY').and.include('HEFU_PORT')
    expect(stderr).to.not.include('70000').and.not.include('a secret phrase')
  })

  it('refuses what it cannot start with: one sentence, no stack', async function () {
    this.timeout(120_000)
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
      run({ ...good, ...variables }, [OPERATOR, ...args]).ended
    for (const name of ['first.json', 'second.json'])
      expect((await operate(['new-deposit-key', path(name)])).code).to.equal(0)
    const again = await operate(['new-deposit-key', path('first.json')])
    expect([again.code, again.stderr.includes('EEXIST')]).to.deep.equal([1, true])
    const first = { HEFU_DEPOSIT_KEYS: path('first.json') }
    expect((await operate(['check'], first)).code).to.equal(0)
    expect((await operate(['check'], { HEFU_DEPOSIT_KEYS: path('key.json') })).code).to.equal(1)
    expect((await operate(['reseal-deposits'], first)).code).to.equal(0)
    const second = { HEFU_DEPOSIT_KEYS: path('second.json') }
    const without = await run({ ...good, ...second }).ended
    expect([without.code, without.stderr.includes('HEFU_DEPOSIT_KEYS')]).to.deep.equal([1, true])
    expect((await operate(['reseal-deposits'])).code, 'no keys').to.equal(1)
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
