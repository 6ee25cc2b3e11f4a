/** The commands of the README, typed as they stand there, are answered as it says. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { matchReportNumber } from '@hefu/protocol'
import { createMemoryQuota, readClock } from '@hefu/service'
import { readClientTable } from '@hefu/verifier'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import {
  type SampleIdentities,
  startSampleIdentities,
  VERIFIER_AUDIENCE,
} from '../../../scripts/sandbox/sample-identities.ts'
import { openStateFolder } from '../../../scripts/sandbox/state-folder.ts'
import { fencesOf, sectionOf } from '../../fixtures/readme.ts'
import { createReadLedger } from './read-ledger.ts'
import { createSample, ISSUER } from './sample.ts'
import { send, startTestService, type TestService } from './service.ts'
import { DEPOSITS } from './test-store.ts'

const README = readFileSync(join(import.meta.dirname, '../../../packages/verifier/README.md'), 'utf8')

interface ShownPage {
  readonly ledger: object
  readonly block: object
  readonly items: readonly object[]
  readonly next: string
}

describe('README of the verifier', () => {
  let folder: string
  let identities: SampleIdentities
  let service: TestService

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hefu-readme-'))
    const state = openStateFolder(join(folder, '.hefu'))
    identities = await startSampleIdentities(state, 0, 'http://127.0.0.1:8470')
    const sample = await createSample(readClock())
    mkdirSync(join(state.issuers, ISSUER, 'bundles'), { recursive: true })
    writeFileSync(join(state.issuers, ISSUER, 'bundles', 'sample.hefu.json'), sample.bundle)
    // As in a checkout, in which the commands are typed.
    symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'))
    service = await startTestService(sample.view, {
      clock: readClock,
      listed: createReadLedger().listed,
      deposits: DEPOSITS,
      access: {
        issuer: identities.url,
        audience: VERIFIER_AUDIENCE,
        clients: await readClientTable(state.clients),
        quota: createMemoryQuota(),
        proxies: { addresses: [], header: 'x-forwarded-for' },
      },
    })
  })
  after(async () => {
    await service.close()
    await identities.stop()
    rmSync(folder, { recursive: true })
  })

  async function type(lines: string): Promise<unknown> {
    const there = lines
      .replaceAll('http://127.0.0.1:8470', service.url)
      .replaceAll('http://127.0.0.1:8490', identities.url)
    const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH']}` }
    const { stdout } = await promisify(execFile)('bash', ['-euc', there], { cwd: folder, env })
    return JSON.parse(stdout)
  }

  it('asks with a token, and is answered what it says', async () => {
    const asking = sectionOf(README, 'Asking it')
    const [withToken = '', without = '', recheck = '', again = ''] = fencesOf(asking, 'sh')
    const [answer = ''] = fencesOf(asking, 'json')
    const { number, ...said } = (await type(withToken)) as { readonly number: string }
    const { number: shown, ...expected } = JSON.parse(answer)
    expect(said).to.deep.equal(expected)
    expect([number, shown].map((one) => matchReportNumber(one))).to.not.include(null)
    const definitions = withToken.split('\n').slice(0, -2).join('\n')
    expect(await type(`${definitions}\n${without}`)).to.include({ status: 401, code: 'token-missing' })
    expect(await type(`${definitions}\n${recheck}`)).to.deep.include({ verdict: 'undetermined' })
    const kept = `${definitions}\n${recheck.split('\n').slice(0, -2).join('\n')}\n${again}`
    expect(Object.keys(Object(await type(kept)))).to.deep.equal(['report', 'attestation'])
  })

  it('deposits a licence, and finds it again by its reference', async () => {
    const [kept = '', found = ''] = fencesOf(sectionOf(README, 'Deposits and references'), 'sh')
    const { reference, expiresAt } = Object(await type(kept))
    expect(reference).to.match(/^HEFU1:R:/)
    expect(expiresAt).to.be.greaterThan(readClock())
    const definitions = kept.split('\n').slice(0, -2).join('\n')
    expect(Object(await type(`${definitions}\n${found}`)).report).to.deep.include({ verdict: 'accepted' })
  })

  it('gives a batch, and reads what came of it', async () => {
    const section = sectionOf(README, 'Batches')
    const [given = '', results = ''] = fencesOf(section, 'sh')
    const [shown = ''] = fencesOf(section, 'json')
    const first = Object(await type(given))
    expect(Object.keys(first)).to.deep.equal(Object.keys(JSON.parse(shown)))
    const definitions = given.split('\n').slice(0, -2).join('\n')
    const until = `batch=${first.number}\nuntil ask_batches "/$batch" | grep -q '"state":"done"'; do sleep 0.1; done`
    const known = definitions.slice(0, definitions.indexOf('cat >'))
    const { verdicts, refused, items, done } = JSON.parse(shown)
    const state = await type(`${known}\n${until}\nask_batches "/$batch"`)
    expect(state).to.deep.include({ verdicts, refused, items, done })
    const asArray = `node -p 'JSON.stringify(require("fs").readFileSync(0, "utf8").trim().split("\\n").map(JSON.parse))'`
    const lines = await type(`${known}\nbatch=${first.number}\n${results.trim()} | ${asArray}`)
    expect(lines).to.have.length(2)
    expect(lines).to.have.nested.property('[0].verdict', 'undetermined')
    expect(lines).to.have.nested.property('[1].problem.code', 'not-json')
  })

  it('reads the ledger, and is answered in the form that it shows', async () => {
    const reading = sectionOf(README, 'Reading the ledger')
    const [typed = ''] = fencesOf(reading, 'sh')
    const [shown = ''] = fencesOf(reading, 'json')
    const { ledger, block, items, next } = (await type(typed)) as ShownPage
    const expected = JSON.parse(shown) as ShownPage
    expect([ledger, items]).to.deep.equal([expected.ledger, expected.items])
    // The age is of this moment, and the seal of this service's key.
    expect({ ...block, age: 60 }).to.deep.equal(expected.block)
    expect(next.split('.')[0]).to.equal(expected.next.split('.')[0])
  })

  it('names every list that there is, with its parameters', async () => {
    const reading = sectionOf(README, 'Reading the ledger')
    const { paths } = (await send(`${service.url}/openapi.json`)).json as {
      readonly paths: Readonly<
        Record<string, { readonly get?: { readonly parameters?: readonly { name: string }[] } }>
      >
    }
    const lists = Object.entries(paths).filter(([path]) => path.startsWith('/v1/ledger'))
    expect(lists.length).to.be.greaterThan(20)
    for (const [path, { get }] of lists) {
      const below = path.slice('/v1/ledger'.length)
      const shown = below.replace(/^\/agencies\/\{agency\}(?=\/\w+\/\{)/, '…')
      if (below !== '')
        expect(reading, path).to.satisfy((text: string) =>
          [below, shown].some((one) => text.includes(`\`${one}\``)),
        )
      for (const { name } of get?.parameters ?? [])
        expect(reading, `${path} ${name}`).to.match(new RegExp(`[\`{]${name}[\`}]`))
    }
  })

  it('shows a file of clients that the service takes', async () => {
    const [table = ''] = fencesOf(sectionOf(README, 'Who is let in'), 'json')
    const path = join(folder, 'shown')
    mkdirSync(path)
    writeFileSync(join(path, 'clients.json'), table)
    expect([...(await readClientTable(join(path, 'clients.json'))).keys()]).to.deep.equal([
      'guangdong-counter',
      'guangdong-portal',
    ])
  })
})
