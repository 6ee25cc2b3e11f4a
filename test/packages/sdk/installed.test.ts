/**
 * The packages as an integrator has them: packed, installed alone in an empty folder, run by every Node that they say, typed
 * and bundled from there. Asks the package registry: of the long profile.
 */
import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTestingWorld } from '@hefu/sdk/testing'
import { readClock } from '@hefu/service'
import { expect } from 'chai'
import { build } from 'esbuild'
import { after, before, describe, it } from 'mocha'
import { packPublished } from '../../fixtures/packed-packages.ts'
import { IS_LONG } from '../../fixtures/test-profile.ts'
import { startTestService, type TestService } from '../verifier/service.ts'

const run = promisify(execFile)
const EXAMPLES = join(import.meta.dirname, '../../../packages/sdk/examples')
const TSC = join(import.meta.dirname, '../../../node_modules/.bin/tsc')
/** The lowest that the packages say, the newest of it, and those after; the last is that of the tests. */
const NODES = ['20.12.0', '20', '22']
const MOST_BYTES = 16_000_000

const PROGRAM = `
import { createLocalVerifier, createRemoteVerifier, renderSheet, verifyAll } from '@hefu/sdk'
import { createRemoteVerifier as apart } from '@hefu/sdk/remote'
import { createRegistryDirectory } from '@hefu/sdk/registry'
import { parseReport, recheckReport, verifyAttestation } from '@hefu/sdk/recheck'
import { createTestingWorld } from '@hefu/sdk/testing'
import { suite } from '@hefu/protocol'

const world = await createTestingWorld(Math.floor(Date.now() / 1000))
let same = 0
for (const { request, view, verdict } of Object.values(world.licences)) {
  const { report } = await createLocalVerifier({ view, clock: world.clock }).verify(request)
  if (report.verdict === verdict) same += 1
}
const verifierKey = JSON.parse(process.env.VERIFIER_KEY)
const { request, view } = world.licences.accepted
const asked = { ...request, presented: process.env.LICENCE }
const verdicts = []
for (const create of [createRemoteVerifier, apart]) {
  const verifier = create({ url: process.env.VERIFIER_URL, verifierKey })
  for await (const { verification, error } of verifyAll(verifier, [asked]))
    verdicts.push(verification?.report.verdict ?? String(error), renderSheet(verification, { language: 'zh' }).length > 0)
}
const local = await createLocalVerifier({ view, clock: world.clock }).verify(request)
const again = await recheckReport(local.report, { presented: request.presented }, { view })
const key = await suite.generateKey('SM2')
console.log(JSON.stringify({ same, of: Object.keys(world.licences).length, verdicts, again: again.outcome, sm2: key.crv }))
`

const TYPED = `
import { createLocalVerifier, type LicenceVerifier, type Verification, verifyAll } from '@hefu/sdk'
import { recheckReport } from '@hefu/sdk/recheck'
import { createRegistryDirectory } from '@hefu/sdk/registry'
import { createRemoteVerifier } from '@hefu/sdk/remote'
import { createTestingWorld, type TestingState } from '@hefu/sdk/testing'

export async function main(state: TestingState): Promise<Verification> {
  const { licences, clock } = await createTestingWorld()
  const verifier: LicenceVerifier = createLocalVerifier({ view: licences[state].view, clock })
  return verifier.verify(licences[state].request)
}
export const others = [recheckReport, createRegistryDirectory, createRemoteVerifier, verifyAll]
// @ts-expect-error there is no such state
main('lost')
`

/** Bytes of all files below a folder. */
async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) => stat(join(entry.parentPath, entry.name)))
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0)
}

describe('The packages, installed alone', function () {
  this.timeout(300_000)
  let folder: string
  let project: string
  let service: TestService
  let env: Record<string, string>

  before(async function () {
    if (!IS_LONG) return this.skip()
    folder = await mkdtemp(join(tmpdir(), 'hefu-installed-'))
    project = join(folder, 'project')
    await mkdir(project)
    const packed = await packPublished(folder)
    await writeFile(join(project, 'package.json'), '{"private":true,"type":"module"}')
    const tarballs = packed.map(({ file }) => file)
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs], {
      cwd: project,
    })
    await writeFile(join(project, 'program.js'), PROGRAM)
    await writeFile(join(project, 'typed.ts'), TYPED)
    const world = await createTestingWorld(readClock())
    const { presented } = world.licences.accepted.request
    await writeFile(join(project, 'licence.json'), presented)
    service = await startTestService(world.view, { clock: readClock })
    await writeFile(join(project, 'key.json'), JSON.stringify(service.verifierKey))
    env = {
      PATH: process.env['PATH'] ?? '',
      VERIFIER_URL: service.url,
      VERIFIER_KEY: JSON.stringify(service.verifierKey),
      LICENCE: presented,
    }
  })
  after(async () => {
    await service?.close()
    if (folder !== undefined) await rm(folder, { recursive: true })
  })

  /** The program of a version of Node, as the registry has it. */
  async function nodeOf(version: string): Promise<string> {
    const place = join(folder, `node-${version}`)
    await mkdir(place)
    await writeFile(join(place, 'package.json'), '{"private":true}')
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `node@${version}`], {
      cwd: place,
    })
    const [program] = globSync('node_modules/**/bin/node', { cwd: place })
    if (program === undefined) throw new Error(`find the program of Node ${version}`)
    return join(place, program)
  }

  it(`take at most ${MOST_BYTES / 1e6} MB, and bring nothing that writes to a ledger`, async () => {
    const bytes = await bytesBelow(join(project, 'node_modules'))
    expect(bytes).to.be.within(1_000_000, MOST_BYTES)
    const installed = await readdir(join(project, 'node_modules'))
    expect(installed.filter((name) => ['viem', 'ox', '@ethereumjs'].includes(name))).to.deep.equal([])
  })

  for (const version of [...NODES, 'of the tests']) {
    it(`verify here and by a service, check again and take SM2: Node ${version}`, async () => {
      const node = version === 'of the tests' ? process.execPath : await nodeOf(version)
      const { stdout } = await run(node, ['program.js'], { cwd: project, env })
      const { same, of, ...found } = JSON.parse(stdout)
      expect(same).to.equal(of)
      expect(found).to.deep.equal({
        verdicts: ['accepted', true, 'accepted', true],
        again: 'confirmed',
        sm2: 'SM2',
      })
      const hefu = join(project, 'node_modules/@hefu/sdk/bin/hefu.js')
      const args = ['verify', 'licence.json', '--region', '440000', '--remote', service.url]
      const told = await run(node, [hefu, ...args, '--verifier-key', 'key.json'], { cwd: project, env })
      expect(told.stdout).to.include('✔ 核验通过')
    })
  }

  for (const [resolution, module] of [
    ['nodenext', 'nodenext'],
    ['bundler', 'esnext'],
  ] as const) {
    it(`are typed, every declaration of theirs looked at: ${resolution}`, async () => {
      const options = ['--strict', '--noEmit', '--skipLibCheck', 'false', '--target', 'es2023', '--types', '']
      const args = [...options, '--lib', 'es2023,dom', '--module', module, '--moduleResolution', resolution]
      const { stdout } = await run(TSC, [...args, 'typed.ts'], { cwd: project }).catch((error) => error)
      expect(stdout).to.equal('')
    })
  }

  it('are bundled for a page from there', async () => {
    await cp(join(EXAMPLES, 'page'), join(project, 'page'), { recursive: true })
    const { errors, warnings } = await build({
      entryPoints: [join(project, 'page/page.js')],
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      outdir: join(project, 'page/dist'),
      logLevel: 'silent',
    })
    expect([errors, warnings]).to.deep.equal([[], []])
    expect(await readdir(join(project, 'page/dist'))).to.include('page.js')
  })
})
