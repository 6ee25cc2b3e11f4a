/** The client in Java that the README has its reader make compiles, and a program that uses it is answered. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { describe, it } from 'mocha'
import { fencesOf, sectionOf } from '../../fixtures/readme.ts'
import { runs } from '../../fixtures/test-profile.ts'
import { startGuardedService, startProvider, tokenOf } from './guarded-service.ts'
import { createReadLedger } from './read-ledger.ts'
import { createSample, ISSUER } from './sample.ts'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PROGRAM = fileURLToPath(new URL('fixtures/AskVerifier.java', import.meta.url))

/** Why it cannot be tried; `null`: it can. */
function reasonToWait(): string | null {
  if (runs(0, 1) === 0) return 'of the long profile'
  if (spawnSync('javac', ['--version']).error !== undefined)
    return 'no javac here: apt-get install openjdk-17-jdk-headless'
  return null
}
const WAITING = reasonToWait()

describe('A client in Java', function () {
  this.timeout(300_000)

  it(`compiles as the README says, asks in its three lines, and is answered whatever else it asks${WAITING === null ? '' : ` (${WAITING})`}`, async function () {
    if (WAITING !== null) return this.skip()
    const folder = mkdtempSync(join(tmpdir(), 'hefu-java-'))
    const provider = await startProvider()
    const sample = await createSample(Math.floor(Date.now() / 1000))
    const service = await startGuardedService(
      sample.view,
      provider,
      {},
      { listed: createReadLedger().listed },
    )
    try {
      const readme = readFileSync(join(ROOT, 'packages/verifier/README.md'), 'utf8')
      const asking = sectionOf(readme, 'Asking it')
      const [lines = '', three = ''] = fencesOf(asking, 'sh').filter((code) => code.includes('javac'))
      const [program = ''] = fencesOf(asking, 'java')
      const client = join(folder, 'java-client')
      const env = {
        ...process.env,
        PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
        REDOCLY_TELEMETRY: 'off',
      }
      await run('bash', ['-euc', lines.replaceAll('java-client', client)], { cwd: ROOT, env })
      const token = await tokenOf(provider, 'counter', undefined, 'verify ledger:read')
      writeFileSync(join(folder, 'Ask.java'), program)
      writeFileSync(join(folder, 'licence.json'), sample.bundle)
      const asked = await run('bash', ['-euc', three.replaceAll('java-client', client)], {
        cwd: folder,
        env: { ...env, url: service.url, token },
      })
      expect(asked.stdout).to.equal('accepted\n')

      await run('javac', ['-cp', client, '-d', client, PROGRAM])
      const args = ['-cp', client, 'AskVerifier', service.url, token, sample.bundle, ISSUER]
      const { stdout } = await run('java', args)
      expect(stdout.trim().split('\n')).to.deep.equal([
        'verdict accepted',
        'regions 430000,430100,430121,440000',
        'anchors 2 of block 5',
        'name 湖南省住房和城乡建设厅',
        'refused 404 not-on-ledger',
      ])
    } finally {
      await service.close()
      await provider.stop()
      rmSync(folder, { recursive: true })
    }
  })
})
