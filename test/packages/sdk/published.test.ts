/** What an integrator is given: complete, nothing besides, and found by every tool that reads a package. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { expect } from 'chai'
import { after, before, describe, it } from 'mocha'
import { publint } from 'publint'
import { packedPages, publishedPackages, strayLinks } from '../../../scripts/docs/packed-links.ts'
import { compareBuilt } from '../../../scripts/pack/built-files.ts'
import { type PackedPackage, PUBLISHED, packPublished } from '../../fixtures/packed-packages.ts'

const ROOT = join(import.meta.dirname, '../../..')
/** Of no source. */
const FORMER = ['former.js', 'report/former.d.ts']
const OUTPUTS = ['.js', '.js.map', '.d.ts', '.d.ts.map']
/** ES modules only, found by `exports`: resolvers that know neither are not served. */
const NOT_SERVED = ['node10', 'node16-cjs']

interface Manifest {
  readonly engines: { readonly node: string }
  readonly exports: Readonly<Record<string, Readonly<Record<'types' | 'default', string>>>>
  readonly dependencies: Readonly<Record<string, string>>
}

async function manifestOf(name: string): Promise<Manifest> {
  return JSON.parse(
    await readFile(join(ROOT, 'packages', name.slice('@hefu/'.length), 'package.json'), 'utf8'),
  )
}

/** The range of Node that an installed package says it needs; `undefined`: it says nothing. */
async function enginesOf(dependency: string): Promise<string | undefined> {
  const { engines } = JSON.parse(
    await readFile(join(ROOT, 'node_modules', dependency, 'package.json'), 'utf8'),
  ) as { engines?: { node?: string } }
  return engines?.node
}

describe('A published package', () => {
  let folder: string
  let packed: readonly PackedPackage[]

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hefu-packed-'))
    // As a source that was taken away leaves it behind.
    for (const path of FORMER) await writeFile(join(ROOT, 'packages/protocol/dist', path), 'export {}\n')
    packed = await packPublished(folder)
  })
  after(() => rm(folder, { recursive: true }))

  it('holds licence, README, program, types and sources, and no test or trace of building', () => {
    expect(packed.map(({ name }) => name)).to.have.members([...PUBLISHED])
    for (const { name, paths } of packed) {
      expect(paths, name).to.include.members(['LICENSE', 'README.md', 'package.json', 'src/index.ts'])
      expect(paths, name).to.include.members(['dist/index.js', 'dist/index.d.ts', 'dist/index.js.map'])
      const foreign = paths.filter((path) =>
        /tsbuildinfo|(^|\/)tests?\/|\.test\.|node_modules|tsconfig/.test(path),
      )
      expect(foreign, name).to.deep.equal([])
    }
    const sdk = packed.find(({ name }) => name === '@hefu/sdk')
    expect(sdk?.paths).to.include.members(['README.zh-CN.md', 'bin/hefu.js', 'examples/README.md'])
  })

  it('has of each source all that is built of it, and nothing built that has no source', () => {
    for (const { name, paths } of packed) {
      const built = paths.filter((path) => path.startsWith('dist/'))
      const sources = paths.filter((path) => /^src\/.*\.ts$/.test(path))
      expect(sources.length, name).to.be.greaterThan(1)
      const due = sources.flatMap((path) =>
        OUTPUTS.map((end) => path.replace(/^src/, 'dist').replace(/\.ts$/, end)),
      )
      expect(built.toSorted(), name).to.deep.equal(due.toSorted())
    }
  })

  it('is told before what of dist has no source, and what a source lacks there', async () => {
    const place = await mkdtemp(join(folder, 'built-'))
    for (const path of ['src/a/one.ts', 'src/two.ts', ...OUTPUTS.map((end) => `dist/a/one${end}`)]) {
      await mkdir(dirname(join(place, path)), { recursive: true })
      await writeFile(join(place, path), '')
    }
    for (const path of ['dist/two.js', 'dist/a/three.js', 'dist/.tsbuildinfo', 'dist/.hidden'])
      await writeFile(join(place, path), '')
    expect(compareBuilt(place)).to.deep.equal({
      foreign: ['.hidden', 'a/three.js'],
      missing: ['two.d.ts', 'two.d.ts.map', 'two.js.map'],
    })
  })

  it('is one that does not say it is private, and has pages that lead to what is packed with them', () => {
    const folders = publishedPackages(ROOT)
    expect(folders.map((name) => name.replace('packages/', '@hefu/'))).to.have.members([...PUBLISHED])
    for (const name of folders) {
      const pages = packedPages(join(ROOT, name))
      expect(pages.map(({ path }) => path)).to.include('README.md')
      for (const page of pages) expect(strayLinks(join(ROOT, name), page), page.path).to.deep.equal([])
    }
  })

  it('is found out where a page of it leads out of it, or to what is not packed', () => {
    const folder = join(ROOT, 'packages/protocol')
    const text = [
      '[a](../ledger/README.md) [b](tsconfig.json) [c](spec/nothing.md) [d](dist/index.js) [e](spec)',
      '[f](https://www.rfc-editor.org/rfc/rfc9901) [g](#here) `packages/ledger/README.md`',
      '```md\n[h](../in/code.md)\n```',
    ].join('\n')
    expect(strayLinks(folder, { path: 'README.md', text })).to.deep.equal([
      ...['../ledger/README.md', 'tsconfig.json', 'spec/nothing.md', 'packages/ledger/README.md'],
    ])
    expect(
      strayLinks(folder, { path: 'spec/bundle.md', text: '[a](bundle.md) [b](../../README.md)' }),
    ).to.deep.equal(['../../README.md'])
  })

  it('bears the licence of the whole', async () => {
    const whole = await readFile(join(ROOT, 'LICENSE'), 'utf8')
    for (const name of PUBLISHED) {
      const own = await readFile(join(ROOT, 'packages', name.slice('@hefu/'.length), 'LICENSE'), 'utf8')
      expect(own, name).to.equal(whole)
    }
  })

  it('has every file that its entries name', async () => {
    for (const { name, paths } of packed) {
      const { exports } = await manifestOf(name)
      const named = Object.values(exports).flatMap((entry) => Object.values(entry))
      expect(named, name).to.not.deep.equal([])
      expect(named.filter((path) => !paths.includes(path.slice('./'.length)))).to.deep.equal([])
    }
  })

  it('is found without fault by publint', async () => {
    for (const { name, file } of packed) {
      const tarball = Uint8Array.from(await readFile(file)).buffer
      const { messages } = await publint({ pack: { tarball }, strict: true })
      expect(messages, name).to.deep.equal([])
    }
  })

  it('has types that every resolver of ES modules and every bundler finds', async () => {
    for (const { name, file } of packed) {
      const found = await checkPackage(createPackageFromTarballData(Uint8Array.from(await readFile(file))))
      expect(found.types, name).to.deep.equal({ kind: 'included' })
      const problems = 'problems' in found ? found.problems : []
      const served = problems.filter(
        (problem) => !('resolutionKind' in problem && NOT_SERVED.includes(problem.resolutionKind)),
      )
      expect(served, name).to.deep.equal([])
    }
  })

  it('asks for Node 20.12, and for no dependency that asks for more', async () => {
    for (const name of PUBLISHED) {
      const { engines, dependencies } = await manifestOf(name)
      expect(engines.node, name).to.equal('>=20.12')
      for (const dependency of Object.keys(dependencies).filter((one) => !one.startsWith('@hefu/'))) {
        const lowest = Number(/\d+/.exec((await enginesOf(dependency)) ?? '0')?.[0])
        expect(lowest, dependency).to.be.at.most(20)
      }
    }
  })
})
