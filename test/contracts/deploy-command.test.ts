/** The deployment's command: what is mistyped deploys nothing, and no key is ever shown. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeKeyFile, encryptKey } from '@hefu/protocol'
import { expect } from 'chai'
import { computeAddress, SigningKey } from 'ethers'
import { PLANS } from '../../scripts/deploy/deployment-plan.ts'

const ADDRESS = `0x${'11'.repeat(20)}`
/** Nothing listens there: whatever is refused before the chain is asked is refused by the command. */
const RPC = ['--rpc', 'http://127.0.0.1:9']
const KEEPERS = ['--superior', ADDRESS, '--catalogue', ADDRESS, '--emergency', ADDRESS]
/** What a deployment that came to its end recorded, of nothing that stands anywhere. */
const WHOLE = {
  chainId: 31337,
  deploymentBlock: 1,
  ...Object.fromEntries(PLANS.map(({ name }) => [name, ADDRESS])),
}
const KEY = `0x${'ac'.repeat(32)}`

describe('npm run deploy', function () {
  this.timeout(60_000)
  let folder: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-deploy-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  function run(...args: readonly string[]): { readonly code: number | null; readonly said: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/deploy.ts', ...args], {
      encoding: 'utf8',
    })
    return { code: status, said: stdout + stderr }
  }

  function write(name: string, text: string): string {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }

  for (const word of ['hand-over', 'take-seat', 'rulebook']) {
    it(`${word}: a record that is not there is a mistyped one, and nothing is deployed in its place`, () => {
      const record = join(folder, 'typo.json')
      const key = write('key', KEY)
      const more = word === 'hand-over' ? KEEPERS : ['--region', '430000']
      const { code, said } = run(word, ...RPC, '--key-file', key, '--record', record, ...more)
      expect(code).to.equal(2)
      expect(said)
        .to.include('没有部署记录')
        .and.include('typo.json')
        .and.not.match(/\n {4}at /)
      expect(existsSync(record)).to.equal(false)
    })
  }

  it('refuses a record with a member that no record has, by its name, before any node is asked', () => {
    const record = write('misspelt.json', '{"chainId":31337,"finaltiy":12}')
    const { code, said } = run(...RPC, '--key-file', write('key', KEY), '--record', record)
    expect(code).to.equal(2)
    expect(said).to.include('misspelt.json').and.include('含有规定以外的内容').and.include('"finaltiy"')
    const known = write('known.json', '{"chainId":31337,"finality":12}')
    expect(run(...RPC, '--key-file', write('key', KEY), '--record', known).code).to.equal(4)
  })

  for (const [is, text] of [
    ['lacks a digit', KEY.slice(0, -1)],
    ['has one too many', `${KEY}f`],
    ['holds something else', `{"secret":"${KEY}"}`],
    ['is no key of the curve', `0x${'ff'.repeat(32)}`],
  ] as const) {
    it(`shows nothing of a key file that ${is}`, () => {
      const key = write('wrong-key', text)
      const { code, said } = run(...RPC, '--key-file', key, '--record', join(folder, 'new.json'))
      expect(code).to.equal(2)
      expect(said)
        .to.include('wrong-key')
        .and.not.match(/\n {4}at /)
      expect(said).not.to.include('acacacac').and.not.to.include('ffffffff')
    })
  }

  for (const [says, named, args] of [
    ['an unknown command', 'deplyo', ['deplyo', ...RPC]],
    ['an unknown option', '--recrod', [...RPC, '--recrod', 'x']],
    ['a missing key file', '--key-file', [...RPC, '--record', 'r.json']],
    ['a missing record', '--record', [...RPC, '--key-file', 'k']],
    ['a missing node', '--rpc', ['--key-file', 'k', '--record', 'r.json']],
    ['a node that is no URL', '--rpc', ['--rpc', 'localhost', '--key-file', 'k', '--record', 'r.json']],
    ['a chain that is no number', '--chain-id', [...RPC, '--chain-id', 'one', '--check']],
    [
      'a finality that is no rule',
      '--finality',
      [...RPC, '--key-file', 'k', '--record', 'r', '--finality', 'soon'],
    ],
    [
      'a keeper that is no account',
      '--superior',
      ['hand-over', ...RPC, '--key-file', 'k', '--record', 'r', '--superior', '0x1'],
    ],
    ['a region that is no code', '--region', ['take-seat', ...RPC, '--region', 'Hunan']],
    ['what is left over', 'again', ['prove', 'again', ...RPC]],
  ] as const) {
    it(`names ${says}, in a sentence of both languages`, () => {
      const { code, said } = run(...args)
      expect(code).to.equal(2)
      expect(said)
        .to.match(/^\p{Script=Han}?.* · /u)
        .and.include(named)
      expect(said.split('\n').length, 'the whole help').to.be.lessThan(5)
      expect(said).not.to.match(/\n {4}at /)
    })
  }

  for (const [option, words] of [
    ['record', ['--key-file', 'KEY', '--record', 'MISSING']],
    ['record', ['--key-file', 'KEY', '--record', 'FOLDER']],
    ['out', ['prove', '--record', 'WHOLE', '--deployer', ADDRESS, ...KEEPERS, '--out', 'MISSING']],
    ['out', ['hand-over', '--key-file', 'KEY', '--record', 'WHOLE', ...KEEPERS, '--out', 'FOLDER']],
  ] as const) {
    it(`says that --${option} cannot be written before anything is asked of a chain: ${words.at(-1)}`, () => {
      const paths: Readonly<Record<string, string>> = {
        KEY: write('key', KEY),
        MISSING: join(folder, 'no', 'such', 'file.json'),
        FOLDER: folder,
        WHOLE: write('whole.json', JSON.stringify(WHOLE)),
      }
      const { code, said } = run(...RPC, ...words.map((word) => paths[word] ?? word), '--json')
      expect(code).to.equal(2)
      expect(said)
        .to.include(`--${option}`)
        .and.include('没有发送任何内容')
        .and.include('[file-unwritable]')
        .and.not.match(/\n {4}at /)
      expect(said).to.match(/^\{"event":"error","code":"file-unwritable","zh":".*","en":".*"\}$/m)
      expect(existsSync(join(folder, 'no'))).to.equal(false)
    })
  }

  for (const [code, args, exitCode] of [
    ['usage', ['--check', '--json'], 2],
    ['usage', ['--json', '--recrod', 'x'], 2],
    ['no-node', ['--check', '--json', ...RPC], 4],
    ['mismatch', ['prove', '--json', ...RPC, '--record', 'nowhere.json'], 2],
  ] as const) {
    it(`tells ${code} as an object where --json was given, of ${args.join(' ')}; as a sentence always`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/deploy.ts', ...args], {
        encoding: 'utf8',
      })
      expect(status).to.equal(exitCode)
      const told = JSON.parse(stdout)
      expect(told).to.include({ event: 'error', code })
      expect(stderr).to.include(`${told.zh} · ${told.en} [${code}]`)
    })
  }

  for (const words of [['--check'], ['--key-file', 'KEY', '--record', 'RECORD']]) {
    it(`says that no node answers, of ${words[0]}, and deploys nothing`, () => {
      const record = join(folder, 'none.json')
      const given = words.map((word) => ({ KEY: write('key', KEY), RECORD: record })[word] ?? word)
      const { code, said } = run(...RPC, ...given)
      expect(code).to.equal(4)
      expect(said).to.include('没有区块链节点应答').and.include('no node of a chain answers')
      expect(said).not.to.match(/\n {4}at /)
      expect(existsSync(record)).to.equal(false)
    })
  }

  it('opens an encrypted key file with its passphrase, and shows nothing of it with another', async () => {
    const jwk = {
      kty: 'EC',
      crv: 'secp256k1',
      x: '',
      y: '',
      d: Buffer.from(KEY.slice(2), 'hex').toString('base64url'),
    }
    const point = SigningKey.computePublicKey(KEY, false)
    jwk.x = Buffer.from(point.slice(4, 68), 'hex').toString('base64url')
    jwk.y = Buffer.from(point.slice(68), 'hex').toString('base64url')
    const name = computeAddress(KEY).toLowerCase()
    const file = await encryptKey(jwk, { purpose: 'account', name }, 'a long passphrase')
    const key = write('encrypted.json', encodeKeyFile(file))
    for (const [passphrase, says, exitCode] of [
      ['a long passphrase', 'no node of a chain answers', 4],
      ['another passphrase', '口令', 2],
    ] as const) {
      process.env['HEFU_PASSPHRASE'] = passphrase
      const { code, said } = run(...RPC, '--key-file', key, '--record', join(folder, 'new.json'))
      delete process.env['HEFU_PASSPHRASE']
      expect(code).to.equal(exitCode)
      expect(said)
        .to.include(says)
        .and.not.include(jwk.d)
        .and.not.match(/\n {4}at /)
    }
  })
})
