/** The deployment's command: what is mistyped deploys nothing, and no key is ever shown. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'

const ADDRESS = `0x${'11'.repeat(20)}`
/** Nothing listens there: whatever is refused before the chain is asked is refused by the command. */
const RPC = ['--rpc', 'http://127.0.0.1:9']
const KEEPERS = ['--superior', ADDRESS, '--catalogue', ADDRESS, '--emergency', ADDRESS]
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

  for (const word of ['hand-over', 'take-seat']) {
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
})
