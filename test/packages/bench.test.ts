/** Benches are run by hand: what they stand on changes all the while, and one that no longer runs measures nothing. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { describe, it } from 'mocha'

const BENCH = fileURLToPath(new URL('../../scripts/bench/main.ts', import.meta.url))

describe('npm run bench', () => {
  it('runs what makes up ledgers and services of its own: as served, in a batch, and over a replica', async function () {
    this.timeout(180_000)
    const args = [BENCH, '--once', '--json', 'verify-http', 'verify-batch', 'replica-lookup']
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const figures = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(figures.map(({ name }) => name)).to.deep.equal([
      'verify-http',
      'verify-batch',
      'verify-batch-cpu',
      'verify-batch-signed',
      'verify-batch-signed-cpu',
      'replica-lookup',
    ])
    for (const { name, value, ratio } of figures) expect(value * ratio, name).to.be.greaterThan(0)
  })

  it('refuses an entry and an option that there are not, and names those that there are', async () => {
    const run = promisify(execFile)(process.execPath, [BENCH, 'verify-htp', '--onse'])
    const refused = await run.catch((error: { code: number; stderr: string }) => error)
    expect(refused).to.deep.include({ code: 2 })
    expect(refused.stderr).to.match(/verify-htp, onse[\s\S]*verify-http, /)
  })
})
