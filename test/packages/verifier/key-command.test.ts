/** `hefu-verifier key`: the key file that the service starts with. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { createMemoryLedgerView } from '@hefu/protocol'
import { openSigningKey, readKeyFile } from '@hefu/service'
import { startVerifierService } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, beforeEach, describe, it } from 'mocha'
import { runVerifierProgram } from '#internal/verifier/command/verifier-program'
import { createOperations } from '#internal/verifier/operator'
import { createSample } from './sample.ts'
import { testStore } from './test-store.ts'

const BIN = fileURLToPath(new URL('../../../packages/verifier/bin/hefu-verifier.js', import.meta.url))
const NODE = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url))
const PASSPHRASE = '核验服务-样例-通行短语'
const HAN = /\p{Script=Han}/u

describe('hefu-verifier key', () => {
  let folder: string
  let file: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-key-'))
  })
  beforeEach(() => {
    file = join(folder, 'verifier-key.json')
    rmSync(file, { force: true })
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  async function run(args: readonly string[], env: Record<string, string> = { HEFU_PASSPHRASE: PASSPHRASE }) {
    const [stdout, stderr]: [string[], string[]] = [[], []]
    const session = {
      env,
      operations: createOperations(env),
      input: new PassThrough(),
      stdout: collect(stdout),
      output: collect(stderr),
      signal: new AbortController().signal,
    }
    const code = await runVerifierProgram(session, args)
    return { code, stdout: stdout.join(''), stderr: stderr.join('') }
  }

  for (const algorithm of ['ES256', 'EdDSA']) {
    it(`makes a key of ${algorithm} that the service starts with, for its owner alone, and tells its public half`, async () => {
      const { code, stdout, stderr } = await run(['key', file, '--algorithm', algorithm, '--json'])
      expect([code, stderr]).to.deep.equal([0, ''])
      const { kid, publicJwk, ...told } = JSON.parse(stdout)
      expect(told).to.deep.equal({ event: 'created', file })
      expect(statSync(file).mode & 0o777).to.equal(0o600)
      const keyFile = await readKeyFile(file)
      expect(keyFile.purpose).to.equal('verifier-signing')
      const key = await openSigningKey(keyFile, 'verifier-signing', PASSPHRASE)
      expect([key.kid, key.publicJwk]).to.deep.equal([kid, publicJwk])
      expect(stdout + readFileSync(file, 'utf8')).to.not.include(key.privateJwk.d)
      const view = createMemoryLedgerView((await createSample()).memory)
      const options = { host: '127.0.0.1', port: 0, access: 'unguarded', passphrase: PASSPHRASE } as const
      const service = await startVerifierService({
        store: await testStore(),
        ...options,
        keyFile,
        view,
      })
      expect(service.verifierKey).to.deep.equal(publicJwk)
      await service.close()
    })
  }

  it('tells people in both languages what to do with the public key', async () => {
    const { code, stdout } = await run(['key', file])
    expect(code).to.equal(0)
    expect(stdout).to.match(HAN).and.include('hand this public key').and.include('"crv":"P-256"')
  })

  it('never overwrites a file, and asks for no passphrase where there is one', async () => {
    writeFileSync(file, 'mine')
    const { code, stdout, stderr } = await run(['key', file, '--json'], {})
    expect(code).to.equal(2)
    expect(stderr).to.match(HAN).and.include('[key-exists]')
    expect(JSON.parse(stdout)).to.include({ event: 'error', code: 'key-exists' })
    expect(readFileSync(file, 'utf8')).to.equal('mine')
  })

  it('leaves one key whole where two are made at once', async () => {
    const both = await Promise.all([run(['key', file, '--json']), run(['key', file, '--json'])])
    expect(both.map(({ code }) => code).toSorted()).to.deep.equal([0, 2])
    const made = both.find(({ code }) => code === 0)
    expect((await readKeyFile(file)).name).to.equal(JSON.parse(made?.stdout ?? '').kid)
    expect(readdirSync(folder)).to.deep.equal(['verifier-key.json'])
  })

  it('takes a passphrase by the rules of every key, and writes nothing without one', async () => {
    const exposed = join(folder, 'passphrase')
    writeFileSync(exposed, PASSPHRASE, { mode: 0o644 })
    for (const [env, code] of [
      [{ HEFU_PASSPHRASE: 'elevenchars' }, 'passphrase-short'],
      [{}, 'passphrase-missing'],
      [{ HEFU_PASSPHRASE_FILE: exposed }, 'passphrase-exposed'],
      [{ HEFU_PASSPHRASE: PASSPHRASE, HEFU_PASSPHRASE_FILE: exposed }, 'bad-configuration'],
    ] as const) {
      const ran = await run(['key', file], env)
      expect([ran.code, ran.stdout], code).to.deep.equal([2, ''])
      expect(ran.stderr).to.match(HAN).and.include(`[${code}]`)
    }
    rmSync(exposed)
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('1: says that a folder is not there; 2: what is wrong in its use', async () => {
    const absent = await run(['key', join(folder, 'absent', 'key.json')])
    expect(absent.code).to.equal(1)
    expect(absent.stderr).to.match(HAN).and.include('[key-unwritable]')
    for (const args of [['key'], ['key', file, '--algorithm', 'SM2'], ['key', file, file], ['lock']]) {
      const { code, stderr } = await run(args)
      expect(code, args.join(' ')).to.equal(2)
      expect(stderr).to.include('命令用法有误')
    }
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('is a program with its help', () => {
    const { status, stdout } = spawnSync(NODE, [BIN, 'key', '--help'], { encoding: 'utf8' })
    expect(status).to.equal(0)
    expect(stdout).to.include('HEFU_PASSPHRASE_FILE').and.include('--algorithm').and.include('退出码')
  })

  function collect(texts: string[]): Writable {
    return new Writable({
      write: (chunk, _encoding, done) => {
        texts.push(String(chunk))
        done()
      },
    })
  }
})
